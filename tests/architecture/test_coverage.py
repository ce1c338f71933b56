"""The figures of the coverage table hold, and ``wsgicheck list --coverage`` prints them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.lenient.gather import gather
from wsgicheck.catalog import all_checks
from wsgicheck.coverage import ruler
from wsgicheck.model.row import Row
from wsgicheck.reporters.coverage import row_figures

ROWS = ruler()
VISIBLE = [row for row in ROWS if row.visible]
IDS = {check.id for check in all_checks()}
FEWEST_WORDS = 4
"""A reason that a maintainer would accept is a sentence."""

each_visible_row = pytest.mark.parametrize("row", VISIBLE, ids=lambda row: row.number)


def judged(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.judges and set(row.judges) <= IDS]


def test_the_ruler_is_whole() -> None:
    assert len(ROWS) == 224
    assert len(VISIBLE) == 199
    assert sum(row.binding for row in VISIBLE) == 166


@each_visible_row
def test_a_row_that_can_be_seen_has_checks_or_a_reason(row: Row) -> None:
    assert set(row.judges) <= IDS
    assert row.judges or len(row.reason.split()) >= FEWEST_WORDS, row.reason


def test_of_what_is_more_than_tolerance_nineteen_in_twenty_are_judged() -> None:
    binding = [row for row in VISIBLE if row.binding]
    assert len(judged(binding)) >= 0.95 * len(binding)


def test_every_must_that_can_be_seen_from_outside_is_judged() -> None:
    musts = [row for row in VISIBLE if row.level.startswith("MUST")]
    assert [row.number for row in musts if row not in judged(musts)] == []


def test_a_tolerance_without_a_check_is_taken_by_a_lenient_twin_that_exists() -> None:
    twins = {twin.name.partition(":")[2] for twin in gather()}
    for row in VISIBLE:
        if not row.binding and not row.judges:
            named = set(re.findall(r"\b(?:[A-Z][a-z0-9]+){2,}\b", row.reason))
            assert named and named <= twins, f"{row.number}: {named - twins or row.reason}"


def test_the_command_prints_the_figures() -> None:
    printed = "\n".join(row_figures(ROWS, IDS))
    assert "199 of 199 accounted for" in printed
    assert re.search(r"more than a tolerance: 1[56][0-9] of 166 judged \(9[5-9]\.[0-9] %\)", printed)
    assert re.search(r"every MUST that can be seen from outside: ([0-9]+) of \1 judged \(100\.0 %\)", printed)


def test_the_wheel_has_the_table() -> None:
    project = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert '"docs/coverage.tsv" = "wsgicheck/coverage.tsv"' in project
