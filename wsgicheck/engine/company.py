"""A fault that shows only while several requests are served: a check is tried again among others.

What fails once and never again alone may have been chance, or a buffer, a variable or an environ that two
requests share. Told apart by trying it again beside the exchanges that were under way when it failed.
"""

from __future__ import annotations

from dataclasses import replace

from ..model.exchange import HttpExchange
from ..model.result import Decision, Verdict
from .attendant import Attendant
from .conduct import Delivery
from .judge import in_company
from .judged import Judged, judged
from .patience import in_vain
from .records import Records
from .settle import settle
from .side_by_side import shared_out

WAVES = 3
COPIES = 4
"""How often the check's own exchange is conducted in one wave, among the others."""
OTHERS = 8
SETTLE_SECONDS = 1.0
REFUSES_THE_CROWD = (429, 503)
"""What a server says that has its hands full, which it may."""


class Company:
    """Tries one check again beside what was under way when it failed."""

    def __init__(self, attendant: Attendant, records: Records, entry: Judged) -> None:
        self._attendant = attendant
        self._entry = entry
        self._others = _under_way_beside(entry, records)[:OTHERS]
        control = entry.check.control
        self._known = {Delivery(control, entry.check.play): entry.evidence[1]} if control else {}

    def failure(self) -> Judged | None:
        """Return the finding that fails again, or None. The server runs in any case.

        Raises ServerTrouble where it was lost and cannot be started again.
        """
        if not _speaks_for_itself(self._entry.evidence[0]):
            return None
        for _ in range(WAVES):
            copies = self._wave()
            self._attendant.revive()
            for copy in copies:
                if self._entry.delivery in copy.exchanges:
                    found = self._judged(copy)
                    if found.finding.verdict is Verdict.FAIL and _speaks_for_itself(found.evidence[0]):
                        return found
        return None

    def _wave(self) -> list[Records]:
        """Conduct the exchange several times, with the others in between; return the record of each time."""
        copies = [Records(exchanges=dict(self._known)) for _ in range(COPIES)]
        waiting = [(self._entry.delivery, copy) for copy in copies]
        for number, other in enumerate(self._others):
            waiting.insert(2 * number, (other, Records()))

        def conduct(task: tuple[Delivery, Records]) -> None:
            delivery, records = task
            exchange = self._attendant.conduct(delivery, records)
            if exchange is not None:
                records.exchanges[delivery] = exchange

        shared_out(waiting, conduct, self._attendant.subject.at_once)
        return copies

    def _judged(self, copy: Records) -> Judged:
        copy.exchanges = settle(self._attendant.subject, copy.exchanges, SETTLE_SECONDS)
        found = judged(self._entry.check, copy)
        return replace(found, finding=in_company(found.finding), decision=Decision.COMPANY)


def _under_way_beside(entry: Judged, records: Records) -> list[Delivery]:
    """Return the exchanges whose time on the wire overlapped that of the failed one."""
    failed = entry.evidence[0]
    began, over = failed.wire.span

    def overlaps(other: HttpExchange) -> bool:
        start, end = other.wire.span
        return start < over and began < end

    return [
        delivery
        for delivery, other in records.exchanges.items()
        if other.ticket != failed.ticket
        and other.server.authority == failed.server.authority
        and not delivery.is_alone
        and overlaps(other)
    ]


def _speaks_for_itself(exchange: HttpExchange) -> bool:
    """Return whether an exchange shows more than that the server, or the machine, had much to do."""
    turned_away = any(response.status in REFUSES_THE_CROWD for response in exchange.responses)
    answered = exchange.response is not None and not turned_away
    return answered and not exchange.hasty and not exchange.owing and not in_vain(exchange)
