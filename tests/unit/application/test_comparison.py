"""The comparison with other tools is current, and it shows what it is to show."""

from __future__ import annotations

import pytest

from tests.unit.application.comparison import (
    HEADS,
    MIDDLE_HEADS,
    PAGE,
    cases,
    cells,
    lint,
    middle_cases,
    middle_cells,
)

ROWS = [(chapter, *case) for chapter, rows in cases().items() for case in rows]


EACH_ROW = pytest.mark.parametrize(
    ("chapter", "what", "application", "changes"), ROWS, ids=[row[1] for row in ROWS]
)


def written() -> dict[str, dict[str, str]]:
    """The rows of the page: what each tool is said to say."""
    table = [
        line.strip("| ").split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines() if "|" in line
    ]
    return {row[0]: dict(zip(HEADS, row[1:], strict=True)) for row in table if len(row) == len(HEADS) + 1}


def test_the_page_has_every_case_and_no_other() -> None:
    assert list(written()) == ["case", *(what for _, what, *_ in ROWS)]


@pytest.mark.parametrize(
    ("chapter", "what", "application", "changes"), ROWS, ids=lambda v: v if isinstance(v, str) else ""
)
def test_a_row_is_current(chapter: str, what: str, application: object, changes: dict[str, object]) -> None:
    now = cells(what, application, changes)
    said = written()[what]
    assert now == {head: said[head] for head in now}, "run: python -m tests.unit.application.comparison"
    assert lint() is None or set(now) == set(HEADS)


@pytest.mark.parametrize(
    ("chapter", "what", "application", "changes"), ROWS, ids=lambda v: v if isinstance(v, str) else ""
)
def test_it_catches_what_validate_catches_and_none_of_its_false_alarms(
    chapter: str, what: str, application: object, changes: dict[str, object]
) -> None:
    now = cells(what, application, changes)
    assert not now["observe"].startswith("breaks")
    if chapter == "What is legal":
        assert now["observe"] == "silent"
    elif now["wsgiref.validate"] != "silent":
        assert now["observe"] == "caught"


def test_the_table_of_middleware_is_current() -> None:
    page = PAGE.read_text(encoding="utf-8")
    rows = dict(middle_cases())
    assert page.count("\n") > len(rows)
    for what, factory in rows.items():
        row = middle_cells(factory)
        assert row[MIDDLE_HEADS[0]] == ("silent" if what.startswith("legal") else "caught")
        line = f"| {what} | {' | '.join(row[head] for head in MIDDLE_HEADS)} |"
        assert line in page, "run: python -m tests.unit.application.comparison"
