"""JUnit XML: one suite an application; a case a duty seen broken, and one a visit that showed nothing.

A duty that was not seen broken is no case: nobody knows whether a visit came near it.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

from ...model.examination import Examination, Finding
from ..timeline import visible
from .words import account, headline, tally, topic, weight


def render(examination: Examination) -> str:
    """Return the XML text of an examination."""
    figures = {
        "tests": str(len(examination.by_duty) + len(examination.clean_visits)),
        "failures": str(len(examination.by_duty)),
        "errors": "0",
        "time": f"{examination.duration:.3f}",
    }
    suites = ElementTree.Element("testsuites", figures)
    suite = ElementTree.SubElement(
        suites,
        "testsuite",
        {
            "name": visible(examination.application),
            **figures,
            "skipped": "0",
            "timestamp": examination.environment.started[:19],
        },
    )
    properties = ElementTree.SubElement(suite, "properties")
    for name, value in _properties(examination).items():
        ElementTree.SubElement(properties, "property", {"name": name, "value": visible(value)})
    for id, findings in examination.by_duty.items():
        _broken(suite, id, findings)
    kind = "middleware" if examination.middleware else "application"
    for visit in examination.clean_visits:
        case = {"classname": f"wsgicheck.visit.{kind}", "name": visible(visit), "time": "0"}
        ElementTree.SubElement(suite, "testcase", case)
    ElementTree.indent(suites)
    body = ElementTree.tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _broken(suite: ElementTree.Element, id: str, findings: list[Finding]) -> None:
    first = findings[0]
    source = first.violation.law.source.value.lower().replace(" ", "")
    case = ElementTree.SubElement(
        suite, "testcase", {"classname": f"wsgicheck.{source}.{topic(first)}", "name": id, "time": "0"}
    )
    failure = ElementTree.SubElement(case, "failure", {"message": headline(first), "type": weight(first)})
    failure.text = "\n\n".join([*(headline(more) for more in findings[1:]), account(first)])


def _properties(examination: Examination) -> dict[str, str]:
    return {
        "tool": examination.tool,
        "server": examination.server or "in process alone",
        "python": examination.environment.python,
        "platform": examination.environment.platform,
        "tally": tally(examination),
    }
