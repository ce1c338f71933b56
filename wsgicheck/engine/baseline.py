"""Baselines: the failures that are known, each with its reason, checked in both directions.

A list of expected failures that is only ever read forgivingly hides the next regression. So a run is
held against its baseline both ways, and every difference has a word of its own.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import tomli_w

from ..errors import UsageTrouble
from ..model.result import Report, Result, Verdict
from .toml import read_toml

FORMAT = 1
ENTRY_KEYS = {"reason": str, "found": str, "issue": str, "expires": date}


class Change(enum.Enum):
    """How a run departs from its baseline."""

    NEW = "a new failure"
    CHANGED = "fails for another reason than the known one"
    STALE = "no longer fails: take it out of the baseline"
    EXPIRED = "is known, but only until its day"
    SKIPPED = "passed, and now says nothing"
    UNKNOWN = "is no check that this version has"


@dataclass(frozen=True)
class Entry:
    """One known failure: why it is accepted, what was found, and until when (ISO date) it is accepted."""

    reason: str
    found: str = ""
    issue: str = ""
    expires: date | None = None


@dataclass(frozen=True)
class Baseline:
    """The known failures by id, and the checks that did not pass for other reasons."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    skips: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Difference:
    """One departure from the baseline, in words."""

    change: Change
    id: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.id}: {self.change.value}" + (f" ({self.detail})" if self.detail else "")


def load(path: Path) -> Baseline:
    """Read a baseline. Raises UsageTrouble naming the file, the key and what is wrong with it."""
    table = read_toml(path, "create it with --update-baseline")
    if table.get("format", FORMAT) != FORMAT:
        raise UsageTrouble(
            f"{path}: format {table['format']} is unknown", f"this version reads format {FORMAT}"
        )
    fails, skips = table.get("fails", {}), table.get("skips", [])
    if not isinstance(fails, dict) or not isinstance(skips, list):
        raise UsageTrouble(f"{path}: 'fails' must be a table and 'skips' a list", "see --update-baseline")
    unknown = set(table) - {"format", "server", "fails", "skips"}
    if unknown:
        raise UsageTrouble(f"{path}: unknown key {min(unknown)!r}", "known are server, fails and skips")
    return Baseline({id: _entry(path, id, value) for id, value in fails.items()}, frozenset(map(str, skips)))


def _entry(path: Path, id: str, value: Any) -> Entry:
    if isinstance(value, str):
        value = {"reason": value}
    if not isinstance(value, dict) or not str(value.get("reason", "")).strip():
        raise UsageTrouble(f"{path}: {id} has no reason", f'write {id} = {{ reason = "..." }}')
    for key, given in value.items():
        if key not in ENTRY_KEYS:
            raise UsageTrouble(
                f"{path}: {id} has an unknown key {key!r}", f"known are {', '.join(ENTRY_KEYS)}"
            )
        if not isinstance(given, ENTRY_KEYS[key]):
            wanted = "a date such as 2027-01-31" if key == "expires" else "a string"
            raise UsageTrouble(f"{path}: {key} of {id} must be {wanted}", f"it is {given!r}")
    return Entry(**value)


def compare(report: Report, baseline: Baseline, known_ids: frozenset[str], today: date) -> list[Difference]:
    """Return every way in which a run departs from its baseline, the gravest kinds first."""
    found = [difference for result in report.results if (difference := _difference(result, baseline, today))]
    vanished = [
        Difference(Change.UNKNOWN, id) for id in (*baseline.entries, *baseline.skips) if id not in known_ids
    ]
    order = list(Change)
    return sorted((*found, *vanished), key=lambda difference: (order.index(difference.change), difference.id))


def _difference(result: Result, baseline: Baseline, today: date) -> Difference | None:
    id, entry = result.check.id, baseline.entries.get(result.check.id)
    if result.verdict is Verdict.FAIL:
        if entry is None:
            return Difference(Change.NEW, id, result.message)
        if entry.expires is not None and entry.expires < today:
            return Difference(Change.EXPIRED, id, entry.expires.isoformat())
        if entry.found and entry.found != result.message:
            return Difference(Change.CHANGED, id, f"known: {entry.found}; now: {result.message}")
    elif result.verdict is Verdict.PASS:
        if entry is not None:
            return Difference(Change.STALE, id, entry.reason)
    elif id not in baseline.skips:
        return Difference(Change.SKIPPED, id, result.message)
    return None


def accept(report: Report, baseline: Baseline, today: date) -> Report:
    """Return the report with each known failure marked as expected, with its reason."""
    return replace(report, results=tuple(_accepted(result, baseline, today) for result in report.results))


def _accepted(result: Result, baseline: Baseline, today: date) -> Result:
    entry = baseline.entries.get(result.check.id)
    if entry is None or result.verdict is not Verdict.FAIL or _difference(result, baseline, today):
        return result
    return replace(result, expected=entry.reason + (f" ({entry.issue})" if entry.issue else ""))


def write(report: Report, previous: Baseline, reason: str) -> str:
    """Return the TOML of a baseline that this run departs from in nothing.

    Reasons, issues and days of entries that still fail are kept; new ones get ``reason``.
    """
    fails: dict[str, dict[str, Any]] = {}
    for result in sorted(report.results, key=lambda result: result.check.id):
        if result.verdict is Verdict.FAIL:
            known = previous.entries.get(result.check.id, Entry(reason))
            fails[result.check.id] = {"reason": known.reason, "found": result.message}
            if known.issue:
                fails[result.check.id]["issue"] = known.issue
            if known.expires is not None:
                fails[result.check.id]["expires"] = known.expires
    skips = sorted(
        result.check.id for result in report.results if result.verdict not in (Verdict.PASS, Verdict.FAIL)
    )
    document = {"format": FORMAT, "server": report.server.name, "skips": skips, "fails": fails}
    return "# Known failures. Written by wsgicheck --update-baseline; reasons are kept.\n" + tomli_w.dumps(
        document
    )
