"""From when on an absence in the journal means something."""

from __future__ import annotations

from typing import Any

import pytest

from wsgicheck.engine.conduct import Delivery
from wsgicheck.engine.settle import has_ended
from wsgicheck.model.exchange import Observation
from wsgicheck.model.play import Play, Step
from wsgicheck.model.stimulus import Request


class Written:
    """A journal with the lines that a test names: KIND, KIND@CALL or KIND@CALL/LABEL."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines

    def of(self, ticket: str) -> tuple[Observation, ...]:
        seen = []
        for line in self.lines:
            kind, _, rest = line.partition("@")
            call, _, label = rest.partition("/")
            kind, _, where = kind.partition("-in-")
            facts = {"where": where or "call"} if kind == "raised" else {}
            seen.append(Observation(1.0, kind, facts, 1, 1, call or "1", label))
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
