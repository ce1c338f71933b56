"""The findings about an application, for a terminal: each complete, the gravest last, then the figures."""

from __future__ import annotations

import textwrap

from ...model.examination import Examination
from ..timeline import visible
from .words import tally


def render(examination: Examination) -> str:
    """Return the text of an examination."""
    parts = []
    for finding in examination.findings:
        violation = finding.violation
        law = violation.law
        quote = textwrap.fill(f'"{law.quote}"', width=96, initial_indent="  ", subsequent_indent="   ")
        parts.append(
            f"{'FAIL' if violation.grave else 'WARN'} {law.id}\n"
            f"  {visible(violation.message)}\n"
            f"  seen at {visible(finding.visit)}\n"
            f"  {law.source.value}, {law.section} ({law.level.value}, {law.basis.value}):\n"
            f"{quote}\n"
            f"  {law.url}\n"
        )
    parts.append(f"{', '.join(visible(visit) for visit in examination.visits)}: {tally(examination)}\n")
    return "\n".join(parts)
