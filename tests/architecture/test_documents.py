"""What is generated is current, and what points somewhere points at something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.document import DOCS, PAGES
from wsgicheck.catalog import all_checks
from wsgicheck.spec import pep3333_applications, pep3333_middleware

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_current(name: str) -> None:
    written = (DOCS / name).read_text(encoding="utf-8")
    assert written == PAGES[name](), "run: python -m tests.document"


def test_the_readme_names_checks_that_exist() -> None:
    named = re.findall(r"wsgicheck explain ([a-z0-9-]+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert named
    assert set(named) <= {check.id for check in all_checks()}


def test_the_coverage_table_names_checks_that_exist_or_says_why_there_are_none() -> None:
    ids = {check.id for check in all_checks()}
    _, *rows = (DOCS / "coverage.tsv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == len({row.split("\t")[0] for row in rows}) > 500
    for row in rows:
        number, _, judged = row.partition("\t")
        assert judged.startswith("- ") or set(judged.split()) <= ids, f"{number}: {set(judged.split()) - ids}"


def test_the_table_of_applications_and_middleware_names_duties_that_are_judged() -> None:
    """Each of its duties has a sinner: tests/unit/application says so."""
    ids = {duty.id for duty in (*pep3333_applications.ALL, *pep3333_middleware.ALL)}
    _, *rows = (DOCS / "coverage-applications.tsv").read_text(encoding="utf-8").splitlines()
    numbers = [row.split("\t")[0] for row in rows]
    assert numbers == [
        *(f"P3333-A-{number:03}" for number in range(1, 73)),
        *(f"P3333-M-{number:03}" for number in range(1, 25)),
    ]
    named: set[str] = set()
    for row in rows:
        number, _, judged = row.partition("\t")
        if not judged.startswith("- "):
            named |= set(judged.split())
            assert set(judged.split()) <= ids, f"{number}: {set(judged.split()) - ids}"
    assert ids - named == {"middleware-late-start-response"}, "a duty of a server, which middleware has too"
