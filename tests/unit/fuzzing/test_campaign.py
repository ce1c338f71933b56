"""What a campaign generates: the same cases from the same seed, and every one of them on record."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, reject, settings

from wsgicheck.errors import UsageTrouble
from wsgicheck.fuzzing.campaign import draw_cases, round_seed
from wsgicheck.fuzzing.cases import cases
from wsgicheck.fuzzing.outcome import foresee
from wsgicheck.fuzzing.reader import read_connection
from wsgicheck.fuzzing.reading import Fate
from wsgicheck.fuzzing.recording import load, to_json, to_word
from wsgicheck.fuzzing.rules import ALL
from wsgicheck.model.fuzzed import Case
from wsgicheck.model.play import Play
from wsgicheck.transports.request_writer import fill

CASES = 80


class Enough(BaseException):
    """Ends the drawing."""


def generated(seed: int) -> list[Case]:
    seen: list[Case] = []

    def meet(case: Case) -> None:
        seen.append(case)
        if len(seen) == CASES:
            raise Enough
        reject()

    with pytest.raises(Enough):
        draw_cases(meet, round_seed(seed, 0))
    return seen


def test_the_same_seed_generates_the_same_cases() -> None:
    cases = generated(7)
    assert cases == generated(7)
    assert cases != generated(8)
    assert len(set(cases)) > CASES / 2


def test_the_cases_are_of_every_fate() -> None:
    fates = {
        reading.fate
        for case in generated(3)
        for reading in read_connection(fill(case.octets, "0" * 16, "127.0.0.1:80"), b"127.0.0.1:80")
    }
    assert fates == set(Fate)


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_a_recording_gives_the_case_back(case: Case) -> None:
    assert load(to_word(case)) == case
    for play in case.plays:
        foresee(play)


@pytest.mark.parametrize("word", ["case:", "case:AAAA", "case:\xe9", "no such file"])
def test_what_is_no_recording_is_said_so(word: str) -> None:
    with pytest.raises(UsageTrouble):
        load(word)


def test_a_recording_of_another_version_is_refused() -> None:
    data = to_json(Case(b"", (Play(),)))
    assert data["format"] == "wsgicheck-case/1"
    with pytest.raises(UsageTrouble):
        load(to_word(Case(b"", ())))


def test_each_rule_has_a_name_of_its_own() -> None:
    assert len({rule.id for rule in ALL}) == len(ALL)
