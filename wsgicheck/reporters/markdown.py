"""Markdown, for a pull request or a step summary: the figures, then one row a failure."""

from __future__ import annotations

import re

from ..model.result import Report, Result, Severity, Verdict
from .timeline import visible
from .words import headline, tally

SUMMARY_OCTETS = 900_000
"""A step summary holds one mebibyte; what is left out is said."""
MARKS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def render(report: Report) -> str:
    """Return the Markdown text of a report."""
    failures = [
        result
        for result in report.results
        if result.verdict in (Verdict.FAIL, Verdict.ERROR) and result.expected is None
    ]
    lines = [f"### wsgicheck: {code(report.server.name)}", "", tally(report) + ".", ""]
    if not report.complete:
        lines += [f"**Incomplete:** {code(report.trouble or 'not every check was conducted')}", ""]
    if report.departures:
        lines += ["**Departures from the baseline:**", ""]
        lines += [f"- {code(str(departure))}" for departure in report.departures] + [""]
    if failures:
        lines += ["| | check | found | law |", "|---|---|---|---|", *_rows(failures)]
    if report.known:
        ids = ", ".join(f"`{result.check.id}`" for result in report.known)
        lines += ["", f"Known failures ({len(report.known)}): {ids}"]
    lines += ["", f"{report.tool}, profile {report.profile}, {code(report.server.command)}"]
    return "\n".join(lines) + "\n"


def _rows(failures: list[Result]) -> list[str]:
    rows: list[str] = []
    size = 0
    for number, result in enumerate(failures):
        law = result.check.law
        mark = MARKS.get(result.severity, "our fault")
        source = f"[{law.source.value}, {law.section}]({law.url})"
        rows.append(f"| {mark} | `{result.check.id}` | {code(headline(result))} | {source} |")
        size += len(rows[-1].encode())
        if size > SUMMARY_OCTETS:
            rows.append(f"| | | {len(failures) - number - 1} more are left out here | |")
            break
    return rows


def code(text: str) -> str:
    """Return text of a server as inline code, in one line: no markup, mention, link or emoji in it is obeyed.

    A pipe would end the cell of a table, so it is shown as an escape too.
    """
    text = visible(" ".join(text.split())).replace("|", "\\x7c")
    if "`" not in text:
        return f"`{text}`" if text else ""
    fence = "`" * (max(len(run) for run in re.findall("`+", text)) + 1)
    return f"{fence} {text} {fence}"
