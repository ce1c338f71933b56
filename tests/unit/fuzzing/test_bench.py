"""A campaign's server and room are exchanged for new ones before anything in them has grown without end."""

from __future__ import annotations

import sys

import pytest

import wsgicheck.fuzzing.bench as module
from wsgicheck.fuzzing.bench import Bench
from wsgicheck.model.fuzzed import Case
from wsgicheck.model.play import Play

SERVE = f"{sys.executable} -m reference_server {{app}} --host {{host}} --port {{port}}"
CASE = Case(
    b"GET / HTTP/1.1\r\nHost: {authority}\r\nX-Wsgicheck-Ticket: {ticket}-1\r\nConnection: close\r\n\r\n",
    (Play(),),
)


@pytest.mark.parametrize("limit", ["JOURNAL_OCTETS", "PLAYS_OCTETS"])
def test_a_room_that_has_grown_is_exchanged(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    with Bench(SERVE) as bench:
        assert bench.try_case(CASE).breaches == ()
        kept = bench._room.path
        assert bench.try_case(CASE).breaches == () and bench._room.path == kept
        monkeypatch.setattr(module, limit, 1)
        assert bench.try_case(CASE).breaches == ()
        assert bench._room.path != kept and not kept.exists()
