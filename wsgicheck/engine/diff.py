"""What changed between two reports: ``wsgicheck diff OLD.json NEW.json``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..model.step import Comparison, Kind, Step


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> Comparison:
    """Return what became of each check between two reports, regressions first."""
    before = {result["id"]: result for result in old["results"]}
    after = {result["id"]: result for result in new["results"]}
    ids = dict.fromkeys((*before, *after))
    steps = [step for id in ids if (step := _step(id, before.get(id), after.get(id)))]
    order = list(Kind)
    steps.sort(key=lambda step: (not step.regression, order.index(step.kind), step.id))
    return Comparison(_name(old), _name(new), tuple(steps), len(ids) - len(steps), tuple(_remarks(old, new)))


def _name(report: Mapping[str, Any]) -> str:
    return f"{report['server']['name']} ({report['environment']['started'][:19]})"


def _remarks(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for what in ("tool", "profile"):
        if old[what] != new[what]:
            yield f"the {what} differs: {old[what]} and {new[what]}"
    for which, report in (("older", old), ("newer", new)):
        if not report["complete"]:
            yield f"the {which} run is incomplete: {report.get('trouble')}"


def _step(id: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Step | None:
    was = before["verdict"] if before else None
    now = after["verdict"] if after else None
    if before is None or after is None:
        words = _words(after or before or {})
        return Step(id, Kind.NEW if before is None else Kind.GONE, was, now, words)
    if was == now:
        changed = now == "fail" and before["message"] != after["message"]
        words = f"{_words(before)} -> {_words(after)}"
        return Step(id, Kind.CHANGED, was, now, words) if changed else None
    return Step(id, _kind(str(was), str(now)), was, now, _words(before if now == "pass" else after))


def _kind(was: str, now: str) -> Kind:
    if now in ("fail", "error"):
        return Kind.BROKEN
    if now == "pass" and was in ("fail", "error"):
        return Kind.FIXED
    return Kind.SILENCED if was == "pass" else Kind.OTHER


def _words(result: Mapping[str, Any]) -> str:
    if result.get("want") is None:
        return str(result["message"])
    return f"{result['message']}: want {result['want']}, got {result['got']}"
