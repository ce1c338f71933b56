"""Reads the JSON reports of earlier runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..errors import UsageTrouble
from ..model.result import Verdict

SCHEMA = "https://wsgicheck.dev/schema/report/1"
SCHEMA_ROOT = SCHEMA.rpartition("/")[0]
WRITE_ONE = "write one with --report json=FILE"
NEEDED: dict[str, type] = {
    "tool": str,
    "profile": str,
    "server": dict,
    "environment": dict,
    "results": list,
    "complete": bool,
}
WORDS = ("id", "verdict", "message")
"""What each result has in any case."""


def read_report(path: Path) -> dict[str, Any]:
    """Return a JSON report of ours. Raises UsageTrouble for anything else, or one cut short."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageTrouble(f"there is no report {path}", WRITE_ONE) from None
    except OSError as error:
        raise UsageTrouble(f"the report {path} cannot be read: {error.strerror}", WRITE_ONE) from None
    except (ValueError, RecursionError) as error:
        raise UsageTrouble(
            f"{path} is not a whole JSON document: {error}", "was its run cut short, or another file named?"
        ) from None
    _refuse_others(path, document)
    return document  # type: ignore[no-any-return]


def _refuse_others(path: Path, document: Any) -> None:
    schema = document.get("schema") if isinstance(document, dict) else None
    if not isinstance(schema, str) or not schema.startswith(SCHEMA_ROOT):
        raise UsageTrouble(f"{path} is not a report of wsgicheck", WRITE_ONE)
    if schema != SCHEMA:
        version = schema.rpartition("/")[2]
        raise UsageTrouble(
            f"{path} follows version {version} of the report's schema, and this wsgicheck reads version 1",
            f"use the release that wrote it ({document.get('tool', 'unknown')}), or run the checks again",
        )
    for name, kind in NEEDED.items():
        if not isinstance(document.get(name), kind):
            raise damaged(path, f"it has no {name}")
    for name, holder in (("name", "server"), ("started", "environment")):
        if not isinstance(document[holder].get(name), str):
            raise damaged(path, f"its {holder} has no {name}")
    verdicts = {verdict.value for verdict in Verdict}
    for number, result in enumerate(document["results"]):
        if not isinstance(result, dict) or not all(isinstance(result.get(word), str) for word in WORDS):
            raise damaged(path, f"its result {number} has no {', '.join(WORDS)}")
        if result["verdict"] not in verdicts:
            raise damaged(path, f"its result {number} has the verdict {result['verdict']!r}")


def damaged(path: Path, how: str) -> UsageTrouble:
    """Return the trouble that a report of ours is not as we wrote it."""
    return UsageTrouble(
        f"the report {path} is damaged: {how}", "was it edited or cut short? Run the checks again"
    )
