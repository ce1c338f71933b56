"""The names of transfer codings (RFC 9112 6.1, 6.3, 7)."""

from __future__ import annotations

from ...authoring import HttpExchange, Octets, Play, check, content, expect, refused
from ...spec import rfc9112

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
