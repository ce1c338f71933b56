"""The hello that shows whether a server is ours, and still there."""

from __future__ import annotations

from ..model.play import Play
from ..model.stimulus import Octets
from .conduct import Delivery

HELLO_PLAY = Play(shape="list", headers=(("Content-Type", "text/plain"), ("Content-Length", "9")))
HELLO = Delivery(
    Octets(
        b"GET /{ticket}?{ticket} HTTP/1.1\r\nHost: {authority}\r\n"
        b"X-Wsgicheck-Ticket: {ticket}\r\nConnection: close\r\n\r\n"
    ),
    HELLO_PLAY,
)
"""Its ticket travels in every carrier: one of them is bound to come through."""
