"""Markdown, for a pull request or a step summary: the figures, then one row a failure."""

from __future__ import annotations

import re

from ..model.result import Report, Result, Severity, Verdict
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
        lines += [f"**Incomplete:** {escape(report.trouble or 'not every check was conducted')}", ""]
    if report.departures:
        lines += ["**Departures from the baseline:**", ""]
        lines += [f"- {escape(str(departure))}" for departure in report.departures] + [""]
    if failures:
        lines += ["| | check | found | law |", "|---|---|---|---|", *_rows(failures)]
    if report.known:
        ids = ", ".join(f"`{result.check.id}`" for result in report.known)
        lines += ["", f"Known failures ({len(report.known)}): {ids}"]
    lines += ["", f"{escape(report.tool)}, profile {report.profile}, {code(report.server.command)}"]
    return "\n".join(lines) + "\n"


def _rows(failures: list[Result]) -> list[str]:
    rows: list[str] = []
    size = 0
    for number, result in enumerate(failures):
        law = result.check.law
        mark = MARKS.get(result.severity, "our fault")
        source = f"[{law.source.value}, {escape(law.section)}]({law.url})"
        rows.append(f"| {mark} | `{result.check.id}` | {escape(headline(result))} | {source} |")
        size += len(rows[-1].encode())
        if size > SUMMARY_OCTETS:
            rows.append(f"| | | {len(failures) - number - 1} more are left out here | |")
            break
    return rows


def escape(text: str) -> str:
    """Return text in which Markdown and HTML see nothing to obey."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = re.sub(r"([\\`*_{}\[\]()#+!|~@])", r"\\\1", text)
    return " ".join(text.split())


def code(text: str) -> str:
    """Return text as inline code that nothing in it can end."""
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    return f"{fence} {' '.join(text.split())} {fence}" if "`" in text else f"`{' '.join(text.split())}`"
