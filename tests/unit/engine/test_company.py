"""A fault that shows only beside other requests is a fail; what happened once, or a refusal, is not."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from wsgicheck.authoring import Exchange, Request, check, expect, response_of
from wsgicheck.engine.rejudge import Demand, rejudge
from wsgicheck.engine.session import Order, check_server
from wsgicheck.model.check import Check
from wsgicheck.model.result import Decision, Report, Verdict
from wsgicheck.reporters import json_report
from wsgicheck.reporters.reproduction import reproduction
from wsgicheck.spec import pep3333

CROWDED = Path(__file__).parents[1] / "crowded.py"


def meeting(name: str) -> Check:
    """Return a check that its response is its own."""

    def judge(exchange: Exchange) -> None:
        """The response is that of this request.

        Or not.
        """
        response = response_of(exchange)
        expect(response.status == 200, "status", want=200, got=response.status)
        own = response.values("X-Whose") == (exchange.ticket,)
        expect(own, "whose response it is", want="its own", got="another's")

    judge.__name__ = name.replace("-", "_")
    return check(name, requires=pep3333.APP_CALLED_ONCE, send=Request(target="/meet/" + name))(judge)


CHECKS = (meeting("one-of-two"), meeting("other-of-two"))


def report_on(manner: str) -> Report:
    command = f"{sys.executable} {CROWDED} {{host}} {{port}} {{app}} {manner}"
    return check_server(Order(command, CHECKS, timeout=5.0), lambda event: None)


def test_what_fails_again_in_company_is_a_fail_and_says_so() -> None:
    report = report_on("shares")
    assert report.complete, report.trouble
    failed = [result for result in report.results if result.verdict is Verdict.FAIL]
    assert failed, [result.message for result in report.results]
    for result in failed:
        assert result.decision is Decision.COMPANY
        assert (
            result.message == "whose response it is (only beside other requests: alone it did not fail again)"
        )
        assert result.got == '"another\'s"'
        shown = reproduction(result, report.server)
        assert shown is not None
        assert sum(name.endswith(".octets") for name, _ in shown.files) > 1, "alone it would not be seen"


@pytest.mark.parametrize("manner", ["refuses", "once"])
def test_what_came_once_and_what_a_full_server_may_say_is_no_fail(manner: str) -> None:
    report = report_on(manner)
    assert report.complete, report.trouble
    verdicts = [result.verdict for result in report.results]
    assert Verdict.FAIL not in verdicts, [result.message for result in report.results]
    unstable = [result for result in report.results if result.verdict is Verdict.INCONCLUSIVE]
    assert unstable and all("unstable" in result.message for result in unstable)


def test_the_judge_hears_it_again_from_the_report(tmp_path: Path) -> None:
    report = report_on("shares")
    file = tmp_path / "report.json"
    file.write_text(json_report.render(report))
    again = rejudge(file, json.loads(file.read_text()), CHECKS, Demand())
    assert [(result.verdict, result.message, result.decision) for result in again.results] == [
        (result.verdict, result.message, result.decision) for result in report.results
    ]
