"""Every mutant is killed by exactly the checks that it declares, in the declared words."""

from __future__ import annotations

import pytest

from tests.mutants.gather import Mutant, gather
from wsgicheck.catalog import all_checks, select
from wsgicheck.engine.session import Order, check_server
from wsgicheck.model.result import Report, Verdict

pytestmark = pytest.mark.kills


def failures(report: Report) -> dict[str, str]:
    """Return what failed: id to its words on one line."""
    return {
        result.check.id: f"{result.message}: want {result.want}, got {result.got}"
        if result.want is not None
        else result.message
        for result in report.results
        if result.verdict in (Verdict.FAIL, Verdict.ERROR)
    }


@pytest.mark.parametrize("mutant", gather(), ids=lambda mutant: mutant.name.removeprefix("tests.mutants."))
def test_mutant_dies_of_what_it_declares(mutant: Mutant, pytestconfig: pytest.Config) -> None:
    checks = select([pytestconfig.getoption("only_checks")], [])
    report = check_server(Order(mutant.command, checks, timeout=2.0), lambda event: None)
    found = failures(report)
    assert report.complete, report.trouble
    assert sorted(found) == sorted(mutant.kills), found
    for id, words in mutant.kills.items():
        assert words in found[id], f"{id}: wanted {words!r} in {found[id]!r}"


def test_every_check_is_killed_by_some_mutant() -> None:
    killed = {id for mutant in gather() for id in mutant.kills}
    assert sorted(check.id for check in all_checks() if check.id not in killed) == []
