"""Responses after which close() is due, and clients that leave before the end (PEP 3333)."""

from __future__ import annotations

from ..model.exchange import Exchange
from ..model.play import PLAIN_TEXT, Play
from ..model.stimulus import HangUp, Receive, Release, Request
from .calls import called_once
from .judgement import expect, inconclusive
from .steps import raises, waits

HEAD_REQUEST = Request(method="HEAD")
EMPTY = Play(chunks=())
EXCESS = Play(headers=(*PLAIN_TEXT, ("Content-Length", "7")), chunks=(b"12345",) * 5)
AFTER_ERROR = Play(chunks=(b"first", raises("halfway"), b"second"))
LEAVES = Request(then=(Receive(b"\x01"), HangUp(), Release("go")))
STREAM = Play(chunks=(b"first\x01", waits("go"), *(b"more of the same " * 500,) * 30))


def expect_closed(exchange: Exchange) -> None:
    """Fail unless ``close()`` was called; inconclusive where nothing was returned to be closed."""
    called_once(exchange)
    if not exchange.app.of("returned"):
        inconclusive("the application returned nothing that could be closed")
    closings = len(exchange.app.of("closed"))
    expect(closings > 0, "calls of close()", want=1, got=closings)
