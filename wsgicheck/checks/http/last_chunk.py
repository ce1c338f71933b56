"""What stands right before and behind the last chunk of a request (RFC 9112 7.1, 7.1.2)."""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    HttpExchange,
    Octets,
    Play,
    called_once,
    calls_of,
    check,
    content,
    content_refused,
    ended_by_server,
    expect,
    inapplicable,
)
from ...authoring.requests import NEXT_REQUEST
from ...spec import rfc9112

HEAD = b"POST /?{ticket} HTTP/1.1\r\nHost: {authority}\r\nTransfer-Encoding: chunked\r\n\r\n"
NINE = (*PLAIN_TEXT, ("Content-Length", "9"))
"""Of a response after which any server can keep the connection."""
READ = Play(before=(content(b"hello"),))


def _chunks(chunks: bytes, behind: bytes = NEXT_REQUEST) -> Octets:
    return Octets(HEAD + chunks + behind, ("POST", "GET"))


PLAIN = _chunks(b"5\r\nhello\r\n0\r\n\r\n")


@check(
    "other-octets-before-last-chunk-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=_chunks(b"5\r\nhelloXX0\r\n\r\n"),
    play=READ,
    control=PLAIN,
)
def other_octets_before_last_chunk_refused(exchange: HttpExchange) -> None:
    """Two octets that are no line end are refused between the last data and the last chunk, too.

    Whoever looks for the last chunk alone there does not see that a chunk was longer than its size.
    """
    content_refused(exchange, "hello")


@check(
    "line-end-missing-before-last-chunk-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=_chunks(b"5\r\nhello0\r\n\r\n"),
    play=READ,
    control=PLAIN,
)
def line_end_missing_before_last_chunk_refused(exchange: HttpExchange) -> None:
    """A last chunk that follows the data without a line end is refused.

    See ``other-octets-before-last-chunk-refused``.
    """
    content_refused(exchange, "hello")


TRAILERS = b"".join(b"X-Trailer-%d: value of trailer %d\r\n" % (number, number) for number in range(1, 9))


@check(
    "request-behind-eight-trailers-found",
    requires=rfc9112.TRAILERS_CONSUMED,
    send=_chunks(b"5\r\nhello\r\n0\r\n" + TRAILERS + b"\r\n"),
    play=Play(headers=NINE, before=(content(b"hello"),), later=(Play(headers=NINE),)),
    control=PLAIN,
)
def request_behind_eight_trailers_found(exchange: HttpExchange) -> None:
    """The next request stands behind all the trailers of the one before, however many there are.

    The trailer section ends with its empty line alone. A server that expects one trailer, or two, takes
    the next one for a request line.
    """
    called_once(exchange)
    if any(response.status >= 400 for response in exchange.responses[:1]):
        inapplicable("the server refuses so many trailers")
    if ended_by_server(exchange) and len(exchange.responses) < 2 and not calls_of(exchange, "2"):
        inapplicable("the server closes the connection behind the first request")
    got = exchange.responses[1].status if len(exchange.responses) > 1 else "nothing"
    expect(got == 200, "answer to the request behind eight trailers", want=200, got=got)
