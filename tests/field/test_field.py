"""Every real server, against the committed expectations.

``tests/field/expectations.toml`` says which checks fail on which server. A difference is either a
change of the suite, which belongs into the review and the changelog, or one of the server.
``python -m tests.field.update`` writes the file anew; the diff is then the finding.
"""

from __future__ import annotations

import importlib.metadata
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.mutants.verdicts import failures
from tests.second_opinion import unexplained
from tests.topics import BY_TOPIC
from wsgicheck.catalog import all_checks
from wsgicheck.engine.copies import fitting_copies
from wsgicheck.engine.session import Order, check_server
from wsgicheck.model.check import Check
from wsgicheck.servers.builtin import PROFILES
from wsgicheck.servers.profile import Profile

tomllib = pytest.importorskip("tomllib", reason="Python 3.11 or later reads TOML")
pytestmark = pytest.mark.field

TRIES_AGAIN = 5
"""A surprise may be the machine's, or luck inside the server; what surprises each time is a finding."""
EXPECTATIONS = Path(__file__).with_name("expectations.toml")
LEFT_OUT = {
    "reference",
    "meinheld",
    "cherrypy",
    "aiohttp-wsgi",
    "rocket3",
    "pyruvate",
    "fastwsgi",
    "socketify",
}
"""``README.md`` says why."""
SERVERS = tuple(profile for profile in PROFILES if profile.name not in LEFT_OUT)
SLOWEST = ("tornado", "werkzeug", "cheroot", "eventlet", "hypercorn")
SLOWEST_FIRST = sorted(SERVERS, key=lambda profile: (*SLOWEST, profile.name).index(profile.name))
"""So that no worker is left with one of them at the end."""
OF_EACH_TOPIC = 2
"""How many checks of each topic make a sample."""


def expectations() -> dict[str, dict[str, list[str]]]:
    if not EXPECTATIONS.exists():
        return {}
    table: dict[str, dict[str, list[str]]] = tomllib.loads(EXPECTATIONS.read_text(encoding="utf-8"))
    return table


def missing(profile: Profile) -> str | None:
    """Return why a server cannot be run here, or None."""
    if profile.name.startswith("nginx-") and not shutil.which("nginx"):
        return f"not run: nginx is not on PATH (it needs {', '.join(profile.needs)})"
    for requirement in profile.requires:
        name, _, version = requirement.partition("==")
        try:
            found = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            needs = f" (it needs {', '.join(profile.needs)})" if profile.needs else ""
            return f"not run: {requirement} is not installed{needs}"
        if found != version:
            return f"not run: the expectations are for {requirement}, and {found} is installed"
    return None


@pytest.mark.parametrize("profile", SLOWEST_FIRST, ids=lambda profile: profile.name)
def test_server_fails_what_it_is_expected_to_fail(profile: Profile) -> None:
    assert not lasting_surprises(profile, all_checks())


@pytest.mark.parametrize("profile", SLOWEST_FIRST, ids=lambda profile: profile.name)
def test_a_sample_of_each_topic_ends_as_expected(profile: Profile) -> None:
    assert not lasting_surprises(profile, sample(SERVERS.index(profile)))


def test_the_samples_ask_every_check_of_some_server() -> None:
    asked = {check.id for number in range(len(SERVERS)) for check in sample(number)}
    assert asked == {check.id for check in all_checks()}


def sample(number: int) -> list[Check]:
    """Return a few checks of each topic, others for each number: what one is spared, another is asked."""
    chosen: list[Check] = []
    for checks in BY_TOPIC.values():
        turn = number * OF_EACH_TOPIC % len(checks)
        chosen += (checks[turn:] + checks[:turn])[:OF_EACH_TOPIC]
    return chosen


def lasting_surprises(profile: Profile, checks: Iterable[Check]) -> dict[str, str]:
    """Return what departs from the expectations each time that it is tried."""
    reason = missing(profile)
    if reason:
        pytest.skip(reason)
    expected = expectations()[profile.name]
    surprising = surprises(profile, checks, expected)
    for _ in range(TRIES_AGAIN):
        if not surprising:
            break
        doubted = [check for check in all_checks() if check.id in surprising]
        again = surprises(profile, doubted, expected)
        surprising = {id: words for id, words in again.items() if id in surprising}
    return surprising


def surprises(profile: Profile, checks: Iterable[Check], expected: dict[str, list[str]]) -> dict[str, str]:
    """Return where a server departs from what is expected of it: id to the words.

    So it does where h11 does not take a response for what our reader took it for, without a known reason.
    """
    checks = tuple(checks)
    order = Order(profile.name, checks, copies=fitting_copies(checks))
    report = check_server(order, lambda event: None)
    assert report.complete or expected.get("unsteady"), report.trouble
    words = failures(report)
    known, varies = set(expected["fails"]), set(expected.get("varies", ()))
    new = {id: f"fails, and is not expected to: {word}" for id, word in words.items() if id not in known}
    gone = {id: "no longer fails" for id in known if id not in words and id in {check.id for check in checks}}
    found = {id: words for id, words in {**new, **gone}.items() if id not in varies}
    doubts = {id: f"read otherwise by h11: {words}" for id, words in unexplained(report).items()}
    return {**found, **doubts}


def test_expectations_name_checks_and_servers_that_exist() -> None:
    ids = {check.id for check in all_checks()}
    assert set(expectations()) == {profile.name for profile in SERVERS}
    for server, table in expectations().items():
        assert set(table["fails"]) <= ids, (server, set(table["fails"]) - ids)
