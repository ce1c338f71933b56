"""Random cases: one connection of one or several requests, some of them mutated, cut into segments."""

from __future__ import annotations

from hypothesis import strategies as st

from ..model.fuzzed import Case
from .drawing import among, between, chance
from .grammar import draw_draft
from .mutations import mutate
from .plays import draw_play

REQUESTS_LIMIT = 4
CUTS_LIMIT = 3


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a case."""
    count = among(draw, (1, 1, 2, 3, REQUESTS_LIMIT))
    spoiled = between(draw, 1, count) if chance(draw, 2) else 0
    octets, played = b"", []
    for number in range(1, count + 1):
        draft = draw_draft(draw, number, number == count)
        played.append(draw_play(draw, draft))
        octets += mutate(draw, draft) if number == spoiled else draft.octets()
    cuts: list[int] = []
    if chance(draw, 5):
        cuts = [between(draw, 1, max(1, len(octets))) for _ in range(between(draw, 1, CUTS_LIMIT))]
    return Case(octets, tuple(played), tuple(sorted(set(cuts))))
