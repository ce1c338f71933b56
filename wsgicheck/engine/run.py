"""A run: every exchange conducted once, settled together, judged, and confirmed where it failed."""

from __future__ import annotations

import threading
import traceback
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..errors import ServerTrouble
from ..model.check import Check
from ..model.exchange import HttpExchange
from ..model.result import Decision, Finding, Verdict
from ..model.stimulus import Storm
from .conduct import Delivery
from .congestion import Congestion
from .events import Confirming, Listener, Progress, Restarting, Settling
from .judge import Evidence, judge
from .memory import MemoryWatch, grouped
from .patience import Patience, hangs_up
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
DESERTIONS_LIMIT = 2
"""How often a server may answer without calling the application, which no honest one does."""
HELLOS = 2
"""How many hellos a server that runs may cut off before it counts as lost."""
NOT_NOW = (502, 503, 504)
"""What a proxy, or a master, answers while it replaces a worker: that hello may be asked again."""
LOSSES_LIMIT = 40
"""How often a server may be lost before the run is given up."""


@dataclass
class Records:
    """What a run has collected, by delivery."""

    exchanges: dict[Delivery, HttpExchange] = field(default_factory=dict)
    deaths: dict[Delivery, str] = field(default_factory=dict)
    """How the server was lost in an exchange that was conducted alone."""
    faults: dict[Delivery, str] = field(default_factory=dict)
    """Our own errors."""
    trouble: str | None = None
    """Why the run was given up."""
    unexplained: str | None = None
    """How the server ended in mid-run, where no exchange alone brings that about."""


@dataclass
class Batch:
    """Exchanges that were conducted together: those without a proper response, and the last of the others."""

    suspects: dict[Delivery, HttpExchange] = field(default_factory=dict)
    latest: deque[Delivery] = field(default_factory=deque)
    in_vain: set[Delivery] = field(default_factory=set)


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
        self._losses = 0
        self._unasked: Delivery | None = None
        """The exchange conducted alone behind which nobody asked for the server's health."""
        self._desertions = 0
        self._patience = Patience()
        self._memory = MemoryWatch()
        self._survived = 0
        """How many exchanges ran out of time over a server that was found healthy behind them."""
        self._over = threading.Event()

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
            if records.trouble is None and self._memory.grows(process, held, looks):
                self._look_for_late_glutton(records, judged)
            if records.trouble is None:
                self._confirm(judged, records)
        finally:
            self._over.set()
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
                self._look_after(batch, records)
                self._stop_when_in_vain()
            except ServerTrouble as trouble:
                records.trouble = trouble.message
        for number, delivery in enumerate(storms):
            if records.trouble is not None:
                return
            try:
                self._conduct_alone(delivery, records)
            except ServerTrouble as trouble:
                records.trouble = trouble.message
            self.tell(Progress(total - len(storms) + number + 1, total))

    def _look_after(self, batch: Batch, records: Records) -> None:
        """See whether the server survived a batch, and which of its exchanges hurts it alone."""
        if self._memory.is_alarming(self.subject) and self._memory.outgrows(self.subject):
            self._find_glutton(records)
            doubted = {sent: False for sent in batch.suspects if sent not in records.deaths}
        elif self._healthy():
            # What ran out of time did so on a server that lives: if a check fails for it, it is tried again.
            # What was cut off may be another exchange's victim, unless it was alone already.
            records.exchanges.update(batch.suspects)
            self._survived += len(batch.in_vain)
            cut_off = [sent for sent, exchange in batch.suspects.items() if exchange.wire.ended != "timeout"]
            doubted = dict.fromkeys(cut_off if self.subject.at_once > 1 else (), False)
        else:
            reason = self.subject.why_lost()
            ended = self.subject.has_ended
            self._restart()
            doubted = {**dict.fromkeys(batch.suspects, False), **dict.fromkeys(batch.latest, True)}
            if not self._find_guilty(doubted, records) and ended:
                records.unexplained = f"the server was lost in mid-run: {reason}; no exchange alone does that"
            return
        self._find_guilty(doubted, records)

    def _find_guilty(self, doubted: dict[Delivery, bool], records: Records) -> bool:
        """Conduct each alone (True: ask for the server's health in any case). Return whether one was it."""
        before = len(records.deaths)
        for delivery, ask in doubted.items():
            self._conduct_alone(delivery, records, ask)
        return len(records.deaths) > before

    def _find_glutton(self, records: Records) -> None:
        """Find what makes the server's memory grow without end, among the newest exchanges."""
        reason = self.subject.why_lost()
        before = len(records.deaths)
        self._restart()
        for group in grouped(self._memory.suspects()):
            if self._grows_with(group, records):
                for delivery in group:
                    if self._grows_with([delivery], records):
                        records.deaths[delivery] = reason
            self._memory.acquit(group)
        if len(records.deaths) == before:
            records.unexplained = f"the server was lost in mid-run: {reason}; no exchange alone does that"

    def _grows_with(self, deliveries: list[Delivery], records: Records) -> bool:
        """Conduct some exchanges; return whether the server outgrew its memory. It runs in any case."""
        for delivery in deliveries:
            exchange = self._conduct(delivery, records)
            if exchange is not None:
                records.exchanges[delivery] = exchange
            if self.subject.has_ended and not self.subject.has_swollen:
                self._restart()
        grew = self._memory.outgrows(self.subject)
        if grew:
            self._restart()
        return grew

    def _conduct_together(self, waiting: deque[Delivery], records: Records, total: int) -> Batch:
        """Conduct as many at once as the server proved able to serve.

        Stops where the server ends, or lets an exchange run out: then it may hang. Of a server that has
        survived several of those, all that are conducted at once may run out.
        """
        batch = Batch(latest=deque(maxlen=max(LATEST, 2 * self.subject.at_once)))
        pause = threading.Event()
        allowed = 1 if self._survived < FAMILIAR else self.subject.at_once

        def work() -> None:
            while not (pause.is_set() or self._over.is_set() or self.subject.has_ended):
                if self._memory.is_alarming(self.subject):
                    return
                try:
                    delivery = waiting.popleft()
                except IndexError:
                    return
                exchange = self._conduct(delivery, records, self._patience.hasty)
                if exchange is None:
                    continue
                vain = self._patience.note(exchange)
                if vain or _is_suspect(exchange):
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

    def _conduct(self, delivery: Delivery, records: Records, hasty: bool = False) -> HttpExchange | None:
        """Conduct a delivery; an error of ours is noted, and None returned."""
        try:
            subject = self.subject
            self._memory.note(delivery)
            seconds = self._patience.allowance(subject.timeout)
            return subject.conductor.within(seconds, hasty).conduct(delivery)
        except Exception:
            if not self._over.is_set():
                records.faults[delivery] = traceback.format_exc(limit=-3).strip()
            return None

    def _conduct_alone(self, delivery: Delivery, records: Records, ask: bool = False) -> None:
        """Conduct one delivery with nothing beside it, and see whether the server survives it.

        ``ask`` for the server's health even behind a proper response.
        """
        exchange = self._conduct(delivery, records)
        if exchange is None:
            return
        records.exchanges[delivery] = exchange
        vain = self._patience.note(exchange)
        earlier, self._unasked = self._unasked, None
        if not (ask or vain or _is_suspect(exchange) or self.subject.has_ended):
            self._unasked = delivery
        elif not self._healthy():
            if self.subject.has_swollen:
                self._find_glutton(records)
                return
            if earlier is not None:
                self._tell_apart(earlier, delivery, records)
                return
            records.deaths[delivery] = self.subject.why_lost()
            records.exchanges[delivery] = self.subject.conductor.collect(exchange, settled=True)
            self._restart()
        self._stop_when_in_vain()

    def _tell_apart(self, earlier: Delivery, later: Delivery, records: Records) -> None:
        """Blame the right one of two: a server may die behind its response, and the next finds it dead."""
        self._restart()
        self._conduct_alone(earlier, records, ask=True)
        self._conduct_alone(later, records, ask=True)

    def _healthy(self) -> bool:
        """Return whether the server serves a hello. One that is cut off may be chance: a second decides."""
        for _ in range(HELLOS):
            hello = self.subject.hello()
            if hello is None:
                return False
            self._patience.note(hello)
            if self.subject.called(hello):
                return True
            answered = hello.response is not None and hello.response.status not in NOT_NOW
            if answered or hello.wire.ended not in ("eof", "reset"):
                return False
        return False

    def _stop_when_in_vain(self) -> None:
        end = self._patience.end
        if self.subject.room.journal.full:
            end = "the server called the application without end, and its journal is full"
        if end is not None:
            raise ServerTrouble(end)

    def _restart(self) -> None:
        self._losses += 1
        self._patience.note_loss()
        reason = self.subject.why_lost()
        if self._losses > LOSSES_LIMIT:
            raise ServerTrouble(f"the server was lost {self._losses} times; the last time {reason}")
        self._desertions += self.subject.has_deserted
        if self._desertions > DESERTIONS_LIMIT:
            raise ServerTrouble(f"the server was given up: {reason}, however often it is started again")
        self.tell(Restarting(reason))
        self.subject.restart()

    def _look_for_late_glutton(self, records: Records, judged: dict[str, Judged]) -> None:
        """See whether one of the last exchanges makes the memory grow without end."""
        late = Records()
        try:
            if self._memory.outgrows(self.subject):
                self._find_glutton(late)
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
                    self._conduct_alone(delivery, again)
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


def _is_suspect(exchange: HttpExchange) -> bool:
    """Return whether an exchange may have hurt the server: nothing came back, and that was not by design."""
    return exchange.response is None and (not hangs_up(exchange) or exchange.wire.ended == "refused")
