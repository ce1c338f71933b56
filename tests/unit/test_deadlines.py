"""A response that the deadline cuts off: still arriving says nothing, silence is a fault."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.test_refusals import verdict
from wsgicheck.authoring import Exchange, HttpExchange, Octets, check, expect_content, needs_finished
from wsgicheck.checks.http.slow_readers import CONTENT, expect_whole
from wsgicheck.engine.judge import Evidence, judge
from wsgicheck.model.check import Check
from wsgicheck.model.exchange import AppLog, Observation, Response, Segment, Server, WireLog
from wsgicheck.model.result import Verdict
from wsgicheck.model.stimulus import Request, Stimulus
from wsgicheck.spec import pep3333


def whole_content(send: Stimulus) -> Check:
    """Return a check of a whole content, which sees the octets where it sends ``Octets``."""

    @check("content-whole", requires=pep3333.TRANSMIT_UNBUFFERED, send=send)
    def content_whole(exchange: Exchange) -> None:
        """The rule.

        The harm.
        """
        expect_content(exchange, CONTENT)

    return content_whole


@check("slow-reader-served", requires=pep3333.TRANSMIT_UNBUFFERED)
def slow_reader_served(exchange: Exchange) -> None:
    """The rule.

    The harm.
    """
    expect_whole(exchange)


CHECKS = (whole_content(Request()), whole_content(Octets(b"")), slow_reader_served)


def cut_off(content: bytes, *times: float, ended: str = "timeout") -> HttpExchange:
    """Return an exchange of ten seconds whose octets came at these times."""
    wire = WireLog((Segment(100.0, b"GET"),), tuple(Segment(100.0 + at, b"x") for at in times), ended, 110.0)
    response = Response("HTTP/1.1", 200, "OK", (), content, complete=False)
    return HttpExchange(
        request=Request(),
        target="/",
        ticket="0" * 16,
        server=Server("h", 1, "h:1"),
        app=AppLog((Observation(100.1, "called", {}, 1, 1, "1.1"),)),
        response=response,
        responses=(response,),
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
def test_what_a_deadline_cut_off(times: tuple[float, ...], ended: str, wanted: Verdict) -> None:
    slow = cut_off(CONTENT[:1000], *times, ended=ended)
    assert [judge(each, Evidence(slow)).verdict for each in CHECKS] == [wanted] * len(CHECKS)


@pytest.mark.parametrize(("last", "wanted"), [(9.9, Verdict.INCONCLUSIVE), (7.9, Verdict.PASS)])
def test_a_few_responses_are_not_all_while_octets_arrive(last: float, wanted: Verdict) -> None:
    """For checks that pass for what came: the next response had not begun when the time was over."""
    whole = Response("HTTP/1.1", 200, "OK", ())
    first = replace(
        cut_off(b"", 0.1, last), request=Octets(b"", ("GET", "GET")), response=whole, responses=(whole,)
    )
    assert verdict(needs_finished, first) is wanted
