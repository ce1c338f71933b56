"""Baselines: the failures that are known, each with its reason, checked in both directions.

A list of expected failures that is only ever read forgivingly hides the next regression. So a run is
held against its baseline both ways, and every difference has a word of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import tomli_w

from ..errors import UsageTrouble
from ..model.departure import Change, Departure
from ..model.result import Report, Result, Verdict
from .toml import read_toml

FORMAT = 1
HEADING = "# Known failures. Written by wsgicheck --update-baseline, which keeps reasons, issues and days.\n"
UNEXPLAINED = "not explained yet"
"""The reason of an entry that --update-baseline adds: to be replaced by hand."""
ENTRY_KEYS = {"reason": str, "found": str, "issue": str, "expires": date}


@dataclass(frozen=True)
class Entry:
    """One known failure: why it is accepted, what was found, and until when (ISO date) it is accepted."""

    reason: str
    found: str = ""
    issue: str = ""
    expires: date | None = None


@dataclass(frozen=True)
class Baseline:
    """The known failures by id, and the checks that may say nothing (inconclusive, inapplicable)."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    skips: frozenset[str] = frozenset()


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
        if not isinstance(given, ENTRY_KEYS[key]) or isinstance(given, datetime):
            wanted = "a date such as 2027-01-31" if key == "expires" else "a string"
            raise UsageTrouble(f"{path}: {key} of {id} must be {wanted}", f"it is {given!r}")
    return Entry(**value)


def compare(report: Report, baseline: Baseline, known_ids: frozenset[str], today: date) -> list[Departure]:
    """Return every way in which a run departs from its baseline, the gravest kinds first.

    ``known_ids`` are those of all checks that can run; known failures of checks that this run left out
    are neither here nor there.
    """
    found = [departure for result in report.results if (departure := _departure(result, baseline, today))]
    unknown = [
        Departure(Change.UNKNOWN, id, _nearest(id, known_ids))
        for id in sorted({*baseline.entries, *baseline.skips} - known_ids)
    ]
    order = list(Change)
    return sorted((*found, *unknown), key=lambda departure: (order.index(departure.change), departure.id))


def _nearest(id: str, known_ids: frozenset[str]) -> str:
    near = get_close_matches(id, known_ids, 1, 0.7)
    return f"renamed to {near[0]}?" if near else ""


def _departure(result: Result, baseline: Baseline, today: date) -> Departure | None:
    id, entry = result.check.id, baseline.entries.get(result.check.id)
    if result.verdict is Verdict.FAIL:
        if entry is None:
            return Departure(Change.NEW, id, result.message)
        if entry.expires is not None and entry.expires < today:
            return Departure(Change.EXPIRED, id, entry.expires.isoformat())
        if entry.found and entry.found != _found(result):
            return Departure(Change.CHANGED, id, f"known: {entry.found}; now: {result.message}")
    elif result.verdict is Verdict.PASS:
        if entry is not None:
            return Departure(Change.STALE, id, entry.reason)
    elif result.verdict is not Verdict.ERROR and id not in baseline.skips:
        was = "known to fail" if entry is not None else "not known to be skipped"
        return Departure(Change.SILENT, id, f"{was}; now {result.verdict.value}: {result.message}")
    return None


def _found(result: Result) -> str:
    """Return what was found, as a file in UTF-8 can hold it."""
    return result.message.encode("utf-8", "backslashreplace").decode("utf-8")


def accept(report: Report, baseline: Baseline, known_ids: frozenset[str], today: date) -> Report:
    """Return the report with its departures, and each known failure marked with its reason."""
    return replace(
        report,
        results=tuple(_accepted(result, baseline, today) for result in report.results),
        departures=tuple(compare(report, baseline, known_ids, today)),
    )


def _accepted(result: Result, baseline: Baseline, today: date) -> Result:
    entry = baseline.entries.get(result.check.id)
    if entry is None or result.verdict is not Verdict.FAIL or _departure(result, baseline, today):
        return result
    return replace(result, expected=entry.reason + (f" ({entry.issue})" if entry.issue else ""))


def write(report: Report, previous: Baseline, known_ids: frozenset[str], reason: str = UNEXPLAINED) -> str:
    """Return the TOML of a baseline that this run does not depart from, unless by a day that is over.

    Reasons, issues and days of entries that still fail are kept; new ones get ``reason``. What the run
    left out stays as it was; ids that no check has are dropped.
    """
    ran = {result.check.id: result for result in report.results}
    skips = {id for id in previous.skips if id in known_ids and id not in ran}
    skips |= {id for id, result in ran.items() if result.verdict not in (Verdict.PASS, Verdict.FAIL)}
    entries = {id: entry for id, entry in previous.entries.items() if id in known_ids and id not in ran}
    for id, result in ran.items():
        if result.verdict is Verdict.FAIL:
            entries[id] = replace(previous.entries.get(id, Entry(reason)), found=_found(result))
    fails = {id: {key: value for key, value in vars(entries[id]).items() if value} for id in sorted(entries)}
    document = {"format": FORMAT, "server": report.server.name, "skips": sorted(skips), "fails": fails}
    return HEADING + tomli_w.dumps(document)
