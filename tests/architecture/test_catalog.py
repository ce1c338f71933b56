"""What every check, mutant and requirement promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.mutants.gather import gather
from wsgicheck.catalog import all_checks
from wsgicheck.model.check import Check
from wsgicheck.model.stimulus import Octets
from wsgicheck.spec import ALL

CHECKS = all_checks()
IDS = Path(__file__).with_name("check_ids.txt")

each_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)


def test_the_list_of_ids_names_every_check_once() -> None:
    """Ids never change and never go: baselines, reports and people rely on them."""
    listed = IDS.read_text(encoding="ascii").split()
    assert len(listed) == len(set(listed))
    assert set(listed) == {check.id for check in CHECKS}


@each_check
def test_a_check_states_its_rule_and_its_harm(check: Check) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", check.id)
    assert check.title.endswith("."), check.title
    assert len(check.title) <= 160, check.title
    assert check.explanation, "the docstring says what harm a breach does"
    assert check.requires


@each_check
def test_only_a_check_that_sends_octets_sees_octets(check: Check) -> None:
    annotation = check.judge.__annotations__["exchange"]
    assert annotation == ("HttpExchange" if isinstance(check.send, Octets) else "Exchange")


@each_check
def test_a_check_is_killed_by_a_mutant(check: Check) -> None:
    assert any(check.id in mutant.kills for mutant in gather())


def test_mutants_name_checks_that_exist_and_words() -> None:
    ids = {check.id for check in CHECKS}
    for mutant in gather():
        assert mutant.kills, mutant.name
        assert set(mutant.kills) <= ids, f"{mutant.name}: {set(mutant.kills) - ids}"
        assert all(mutant.kills.values()), f"{mutant.name} says no words"


def test_every_requirement_has_a_check_or_a_reason() -> None:
    judged = {requirement.id for check in CHECKS for requirement in check.requires}
    open_ends = {requirement.id for requirement in ALL if not requirement.untested} - judged
    assert sorted(open_ends) == []


def test_no_requirement_is_both_judged_and_untested() -> None:
    judged = {requirement.id for check in CHECKS for requirement in check.requires}
    assert [requirement.id for requirement in ALL if requirement.untested and requirement.id in judged] == []


def test_there_are_at_least_a_hundred_checks() -> None:
    assert len(CHECKS) >= 100
