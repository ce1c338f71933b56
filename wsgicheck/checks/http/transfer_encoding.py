"""The Transfer-Encoding field of a request (RFC 9112 6.1, 6.3, 7)."""

from __future__ import annotations

from ...authoring import HttpExchange, Octets, Play, check, content, expect, needs_http_1_1, refused
from ...spec import rfc9110, rfc9112

READ = Play(before=(content(b"hello"),))
BEHIND = b"GET /?{ticket}-2 HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n"
CHUNKS = b"5\r\nhello\r\n0\r\n\r\n"


def _post(*lines: bytes, version: bytes = b"HTTP/1.1") -> Octets:
    head = b"POST /?{ticket} " + version + b"\r\nHost: {authority}\r\n"
    return Octets(
        head + b"".join(line + b"\r\n" for line in lines) + b"\r\n" + CHUNKS + BEHIND, ("POST", "GET")
    )


def _coded(value: bytes) -> Octets:
    return _post(b"Transfer-Encoding:" + value)


PLAIN = _coded(b" chunked")


def _decoded(exchange: HttpExchange) -> None:
    """Expect that the application read the decoded content."""
    if not exchange.app.of("called"):
        got = exchange.response.status if exchange.response else "a closed connection"
        expect(False, "a request with chunked content", want="a call of the application", got=got)
    for seen in exchange.app.of("content"):
        if seen.label == "":
            expect(seen.facts["content"] == "hello", "the content", want="hello", got=seen.facts["content"])


def _decoded_or_refused(exchange: HttpExchange) -> None:
    if exchange.app.of("called"):
        _decoded(exchange)
    else:
        refused(exchange, by_any_error=True)


@check(
    "coding-without-chunked-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=_coded(b" gzip"),
    play=READ,
    control=PLAIN,
)
def coding_without_chunked_refused(exchange: HttpExchange) -> None:
    """A transfer coding without chunked behind it is refused.

    Its end cannot be found: who reads to the end of the connection takes the next request for content.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-behind-chunked-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=_coded(b" chunked, gzip"),
    play=READ,
    control=PLAIN,
)
def coding_behind_chunked_refused(exchange: HttpExchange) -> None:
    """A transfer coding applied behind chunked is refused.

    The chunks cannot be seen; who looks for the word alone decodes what is not there.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-identity-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=_coded(b" identity"),
    play=READ,
    control=PLAIN,
)
def coding_identity_refused(exchange: HttpExchange) -> None:
    """The coding "identity", which is no more, is refused.

    Some take it for no coding at all, and go by Content-Length.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-identity-behind-chunked-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=_coded(b" chunked, identity"),
    play=READ,
    control=PLAIN,
)
def coding_identity_behind_chunked_refused(exchange: HttpExchange) -> None:
    """The coding "identity" behind chunked is refused.

    Chunked is not the last one, whatever the last one does.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-with-prefix-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=_coded(b" xchunked"),
    play=READ,
    control=PLAIN,
)
def coding_with_prefix_refused(exchange: HttpExchange) -> None:
    """A coding whose name only ends in "chunked" is refused.

    A search within the value finds chunked, a comparison does not.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-with-suffix-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=_coded(b" chunkedx"),
    play=READ,
    control=PLAIN,
)
def coding_with_suffix_refused(exchange: HttpExchange) -> None:
    """A coding whose name only begins with "chunked" is refused.

    A search within the value finds chunked, a comparison does not.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-in-quotes-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=_coded(b' "chunked"'),
    play=READ,
    control=PLAIN,
)
def coding_in_quotes_refused(exchange: HttpExchange) -> None:
    """The coding chunked in quotes is refused.

    Whoever unquotes every value decodes it, others do not.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-behind-vertical-tab-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=_coded(b" \x0bchunked"),
    play=READ,
    control=PLAIN,
)
def coding_behind_vertical_tab_refused(exchange: HttpExchange) -> None:
    """The coding chunked behind a vertical tab is refused.

    str.strip() takes the tab for white space: a proxy in front does not know this coding, and goes by
    Content-Length.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-before-vertical-tab-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=_coded(b" chunked\x0b"),
    play=READ,
    control=PLAIN,
)
def coding_before_vertical_tab_refused(exchange: HttpExchange) -> None:
    """The coding chunked before a vertical tab is refused.

    str.strip() takes the tab for white space: a proxy in front does not know this coding, and goes by
    Content-Length.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-behind-no-break-space-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=_coded(b" \xa0chunked"),
    play=READ,
    control=PLAIN,
)
def coding_behind_no_break_space_refused(exchange: HttpExchange) -> None:
    """The coding chunked behind a no-break space is refused.

    str.strip() takes it for white space once the field has been decoded.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-with-nul-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=_coded(b" chunked\x00"),
    play=READ,
    control=PLAIN,
)
def coding_with_nul_refused(exchange: HttpExchange) -> None:
    """The coding chunked with a NUL behind it is refused.

    What is written in C reads the value up to the NUL.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-with-space-inside-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=_coded(b" chunked foo"),
    play=READ,
    control=PLAIN,
)
def coding_with_space_inside_refused(exchange: HttpExchange) -> None:
    """The coding chunked with another word behind it is refused.

    A split at spaces takes the first word, a comparison finds none.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-empty-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=_coded(b""),
    play=READ,
    control=PLAIN,
    tempered="a list without members may be taken for no list",
)
def coding_empty_refused(exchange: HttpExchange) -> None:
    """An empty Transfer-Encoding is refused.

    A field that is there and says nothing is absent for some and faulty for others.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-repeated-without-chunked-last-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=_post(b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity"),
    play=READ,
    control=PLAIN,
)
def coding_repeated_without_chunked_last_refused(exchange: HttpExchange) -> None:
    """Two Transfer-Encoding fields that do not end in chunked are refused.

    Whoever looks at the first field alone decodes chunks, whoever looks at the last does not.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-repeated-with-chunked-last-understood",
    requires=rfc9112.CODING_UNKNOWN,
    send=_post(b"Transfer-Encoding: gzip", b"Transfer-Encoding: chunked"),
    play=READ,
    control=PLAIN,
)
def coding_repeated_with_chunked_last_understood(exchange: HttpExchange) -> None:
    """Of two Transfer-Encoding fields none is ignored: content coded twice is refused, or decoded twice.

    An application that gets the compressed octets takes them for the content.
    """
    if exchange.app.of("called"):
        got = [seen.facts["error"] is None for seen in exchange.app.of("content") if seen.label == ""]
        expect(not any(got), "content in a coding unknown", want="a refusal", got="content, and its end")
        return
    refused(exchange)


@check(
    "coding-unknown-refused",
    requires=rfc9112.CODING_UNKNOWN,
    send=_coded(b" foo, chunked"),
    play=READ,
    control=PLAIN,
)
def coding_unknown_refused(exchange: HttpExchange) -> None:
    """Content in an unknown coding within chunked is refused.

    Undecoded, it is something else than what was sent.
    """
    refused(exchange)


@check(
    "coding-compressed-refused-or-decoded",
    requires=rfc9112.CODING_UNKNOWN,
    send=_coded(b" gzip, chunked"),
    play=READ,
    control=PLAIN,
)
def coding_compressed_refused_or_decoded(exchange: HttpExchange) -> None:
    """Compressed content within chunked is refused, unless it is decompressed.

    An application that gets the compressed octets takes them for the content.
    """
    if exchange.app.of("called"):
        got = [seen.facts["error"] is None for seen in exchange.app.of("content") if seen.label == ""]
        expect(not any(got), "octets that are not gzip", want="a refusal", got="content, and its end")
        return
    refused(exchange)


@check(
    "chunked-parameter-refused",
    requires=rfc9112.CHUNKED_PARAMETERS,
    send=_coded(b" chunked;q=1"),
    play=READ,
    control=PLAIN,
)
def chunked_parameter_refused(exchange: HttpExchange) -> None:
    """The coding chunked with a parameter is refused.

    It has none; who cuts at the semicolon and who compares the whole differ.
    """
    refused(exchange)


@check(
    "compression-parameter-refused",
    requires=rfc9112.COMPRESSION_PARAMETERS,
    send=_coded(b" gzip;x=1, chunked"),
    play=READ,
    control=PLAIN,
)
def compression_parameter_refused(exchange: HttpExchange) -> None:
    """A compression coding with a parameter is refused.

    It has none, and nobody knows what it changes.
    """
    refused(exchange)


@check(
    "coding-in-mixed-case-decoded",
    requires=rfc9112.CODING_NAME_CASE,
    send=_coded(b" ChUnKeD"),
    play=READ,
    control=PLAIN,
)
def coding_in_mixed_case_decoded(exchange: HttpExchange) -> None:
    """The coding chunked is known in any mixture of cases.

    Where it is not recognised, the chunks are the next request.
    """
    _decoded(exchange)


@check(
    "coding-with-white-space-around-decoded",
    requires=rfc9110.FIELD_VALUE_WHITESPACE,
    send=_coded(b"\tchunked \t"),
    play=READ,
    control=PLAIN,
)
def coding_with_white_space_around_decoded(exchange: HttpExchange) -> None:
    """White space around the coding is no part of it.

    Where it is not recognised, the chunks are the next request.
    """
    _decoded(exchange)


@check(
    "coding-field-name-in-any-case",
    requires=rfc9112.FIELD_NAME_CASE,
    send=_post(b"tRANSFER-eNCODING: chunked"),
    play=READ,
    control=PLAIN,
)
def coding_field_name_in_any_case(exchange: HttpExchange) -> None:
    """The name Transfer-Encoding is read in any mixture of cases.

    Where it is not recognised, the chunks are the next request.
    """
    _decoded(exchange)


@check(
    "coding-with-empty-member-decoded-or-refused",
    requires=rfc9110.EMPTY_LIST_ELEMENTS,
    send=_coded(b" , chunked"),
    play=READ,
    control=PLAIN,
)
def coding_with_empty_member_decoded_or_refused(exchange: HttpExchange) -> None:
    """An empty member before chunked is ignored, or the request refused.

    Read as an unknown coding, or as none, it leaves the chunks for the next request.
    """
    _decoded_or_refused(exchange)


@check(
    "chunked-twice-never-half-decoded",
    requires=rfc9112.CHUNKED_LENGTH,
    send=_coded(b" chunked, chunked"),
    play=READ,
    control=PLAIN,
)
def chunked_twice_never_half_decoded(exchange: HttpExchange) -> None:
    """Content that is said to be chunked twice is refused, or decoded.

    Who ignores both leaves the chunks for the next request.
    """
    if not exchange.app.of("called"):
        refused(exchange, by_any_error=True)
    for seen in exchange.app.of("content"):
        if seen.label == "" and seen.facts["error"] is None:
            got = seen.facts["content"]
            expect(got == "hello", "the content", want="hello, or a refusal", got=got)


@check(
    "coding-from-http-1-0-closes-connection",
    requires=rfc9112.CODING_FROM_HTTP_1_0,
    send=_post(b"Connection: keep-alive", b"Transfer-Encoding: chunked", version=b"HTTP/1.0"),
    control=_post(b"Connection: keep-alive", b"Content-Length: 0", version=b"HTTP/1.0"),
)
def coding_from_http_1_0_closes_connection(exchange: HttpExchange) -> None:
    """Behind a request of HTTP/1.0 with Transfer-Encoding the connection is closed.

    Proxies of HTTP/1.0 pass the field on without knowing it: where the request ends is not certain.
    """
    for call in exchange.app.of("called"):
        expect(
            call.label == "", "the octets behind the request", want="no call", got="a request of their own"
        )
    got = exchange.wire.ended
    expect(got in ("eof", "reset"), "the connection behind the request", want="closed", got=got)


@check(
    "length-before-coding-closes-connection",
    requires=rfc9112.LENGTH_AND_CODING,
    send=_post(b"Content-Length: 4", b"Transfer-Encoding: chunked"),
    play=READ,
    control=PLAIN,
)
def length_before_coding_closes_connection(exchange: HttpExchange) -> None:
    """Behind a request with Content-Length and Transfer-Encoding the connection is closed.

    Somebody on the way may have gone by the other field: what comes next may have been smuggled.
    """
    for call in exchange.app.of("called"):
        expect(
            call.label == "", "the octets behind the request", want="no call", got="a request of their own"
        )
    got = exchange.wire.ended
    expect(got in ("eof", "reset"), "the connection behind the request", want="closed", got=got)


@check(
    "length-behind-coding-closes-connection",
    requires=rfc9112.LENGTH_AND_CODING,
    send=_post(b"Transfer-Encoding: chunked", b"Content-Length: 4"),
    play=READ,
    control=PLAIN,
)
def length_behind_coding_closes_connection(exchange: HttpExchange) -> None:
    """Behind a request with Transfer-Encoding and Content-Length the connection is closed.

    Somebody on the way may have gone by the other field: what comes next may have been smuggled.
    """
    for call in exchange.app.of("called"):
        expect(
            call.label == "", "the octets behind the request", want="no call", got="a request of their own"
        )
    got = exchange.wire.ended
    expect(got in ("eof", "reset"), "the connection behind the request", want="closed", got=got)


@check(
    "length-of-chunks-beside-coding-closes-connection",
    requires=rfc9112.LENGTH_AND_CODING,
    send=_post(b"Content-Length: 15", b"Transfer-Encoding: chunked"),
    play=READ,
    control=PLAIN,
)
def length_of_chunks_beside_coding_closes_connection(exchange: HttpExchange) -> None:
    """The connection is closed even where Content-Length counts the chunks rightly.

    Somebody on the way may have gone by the other field: what comes next may have been smuggled.
    """
    for call in exchange.app.of("called"):
        expect(
            call.label == "", "the octets behind the request", want="no call", got="a request of their own"
        )
    got = exchange.wire.ended
    expect(got in ("eof", "reset"), "the connection behind the request", want="closed", got=got)


@check(
    "coding-overrides-length",
    requires=rfc9112.CODING_OVERRIDES_LENGTH,
    send=_post(b"Content-Length: 4", b"Transfer-Encoding: chunked"),
    play=READ,
    control=PLAIN,
)
def coding_overrides_length(exchange: HttpExchange) -> None:
    """Of Content-Length and Transfer-Encoding, the latter decides, or the request is refused.

    The application gets chunks, cut off, where Content-Length decides.
    """
    if not exchange.app.of("called"):
        refused(exchange, by_any_error=True)
        return
    needs_http_1_1(exchange)
    for seen in exchange.app.of("content"):
        if seen.label == "" and seen.facts["error"] is None:
            got = seen.facts["content"]
            expect(got == "hello", "the content", want="hello", got=got)
