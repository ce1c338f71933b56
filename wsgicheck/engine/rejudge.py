"""Judges a saved report again: the same evidence before the judges of this version, without a server."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ..errors import UsageTrouble
from ..model.check import Check
from ..model.exchange import HttpExchange
from ..model.result import (
    Decision,
    Environment,
    Finding,
    Report,
    Result,
    ServerFacts,
    Verdict,
)
from ..model.saved import DamagedEvidence, Saved, digest
from ..model.selection import Selection, matches
from .judge import Evidence, in_company, judge
from .policy import PROFILES, judged_in, severity
from .saved_report import damaged

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Demand:
    """What is to be judged of a report, and how: None where it stays as in the run."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str | None = None
    strict: bool | None = None


def rejudge(path: Path, document: Mapping[str, Any], checks: Iterable[Check], demand: Demand) -> Report:
    """Return the report of a document that ``read_report`` has read, with the verdicts of these checks.

    What the run alone could see stays as it was saved: a server that was lost, a fail that never came
    again, a fault of ours. Raises UsageTrouble for a result that no check of ours can judge.
    """
    if "exchanges" not in document:
        raise UsageTrouble(
            f"the report {path} holds no evidence",
            "it was written by an older wsgicheck: run the checks again",
        )
    by_id = {check.id: check for check in checks}
    profile = demand.profile or document["profile"]
    if profile not in PROFILES:
        raise damaged(path, f"there is no profile {profile!r}")
    try:
        saved = Saved(document)
        found = [
            (_check(path, entry, by_id, document["tool"]), entry)
            for entry in _wanted(path, document["results"], demand)
        ]
        found = [(check, entry) for check, entry in found if judged_in(check, profile)]
        results = tuple(_result(path, check, entry, saved, profile) for check, entry in found)
        return Report(
            tool=document["tool"],
            profile=profile,
            strict=document["strict"] if demand.strict is None else demand.strict,
            server=_server(document["server"]),
            environment=Environment(**document["environment"]),
            requirements=tuple(dict.fromkeys(law for check, _ in found for law in check.requires)),
            results=results,
            complete=document["complete"],
            trouble=document["trouble"],
            duration=document["duration"],
        )
    except DamagedEvidence as error:
        raise damaged(path, str(error)) from error
    except (KeyError, TypeError, ValueError) as error:
        raise damaged(path, f"{type(error).__name__}: {error}") from error


def _server(entry: Entry) -> ServerFacts:
    known = ("name", "command", "template", "option", "concurrency", "copies", "restarts", "output")
    return ServerFacts(**{key: entry[key] for key in known if key in entry})


def _wanted(path: Path, entries: list[Entry], demand: Demand) -> list[Entry]:
    """Return the results that are asked for: patterns match the ids of the report, whatever ours are."""
    selection = Selection.of(demand.select, demand.ignore)
    for pattern in selection.patterns:
        if not any(matches(entry["id"], _topic(entry), pattern) for entry in entries):
            near = get_close_matches(pattern, [entry["id"] for entry in entries], 3, 0.5)
            raise UsageTrouble(
                f"no result of {path} matches {pattern!r}",
                f"did you mean {', '.join(near)}?" if near else "name an id, a topic or a wildcard",
            )
    wanted = [entry for entry in entries if selection.holds(entry["id"], _topic(entry))]
    if not wanted:
        raise UsageTrouble(f"nothing of {path} is left to judge", "loosen --select or --ignore")
    return wanted


def _topic(entry: Entry) -> str:
    return str(entry.get("topic", ""))


def _check(path: Path, entry: Entry, by_id: Mapping[str, Check], tool: str) -> Check:
    id = entry["id"]
    way_out = f"judge it with {tool}, or leave it out with --ignore {id}"
    if id not in by_id:
        near = get_close_matches(id, by_id, 1, 0.7)
        renamed = f"is it {near[0]} now? " if near else ""
        raise UsageTrouble(f"{path}: this version has no check {id!r}", renamed + way_out)
    check = by_id[id]
    if check.withdrawn is not None:
        raise UsageTrouble(f"{path}: the check {id!r} was withdrawn: {check.withdrawn}", way_out)
    return check


def _result(path: Path, check: Check, entry: Entry, saved: Saved, profile: str) -> Result:
    decision = Decision(entry["decision"])
    evidence = _evidence(path, check, entry, saved)
    if decision in (Decision.JUDGE, Decision.COMPANY):
        if not evidence:
            raise damaged(path, f"{check.id} rests on no exchange")
        control = evidence[1] if len(evidence) > 1 else None
        if check.control is not None and control is None:
            raise damaged(path, f"the control of {check.id} is missing")
        finding = judge(check, Evidence(evidence[0], control))
        if decision is Decision.COMPANY:
            finding = in_company(finding)
    else:
        finding = Finding(Verdict(entry["verdict"]), entry["message"], entry["want"], entry["got"])
    return Result(
        check=check,
        verdict=finding.verdict,
        severity=severity(check, finding.verdict, profile),
        message=finding.message,
        want=finding.want,
        got=finding.got,
        evidence=evidence,
        duration=entry["duration"],
        decision=decision,
    )


def _evidence(path: Path, check: Check, entry: Entry, saved: Saved) -> tuple[HttpExchange, ...]:
    """Return the exchange and the control of a result, where they are those that the check asks for."""
    sends = (check.send,) if check.control is None else (check.send, check.control)
    numbers = entry["exchanges"]
    if len(numbers) > len(sends):
        raise damaged(path, f"{check.id} rests on {len(numbers)} exchanges")
    for number, send in zip(numbers, sends, strict=False):
        if saved.stimulus(number) != digest(send, check.play):
            raise UsageTrouble(
                f"{path}: {check.id} asks for another exchange in this version than the report holds",
                f"run the check again, or leave it out with --ignore {check.id}",
            )
    return tuple(saved.exchange(number, send) for number, send in zip(numbers, sends, strict=False))
