"""JUnit XML, as CI systems read it: one suite a server, one case a check.

A fail is a ``failure`` (warnings and notes too: the exit code says what counts); what says nothing
about the server (inconclusive, our own faults) is an ``error``; what does not apply is ``skipped``.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

from ..model.result import Report, Result, Verdict
from .timeline import visible
from .words import account, headline, tally


def render(report: Report) -> str:
    """Return the XML text of a report."""
    suites = ElementTree.Element("testsuites", _figures(report))
    suite = ElementTree.SubElement(
        suites,
        "testsuite",
        {"name": _text(report.server.name), **_figures(report), "timestamp": report.environment.started[:19]},
    )
    properties = ElementTree.SubElement(suite, "properties")
    for name, value in _properties(report).items():
        ElementTree.SubElement(properties, "property", {"name": name, "value": _text(value)})
    for result in report.results:
        _case(suite, report, result)
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
    if result.verdict is Verdict.FAIL:
        failure = ElementTree.SubElement(case, "failure", {"message": message, "type": result.severity.value})
        failure.text = _text(account(result))
    elif result.verdict in (Verdict.INCONCLUSIVE, Verdict.ERROR):
        error = ElementTree.SubElement(case, "error", {"message": message, "type": result.verdict.value})
        error.text = _text(account(result))
    elif result.verdict in (Verdict.INAPPLICABLE, Verdict.UNTESTED):
        ElementTree.SubElement(case, "skipped", {"message": message})


def _figures(report: Report) -> dict[str, str]:
    incomplete = int(not report.complete)
    return {
        "tests": str(len(report.results) + incomplete),
        "failures": str(report.count(Verdict.FAIL)),
        "errors": str(report.count(Verdict.INCONCLUSIVE) + report.count(Verdict.ERROR) + incomplete),
        "skipped": str(report.count(Verdict.INAPPLICABLE) + report.count(Verdict.UNTESTED)),
        "time": f"{report.duration:.3f}",
    }


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
