"""Clients that leave in the middle of chunked content, in numbers (RFC 9112 7.1, 8).

Each exchange is a storm, as those of ``abuse``: the clients of one round are cut off at five places in turn.
"""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    Exchange,
    Leaving,
    Play,
    Storm,
    check,
    content,
    expect_served,
    expect_tidy,
)
from ...spec import pep3333, rfc9112

HEAD = (
    b"POST /?storm HTTP/1.1\r\nHost: {authority}\r\nX-Wsgicheck-Ticket: {ticket}\r\n"
    b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
)
IN_DATA = HEAD + b"9\r\nhello"
OTHER_CUTS = (
    HEAD + b"5\r\nhello",
    HEAD + b"5\r\nhello\r",
    HEAD + b"5\r\nhello\r\n1",
    HEAD + b"5\r\nhello\r\n0\r\nX-Trailer: t",
)
"""Behind the data, within its line end, within the next size, and within the trailers."""
READS = Play(
    headers=(*PLAIN_TEXT, ("Content-Length", "9")), before=(content(),), chunks=(b"wsgicheck",), shape="list"
)
LEFT = Storm(IN_DATA, Leaving.CLOSE, others=OTHER_CUTS)
HALF_CLOSED = Storm(IN_DATA, Leaving.HALF_CLOSE, others=OTHER_CUTS)


@check("abandoned-chunks-survived", requires=pep3333.APP_CALLED_ONCE, send=LEFT, play=READS)
def abandoned_chunks_survived(exchange: Exchange) -> None:
    """Clients that leave in the middle of chunked content do not keep the server from serving.

    A loop that waits for the rest of a chunk never ends, and takes its worker along: a few such clients,
    and nobody is served any more.
    """
    expect_served(exchange)


@check("abandoned-chunks-leave-nothing-behind", requires=rfc9112.CLOSURE_MONITORED, send=LEFT, play=READS)
def abandoned_chunks_leave_nothing_behind(exchange: Exchange) -> None:
    """Clients that leave in the middle of chunked content leave nothing behind that grows with their number.

    An upload of which nobody knows the length breaks off as often as any other.
    """
    expect_tidy(exchange)


@check("half-closed-chunks-survived", requires=pep3333.APP_CALLED_ONCE, send=HALF_CLOSED, play=READS)
def half_closed_chunks_survived(exchange: Exchange) -> None:
    """Clients that finish sending in the middle of chunked content do not keep the server from serving.

    recv() returns nothing from then on: what takes that for octets that are still to come asks for ever.
    """
    expect_served(exchange)


@check(
    "half-closed-chunks-leave-nothing-behind",
    requires=rfc9112.CLOSURE_MONITORED,
    send=HALF_CLOSED,
    play=READS,
)
def half_closed_chunks_leave_nothing_behind(exchange: Exchange) -> None:
    """Clients that finish sending in the middle of chunked content leave nothing behind that grows with
    their number.

    A connection half of which is closed is no connection to wait for.
    """
    expect_tidy(exchange)
