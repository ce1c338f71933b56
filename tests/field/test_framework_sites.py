"""The same small site in Django, Flask and Bottle, on servers that people run such sites on: all green."""

from __future__ import annotations

import importlib.util

import pytest

from tests.field.test_field import missing
from wsgicheck.catalog import all_checks
from wsgicheck.engine.session import Order, check_server
from wsgicheck.model.result import Verdict
from wsgicheck.servers.builtin import PROFILES
from wsgicheck.servers.profile import Profile

pytestmark = pytest.mark.field

FRAMEWORKS = ("bottle", "django", "flask")
SERVERS = ("reference", "gunicorn", "gunicorn-gthread", "waitress", "uwsgi")
CHECKS = tuple(check for check in all_checks() if check.id.partition("-")[0] in FRAMEWORKS)


@pytest.mark.parametrize(
    "profile", [profile for profile in PROFILES if profile.name in SERVERS], ids=lambda profile: profile.name
)
def test_every_check_of_the_three_sites_passes(profile: Profile) -> None:
    reason = missing(profile)
    absent = [name for name in FRAMEWORKS if importlib.util.find_spec(name) is None]
    if reason or absent:
        pytest.skip(reason or f"not run: {', '.join(absent)} not installed")
    report = check_server(Order(profile.name, CHECKS, profile="edge", strict=True), lambda event: None)
    assert report.complete, report.trouble
    found = {result.check.id: result.verdict for result in report.results}
    assert len(found) == len(CHECKS) >= 24
    assert set(found.values()) == {Verdict.PASS}, found
