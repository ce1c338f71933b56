"""The exit code of a report, and the words for the one that nobody would guess."""

from __future__ import annotations

import click

from ..engine.policy import exit_code
from ..model.result import Report, Verdict


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
