"""The report as one versioned JSON document; its schema is ``report.schema.json`` beside this file."""

from __future__ import annotations

import json
from typing import Any

from ..model.exchange import HttpExchange
from ..model.result import Report, Result, ServerFacts, Verdict
from ..model.saved import Saving, saved_octets
from .reproduction import reproduction
from .timeline import octets, timeline, visible

SCHEMA = "https://wsgicheck.dev/schema/report/1"
SAVED = ("variables", "outputs", "exchanges")
"""What ``wsgicheck judge`` reads: the evidence whole, where the rest is for people and other programs."""


def render(report: Report) -> str:
    """Return the JSON text of a report: indented for people, the saved evidence one item a line."""
    whole = document(report)
    saved = {name: whole.pop(name) for name in SAVED}
    text = json.dumps(whole, indent=1, ensure_ascii=True).removesuffix("\n}")
    for name, items in saved.items():
        lines = ",\n".join("  " + json.dumps(item, separators=(",", ":")) for item in items)
        text += f',\n "{name}": [' + (f"\n{lines}\n ]" if items else "]")
    return text + "\n}\n"


def document(report: Report) -> dict[str, Any]:
    """Return a report as plain data."""
    saving = Saving()
    results = [_result(result, report.server, saving) for result in report.results]
    return {
        "schema": SCHEMA,
        "tool": report.tool,
        "profile": report.profile,
        "strict": report.strict,
        "server": {
            "name": report.server.name,
            "command": report.server.command,
            "template": report.server.template,
            "option": report.server.option,
            "concurrency": report.server.concurrency,
            "copies": report.server.copies,
            "restarts": report.server.restarts,
            "output": visible(report.server.output),
        },
        "environment": {
            "python": report.environment.python,
            "platform": report.environment.platform,
            "started": report.environment.started,
        },
        "summary": {verdict.value: report.count(verdict) for verdict in Verdict},
        "results": results,
        "departures": [
            {"id": each.id, "change": each.change.name.lower(), "words": visible(str(each))}
            for each in report.departures
        ],
        "complete": report.complete,
        "trouble": report.trouble,
        "duration": round(report.duration, 3),
        **saving.document(),
    }


def _result(result: Result, server: ServerFacts, saving: Saving) -> dict[str, Any]:
    law = result.check.law
    return {
        "id": result.check.id,
        "topic": result.check.topic,
        "title": result.check.title,
        "level": law.level.value,
        "source": law.source.value,
        "section": law.section,
        "quote": law.quote,
        "url": law.url,
        "verdict": result.verdict.value,
        "severity": result.severity.value,
        "message": result.message,
        "want": result.want,
        "got": result.got,
        "evidence": [_evidence(exchange) for exchange in result.evidence] if _tells(result) else [],
        "duration": round(result.duration, 6),
        "expected": result.expected,
        "reproduction": _reproduction(result, server) if result.verdict is Verdict.FAIL else None,
        "decision": result.decision.value,
        "exchanges": [saving.number(exchange, result.check.play) for exchange in result.evidence],
    }


def _reproduction(result: Result, server: ServerFacts) -> dict[str, Any] | None:
    found = reproduction(result, server)
    if found is None:
        return None
    return {
        "files": [
            {"name": name, "text": octets.decode("utf-8")}
            if name.endswith(".py")
            else {"name": name, "octets": saved_octets(octets)}
            for name, octets in found.files
        ],
        "packages": list(found.packages),
        "serve": found.serve,
        "shell": found.shell,
    }


def _tells(result: Result) -> bool:
    """A pass is its own evidence: only the rest is worth the room."""
    return result.verdict is not Verdict.PASS


def _evidence(exchange: HttpExchange) -> dict[str, Any]:
    return {
        "sent": octets(exchange.wire.octets_sent),
        "received": octets(exchange.wire.octets_received),
        "ended": exchange.wire.ended,
        "settled": exchange.app.settled,
        "timeline": [
            {"ms": round(moment.milliseconds, 3), "who": moment.who.strip(), "what": moment.what}
            for moment in timeline(exchange)
        ],
    }
