"""From when on an absence in the journal means something."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from wsgicheck.engine.conduct import Delivery
from wsgicheck.engine.settle import has_ended, settle
from wsgicheck.model.exchange import AppLog, HttpExchange, Observation, Segment, Server, WireLog
from wsgicheck.model.play import Play, Step
from wsgicheck.model.stimulus import Request


class Written:
    """A journal with the lines that a test names: KIND, KIND@CALL or KIND@CALL/LABEL."""

    at = 1.0

    def __init__(self, *lines: str) -> None:
        self.lines = lines

    def of(self, ticket: str) -> tuple[Observation, ...]:
        seen = []
        for line in self.lines:
            kind, _, rest = line.partition("@")
            call, _, label = rest.partition("/")
            kind, _, where = kind.partition("-in-")
            facts = {"where": where or "call"} if kind == "raised" else {}
            seen.append(Observation(self.at, kind, facts, 1, 1, call or "1", label))
        return tuple(seen)


@pytest.mark.parametrize(
    ("play", "lines", "ended"),
    [
        (Play(), (), True),
        (Play(), ("called",), False),
        (Play(), ("called", "returned", "exhausted"), False),
        (Play(), ("called", "closed"), True),
        (Play(), ("called", "raised"), True),
        (Play(), ("called@1", "closed@1", "called@2"), False),
        (Play(), ("called@1", "closed@1", "called@2", "closed@2"), True),
        (Play(shape="list"), ("called", "returned"), True),
        (Play(shape="generator"), ("called", "returned"), False),
        (Play(shape="generator"), ("called", "exhausted"), True),
        (Play(shape="generator"), ("called", "returned", "yielding", "generator-closed"), True),
        (Play(shape="generator"), ("called", "returned", "raised-in-iteration"), True),
        (Play(), ("called", "returned", "raised-in-iteration"), False),
        (Play(shape="wrapped"), ("called", "returned"), False),
        (Play(shape="wrapped"), ("called", "returned", "file-closed"), True),
        (
            Play(
                shape="wrapped",
                before=(
                    Step(
                        "file",
                        ("only-read", b""),
                    ),
                ),
            ),
            ("called", "returned"),
            True,
        ),
        (Play(application="sample_apps.hello:application"), ("called", "returned"), True),
        (Play(later=(Play(shape="list"),)), ("called@1/1", "closed@1/1", "called@2/2", "returned@2/2"), True),
        (Play(later=(Play(shape="list"),)), ("called@1/1", "returned@1/1"), False),
    ],
)
def test_a_call_has_ended_with_the_last_line_of_its_play(
    play: Play, lines: tuple[str, ...], ended: bool
) -> None:
    journal: Any = Written(*lines)
    assert has_ended(journal, Delivery(Request(), play), "ticket") is ended


class Expected(Written):
    """A journal to which the last line comes as soon as somebody waits for it."""

    def __init__(self) -> None:
        super().__init__("called")
        self.deadlines: list[float] = []

    def wait(self, ready: Callable[[], bool], deadline: float) -> bool:
        self.deadlines.append(deadline)
        self.lines = ("called", "closed")
        return ready()


def settled_behind(journal: Written, over: float, seconds: float = 5.0) -> bool:
    """Return what is known of an exchange whose last octet was seen at ``over``."""
    wire = WireLog(sent=(Segment(over - 0.01, b"GET"),), ended_at=over)
    server = Server("127.0.0.1", 1, "127.0.0.1:1")
    exchange = HttpExchange(Request(), "/", "ticket", server, AppLog(), None, wire=wire)
    told: list[bool] = []

    def collect(exchange: HttpExchange, settled: bool) -> HttpExchange:
        told.append(settled)
        return exchange

    subject: Any = SimpleNamespace(
        room=SimpleNamespace(journal=journal),
        conductor=SimpleNamespace(collect=collect),
        healthy=lambda: False,
        quiet_output=lambda: "",
    )
    settle(subject, {Delivery(Request(), Play()): exchange}, seconds)
    return told == [True]


def test_what_was_just_seen_is_waited_for() -> None:
    journal, over = Expected(), time.monotonic()
    assert settled_behind(journal, over)
    assert journal.deadlines == [over + 5.0]


def test_what_has_been_over_for_long_is_not_waited_for_again() -> None:
    journal = Expected()
    assert not settled_behind(journal, time.monotonic() - 6.0)
    assert journal.deadlines == []


class Forged(Expected):
    """A journal in which somebody wrote down a moment that never comes."""

    at = float("inf")

    def wait(self, ready: Callable[[], bool], deadline: float) -> bool:
        self.deadlines.append(deadline)
        return False


def test_a_forged_moment_keeps_nobody_waiting() -> None:
    journal, began = Forged(), time.monotonic()
    assert not settled_behind(journal, began - 6.0, seconds=0.05)
    assert all(deadline < time.monotonic() for deadline in journal.deadlines)
