"""Holds what failed on a mutant against what the mutant declares."""

from __future__ import annotations

from collections.abc import Iterable

from tests.mutants.gather import Mutant
from wsgicheck.catalog import all_checks
from wsgicheck.engine.session import Order, check_server
from wsgicheck.errors import Trouble
from wsgicheck.model.check import Check
from wsgicheck.model.result import Report, Verdict

TIMEOUT = 2.0
"""Seconds. Shorter than a user's, because some mutants hang on purpose."""

ORDINARY = {"environ", "cgi-variables", "header-variables", "methods", "paths", "queries", "status"}
"""Topics that are judged along with storms: a server that is hung by all that it is asked is given up."""
STORMY = {"abuse", "abandoned-chunks", "headlong-resets", "many-errors"}
LENGTHY = STORMY | {"parsing-time", "slow-readers", "segmentation"}
"""Topics that wait longest where they fail."""


def is_lengthy(mutant: Mutant) -> bool:
    """Return whether a mutant's run takes much longer than others: begin with it."""
    return bool(_topics(mutant) & LENGTHY)


def _topics(mutant: Mutant) -> set[str]:
    return {check.topic for check in all_checks() if check.id in mutant.kills}


def near(mutant: Mutant) -> tuple[Check, ...]:
    """Return the checks of the topics in which a mutant is to die: most of what it could break besides."""
    topics = _topics(mutant)
    if topics & STORMY:
        topics |= ORDINARY
    return tuple(check for check in all_checks() if check.topic in topics)


def quick_complaints(mutant: Mutant) -> list[str]:
    """Do as ``complaints`` does, with the checks of the same topics alone."""
    return complaints(mutant, near(mutant))


def complaints(mutant: Mutant, checks: Iterable[Check] | None = None) -> list[str]:
    """Run the suite over a mutant; return in words where it departs from what the mutant declares."""
    try:
        chosen = tuple(checks if checks is not None else all_checks())
        order = Order(mutant.command, chosen, timeout=TIMEOUT, tls=mutant.tls)
        report = check_server(order, lambda event: None)
    except Trouble as trouble:
        return [f"{trouble.message}: {trouble.output[-500:]}"]
    found = failures(report)
    faults = [] if report.complete else [f"the run is incomplete: {report.trouble}"]
    faults += [f"survives {id}" for id in mutant.kills if id not in found]
    faults += [f"also dies of {id} ({words})" for id, words in found.items() if id not in mutant.kills]
    faults += [
        f"dies of {id} in other words: {found[id]}"
        for id, words in mutant.kills.items()
        if id in found and words not in found[id]
    ]
    return faults


def failures(report: Report) -> dict[str, str]:
    """Return what failed: id to its words on one line."""
    return {
        result.check.id: result.message
        if result.want is None
        else f"{result.message}: want {result.want}, got {result.got}"
        for result in report.results
        if result.verdict in (Verdict.FAIL, Verdict.ERROR)
    }
