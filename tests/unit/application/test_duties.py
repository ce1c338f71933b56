"""Each duty of an application is broken by a sinner, and the sinner is caught in the right words."""

from __future__ import annotations

import copy

import pytest

from tests.unit.application.sinners import SINNERS, Sinner
from wsgicheck.application.examination import examine
from wsgicheck.application.faults import ApplicationFault
from wsgicheck.application.gateway import Visit, pay
from wsgicheck.application.observer import observe
from wsgicheck.spec import pep3333_applications as law

VISIT = Visit(content=b"abc", method="POST")
ONLY_BY_COMPARISON = {
    "application-called-again",
    "application-run-once-again",
    "application-errors-trapped",
    "application-environ-fallback",
    "application-closable-early",
}
"""Duties that no single, plain visit can show: the examination compares several."""


def named(sinner: Sinner) -> str:
    return f"{sinner.duty}: {sinner.what}"


def test_every_duty_has_its_sinner() -> None:
    assert {sinner.duty for sinner in SINNERS} == {duty.id for duty in law.ALL}


@pytest.mark.parametrize("sinner", SINNERS, ids=named)
def test_the_examination_names_the_duty(sinner: Sinner) -> None:
    findings = examine(copy.copy(sinner.application), [VISIT])
    messages = [f.violation.message for f in findings if f.violation.law.id == sinner.duty]
    assert any(sinner.words in message for message in messages), [f.violation.text for f in findings]


def test_an_error_that_is_its_own_cause_is_the_applications_affair() -> None:
    def application(environ: object, start_response: object) -> list[bytes]:
        error = ValueError("x")
        raise error from error

    answer = pay(VISIT, observe(application, strict=True))
    assert isinstance(answer.error, ValueError)


@pytest.mark.parametrize("sinner", [s for s in SINNERS if s.duty not in ONLY_BY_COMPARISON], ids=named)
def test_the_observer_raises_where_it_is_strict(sinner: Sinner) -> None:
    answer = pay(VISIT, observe(copy.copy(sinner.application), strict=True))
    assert isinstance(answer.error, ApplicationFault), answer
    assert answer.error.violation.law.id in (sinner.duty, "application-write-avoided")
    assert answer.error.violation.law.quote in str(answer.error)


@pytest.mark.parametrize("sinner", SINNERS, ids=named)
def test_advice_raises_only_where_it_is_asked_for(sinner: Sinner) -> None:
    duty = next(duty for duty in law.ALL if duty.id == sinner.duty)
    answer = pay(VISIT, observe(copy.copy(sinner.application)))
    if duty.level.value.startswith("SHOULD"):
        assert not isinstance(answer.error, ApplicationFault)
    elif sinner.duty not in ONLY_BY_COMPARISON:
        assert isinstance(answer.error, ApplicationFault)
        assert answer.error.violation.law.id == sinner.duty
        assert sinner.words in str(answer.error)
