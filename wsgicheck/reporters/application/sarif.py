"""SARIF 2.1.0: each finding points at the line of the callable that was examined."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from ...model.examination import Examination, Finding
from ..timeline import visible
from .words import account, headline, topic, weight


def render(examination: Examination) -> str:
    """Return the SARIF text of an examination: findings as results, each duty that was broken as a rule."""
    rules = {id: number for number, id in enumerate(examination.by_duty)}
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "wsgicheck",
                "semanticVersion": examination.tool.rpartition(" ")[2],
                "informationUri": "https://peps.python.org/pep-3333/",
                "rules": [_rule(findings[0]) for findings in examination.by_duty.values()],
            }
        },
        "invocations": [{"executionSuccessful": True}],
        "results": [
            _result(examination, finding, rules[finding.violation.law.id]) for finding in examination.findings
        ],
        "columnKind": "unicodeCodePoints",
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=1) + "\n"


def _rule(finding: Finding) -> dict[str, Any]:
    law = finding.violation.law
    return {
        "id": law.id,
        "name": law.id,
        "shortDescription": {"text": law.quote},
        "fullDescription": {"text": f'"{law.quote}" ({law.source.value}, {law.section})'},
        "helpUri": law.url,
        "properties": {"tags": [law.source.value, topic(finding), law.level.value]},
    }


def _result(examination: Examination, finding: Finding, rule: int) -> dict[str, Any]:
    file, line = examination.location
    name = visible(examination.application)
    return {
        "ruleId": finding.violation.law.id,
        "ruleIndex": rule,
        "level": weight(finding),
        "kind": "fail",
        "message": {"text": account(finding)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(file)},
                    "region": {"startLine": line},
                },
                "logicalLocations": [{"name": name, "kind": "function"}],
            }
        ],
        "partialFingerprints": {"wsgicheck/v1": f"{name}:{finding.violation.law.id}:{headline(finding)}"},
    }
