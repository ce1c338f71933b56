"""A response that the deadline cuts off: still arriving says nothing, silence is a fault."""

from __future__ import annotations

import pytest

from tests.unit.test_refusals import verdict
from wsgicheck.authoring import HttpExchange, expect_content
from wsgicheck.checks.http.slow_readers import CONTENT, expect_whole
from wsgicheck.model.exchange import AppLog, Observation, Response, Segment, Server, WireLog
from wsgicheck.model.result import Verdict
from wsgicheck.model.stimulus import Request


def cut_off(content: bytes, *times: float, ended: str = "timeout") -> HttpExchange:
    """Return an exchange of ten seconds whose octets came at these times."""
    wire = WireLog((Segment(100.0, b"GET"),), tuple(Segment(100.0 + at, b"x") for at in times), ended, 110.0)
    return HttpExchange(
        request=Request(),
        target="/",
        ticket="0" * 16,
        server=Server("h", 1, "h:1"),
        app=AppLog((Observation(100.1, "called", {}, 1, 1, "1.1"),)),
        response=Response("HTTP/1.1", 200, "OK", (), content, complete=False),
        wire=wire,
    )


@pytest.mark.parametrize(
    ("times", "ended", "wanted"),
    [
        ((0.1, 2.0, 9.9), "timeout", Verdict.INCONCLUSIVE),
        ((0.1, 8.1), "timeout", Verdict.INCONCLUSIVE),
        ((0.1, 7.9), "timeout", Verdict.FAIL),
        ((0.1,), "timeout", Verdict.FAIL),
        ((), "timeout", Verdict.FAIL),
        ((0.1, 9.9), "eof", Verdict.FAIL),
        ((0.1, 9.9), "reset", Verdict.FAIL),
    ],
)
@pytest.mark.parametrize("sees_wire", [True, False])
def test_what_a_deadline_cut_off(
    times: tuple[float, ...], ended: str, wanted: Verdict, sees_wire: bool
) -> None:
    slow = cut_off(CONTENT[:1000], *times, ended=ended)
    assert verdict(expect_content, slow if sees_wire else slow.without_wire(), CONTENT) is wanted
    assert verdict(expect_whole, slow.without_wire()) is wanted


def test_other_octets_are_a_fault_whenever_they_come() -> None:
    wrong = cut_off(b"other octets", 0.1, 9.9)
    assert verdict(expect_content, wrong, CONTENT) is Verdict.FAIL
    assert verdict(expect_whole, wrong.without_wire()) is Verdict.FAIL
