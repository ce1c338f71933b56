"""A check's finding with the exchanges that it rests on, and which exchanges a check needs."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass

from ..model.check import Check
from ..model.exchange import HttpExchange
from ..model.result import Decision, Finding, Verdict
from .conduct import Delivery
from .judge import Evidence, judge
from .records import Records


@dataclass(frozen=True)
class Judged:
    """A check's finding with the exchanges that it rests on: its own, and its control's."""

    check: Check
    finding: Finding
    evidence: tuple[HttpExchange, ...]
    decision: Decision = Decision.JUDGE

    @property
    def delivery(self) -> Delivery:
        """The exchange that is judged."""
        return needs(self.check)[-1]


def judged(check: Check, records: Records) -> Judged:
    """Return the finding of a check whose exchanges are all known."""
    for needed in needs(check):
        if needed in records.faults:
            raised = Finding(Verdict.ERROR, f"we raised: {records.faults[needed]}")
            return Judged(check, raised, (), Decision.FAULT)
    *before, delivery = needs(check)
    exchange = records.exchanges[delivery]
    control = records.exchanges.get(before[0]) if before else None
    death = records.deaths.get(delivery)
    finding = judge(check, Evidence(exchange, control, death))
    evidence = (exchange,) if control is None else (exchange, control)
    return Judged(check, finding, evidence, Decision.JUDGE if death is None else Decision.LOSS)


def deliveries(checks: Iterable[Check]) -> list[Delivery]:
    """Return the exchanges that the checks need, each once, in the order of the checks."""
    wanted: dict[Delivery, None] = {}
    for check in checks:
        wanted.update(dict.fromkeys(needs(check)))
    return list(wanted)


@functools.cache
def needs(check: Check) -> tuple[Delivery, ...]:
    """Return the exchanges that one check needs, its control first."""
    sends = (check.send,) if check.control is None else (check.control, check.send)
    return tuple(Delivery(send, check.play) for send in sends)


def is_known(check: Check, records: Records) -> bool:
    """Return whether all that a check needs was conducted, or tried."""
    return all(needed in records.exchanges or needed in records.faults for needed in needs(check))


def take_over_losses(again: Records, records: Records, found: dict[str, Judged]) -> None:
    """Judge anew what turned out meanwhile to have been the server's end."""
    records.unexplained = again.unexplained or records.unexplained
    fatal = again.deaths.keys() - records.deaths.keys()
    for delivery in fatal:
        records.deaths[delivery] = again.deaths[delivery]
        records.exchanges[delivery] = again.exchanges[delivery]
    for id, entry in found.items():
        if entry.delivery in fatal:
            found[id] = judged(entry.check, records)
