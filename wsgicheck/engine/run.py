"""A run: every exchange conducted once, settled together, judged, and confirmed where it failed."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..errors import ServerTrouble
from ..model.check import Check
from ..model.exchange import HttpExchange
from ..model.result import Finding, Verdict
from ..model.stimulus import HangUp, Several, Visit
from .conduct import Delivery
from .events import Confirming, Listener, Progress, Restarting, Settling
from .judge import Evidence, judge
from .settle import settle
from .subject import Subject

SETTLE_SECONDS = 0.5
CONFIRM_SETTLE_SECONDS = 1.5
CONFIRMATIONS = 3
"""How often a failed check is tried again, alone: one more fail confirms it."""
LOSSES_LIMIT = 10
"""How often a server may be lost before the run is given up."""


@dataclass
class Records:
    """What a run has collected: exchanges by delivery, and the deliveries that killed the server."""

    exchanges: dict[Delivery, HttpExchange] = field(default_factory=dict)
    deaths: dict[Delivery, str] = field(default_factory=dict)
    trouble: str | None = None


@dataclass(frozen=True)
class Judged:
    """A check's finding with the exchanges that it rests on."""

    check: Check
    finding: Finding
    evidence: tuple[HttpExchange, ...]


class Run:
    """One run of some checks over one subject, which has been started."""

    def __init__(self, checks: Iterable[Check], subject: Subject, listener: Listener) -> None:
        self.checks = tuple(checks)
        self.subject = subject
        self.tell = listener
        self._losses = 0

    def run(self) -> tuple[list[Judged], str | None]:
        """Return the findings in the order of the checks, and why the run is incomplete, if it is."""
        records = Records()
        self._conduct_all(_deliveries(self.checks), records)
        self.tell(Settling())
        self._settle(records, SETTLE_SECONDS)
        judged = {check.id: self._judge(check, records) for check in self.checks if _known(check, records)}
        if records.trouble is None:
            self._confirm(judged, records)
        return list(judged.values()), records.trouble

    # ---- doing --------------------------------------------------------------------------------------

    def _conduct_all(self, deliveries: list[Delivery], records: Records) -> None:
        """Conduct every delivery; those that got no answer are tried again alone."""
        total, waiting = len(deliveries), deque(deliveries)
        while waiting and records.trouble is None:
            suspects = self._conduct_together(waiting, records, total)
            try:
                if (suspects or waiting) and not self.subject.healthy():
                    self._restart()
                for suspect in suspects:
                    self._conduct_alone(suspect, records)
            except ServerTrouble as trouble:
                records.trouble = trouble.message

    def _conduct_together(self, waiting: deque[Delivery], records: Records, total: int) -> list[Delivery]:
        """Conduct as many at once as the server proved able to serve; stop where its process ends."""
        suspects: list[Delivery] = []
        process = self.subject.process

        def work() -> None:
            while not process.exited.is_set() and len(suspects) < LOSSES_LIMIT:
                try:
                    delivery = waiting.popleft()
                except IndexError:
                    return
                exchange = self.subject.conductor.conduct(delivery)
                if _is_suspect(delivery, exchange):
                    suspects.append(delivery)
                else:
                    records.exchanges[delivery] = exchange
                self.tell(Progress(total - len(waiting), total))

        threads = [threading.Thread(target=work) for _ in range(self.subject.concurrency)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return suspects

    def _conduct_alone(self, delivery: Delivery, records: Records) -> None:
        """Conduct one delivery with nothing beside it, and see whether the server survives it."""
        exchange = self.subject.conductor.conduct(delivery)
        records.exchanges[delivery] = exchange
        if _is_suspect(delivery, exchange) and not self.subject.healthy():
            records.deaths[delivery] = self.subject.why_lost()
            records.exchanges[delivery] = self.subject.conductor.collect(exchange, settled=True)
            self._restart()

    def _restart(self) -> None:
        self._losses += 1
        reason = self.subject.why_lost()
        if self._losses > LOSSES_LIMIT:
            raise ServerTrouble(f"the server was lost {self._losses} times; the last time {reason}")
        self.tell(Restarting(reason))
        self.subject.restart()

    def _settle(self, records: Records, seconds: float) -> None:
        records.exchanges = settle(self.subject, records.exchanges, seconds)

    # ---- judging ------------------------------------------------------------------------------------

    def _judge(self, check: Check, records: Records) -> Judged:
        delivery = Delivery(check.send, check.play)
        exchange = records.exchanges[delivery]
        control = records.exchanges.get(Delivery(check.control, check.play)) if check.control else None
        finding = judge(check, Evidence(exchange, control, records.deaths.get(delivery)))
        return Judged(check, finding, (exchange,) if control is None else (exchange, control))

    def _confirm(self, judged: dict[str, Judged], records: Records) -> None:
        """Try failed checks again, alone: what never fails again was unstable, and says nothing."""
        doubted = [
            entry
            for entry in judged.values()
            if entry.finding.verdict is Verdict.FAIL
            and Delivery(entry.check.send, entry.check.play) not in records.deaths
        ]
        for _ in range(CONFIRMATIONS):
            if not doubted:
                return
            again = Records()
            deliveries = _deliveries(entry.check for entry in doubted)
            self.tell(Confirming(len(deliveries)))
            try:
                for delivery in deliveries:
                    self._conduct_alone(delivery, again)
            except ServerTrouble as trouble:
                records.trouble = trouble.message
                return
            self._settle(again, CONFIRM_SETTLE_SECONDS)
            doubted = [entry for entry in doubted if not self._confirmed(entry, again, judged)]
        for entry in doubted:
            judged[entry.check.id] = Judged(
                entry.check,
                Finding(
                    Verdict.INCONCLUSIVE,
                    f"unstable: failed once ({entry.finding.message}), then not in {CONFIRMATIONS} tries alone",
                ),
                entry.evidence,
            )

    def _confirmed(self, entry: Judged, again: Records, judged: dict[str, Judged]) -> bool:
        second = self._judge(entry.check, again)
        if second.finding.verdict is Verdict.FAIL:
            judged[entry.check.id] = second
            return True
        return False


def _deliveries(checks: Iterable[Check]) -> list[Delivery]:
    """Return the exchanges that the checks need, each once, in the order of the checks."""
    wanted: dict[Delivery, None] = {}
    for check in checks:
        if check.control is not None:
            wanted[Delivery(check.control, check.play)] = None
        wanted[Delivery(check.send, check.play)] = None
    return list(wanted)


def _known(check: Check, records: Records) -> bool:
    if check.control is not None and Delivery(check.control, check.play) not in records.exchanges:
        return False
    return Delivery(check.send, check.play) in records.exchanges


def _is_suspect(delivery: Delivery, exchange: HttpExchange) -> bool:
    """Return whether an exchange may have hurt the server: nothing came back, and that was not by design."""
    if exchange.response is not None:
        return False
    send = delivery.send.request if isinstance(delivery.send, Several) else delivery.send
    hangs_up = not isinstance(send, Visit) and any(isinstance(action, HangUp) for action in send.then)
    return not hangs_up or exchange.wire.ended == "refused"
