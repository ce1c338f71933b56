"""SARIF 2.1.0. A server has no source line, so every result points at the configuration of its target."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from ..model.check import Check
from ..model.result import Report, Result, Severity, Verdict
from .words import account, headline

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note", Severity.NONE: "none"}


def render(report: Report) -> str:
    """Return the SARIF text of a report: fails and our own faults as results, each check as a rule."""
    found = [result for result in report.results if result.verdict in (Verdict.FAIL, Verdict.ERROR)]
    rules = {result.check.id: number for number, result in enumerate(report.results)}
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "wsgicheck",
                "semanticVersion": report.tool.rpartition(" ")[2],
                "informationUri": "https://peps.python.org/pep-3333/",
                "rules": [_rule(result.check) for result in report.results],
            }
        },
        "invocations": [{"executionSuccessful": report.complete, "commandLine": report.server.command}],
        "results": [_result(report, result, rules[result.check.id]) for result in found],
        "columnKind": "unicodeCodePoints",
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=1) + "\n"


def _rule(check: Check) -> dict[str, Any]:
    return {
        "id": check.id,
        "name": check.id,
        "shortDescription": {"text": check.title},
        "fullDescription": {"text": f'{check.title} "{check.law.quote}" ({check.law.source.value})'},
        "help": {"text": check.explanation or check.title},
        "helpUri": check.law.url,
        "properties": {"tags": [check.source.value, check.topic, check.law.level.value]},
    }


def _result(report: Report, result: Result, rule: int) -> dict[str, Any]:
    failed = result.verdict is Verdict.FAIL
    entry: dict[str, Any] = {
        "ruleId": result.check.id,
        "ruleIndex": rule,
        "level": LEVELS[result.severity] if failed else "error",
        "kind": "fail",
        "message": {"text": headline(result) + "\n\n" + account(result, report.server.option)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(report.location[0])},
                    "region": {"startLine": report.location[1]},
                },
                "logicalLocations": [{"name": report.server.name, "kind": "member"}],
            }
        ],
        "partialFingerprints": {"wsgicheck/v1": f"{report.server.name}:{result.check.id}"},
    }
    if result.expected is not None:
        entry["suppressions"] = [{"kind": "external", "justification": result.expected}]
    return entry
