"""Looks after the server in the midst of a run: is it well, and if it is lost, by which exchange?"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Iterable
from dataclasses import replace

from ..errors import ServerTrouble
from ..model.exchange import HttpExchange
from ..model.stimulus import Segmented, Session
from .conduct import Delivery
from .events import Listener, Restarting
from .memory import MemoryWatch, grouped
from .patience import NOT_NOW, Patience, hangs_up
from .records import Batch, Records
from .subject import Subject

DESERTIONS_LIMIT = 2
"""How often a server may answer without calling the application, which no honest one does."""
HELLOS = 2
"""How many hellos a server that runs may cut off before it counts as lost."""
ENDER_SECONDS = 2.0
"""How long an answer may take to an error by which a worker may end: many a server never sends one."""
LATE_SECONDS = 0.4
"""How much later than its answer a server may come to its end, in the tries that look for that."""
LOSSES_LIMIT = 40
"""How often a server may be lost before the run is given up."""


class Attendant:
    """Conducts exchanges over one server, blames those that it is lost by, and starts it again."""

    def __init__(self, subject: Subject, listener: Listener, patience: Patience) -> None:
        self.subject = subject
        self.patience = patience
        self.memory = MemoryWatch()
        self.over = threading.Event()
        """Set when the run has ended: what fails then is nobody's fault."""
        self.survived = 0
        """How many exchanges ran out of time over a server that was found healthy behind them."""
        self._tell = listener
        self._losses = 0
        self._desertions = 0
        self._unasked: Delivery | None = None
        """The exchange conducted alone behind which nobody asked for the server's health."""

    def conduct(
        self, delivery: Delivery, records: Records, hasty: bool = False, patient: bool = False
    ) -> HttpExchange | None:
        """Conduct a delivery; an error of ours is noted, and None returned.

        ``patient``: with all the time that it may ever take, however often the server has let us wait.
        """
        try:
            subject = self.subject
            self.memory.note(delivery)
            whole = self._most_for(delivery)
            seconds = whole if patient else self.seconds_for(delivery)
            exchange = subject.conductor.within(seconds, hasty, subject.timeout).conduct(delivery)
            return replace(exchange, cut_short=seconds < whole and _waited_in_vain(exchange))
        except Exception:
            if not self.over.is_set():
                records.faults[delivery] = traceback.format_exc(limit=-3).strip()
            return None

    def seconds_for(self, delivery: Delivery) -> float:
        """Return how long an exchange may take: what asks many times, or in many pieces, as long as ever."""
        most = self._most_for(delivery)
        return most if isinstance(delivery.send, (Session, Segmented)) else self.patience.allowance(most)

    def _most_for(self, delivery: Delivery) -> float:
        timeout = self.subject.timeout
        return min(timeout, ENDER_SECONDS) if delivery.play.may_end_worker else timeout

    def conduct_alone(self, delivery: Delivery, records: Records, ask: bool = False) -> None:
        """Conduct one delivery with nothing beside it, and see whether the server survives it.

        ``ask`` for the server's health even behind a proper response.
        """
        exchange = self.conduct(delivery, records)
        if exchange is None:
            return
        records.exchanges[delivery] = exchange
        vain = self.patience.note(exchange)
        earlier, self._unasked = self._unasked, None
        if not (ask or vain or is_suspect(exchange) or self.subject.has_ended):
            self._unasked = delivery
        elif not self._healthy():
            if self.subject.has_swollen:
                self.find_glutton(records)
                return
            if earlier is not None:
                self._tell_apart(earlier, delivery, records)
                return
            records.deaths[delivery] = self.subject.why_lost()
            records.exchanges[delivery] = self.subject.conductor.collect(exchange, settled=True)
            self._restart()
        self.stop_when_in_vain()

    def conduct_enders(self, deliveries: Iterable[Delivery], records: Records) -> None:
        """Conduct those by which a worker may end, one after the other.

        A server may come to its end a moment later, answered or not. It is waited for once, behind all of
        them; each is given that time for itself only where the server does end.
        """
        untold: list[Delivery] = []
        for delivery in deliveries:
            exchange = self.conduct(delivery, records)
            if exchange is None:
                continue
            records.exchanges[delivery] = exchange
            self.patience.note(exchange)
            untold.append(delivery)
            if not self._healthy():
                self._restart()
                self._find_late_ends(untold, records)
                untold = []
            self.stop_when_in_vain()
        if untold:
            self.subject.process.ended.wait(LATE_SECONDS)
            if not self._healthy():
                self._restart()
                self._find_late_ends(untold, records)

    def _find_late_ends(self, doubted: list[Delivery], records: Records) -> None:
        for delivery in doubted:
            exchange = self.conduct(delivery, records)
            if exchange is None:
                continue
            records.exchanges[delivery] = exchange
            self.subject.process.ended.wait(LATE_SECONDS)
            if not self._healthy():
                records.deaths[delivery] = self.subject.why_lost()
                records.exchanges[delivery] = self.subject.conductor.collect(exchange, settled=True)
                self._restart()
                self._healthy()  # its answer tells losses that one must expect here from a server at its end

    def revive(self) -> None:
        """Start the server again where it was lost."""
        if not self._healthy():
            self._restart()

    def look_after(self, batch: Batch, records: Records) -> None:
        """See whether the server survived a batch, and which of its exchanges hurts it alone."""
        if self.memory.is_alarming(self.subject) and self.memory.outgrows(self.subject):
            self.find_glutton(records)
            doubted = {sent: False for sent in batch.suspects if sent not in records.deaths}
        elif self._healthy():
            # What ran out of time did so on a server that lives: if a check fails for it, it is tried again.
            # What was cut off may be another exchange's victim, unless it was alone already.
            records.exchanges.update(batch.suspects)
            self.survived += len(batch.in_vain)
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
            self.conduct_alone(delivery, records, ask)
        return len(records.deaths) > before

    def find_glutton(self, records: Records) -> None:
        """Find what makes the server's memory grow without end, among the newest exchanges."""
        reason = self.subject.why_lost()
        before = len(records.deaths)
        self._restart()
        for group in grouped(self.memory.suspects()):
            if self._grows_with(group, records):
                for delivery in group:
                    if self._grows_with([delivery], records):
                        records.deaths[delivery] = reason
            self.memory.have_tried(group)
        if len(records.deaths) == before:
            records.unexplained = f"the server was lost in mid-run: {reason}; no exchange alone does that"

    def _grows_with(self, deliveries: list[Delivery], records: Records) -> bool:
        """Conduct some exchanges; return whether the server outgrew its memory. It runs in any case."""
        for delivery in deliveries:
            exchange = self.conduct(delivery, records)
            if exchange is not None:
                records.exchanges[delivery] = exchange
            if self.subject.has_ended and not self.subject.has_swollen:
                self._restart()
        grew = self.memory.outgrows(self.subject)
        if grew:
            self._restart()
        return grew

    def _tell_apart(self, earlier: Delivery, later: Delivery, records: Records) -> None:
        """Blame the right one of two: a server may die behind its response, and the next finds it dead."""
        self._restart()
        self.conduct_alone(earlier, records, ask=True)
        self.conduct_alone(later, records, ask=True)

    def _healthy(self) -> bool:
        """Return whether the server serves a hello. One that is cut off may be chance: a second decides."""
        for _ in range(HELLOS):
            hello = self.subject.hello()
            if hello is None:
                return False
            self.patience.note(hello)
            if self.subject.called(hello):
                return True
            answered = hello.response is not None and hello.response.status not in NOT_NOW
            if answered or hello.wire.ended not in ("eof", "reset"):
                return False
        return False

    def stop_when_in_vain(self) -> None:
        """Raise ServerTrouble where more exchanges would tell nothing."""
        end = self.patience.end
        if self.subject.room.journal.full:
            end = "the server called the application without end, and its journal is full"
        if self.subject.calls_without_end:
            end = "the server calls the application without end"
        if end is not None:
            raise ServerTrouble(end)

    def _restart(self) -> None:
        self._losses += 1
        self.patience.note_loss()
        reason = self.subject.why_lost()
        if self._losses > LOSSES_LIMIT:
            raise ServerTrouble(f"the server was lost {self._losses} times; the last time {reason}")
        self._desertions += self.subject.has_deserted
        if self._desertions > DESERTIONS_LIMIT:
            raise ServerTrouble(f"the server was given up: {reason}, however often it is started again")
        self._tell(Restarting(reason))
        self.subject.restart()


def _waited_in_vain(exchange: HttpExchange) -> bool:
    """Return whether something that the client waited for had not come when its time was over."""
    return exchange.wire.ended == "timeout" or not all(outcome.done for outcome in exchange.outcomes)


def is_suspect(exchange: HttpExchange) -> bool:
    """Return whether an exchange may have hurt the server: nothing came back, and that was not by design."""
    return exchange.response is None and (not hangs_up(exchange) or exchange.wire.ended == "refused")
