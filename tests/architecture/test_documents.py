"""What is generated is current, and what points somewhere points at something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.document import DOCS, PAGES
from wsgicheck.catalog import all_checks

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
