"""The octets around the name of a transfer coding (RFC 9112 6.3, 7, RFC 9110 5.5)."""

from __future__ import annotations

from ...authoring import HttpExchange, Octets, Play, check, content, expect, inconclusive, refused
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
    contents = [seen.facts["content"] for seen in exchange.app.of("content") if seen.label == ""]
    if not contents:
        inconclusive("the application did not come to the end of the content")
    expect(contents[0] == "hello", "the content", want="hello", got=contents[0])


def _decoded_or_refused(exchange: HttpExchange) -> None:
    if exchange.app.of("called"):
        _decoded(exchange)
    else:
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
    send=_coded(b" chunked\x00x"),
    play=READ,
    control=PLAIN,
)
def coding_with_nul_refused(exchange: HttpExchange) -> None:
    """The coding chunked with a NUL and more behind it is refused.

    What is written in C reads the value up to the NUL. (With a space in its place it is no coding either.)
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
    "coding-behind-form-feed-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=_coded(b" \x0cchunked"),
    play=READ,
    control=PLAIN,
)
def coding_behind_form_feed_refused(exchange: HttpExchange) -> None:
    """The coding chunked behind a form feed is refused.

    See ``coding-behind-vertical-tab-refused``.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-with-empty-last-member-decoded-or-refused",
    requires=rfc9110.EMPTY_LIST_ELEMENTS,
    send=_coded(b" chunked,"),
    play=READ,
    control=PLAIN,
)
def coding_with_empty_last_member_decoded_or_refused(exchange: HttpExchange) -> None:
    """An empty member behind chunked is ignored, or the request refused.

    Whoever looks at the last member alone finds no chunked there.
    """
    _decoded_or_refused(exchange)
