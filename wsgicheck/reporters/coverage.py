"""The law with its checks: what is judged, what cannot be, and the figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..model.check import Check
from ..model.law import Level, Requirement, Source


def render(requirements: Sequence[Requirement], checks: Iterable[Check]) -> str:
    """Return one line a requirement, by source and section, and the share that is judged."""
    judges: dict[str, list[str]] = {}
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
    return "\n".join([*lines, "", *figures(requirements, set(judges))])


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
