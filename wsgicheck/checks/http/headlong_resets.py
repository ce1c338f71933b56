"""Clients that reset their connection before the server can have accepted it (RFC 9112 9.5).

A port scan, and a load balancer's quick look, leave like that: what is accepted then is a connection
without a client, and every question about it fails. Two hundred of them in all are more than the usual limits
of connections, and each takes a small part of a millisecond.
"""

from __future__ import annotations

from ...authoring import Exchange, Play, Storm, check, expect_served, expect_tidy
from ...spec import pep3333, rfc9112

GET = (
    b"GET /?storm HTTP/1.1\r\nHost: {authority}\r\nX-Wsgicheck-Ticket: {ticket}\r\nConnection: close\r\n\r\n"
)
NO_REQUEST = b"this is no request\r\n\r\n"
HEADLONG = Storm(GET, others=(NO_REQUEST,), times=50, rounds=3, headlong=True)
PLAY = Play(shape="list")


@check("resets-before-accept-survived", requires=pep3333.APP_CALLED_ONCE, send=HEADLONG, play=PLAY)
def resets_before_accept_survived(exchange: Exchange) -> None:
    """Connections that are reset before they are accepted do not keep the server from serving.

    getpeername() fails for them; where its error leaves them in the count of connections, the limit is soon
    reached, and nobody is let in any more.
    """
    expect_served(exchange)


@check(
    "resets-before-accept-leave-nothing-behind",
    requires=rfc9112.CLOSURE_MONITORED,
    send=HEADLONG,
    play=PLAY,
)
def resets_before_accept_leave_nothing_behind(exchange: Exchange) -> None:
    """Connections that are reset before they are accepted leave nothing behind that grows with their number.

    See ``resets-before-accept-survived``: what is kept for one scan is little, and there are many.
    """
    expect_tidy(exchange)
