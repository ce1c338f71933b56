"""Requests that end just where a buffer does: the octets of a transport have no such ends (RFC 9112 9).

A server that takes a full buffer for a sign that more is to come waits for what nobody sends.
"""

from __future__ import annotations

from ...authoring import (
    HttpExchange,
    Octets,
    Play,
    check,
    content,
    ended_by_server,
    expect,
    inapplicable,
    inconclusive,
    response_of,
)
from ...authoring.smuggled import TICKET_GROWTH
from ...spec import rfc9112

FIELD = b"X-Filling-%02d: "
LINE_ROOM = 500
"""Octets of one field line: far below what any server takes."""


def _filled(size: int, *lines: bytes, method: bytes = b"GET", body: bytes = b"") -> Octets:
    """Return a request of this many octets, which field lines fill up."""
    head = method + b" /?{ticket} HTTP/1.1\r\nHost: localhost\r\n"
    head += b"".join(line + b"\r\n" for line in (b"Connection: close", *lines))
    room = size - len(head) - TICKET_GROWTH - len(b"\r\n") - len(body)
    number = 0
    while room:
        name = FIELD % number
        octets = room if room < 2 * LINE_ROOM else LINE_ROOM
        head += name + b"v" * (octets - len(name) - len(b"\r\n")) + b"\r\n"
        room, number = room - octets, number + 1
    return Octets(head + b"\r\n" + body, methods=(method.decode(),))


def _expect_answered(exchange: HttpExchange) -> None:
    """Expect a response to what the server takes; how it tells of a lower limit is judged elsewhere."""
    if not exchange.app.called:
        status = exchange.response.status if exchange.response else 0
        if (status >= 400 and status != 500) or (not status and ended_by_server(exchange)):
            inapplicable("the request is too large for the server")
        expect(False, "the request", want="a call of the application", got=status or "nothing")
    status = response_of(exchange).status
    expect(status == 200, "answer to the request", want=200, got=status)


@check("request-of-1024-octets-answered", requires=rfc9112.ORDERED_TRANSPORT, send=_filled(1024))
def request_of_1024_octets_answered(exchange: HttpExchange) -> None:
    """A request of 1024 octets is answered without anything behind it.

    It fills the buffer of a server that reads by the kilobyte, and a full buffer says nothing of what is to
    come: where the head ends is told by its empty line.
    """
    _expect_answered(exchange)


@check("request-of-4096-octets-answered", requires=rfc9112.ORDERED_TRANSPORT, send=_filled(4096))
def request_of_4096_octets_answered(exchange: HttpExchange) -> None:
    """A request of 4096 octets is answered without anything behind it.

    See ``request-of-1024-octets-answered``: this is the size of a page of memory.
    """
    _expect_answered(exchange)


@check("request-of-8192-octets-answered", requires=rfc9112.ORDERED_TRANSPORT, send=_filled(8192))
def request_of_8192_octets_answered(exchange: HttpExchange) -> None:
    """A request of 8192 octets is answered without anything behind it.

    See ``request-of-1024-octets-answered``: this is the buffer of many a standard library.
    """
    _expect_answered(exchange)


FILLING = b"0123456789abcdef" * 230


@check(
    "request-of-4096-octets-with-content-answered",
    requires=(rfc9112.ORDERED_TRANSPORT, rfc9112.REQUEST_LENGTH),
    send=_filled(4096, b"Content-Length: %d" % len(FILLING), method=b"POST", body=FILLING),
    play=Play(before=(content(FILLING),)),
)
def request_of_4096_octets_with_content_answered(exchange: HttpExchange) -> None:
    """A request of 4096 octets of which most are content is read to its end, and answered.

    See ``request-of-1024-octets-answered``: where the content ends is told by its length.
    """
    _expect_answered(exchange)
    if not exchange.app.of("content"):
        inconclusive("the application did not come to the end of the content")
