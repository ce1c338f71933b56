"""What a verdict weighs, and what the exit code says: derived here, in one place."""

from __future__ import annotations

from ..model.check import Check
from ..model.law import Level, Source
from ..model.result import Report, Result, Severity, Verdict

PROFILES = {
    "wsgi": "PEP 3333 and CGI alone: what an application is owed, behind any front end",
    "standard": "everything, with leniency where accepted practice differs from the letter (the default)",
    "edge": "everything by the letter: the server faces the network by itself",
}

_SEVERITY = {
    Level.MUST: Severity.ERROR,
    Level.MUST_NOT: Severity.ERROR,
    Level.SHOULD: Severity.WARNING,
    Level.SHOULD_NOT: Severity.WARNING,
    Level.MAY: Severity.NOTE,
}
_ONE_LESS = {Severity.ERROR: Severity.WARNING, Severity.WARNING: Severity.NOTE, Severity.NOTE: Severity.NOTE}


def judged_in(check: Check, profile: str) -> bool:
    """Return whether a profile runs a check."""
    return profile != "wsgi" or check.source in (Source.PEP_3333, Source.RFC_3875)


def severity(check: Check, verdict: Verdict, profile: str) -> Severity:
    """Return what a verdict weighs: the level of the law, lowered where accepted practice tempers it."""
    if verdict is not Verdict.FAIL:
        return Severity.NONE
    by_law = _SEVERITY[check.law.level]
    return _ONE_LESS[by_law] if check.tempered and profile != "edge" else by_law


def violates(result: Result, strict: bool) -> bool:
    """Return whether a result alone makes the run fail: errors, and warnings where ``strict``.

    A fail that the baseline expects does not.
    """
    if result.expected is not None:
        return False
    return result.severity is Severity.ERROR or (strict and result.severity is Severity.WARNING)


def exit_code(report: Report) -> int:
    """Return 0 clean, 1 violations, 3 incomplete or nothing conclusive, 4 our own fault.

    Every departure from a baseline is a violation, whatever its kind and weight: a baseline pins each
    check, and one that is only read forgivingly hides the next regression.
    """
    if report.count(Verdict.ERROR):
        return 4
    if report.departures or any(violates(result, report.strict) for result in report.results):
        return 1
    if not report.complete or not (report.count(Verdict.PASS) or report.known):
        return 3
    return 0
