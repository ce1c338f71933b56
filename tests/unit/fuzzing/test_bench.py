"""A campaign's server and room are exchanged for new ones before anything in them has grown without end."""

from __future__ import annotations

import sys

import pytest
from hypothesis.errors import HypothesisException

import wsgicheck.fuzzing.bench as module
from wsgicheck.fuzzing import campaign
from wsgicheck.fuzzing.bench import Bench
from wsgicheck.model.fuzzed import Case
from wsgicheck.model.play import Play

SERVE = f"{sys.executable} -m reference_server {{app}} --host {{host}} --port {{port}}"
CASE = Case(
    b"GET / HTTP/1.1\r\nHost: {authority}\r\nX-Wsgicheck-Ticket: {ticket}-1\r\nConnection: close\r\n\r\n",
    (Play(),),
)


def test_a_campaign_without_cases_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def draws_nothing(meet: object, seed: int) -> None:
        raise HypothesisException("too slow")

    monkeypatch.setattr(campaign, "draw_cases", draws_nothing)
    found = campaign.Fuzzer(campaign.Order("reference", SERVE, 1, None, 10), lambda event: None).run()
    assert found.examples == 0 and found.trouble == "hypothesis generates no more cases"


@pytest.mark.parametrize("limit", ["JOURNAL_OCTETS", "PLAYS_OCTETS"])
def test_a_room_that_has_grown_is_exchanged(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    with Bench(SERVE) as bench:
        assert bench.try_case(CASE).breaches == ()
        kept = bench._room.path
        assert bench.try_case(CASE).breaches == () and bench._room.path == kept
        monkeypatch.setattr(module, limit, 1)
        assert bench.try_case(CASE).breaches == ()
        assert bench._room.path != kept and not kept.exists()
