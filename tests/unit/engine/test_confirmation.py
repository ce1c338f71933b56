"""What ran out of a shortened time is given the whole of it before a fail is believed."""

from __future__ import annotations

import pytest

from tests.unit.running import Ground
from wsgicheck.authoring import Exchange, Pause, Play, Release, Request, check, expect, waits
from wsgicheck.engine.patience import SHORTER_AFTER, SHORTER_SECONDS
from wsgicheck.engine.session import Order, check_server
from wsgicheck.model.check import Check
from wsgicheck.model.result import Verdict
from wsgicheck.spec import pep3333

TIMEOUT = 2.5 * SHORTER_SECONDS


def answered(name: str, *then: Pause | Release) -> Check:
    """Return a check that fails where there is no answer to an application which waits for its client."""

    def judge(exchange: Exchange) -> None:
        """There is an answer.

        Or there is none.
        """
        expect(exchange.response is not None, "the answer", want="one", got="silence")

    judge.__name__ = name.replace("-", "_")
    send = Request(target=f"/{name}", then=then)
    return check(name, requires=pep3333.APP_CALLED_ONCE, send=send, play=Play(before=(waits("go"),)))(judge)


@pytest.mark.parametrize(("seconds", "verdict"), [(1.4 * SHORTER_SECONDS, Verdict.PASS), (0.0, Verdict.FAIL)])
def test_a_slow_answer_behind_many_that_never_came_is_no_silence(
    ground: Ground, seconds: float, verdict: Verdict
) -> None:
    mute = [answered(f"mute-{number}") for number in range(SHORTER_AFTER)]
    slow = answered("slow", Pause(seconds), Release("go")) if seconds else answered("slow")
    report = check_server(Order("reference", (*mute, slow), timeout=TIMEOUT), lambda event: None)
    found = {result.check.id: result for result in report.results}
    assert found["slow"].verdict is verdict
    exchange = found["slow"].evidence[0]
    took = exchange.wire.ended_at - exchange.wire.sent[0].at
    assert took > (seconds or 0.9 * TIMEOUT), "it is shown with all of its time"
