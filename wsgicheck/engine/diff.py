"""What changed between two reports: ``wsgicheck diff OLD.json NEW.json``."""

from __future__ import annotations

import enum
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import UsageTrouble

SCHEMA_PREFIX = "https://wsgicheck.dev/schema/report/"


class Kind(enum.Enum):
    """What became of a check."""

    BROKEN = "broken"
    CHANGED = "fails differently"
    SILENCED = "says nothing any more"
    FIXED = "fixed"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Step:
    """One check that is not as it was: its verdicts (or None where it was not run) and its words."""

    id: str
    kind: Kind
    before: str | None
    after: str | None
    words: str = ""

    @property
    def regression(self) -> bool:
        """Whether it counts against the newer report."""
        return self.kind in (Kind.BROKEN, Kind.SILENCED, Kind.GONE) or (
            self.kind is Kind.NEW and self.after in ("fail", "error")
        )


def read_report(path: Path) -> dict[str, Any]:
    """Return a JSON report of ours. Raises UsageTrouble for anything else, or one cut short."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageTrouble(f"there is no report {path}", "write one with --report json=FILE") from None
    except (OSError, ValueError) as error:
        raise UsageTrouble(
            f"{path} is not a whole JSON document: {error}", "was its run cut short?"
        ) from None
    if not isinstance(document, dict) or not str(document.get("schema", "")).startswith(SCHEMA_PREFIX):
        raise UsageTrouble(f"{path} is not a report of wsgicheck", "write one with --report json=FILE")
    return document


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Step]:
    """Return the checks that are not as they were, regressions first."""
    before = {result["id"]: result for result in old["results"]}
    after = {result["id"]: result for result in new["results"]}
    steps = [step for id in {**before, **after} if (step := _step(id, before.get(id), after.get(id)))]
    order = list(Kind)
    return sorted(steps, key=lambda step: (not step.regression, order.index(step.kind), step.id))


def _step(id: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Step | None:
    was = before["verdict"] if before else None
    now = after["verdict"] if after else None
    words = _words(after) if after and now in ("fail", "error") else _words(before) if before else ""
    if before is None or after is None:
        return Step(id, Kind.NEW if before is None else Kind.GONE, was, now, words)
    if was == now:
        changed = now == "fail" and before["message"] != after["message"]
        return Step(id, Kind.CHANGED, was, now, f"{_words(before)} -> {words}") if changed else None
    if now in ("fail", "error"):
        return Step(id, Kind.BROKEN, was, now, words)
    if now == "pass":
        return Step(id, Kind.FIXED, was, now, words)
    return Step(id, Kind.SILENCED, was, now, str(after["message"]))


def _words(result: Mapping[str, Any]) -> str:
    if result.get("want") is None:
        return str(result["message"])
    return f"{result['message']}: want {result['want']}, got {result['got']}"
