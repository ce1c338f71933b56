"""One run over one copy of the server: exchanges together, then alone, and what failed is tried again."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator

from ..errors import ServerTrouble
from .agenda import Agenda
from .attendant import Attendant, is_suspect
from .conduct import Delivery
from .confirmation import Confirmation
from .events import Listener, Settling
from .judged import Judged, take_over_losses
from .patience import Patience
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
    """One run over a subject, which has been started, of what an agenda hands out to it.

    ``leads``: whether the subject is the leading copy, or the only one. ``others``: how many copies conduct
    the rest while this one goes over to what is conducted alone, and then to what may end a worker; 0: it
    does that when all else is done.
    """

    def __init__(
        self,
        subject: Subject,
        listener: Listener,
        patience: Patience,
        leads: bool,
        others: int = 0,
    ) -> None:
        self.subject = subject
        self.leads = leads
        self._others = others
        self.records = Records()
        self.tell = listener
        self._attendant = Attendant(subject, listener, patience)

    def end(self) -> None:
        """Say that what fails from now on is nobody's fault."""
        self._attendant.over.set()

    def conduct(self, agenda: Agenda) -> None:
        """Conduct what the agenda hands out, and wait for the application's last words.

        What may have hurt the server is tried again alone.
        """
        records = self.records
        try:
            while agenda.has_together(self.leads) and not self._goes_over(agenda):
                batch = self._conduct_together(agenda)
                self._attendant.look_after(batch, records)
                self._attendant.stop_when_in_vain()
            for delivery in agenda.alone(self._others):
                self._attendant.conduct_alone(delivery, records)
                self.tell(agenda.progress)
            self._attendant.conduct_enders(agenda.enders(), records)
            self.tell(agenda.progress)
        except ServerTrouble as trouble:
            records.trouble = trouble.message
            agenda.given_up.set()
        self.tell(Settling())
        process = self.subject.process
        held, since = process.memory, time.monotonic()
        records.exchanges = settle(self.subject, records.exchanges, SETTLE_SECONDS)
        if records.trouble is None and self._attendant.memory.grows(process, held, since):
            self._look_for_late_glutton()

    def confirm(self, records: Records, found: dict[str, Judged]) -> None:
        """Try again what is in doubt of these findings, which rest on ``records``."""
        if records.trouble is None:
            Confirmation(self._attendant, records, found, self.tell).confirm()

    def _conduct_together(self, agenda: Agenda) -> Batch:
        """Conduct as many at once as the server proved able to serve.

        Stops where the server ends, or lets an exchange run out: then it may hang. Of a server that has
        survived several of those, all that are conducted at once may run out.
        """
        batch = Batch(latest=deque(maxlen=max(LATEST, 2 * self.subject.at_once)))
        pause, attendant, records = threading.Event(), self._attendant, self.records
        allowed = 1 if attendant.survived < FAMILIAR else self.subject.at_once

        def handed_out() -> Iterator[Delivery]:
            waiting = agenda.together(self.leads)
            while not (pause.is_set() or attendant.over.is_set() or self.subject.has_ended):
                if attendant.memory.is_alarming(self.subject) or self._goes_over(agenda):
                    return
                try:
                    yield next(waiting)
                except StopIteration:
                    return

        def work() -> None:
            for delivery in handed_out():
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
                self.tell(agenda.progress)

        threads = [threading.Thread(target=work, daemon=True) for _ in range(self.subject.at_once)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return batch

    def _goes_over(self, agenda: Agenda) -> bool:
        return self._others > 0 and agenda.is_alone_due(self._others, self.subject.at_once)

    def _look_for_late_glutton(self) -> None:
        """See whether one of the last exchanges makes the memory grow without end."""
        late = Records()
        try:
            if self._attendant.memory.outgrows(self.subject):
                self._attendant.find_glutton(late)
        except ServerTrouble as trouble:
            self.records.trouble = trouble.message
        take_over_losses(late, self.records, {})
