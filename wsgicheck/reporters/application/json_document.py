"""An examination as one versioned JSON document; its schema is ``examination.schema.json``, a folder up."""

from __future__ import annotations

import json
from typing import Any

from ...model.examination import Examination, Finding
from ..timeline import visible
from .words import weight

SCHEMA = "https://wsgicheck.dev/schema/examination/1"


def render(examination: Examination) -> str:
    """Return the JSON text of an examination."""
    return json.dumps(document(examination), indent=1, ensure_ascii=True) + "\n"


def document(examination: Examination) -> dict[str, Any]:
    """Return an examination as plain data."""
    server = examination.server
    return {
        "schema": SCHEMA,
        "tool": examination.tool,
        "application": visible(examination.application),
        "middleware": examination.middleware,
        "server": None if server is None else visible(server),
        "strict": examination.strict,
        "environment": {
            "python": examination.environment.python,
            "platform": examination.environment.platform,
            "started": examination.environment.started,
        },
        "location": {"file": visible(examination.location[0]), "line": examination.location[1]},
        "summary": {"fail": len(examination.fails), "warn": len(examination.warnings)},
        "visits": [visible(visit) for visit in examination.visits],
        "findings": [_finding(finding) for finding in examination.findings],
        "violated": examination.violated,
        "duration": round(examination.duration, 3),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    law = finding.violation.law
    return {
        "id": law.id,
        "side": finding.violation.side.value,
        "level": law.level.value,
        "basis": law.basis.value,
        "source": law.source.value,
        "section": law.section,
        "quote": law.quote,
        "url": law.url,
        "severity": weight(finding),
        "message": visible(finding.violation.message),
        "visit": visible(finding.visit),
    }
