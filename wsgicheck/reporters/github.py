"""GitHub annotations: one line for the whole run, because a step shows only ten."""

from __future__ import annotations

from ..model.result import Report, Severity, Verdict
from .timeline import visible
from .words import tally

MOST_IDS = 20


def render(report: Report) -> str:
    """Return one workflow command: an error, a warning or a notice that names the gravest ids."""
    unexpected = [result for result in report.results if result.expected is None]
    weights = {result.severity for result in unexpected}
    kind = "notice"
    if Severity.ERROR in weights or not report.complete or report.count(Verdict.ERROR) or report.departures:
        kind = "error"
    elif Severity.WARNING in weights:
        kind = "warning"
    grave = [result.check.id for result in unexpected if result.severity is Severity.ERROR]
    other = [result.check.id for result in unexpected if result.severity is Severity.WARNING]
    ids = (grave + other)[:MOST_IDS]
    more = len(grave + other) - len(ids)
    text = tally(report) + (": " + ", ".join(ids) if ids else "") + (f" and {more} more" if more else "")
    text += "".join(f"\n{visible(str(departure))}" for departure in report.departures[:MOST_IDS])
    return f"::{kind} title={escaped_property(visible(f'wsgicheck {report.server.name}'))}::{escaped(text)}\n"


def escaped(text: str) -> str:
    """Return text that ends no workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escaped_property(text: str) -> str:
    """Return text that ends no property of one either."""
    return escaped(text).replace(":", "%3A").replace(",", "%2C")
