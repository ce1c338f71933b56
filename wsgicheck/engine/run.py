"""A run: every exchange conducted once, settled together, judged, and confirmed where it failed."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from ..errors import ServerTrouble
from ..model.check import Check
from ..model.exchange import HttpExchange
from ..model.result import Decision, Finding, Verdict
from ..model.stimulus import Storm
from .attendant import Attendant, is_suspect
from .conduct import Delivery
from .congestion import Congestion
from .events import Confirming, Listener, Progress, Settling
from .judge import Evidence, judge
from .records import Batch, Records
from .settle import settle
from .subject import Subject

SETTLE_SECONDS = 0.5
CONFIRM_SETTLE_SECONDS = 1.5
CONFIRMATIONS = 3
"""How often a failed check is tried again, alone: one more fail confirms it."""
SUSPECTS_LIMIT = 10
"""How many exchanges may go without a response before the server's health is asked for."""
FAMILIAR = 4
"""How many exchanges in vain a server must survive before it is no longer asked behind each of them."""
LATEST = 4
"""How many of the exchanges just before a loss are tried again: a server may die behind its response."""


@dataclass(frozen=True)
class Judged:
    """A check's finding with the exchanges that it rests on."""

    check: Check
    finding: Finding
    evidence: tuple[HttpExchange, ...]
    decision: Decision = Decision.JUDGE


class Run:
    """One run of some checks over one subject, which has been started."""

    def __init__(self, checks: Iterable[Check], subject: Subject, listener: Listener) -> None:
        self.checks = tuple(checks)
        self.subject = subject
        self.tell = listener
        self._attendant = Attendant(subject, listener)

    def run(self) -> tuple[list[Judged], str | None]:
        """Return the findings in the order of the checks, and why the run is incomplete, if it is."""
        records = Records()
        try:
            self._conduct_all(_deliveries(self.checks), records)
            self.tell(Settling())
            process = self.subject.process
            held, looks = process.memory, process.looks
            self._settle(records, SETTLE_SECONDS)
            judged = {
                check.id: self._judge(check, records) for check in self.checks if _known(check, records)
            }
            if records.trouble is None and self._attendant.memory.grows(process, held, looks):
                self._look_for_late_glutton(records, judged)
            if records.trouble is None:
                self._confirm(judged, records)
        finally:
            self._attendant.over.set()
        return list(judged.values()), records.trouble or records.unexplained

    # ---- doing --------------------------------------------------------------------------------------

    def _conduct_all(self, deliveries: list[Delivery], records: Records) -> None:
        """Conduct every delivery; those that may have hurt the server are tried again alone.

        Storms come last and alone: they would disturb the others, and the others what is counted there.
        """
        storms = [delivery for delivery in deliveries if isinstance(delivery.send, Storm)]
        total = len(deliveries)
        waiting = deque(delivery for delivery in deliveries if not isinstance(delivery.send, Storm))
        while waiting and records.trouble is None:
            batch = self._conduct_together(waiting, records, total)
            try:
                self._attendant.look_after(batch, records)
                self._attendant.stop_when_in_vain()
            except ServerTrouble as trouble:
                records.trouble = trouble.message
        for number, delivery in enumerate(storms):
            if records.trouble is not None:
                return
            try:
                self._attendant.conduct_alone(delivery, records)
            except ServerTrouble as trouble:
                records.trouble = trouble.message
            self.tell(Progress(total - len(storms) + number + 1, total))

    def _conduct_together(self, waiting: deque[Delivery], records: Records, total: int) -> Batch:
        """Conduct as many at once as the server proved able to serve.

        Stops where the server ends, or lets an exchange run out: then it may hang. Of a server that has
        survived several of those, all that are conducted at once may run out.
        """
        batch = Batch(latest=deque(maxlen=max(LATEST, 2 * self.subject.at_once)))
        pause, attendant = threading.Event(), self._attendant
        allowed = 1 if attendant.survived < FAMILIAR else self.subject.at_once

        def work() -> None:
            while not (pause.is_set() or attendant.over.is_set() or self.subject.has_ended):
                if attendant.memory.is_alarming(self.subject):
                    return
                try:
                    delivery = waiting.popleft()
                except IndexError:
                    return
                exchange = attendant.conduct(delivery, records, attendant.patience.hasty)
                if exchange is None:
                    continue
                vain = attendant.patience.note(exchange)
                if vain or is_suspect(exchange):
                    batch.suspects[delivery] = exchange
                    if vain:
                        batch.in_vain.add(delivery)
                    if len(batch.in_vain) >= allowed or len(batch.suspects) >= SUSPECTS_LIMIT:
                        pause.set()
                else:
                    records.exchanges[delivery] = exchange
                    batch.latest.append(delivery)
                self.tell(Progress(total - len(waiting), total))

        threads = [threading.Thread(target=work, daemon=True) for _ in range(self.subject.at_once)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return batch

    def _look_for_late_glutton(self, records: Records, judged: dict[str, Judged]) -> None:
        """See whether one of the last exchanges makes the memory grow without end."""
        late = Records()
        try:
            if self._attendant.memory.outgrows(self.subject):
                self._attendant.find_glutton(late)
        except ServerTrouble as trouble:
            records.trouble = trouble.message
        self._take_over_losses(late, records, judged)

    def _settle(self, records: Records, seconds: float) -> None:
        records.exchanges = settle(self.subject, records.exchanges, seconds)

    # ---- judging ------------------------------------------------------------------------------------

    def _judge(self, check: Check, records: Records) -> Judged:
        delivery = Delivery(check.send, check.play)
        for needed in _needs(check):
            if needed in records.faults:
                raised = Finding(Verdict.ERROR, f"we raised: {records.faults[needed]}")
                return Judged(check, raised, (), Decision.FAULT)
        exchange = records.exchanges[delivery]
        control = records.exchanges.get(Delivery(check.control, check.play)) if check.control else None
        death = records.deaths.get(delivery)
        finding = judge(check, Evidence(exchange, control, death))
        evidence = (exchange,) if control is None else (exchange, control)
        return Judged(check, finding, evidence, Decision.JUDGE if death is None else Decision.LOSS)

    def _confirm(self, judged: dict[str, Judged], records: Records) -> None:
        """Try failed checks again, alone: what never fails again was unstable, and says nothing."""
        congestion = Congestion(records.exchanges.values() if self.subject.is_crowded else ())
        uncertain = {id for id, entry in judged.items() if _is_uncertain(entry, congestion)}
        doubted = [
            entry
            for entry in judged.values()
            if (entry.finding.verdict is Verdict.FAIL or entry.check.id in uncertain)
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
                    self._attendant.conduct_alone(delivery, again)
            except ServerTrouble as trouble:
                records.trouble = trouble.message
                return
            self._settle(again, CONFIRM_SETTLE_SECONDS)
            doubted = [
                entry
                for entry in doubted
                if not self._settled_by(again, entry, judged, entry.check.id in uncertain)
            ]
            self._take_over_losses(again, records, judged)
        for entry in doubted:
            judged[entry.check.id] = Judged(
                entry.check,
                Finding(
                    Verdict.INCONCLUSIVE,
                    f"unstable: failed once ({entry.finding.message}), then not in {CONFIRMATIONS} tries"
                    " alone",
                ),
                entry.evidence,
                Decision.TRIES,
            )

    def _take_over_losses(self, again: Records, records: Records, judged: dict[str, Judged]) -> None:
        """Judge anew what turned out meanwhile to have been the server's end."""
        records.unexplained = again.unexplained or records.unexplained
        found = again.deaths.keys() - records.deaths.keys()
        for delivery in found:
            records.deaths[delivery] = again.deaths[delivery]
            records.exchanges[delivery] = again.exchanges[delivery]
        for check in self.checks:
            if check.id in judged and Delivery(check.send, check.play) in found:
                judged[check.id] = self._judge(check, records)

    def _settled_by(
        self, again: Records, entry: Judged, judged: dict[str, Judged], is_uncertain: bool
    ) -> bool:
        """Return whether the second try settles a verdict: it fails again, or the first was uncertain."""
        second = self._judge(entry.check, again)
        if second.finding.verdict is Verdict.FAIL or is_uncertain:
            judged[entry.check.id] = second
            return True
        return False


def _is_uncertain(entry: Judged, congestion: Congestion) -> bool:
    """Return whether a verdict may be owed to a shortened wait, or to others that were served meanwhile."""
    if entry.finding.verdict is Verdict.PASS:
        return False
    return any(seen.hasty or congestion.kept_waiting(seen) for seen in entry.evidence)


def _deliveries(checks: Iterable[Check]) -> list[Delivery]:
    """Return the exchanges that the checks need, each once, in the order of the checks."""
    wanted: dict[Delivery, None] = {}
    for check in checks:
        wanted.update(dict.fromkeys(_needs(check)))
    return list(wanted)


def _needs(check: Check) -> list[Delivery]:
    """Return the exchanges that one check needs, its control first."""
    sends = (check.send,) if check.control is None else (check.control, check.send)
    return [Delivery(send, check.play) for send in sends]


def _known(check: Check, records: Records) -> bool:
    return all(needed in records.exchanges or needed in records.faults for needed in _needs(check))
