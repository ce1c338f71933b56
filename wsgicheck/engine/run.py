"""A run: every exchange conducted once, settled together, judged, and confirmed where it failed."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable

from ..errors import ServerTrouble
from ..model.check import Check
from .attendant import Attendant, is_suspect
from .conduct import Delivery
from .confirmation import Confirmation
from .events import Listener, Progress, Settling
from .judged import Judged, deliveries, is_known, judged, take_over_losses
from .records import Batch, Records
from .settle import settle
from .subject import Subject

SETTLE_SECONDS = 0.5
SUSPECTS_LIMIT = 10
"""How many exchanges may go without a response before the server's health is asked for."""
FAMILIAR = 4
"""How many exchanges in vain a server must survive before it is no longer asked behind each of them."""
LATEST = 4
"""How many of the exchanges just before a loss are tried again: a server may die behind its response."""


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
            self._conduct_all(deliveries(self.checks), records)
            self.tell(Settling())
            process = self.subject.process
            held, looks = process.memory, process.looks
            records.exchanges = settle(self.subject, records.exchanges, SETTLE_SECONDS)
            found = {check.id: judged(check, records) for check in self.checks if is_known(check, records)}
            if records.trouble is None and self._attendant.memory.grows(process, held, looks):
                self._look_for_late_glutton(records, found)
            if records.trouble is None:
                Confirmation(self._attendant, records, found, self.tell).confirm()
        finally:
            self._attendant.over.set()
        return list(found.values()), records.trouble or records.unexplained

    # ---- doing --------------------------------------------------------------------------------------

    def _conduct_all(self, wanted: list[Delivery], records: Records) -> None:
        """Conduct every delivery; those that may have hurt the server are tried again alone.

        Those that are to be alone come last: storms would disturb the others, and the others what is
        counted there.
        """
        lonely = [delivery for delivery in wanted if delivery.is_alone]
        total = len(wanted)
        waiting = deque(delivery for delivery in wanted if not delivery.is_alone)
        while waiting and records.trouble is None:
            batch = self._conduct_together(waiting, records, total)
            try:
                self._attendant.look_after(batch, records)
                self._attendant.stop_when_in_vain()
            except ServerTrouble as trouble:
                records.trouble = trouble.message
        try:
            self._conduct_lonely(lonely, records, total)
        except ServerTrouble as trouble:
            records.trouble = records.trouble or trouble.message

    def _conduct_lonely(self, lonely: list[Delivery], records: Records, total: int) -> None:
        """Conduct what is to have nothing beside it; at the very end what may end a worker."""
        if records.trouble is not None:
            return
        enders = [delivery for delivery in lonely if delivery.play.may_end_worker]
        others = [delivery for delivery in lonely if not delivery.play.may_end_worker]
        for number, delivery in enumerate(others):
            self._attendant.conduct_alone(delivery, records)
            self.tell(Progress(total - len(lonely) + number + 1, total))
        self._attendant.conduct_enders(enders, records)
        self.tell(Progress(total, total))

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

    def _look_for_late_glutton(self, records: Records, found: dict[str, Judged]) -> None:
        """See whether one of the last exchanges makes the memory grow without end."""
        late = Records()
        try:
            if self._attendant.memory.outgrows(self.subject):
                self._attendant.find_glutton(late)
        except ServerTrouble as trouble:
            records.trouble = trouble.message
        take_over_losses(late, records, found)
