"""Markdown, for a pull request or a step summary: the figures, then one row a finding, the gravest first."""

from __future__ import annotations

from ...model.examination import Examination
from ..markdown import SUMMARY_OCTETS, code
from .words import tally, weight


def render(examination: Examination) -> str:
    """Return the Markdown text of an examination."""
    lines = [f"### wsgicheck app: {code(examination.application)}", "", tally(examination) + ".", ""]
    if examination.findings:
        lines += ["| | duty | found | at | law |", "|---|---|---|---|---|", *_rows(examination), ""]
    over = f", over {code(examination.server)}" if examination.server else ""
    lines.append(f"{examination.tool}: {', '.join(code(visit) for visit in examination.visits)}{over}")
    return "\n".join(lines) + "\n"


def _rows(examination: Examination) -> list[str]:
    rows: list[str] = []
    size = 0
    for number, finding in enumerate(reversed(examination.findings), 1):
        law = finding.violation.law
        found, visit = code(finding.violation.message), code(finding.visit)
        source = f"[{law.source.value}, {law.section}]({law.url})"
        rows.append(f"| {weight(finding)} | `{law.id}` | {found} | {visit} | {source} |")
        size += len(rows[-1].encode())
        if size > SUMMARY_OCTETS:
            rows.append(f"| | | {len(examination.findings) - number} more are left out here | | |")
            break
    return rows
