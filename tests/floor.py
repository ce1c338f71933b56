"""Prints what the suite covers, in figures: ``python -m tests.floor``.

How many requirements on an origin server are judged, how many cases of other suites, and how many
distinct requests there are that a server must refuse or handle in a special way.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.gather import gather
from wsgicheck.catalog import own_checks
from wsgicheck.model.stimulus import Octets

DOCS = Path(__file__).parents[1] / "docs"
LARGEST_PEER = 215
"""The cases of Http11Probe, the largest of the suites in ``docs/peers.md``."""


@dataclass(frozen=True)
class Row:
    """One requirement on an origin server: whose it is, and which checks judge it (or why none does)."""

    id: str
    level: str
    responsible: str
    testable: bool
    judged: str

    @property
    def covered(self) -> bool:
        return not self.judged.startswith("- ")

    @property
    def is_must(self) -> bool:
        return self.level in ("MUST", "MUST NOT")


def table(name: str) -> list[list[str]]:
    """Return the rows of a table in ``docs``, without its head."""
    with (DOCS / name).open(encoding="utf-8", newline="") as stream:
        _, *rows = csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
    return rows


def http_rows() -> list[Row]:
    """Return the requirements of RFC 9110 and RFC 9112 on an origin server."""
    judged = dict(table("coverage.tsv"))
    return [
        Row(id, level, responsible, testable != "no", judged[id])
        for id, level, responsible, testable in table("http-requirements.tsv")
    ]


def request_cases() -> dict[Octets, list[str]]:
    """Return the distinct requests with a control, each with its checks that a mutant fails."""
    killed = {id for mutant in gather() for id in mutant.kills}
    cases: dict[Octets, list[str]] = {}
    for check in own_checks():
        if isinstance(check.send, Octets) and check.control is not None and check.id in killed:
            cases.setdefault(check.send, []).append(check.id)
    return cases


def figures() -> list[str]:
    """Return the figures, a line each."""
    rows = [row for row in http_rows() if row.testable]
    lines = []
    for whose in ("server", "shared"):
        theirs = [row for row in rows if row.responsible == whose]
        covered = sum(row.covered for row in theirs)
        share = 100 * covered / len(theirs)
        lines.append(f"requirements, {whose}: {len(theirs)} testable, {covered} with a check ({share:.1f} %)")
        bare = [row.id for row in theirs if row.is_must and not row.covered]
        lines.append(
            f"    every MUST among them, but {', '.join(bare)}" if bare else "    every MUST among them"
        )
    peers: dict[str, list[bool]] = {}
    for peer, _, named in table("peers.tsv"):
        peers.setdefault(peer, []).append(not named.startswith("- "))
    for peer, found in peers.items():
        lines.append(
            f"cases of {peer}: {len(found)}, {sum(found)} judged, {len(found) - sum(found)} with a reason"
        )
    lines.append(
        f"distinct requests, each with a control and a kill: {len(request_cases())};"
        f" the largest peer has {LARGEST_PEER} cases"
    )
    return lines


if __name__ == "__main__":
    print("\n".join(figures()))
