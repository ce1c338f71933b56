"""Reads the coverage table: which checks judge each row of the ruler, or why none does."""

from __future__ import annotations

from pathlib import Path

from .model.row import Row
from .spec.pep3333_rows import rows

_HERE = Path(__file__).parent
PLACES = (_HERE / "coverage.tsv", _HERE.parent / "docs" / "coverage.tsv")
"""Within the wheel, and in a checkout."""


def ruler() -> tuple[Row, ...]:
    """Return the rows of PEP 3333 that bind a server, in the order of the text."""
    found = {}
    path = next(path for path in PLACES if path.is_file())
    for line in path.read_text(encoding="utf-8").splitlines():
        number, _, judged = line.partition("\t")
        found[number] = judged
    return tuple(_row(number, *facts, found.get(number, "")) for number, facts in rows().items())


def _row(number: str, level: str, seen: str, judged: str) -> Row:
    if judged.startswith("- "):
        return Row(number, level, seen, reason=judged.removeprefix("- "))
    return Row(number, level, seen, tuple(judged.split()))
