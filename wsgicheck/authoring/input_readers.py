"""Applications that read, and a client whose FIN frees one that waits for an end-of-file."""

from __future__ import annotations

from ..model.exchange import Exchange
from ..model.stimulus import FinishSending, Receive, Request
from .calls import called_once
from .judgement import expect
from .readings import reads_of

PLAYED = b"all of it was played"
UNTIL_PLAYED = (Receive(PLAYED, 0.3, owed=True), FinishSending())
"""Until our FIN frees an application that a server without end-of-file keeps waiting."""
ANYHOW = (Receive(PLAYED, 0.3, owed=True), FinishSending())
"""For judges of what is read, to whom it is the same whether it took our FIN to end it."""
ODD_LINE = b"a\rb\x0bc\x85d\x00e\x0cf\x1cg\r\n"
"""What text mode and str.splitlines() take for line endings, and one that is one."""
FOUR_LINES = (ODD_LINE, b"\n", b"third\n", b"last")
THREE_LINES = (b"one\n", b"two\n", b"three\n")
LONG_LINE = b"x" * 70_000 + b"\n"
POST_FOUR_LINES = Request("POST", body=b"".join(FOUR_LINES), then=UNTIL_PLAYED)
POST_THREE_LINES = Request("POST", body=b"".join(THREE_LINES), then=ANYHOW)


def expect_supported(exchange: Exchange, method: str) -> None:
    """Expect that a method is there and does not raise."""
    methods = called_once(exchange).facts["input_methods"]
    expect(method in methods, f"wsgi.input.{method}", want="a method", got="missing")
    for reading in reads_of(exchange):
        if reading.method == method:
            expect(not reading.error, reading.call, want="lines", got=reading.error)
