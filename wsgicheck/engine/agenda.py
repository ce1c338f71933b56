"""The agenda: the exchanges that are to be conducted, handed out to one copy of the server or to several."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from .conduct import Delivery
from .events import Progress

ALONE_WEIGHT = 3
"""What is conducted alone takes so many times as long as what has others beside it."""
ENDER_WEIGHT = 3
"""What may end a worker takes so many times as long as other exchanges that are conducted alone."""


class Agenda:
    """Hands out each exchange once; safe to use from several threads.

    Over one copy, those that are to have nothing beside them come behind the others, for storms would
    disturb these, and these what is counted there. What may end a worker comes at the very end, or goes to a
    copy that does nothing behind it. What has an application of its own loaded comes first, and to the
    leading copy alone: a framework takes longer to load than to ask.
    """

    def __init__(self, wanted: Iterable[Delivery]) -> None:
        deliveries = list(wanted)
        alone = [delivery for delivery in deliveries if delivery.is_alone]
        together = [delivery for delivery in deliveries if not delivery.is_alone]
        self._together = deque(delivery for delivery in together if delivery.play.application is None)
        self._loading = deque(delivery for delivery in together if delivery.play.application is not None)
        self._alone = deque(delivery for delivery in alone if not delivery.play.may_end_worker)
        self._enders = deque(delivery for delivery in alone if delivery.play.may_end_worker)
        self._total = len(deliveries)
        self.given_up = threading.Event()
        """Set when one copy was given up: what is left would hardly tell more."""

    @property
    def progress(self) -> Progress:
        """How many have been handed out, of how many."""
        left = len(self._together) + len(self._loading) + len(self._alone) + len(self._enders)
        return Progress(self._total - left, self._total)

    def has_together(self, leading: bool) -> bool:
        """Whether exchanges are left for a copy that may have others beside them."""
        return bool(self._together or (leading and self._loading)) and not self.given_up.is_set()

    def together(self, leading: bool) -> Iterator[Delivery]:
        """Hand out what may have others beside it."""
        if leading:
            yield from self._handed_out(self._loading)
        yield from self._handed_out(self._together)

    def is_alone_due(self, others: int, at_once: int) -> bool:
        """Whether a copy goes over to what is to have nothing beside it: most of that is waiting.

        So many ``others``, of which each conducts so many exchanges ``at_once``, need about as long for the
        rest of what may have company.
        """
        alone = len(self._alone) + ENDER_WEIGHT * len(self._enders)
        return len(self._together) <= ALONE_WEIGHT * alone * at_once * others

    def alone(self, others: int = 0) -> Iterator[Delivery]:
        """Hand out what is to have nothing beside it, save what may end a worker.

        A copy that goes over to that, which is the last that it does, while so many ``others`` go on, is
        handed out no more than what these would need longer for.
        """
        return self._handed_out(self._alone, lambda: self._are_enders_due(others))

    def _are_enders_due(self, others: int) -> bool:
        return not self._together and 0 < len(self._alone) <= ENDER_WEIGHT * len(self._enders) * others

    def enders(self) -> Iterator[Delivery]:
        """Hand out what may end a worker."""
        return self._handed_out(self._enders)

    def _handed_out(
        self, waiting: deque[Delivery], enough: Callable[[], bool] = lambda: False
    ) -> Iterator[Delivery]:
        while not (self.given_up.is_set() or enough()):
            try:
                yield waiting.popleft()
            except IndexError:
                return
