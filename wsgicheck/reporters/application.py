"""The findings about an application, for a terminal: each complete, the gravest last, then the figures."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from ..model.violation import Violation
from .timeline import visible


def render(findings: Sequence[tuple[Violation, str]], visited: Sequence[str]) -> str:
    """Return the text: ``findings`` are violations, each with the visit that showed it."""
    parts = []
    for violation, visit in findings:
        law = violation.law
        quote = textwrap.fill(f'"{law.quote}"', width=96, initial_indent="  ", subsequent_indent="   ")
        parts.append(
            f"{'FAIL' if violation.grave else 'WARN'} {law.id}\n"
            f"  {visible(violation.message)}\n"
            f"  seen at {visible(visit)}\n"
            f"  {law.source.value}, {law.section} ({law.level.value}, {law.basis.value}):\n"
            f"{quote}\n"
            f"  {law.url}\n"
        )
    fails = sum(violation.grave for violation, _ in findings)
    parts.append(
        f"{', '.join(visible(visit) for visit in visited)}: {fails} fail, {len(findings) - fails} warn\n"
    )
    return "\n".join(parts)
