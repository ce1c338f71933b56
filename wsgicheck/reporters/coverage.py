"""The law with its checks: what is judged, what cannot be, and the figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..model.check import Check
from ..model.law import Level, Requirement, Source
from ..model.row import Row


def render(requirements: Sequence[Requirement], checks: Iterable[Check], rows: Sequence[Row] = ()) -> str:
    """Return one line a requirement, by source and section, and the share that is judged.

    ``rows`` are another reading of PEP 3333: what of it is judged is told by figures alone.
    """
    judges: dict[str, list[str]] = {}
    checks = tuple(checks)
    for check in checks:
        for requirement in check.requires:
            judges.setdefault(requirement.id, []).append(check.id)
    lines: list[str] = []
    for source in Source:
        section = None
        for requirement in (requirement for requirement in requirements if requirement.source is source):
            if requirement.section != section:
                section = requirement.section
                lines.append(f"{source.value}, {section}")
            ids = judges.get(requirement.id)
            what = ", ".join(ids) if ids else f"untested: {requirement.untested or 'no check yet'}"
            lines.append(f"  {requirement.id:<36} {requirement.level.value:<10} {what}")
    known = {check.id for check in checks}
    return "\n".join([*lines, "", *figures(requirements, set(judges)), *row_figures(rows, known)])


def figures(requirements: Sequence[Requirement], judged: set[str]) -> list[str]:
    """Return how much of the law is judged, by source."""
    lines = []
    for source in Source:
        ours = [requirement for requirement in requirements if requirement.source is source]
        if ours:
            lines.append(_figure(source.value, ours, judged))
    musts = [requirement for requirement in requirements if requirement.level in (Level.MUST, Level.MUST_NOT)]
    return [*lines, _figure("every MUST", musts, judged), _figure("the law", list(requirements), judged)]


def _figure(what: str, requirements: list[Requirement], judged: set[str]) -> str:
    covered = sum(requirement.id in judged for requirement in requirements)
    untested = sum(requirement.untested is not None for requirement in requirements)
    share = 100 * covered / max(1, len(requirements))
    return (
        f"{what}: {covered} of {len(requirements)} requirements judged ({share:.0f} %), {untested} cannot be"
    )


def row_figures(rows: Sequence[Row], ids: set[str]) -> list[str]:
    """Return how much of another reading of PEP 3333 is accounted for, and judged."""
    visible = [row for row in rows if row.visible]
    if not visible:
        return []
    binding = [row for row in visible if row.binding]
    musts = [row for row in binding if row.level.startswith("MUST")]
    accounted = sum(bool(row.judges) or bool(row.reason) for row in visible)
    freedoms = [row for row in visible if not row.binding]
    return [
        "",
        f"held against another reading of PEP 3333 (docs/coverage.tsv): {len(rows)} rows bind a server",
        f"rows that can be seen from outside: {accounted} of {len(visible)} accounted for",
        f"rows that are more than a tolerance: {_judged(binding, ids)}",
        f"every MUST that can be seen from outside: {_judged(musts, ids)}",
        f"tolerances: {_judged(freedoms, ids)}; the others are nothing that a server could fail",
    ]


def _judged(rows: Sequence[Row], ids: set[str]) -> str:
    judged = sum(any(id in ids for id in row.judges) for row in rows)
    return f"{judged} of {len(rows)} judged ({100 * judged / len(rows):.1f} %)"
