"""Calls of start_response() that are to be refused at once (PEP 3333)."""

from __future__ import annotations

from ..model.exchange import Exchange
from ..model.play import Play
from .calls import called_once
from .judgement import expect
from .steps import starts


def with_header(name: str | int | bytes, value: str | int | bytes) -> Play:
    """Return the play of an application that gives one header, and goes on whatever is raised."""
    return Play(starts=False, before=(starts(headers=((name, value),)),))


def expect_start_refused(exchange: Exchange, what: str) -> None:
    """Expect that start_response() refused what it was given while the application was still running."""
    called_once(exchange)
    got = "an error" if exchange.app.of("start-raised") else "returned"
    expect(got == "an error", f"start_response() with {what}", want="an error", got=got)
