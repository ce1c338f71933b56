"""TAP 14: one line a check, with a YAML block where it failed."""

from __future__ import annotations

import json

from ..model.result import Report, Result, Verdict
from .timeline import visible
from .words import clause, headline


def render(report: Report) -> str:
    """Return the TAP text of a report."""
    lines = ["TAP version 14", f"1..{len(report.results)}"]
    for number, result in enumerate(report.results, 1):
        lines += _line(number, result)
    lines += [f"# departs from the baseline: {plain(str(each))}" for each in report.departures]
    if not report.complete:
        lines.append(f"Bail out! {plain(report.trouble or 'the run is incomplete')}")
    return "\n".join(lines) + "\n"


def _line(number: int, result: Result) -> list[str]:
    name = f"{number} - {result.check.id}"
    if result.verdict is Verdict.PASS:
        return [f"ok {name}"]
    if result.verdict in (Verdict.INAPPLICABLE, Verdict.UNTESTED, Verdict.INCONCLUSIVE):
        return [f"ok {name} # SKIP {result.verdict.value}: {plain(headline(result))}"]
    todo = "" if result.expected is None else f" # TODO known: {plain(result.expected)}"
    return [
        f"not ok {name}{todo}",
        "  ---",
        f"  message: {json.dumps(headline(result))}",
        f"  severity: {result.severity.value if result.verdict is Verdict.FAIL else 'error'}",
        f"  clause: {json.dumps(clause(result))}",
        f"  url: {json.dumps(result.check.law.url)}",
        "  ...",
    ]


def plain(text: str) -> str:
    """Return text in one line that gives no directive."""
    return visible(" ".join(text.split())).replace("\\", "\\\\").replace("#", "\\#")
