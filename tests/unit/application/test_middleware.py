"""Each duty of middleware is broken by a sinner, and caught in the right words; keepers are clean."""

from __future__ import annotations

from typing import Any
from wsgiref.validate import validator

import pytest

from tests.unit.application.middle import KEEPERS, SINNERS, Sinner
from wsgicheck import observe
from wsgicheck.application.gateway import Visit
from wsgicheck.application.middleware import examine_middleware
from wsgicheck.spec import pep3333_middleware as law

VISIT = Visit()


def found(factory: Any) -> list[tuple[str, str]]:
    return [(each.violation.law.id, each.violation.message) for each in examine_middleware(factory, [VISIT])]


def test_every_duty_has_its_sinner() -> None:
    assert {sinner.duty for sinner in SINNERS} >= {duty.id for duty in law.ALL}


@pytest.mark.parametrize("sinner", SINNERS, ids=lambda sinner: f"{sinner.duty}: {sinner.what}")
def test_the_examination_names_the_duty(sinner: Sinner) -> None:
    told = found(sinner.factory)
    assert any(id == sinner.duty and sinner.words in message for id, message in told), told


@pytest.mark.parametrize("keeper", KEEPERS, ids=lambda keeper: str(keeper.__name__))
def test_what_keeps_every_duty_is_clean(keeper: Any) -> None:
    assert found(keeper) == []


def test_the_observer_is_middleware_that_keeps_every_duty() -> None:
    assert found(lambda app: observe(app)) == []


def test_a_sinner_breaks_few_other_duties() -> None:
    """What is found beside the one that was meant follows from it, and is of the same kind."""
    for sinner in SINNERS:
        others = {id for id, _ in found(sinner.factory)} - {sinner.duty}
        assert len(others) <= 2, (sinner.what, others)


def test_middleware_of_the_field() -> None:
    """wsgiref's validator wants a SCRIPT_NAME, which may be absent; werkzeug's middleware is clean."""
    assert {id for id, _ in found(validator)} <= {"application-environ-fallback"}
    proxy_fix = pytest.importorskip("werkzeug.middleware.proxy_fix")
    assert found(proxy_fix.ProxyFix) == []
    dispatcher = pytest.importorskip("werkzeug.middleware.dispatcher")
    assert found(lambda app: dispatcher.DispatcherMiddleware(app, {"/other": app})) == []
    shared = pytest.importorskip("werkzeug.middleware.shared_data")
    assert found(lambda app: shared.SharedDataMiddleware(app, {"/static": "/nowhere"})) == []
