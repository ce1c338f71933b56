"""The JSON of an endpoint badge (schema version 1 of shields' endpoint)."""

from __future__ import annotations

import json

from ..model.result import Report, Severity, Verdict


def render(report: Report) -> str:
    """Return the badge's JSON text: how many checks pass, and a colour for the gravest failure."""
    weights = {result.severity for result in report.results}
    judged = len(report.results) - report.count(Verdict.INAPPLICABLE) - report.count(Verdict.UNTESTED)
    message, colour = f"{report.count(Verdict.PASS)}/{judged}", "brightgreen"
    if Severity.ERROR in weights:
        colour = "red"
    elif Severity.WARNING in weights:
        colour = "yellow"
    if not report.complete:
        message, colour = "incomplete", "lightgrey"
    badge = {"schemaVersion": 1, "label": "wsgicheck", "message": message, "color": colour}
    if not report.complete:
        badge["isError"] = True
    return json.dumps(badge) + "\n"
