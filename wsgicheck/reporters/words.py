"""The words of one result that every format uses."""

from __future__ import annotations

from ..model.result import Report, Result, Severity, Verdict
from .timeline import timeline, visible


def headline(result: Result) -> str:
    """Return what was found in one line: ``what: want X, got Y``."""
    message = visible(" ".join(result.message.split()))
    if result.want is None:
        return message
    return f"{message}: want {visible(result.want)}, got {visible(result.got or '')}"


def clause(result: Result) -> str:
    """Return the sentence of the law with its place."""
    law = result.check.law
    return f'"{law.quote}" ({law.source.value}, {law.section}, {law.level.value})'


def again(result: Result, option: str) -> str:
    """Return the command that repeats a result, and shows it without us; ``option`` selects the server."""
    return visible(f"wsgicheck replay {result.check.id} {option or '--server CMD'} --write DIR")


def account(result: Result, option: str) -> str:
    """Return the whole account of a failure as plain text: finding, both ends, clause, address."""
    lines = [headline(result), ""]
    for exchange in result.evidence[:1]:
        lines += [
            f"{moment.milliseconds:9.2f} ms  {moment.who} {moment.what}" for moment in timeline(exchange)
        ]
    if result.verdict is Verdict.FAIL:
        lines += ["", f"to see it without wsgicheck: {again(result, option)}"]
    return "\n".join([*lines, "", clause(result), result.check.law.url])


def tally(report: Report) -> str:
    """Return the figures of a report in one line."""
    failures = [result for result in report.results if result.verdict is Verdict.FAIL]
    by = {severity: sum(result.severity is severity for result in failures) for severity in Severity}
    words = [
        f"{report.count(Verdict.PASS)} of {len(report.results)} pass",
        f"{by[Severity.ERROR]} errors",
        f"{by[Severity.WARNING]} warnings",
        f"{by[Severity.NOTE]} notes",
        f"{report.count(Verdict.INCONCLUSIVE)} inconclusive",
        f"{report.count(Verdict.INAPPLICABLE)} inapplicable",
    ]
    if report.known:
        words.append(f"{len(report.known)} known failures")
    if report.departures:
        words.append(f"{len(report.departures)} departures from the baseline")
    return ", ".join(words) + ("" if report.complete else "; INCOMPLETE")
