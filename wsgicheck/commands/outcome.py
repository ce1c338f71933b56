"""The exit code of a report, and the words for the one that nobody would guess."""

from __future__ import annotations

import click

from ..engine.policy import exit_code
from ..model.result import Report, Severity, Verdict
from ..reporters.timeline import visible
from .writing import Wanted


def outcome(report: Report) -> int:
    """Return the exit code; where a whole run ends with 3, say why on standard error."""
    code = exit_code(report)
    if code == 3 and report.complete:
        fails = report.count(Verdict.FAIL)
        click.echo(
            "nothing conclusive was tested: no check passed"
            + (f", and what failed ({fails}) is advice; --strict lets it count" if fails else ""),
            err=True,
        )
    return code


def say_briefly(report: Report, reports: list[Wanted], quiet: int) -> None:
    """Say in one line on standard error what a terminal report would show, where none is shown."""
    if quiet or any(each.form == "terminal" and each.file is None for each in reports):
        return
    unexpected = [result.severity for result in report.results if result.expected is None]
    figures = (
        (report.count(Verdict.PASS), "pass"),
        (unexpected.count(Severity.ERROR), "fail"),
        (unexpected.count(Severity.WARNING), "warn"),
        (report.count(Verdict.ERROR), "error"),
        (sum(result.expected is not None for result in report.results), "as in the baseline"),
        (len(report.departures), "not as in the baseline"),
    )
    told = ", ".join(f"{number} {word}" for number, word in figures if number or word in ("pass", "fail"))
    trouble = "" if report.complete else f"; INCOMPLETE: {report.trouble or 'not every check was conducted'}"
    click.echo(visible(f"{report.server.name}: {told}{trouble}"), err=True)
