"""What every check, mutant and requirement promises."""

from __future__ import annotations

import re
from pathlib import Path
from types import FunctionType

from tests.mutants.gather import gather
from tests.topics import each_topic
from wsgicheck.catalog import all_checks
from wsgicheck.model.check import Check
from wsgicheck.model.stimulus import Octets
from wsgicheck.spec import ALL

CHECKS = all_checks()
IDS = Path(__file__).with_name("check_ids.txt")


def test_the_list_of_ids_names_every_check_once() -> None:
    """Ids never change and never go: baselines, reports and people rely on them."""
    listed = IDS.read_text(encoding="ascii").split()
    assert len(listed) == len(set(listed))
    assert set(listed) == {check.id for check in CHECKS}


@each_topic
def test_a_check_states_its_rule_and_its_harm(checks: list[Check]) -> None:
    for check in checks:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", check.id), check.id
        assert check.title.endswith("."), f"{check.id}: {check.title}"
        assert len(check.title) <= 160, f"{check.id}: {check.title}"
        assert check.explanation, f"{check.id}: the docstring says what harm a breach does"
        assert check.requires, check.id


@each_topic
def test_only_a_check_that_sends_octets_sees_octets(checks: list[Check]) -> None:
    for check in checks:
        annotation = check.judge.__annotations__["exchange"]
        wanted = "HttpExchange" if isinstance(check.send, Octets) else "Exchange"
        assert annotation == wanted, check.id


def test_a_check_is_killed_by_a_mutant() -> None:
    killed = {id for mutant in gather() for id in mutant.kills}
    assert [check.id for check in CHECKS if check.id not in killed] == []


def test_mutants_name_checks_that_exist_and_words() -> None:
    ids = {check.id for check in CHECKS}
    for mutant in gather():
        assert mutant.kills, mutant.name
        assert set(mutant.kills) <= ids, f"{mutant.name}: {set(mutant.kills) - ids}"
        assert all(mutant.kills.values()), f"{mutant.name} says no words"


def names(function: FunctionType, seen: frozenset[FunctionType] = frozenset()) -> frozenset[str]:
    """Return the names that a function uses, and those that the functions of its own module use for it."""
    used = frozenset(function.__code__.co_names)
    for name in function.__code__.co_names:
        helper = function.__globals__.get(name)
        ours = isinstance(helper, FunctionType) and helper.__module__ == function.__module__
        if ours and helper not in seen:
            used |= names(helper, seen | {function, helper})
    return used


REFUSALS = [
    check
    for check in CHECKS
    if isinstance(check.judge, FunctionType) and {"refused", "content_refused"} & names(check.judge)
]


def test_many_checks_expect_a_refusal() -> None:
    """Lest the next test holds for want of any."""
    assert len(REFUSALS) > 190


def test_a_refusal_has_a_control() -> None:
    """The same octets with the fault repaired reach the application, or the server refuses everything."""
    for check in REFUSALS:
        assert check.control is not None, check.id
        assert isinstance(check.send, Octets) and isinstance(check.control, Octets), check.id
        repaired = check.control.octets != check.send.octets or check.control.then != check.send.then
        assert repaired, f"{check.id}: its control is what it sends itself"


def test_every_requirement_has_a_check_or_a_reason() -> None:
    judged = {requirement.id for check in CHECKS for requirement in check.requires}
    open_ends = {requirement.id for requirement in ALL if not requirement.untested} - judged
    assert sorted(open_ends) == []


def test_no_requirement_is_both_judged_and_untested() -> None:
    judged = {requirement.id for check in CHECKS for requirement in check.requires}
    assert [requirement.id for requirement in ALL if requirement.untested and requirement.id in judged] == []


def test_there_are_at_least_a_hundred_checks() -> None:
    assert len(CHECKS) >= 100
