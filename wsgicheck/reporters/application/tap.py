"""TAP 14: a line a duty that was seen broken, with a YAML block, and one a visit that showed nothing."""

from __future__ import annotations

import json

from ...model.examination import Examination
from ..tap import plain
from .words import headline, weight


def render(examination: Examination) -> str:
    """Return the TAP text of an examination."""
    broken, clean = examination.by_duty, examination.clean_visits
    lines = ["TAP version 14", f"1..{len(broken) + len(clean)}"]
    for number, (id, findings) in enumerate(broken.items(), 1):
        law = findings[0].violation.law
        clause = f'"{law.quote}" ({law.source.value}, {law.section}, {law.level.value})'
        lines += [
            f"not ok {number} - {id}",
            "  ---",
            f"  message: {json.dumps('; '.join(headline(finding) for finding in findings))}",
            f"  severity: {weight(findings[0])}",
            f"  clause: {json.dumps(clause)}",
            f"  url: {json.dumps(law.url)}",
            "  ...",
        ]
    lines += [f"ok {number} - {plain(visit)}" for number, visit in enumerate(clean, len(broken) + 1)]
    return "\n".join(lines) + "\n"
