"""Owed waits are shorter for a server that let several run out, and no fail rests on a short one."""

from __future__ import annotations

from tests.unit.running import Ground
from wsgicheck.authoring import Exchange, Play, Receive, Release, Request, check, expect, waits
from wsgicheck.engine.patience import HASTY_AFTER
from wsgicheck.engine.session import Order, check_server
from wsgicheck.model.check import Check
from wsgicheck.model.result import Verdict
from wsgicheck.spec import pep3333

WAIT = 0.4


def demanding(number: int, forgiving: bool) -> Check:
    """Return a check whose client waits for octets that no server sends."""

    def judge(exchange: Exchange) -> None:
        """The octets come.

        Or they do not.
        """
        expect(forgiving or exchange.outcomes[0].done, "the octets", want="come", got="none")

    name = f"{'forgiving' if forgiving else 'demanding'}-{number}"
    judge.__name__ = name.replace("-", "_")
    send = Request(target=f"/{name}", then=(Receive(b"never sent", WAIT, owed=True), Release("go")))
    held = Play(before=(waits("go"),))
    return check(name, requires=pep3333.APP_CALLED_ONCE, send=send, play=held)(judge)


def test_a_fail_found_in_haste_is_tried_again_with_the_whole_wait(ground: Ground) -> None:
    checks = [demanding(number, forgiving=False) for number in range(HASTY_AFTER + 5)]
    report = check_server(Order("wsgiref", tuple(checks)), lambda event: None)
    assert [result.verdict for result in report.results] == [Verdict.FAIL] * len(checks)
    for result in report.results:
        seen = result.evidence[0]
        assert not seen.hasty
        assert seen.outcomes[0].at - seen.wire.sent[0].at >= WAIT


def test_a_pass_may_be_found_in_haste(ground: Ground) -> None:
    checks = [demanding(number, forgiving=True) for number in range(HASTY_AFTER + 5)]
    report = check_server(Order("wsgiref", tuple(checks)), lambda event: None)
    assert [result.verdict for result in report.results] == [Verdict.PASS] * len(checks)
    hasty = [result.evidence[0].hasty for result in report.results]
    assert hasty == [False] * HASTY_AFTER + [True] * 5
