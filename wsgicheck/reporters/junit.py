"""JUnit XML, as CI systems read it: one suite a server, one case a check.

A fail is a ``failure`` (warnings and notes too: the exit code says what counts); what says nothing
about the server (inconclusive, our own faults) is an ``error``; what does not apply is ``skipped``,
and so is a failure that the baseline knows. Departures from the baseline that no other case shows (stale
entries, unknown ids) are cases of their own.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

from ..model.departure import Change, Departure
from ..model.result import Report, Result, Verdict
from .timeline import visible
from .words import account, headline, tally

SHOWN_ELSEWHERE = (Change.NEW, Change.CHANGED, Change.EXPIRED)
"""Departures whose own case is a failure already."""


def render(report: Report) -> str:
    """Return the XML text of a report."""
    figures = _figures(report)  # the schema of Jenkins' xUnit plugin knows no "skipped" at the root
    suites = ElementTree.Element("testsuites", {key: figures[key] for key in figures if key != "skipped"})
    suite = ElementTree.SubElement(
        suites,
        "testsuite",
        {"name": _text(report.server.name), **figures, "timestamp": report.environment.started[:19]},
    )
    properties = ElementTree.SubElement(suite, "properties")
    for name, value in _properties(report).items():
        ElementTree.SubElement(properties, "property", {"name": name, "value": _text(value)})
    for result in report.results:
        _case(suite, report, result)
    for departure in _of_the_baseline(report):
        case = ElementTree.SubElement(
            suite, "testcase", {"classname": "wsgicheck.baseline", "name": _text(departure.id), "time": "0"}
        )
        words = _text(str(departure))
        ElementTree.SubElement(case, "failure", {"message": words, "type": departure.change.name.lower()})
    if not report.complete:
        case = ElementTree.SubElement(
            suite, "testcase", {"classname": "wsgicheck.run", "name": "complete", "time": "0"}
        )
        trouble = _text(report.trouble or "not every check was conducted")
        ElementTree.SubElement(case, "error", {"message": trouble, "type": "incomplete"})
    ElementTree.indent(suites)
    body = ElementTree.tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _case(suite: ElementTree.Element, report: Report, result: Result) -> None:
    source = result.check.source.value.lower().replace(" ", "")
    case = ElementTree.SubElement(
        suite,
        "testcase",
        {
            "classname": f"wsgicheck.{source}.{result.check.topic}",
            "name": result.check.id,
            "time": f"{result.duration:.6f}",
        },
    )
    message = _text(headline(result))
    if result.expected is not None:
        known = f"known failure: {_text(result.expected)}: {message}"
        ElementTree.SubElement(case, "skipped", {"message": known})
    elif result.verdict is Verdict.FAIL:
        failure = ElementTree.SubElement(case, "failure", {"message": message, "type": result.severity.value})
        failure.text = _text(account(result, report.server.option))
    elif result.verdict in (Verdict.INCONCLUSIVE, Verdict.ERROR):
        error = ElementTree.SubElement(case, "error", {"message": message, "type": result.verdict.value})
        error.text = _text(account(result, report.server.option))
    elif result.verdict in (Verdict.INAPPLICABLE, Verdict.UNTESTED):
        ElementTree.SubElement(case, "skipped", {"message": message})


def _figures(report: Report) -> dict[str, str]:
    incomplete = int(not report.complete)
    known, departures = len(report.known), len(_of_the_baseline(report))
    return {
        "tests": str(len(report.results) + departures + incomplete),
        "failures": str(report.count(Verdict.FAIL) - known + departures),
        "errors": str(report.count(Verdict.INCONCLUSIVE) + report.count(Verdict.ERROR) + incomplete),
        "skipped": str(report.count(Verdict.INAPPLICABLE) + report.count(Verdict.UNTESTED) + known),
        "time": f"{report.duration:.3f}",
    }


def _of_the_baseline(report: Report) -> list[Departure]:
    return [departure for departure in report.departures if departure.change not in SHOWN_ELSEWHERE]


def _properties(report: Report) -> dict[str, str]:
    return {
        "tool": report.tool,
        "profile": report.profile,
        "command": report.server.command,
        "python": report.environment.python,
        "platform": report.environment.platform,
        "tally": tally(report),
    }


def _text(text: str) -> str:
    """Return text that XML 1.0 can hold: it has no words for most control characters."""
    return "\n".join(visible(line) for line in text.split("\n"))
