"""A server whose memory grows without end: noticed early, and blamed on the exchange that brings it about."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable
from itertools import islice

from ..servers.process import ServerProcess
from .conduct import Delivery
from .subject import Subject

RECENT = 512
"""How many of the newest exchanges may be to blame: memory grows behind the response, while others go on."""
TOGETHER = 16
"""How many of them are tried at a time before one of them is tried alone."""
ALARM_SHARE = 4
"""No exchange is begun while the server grows beyond this part of its limit."""
CALM_SECONDS = 0.35
"""How long the keeper has to find no more memory than before."""
CALM_LOOKS = 3
"""How often it has to look for that: on a busy machine it may be kept from looking."""
GROWN_SECONDS = 0.1
"""How long after the last exchange the keeper must have looked before growth is judged."""
GROWTH_SECONDS = 120.0
"""How long a growth is watched: one that takes longer to reach the limit is left alone."""
LOOK_SECONDS = 5.0
"""How long a look of the keeper is waited for, on a busy machine."""
POLL_SECONDS = 0.02
ENDING_SECONDS = 10.0
"""How long the keeper is given to end what has outgrown its memory."""
UNASKED_GROWTH = 1024**2
"""Octets that a server may take while nothing is asked of it; what takes more is watched until it is calm."""


class MemoryWatch:
    """Remembers the newest exchanges, and how much memory the server may hold without an alarm."""

    def __init__(self) -> None:
        self._recent: deque[Delivery] = deque(maxlen=RECENT)
        self._tried: set[Delivery] = set()
        self._accepted = 0

    def note(self, delivery: Delivery) -> None:
        """Remember an exchange that has been begun."""
        self._recent.append(delivery)

    def is_alarming(self, subject: Subject) -> bool:
        """Return whether the server holds so much more than before that it should be watched."""
        process = subject.process
        return (
            process.swollen.is_set() or process.memory > self._accepted + process.memory_limit / ALARM_SHARE
        )

    @staticmethod
    def grows(process: ServerProcess, held: int, since: float) -> bool:
        """Return whether it holds more than it did at that time of the monotonic clock."""
        if not process.memory_limit:
            return False
        deadline = time.monotonic() + LOOK_SECONDS
        while (
            process.looked_at < since + GROWN_SECONDS
            and not process.ended.is_set()
            and time.monotonic() < deadline
        ):
            time.sleep(POLL_SECONDS)
        return process.swollen.is_set() or process.memory > held + UNASKED_GROWTH

    def outgrows(self, subject: Subject) -> bool:
        """Watch the server until it grows no more; return whether it had to be ended.

        What it holds then is accepted.
        """
        process = subject.process
        held, since = process.memory, time.monotonic()
        looks: set[float] = set()
        deadline = since + GROWTH_SECONDS
        while not process.swollen.wait(POLL_SECONDS) and not process.ended.is_set():
            if process.memory > held:
                held, since = process.memory, process.looked_at
            looks = {at for at in (*looks, process.looked_at) if at > since}
            calm = process.looked_at > since + CALM_SECONDS and len(looks) >= CALM_LOOKS
            if calm or time.monotonic() > deadline:
                break
        if process.swollen.is_set():
            process.ended.wait(ENDING_SECONDS)
            return True
        self._accepted = max(self._accepted, process.memory)
        return False

    def suspects(self) -> list[Delivery]:
        """Return the newest exchanges, those aside that were tried before."""
        return [delivery for delivery in dict.fromkeys(self._recent) if delivery not in self._tried]

    def have_tried(self, deliveries: Iterable[Delivery]) -> None:
        """Note exchanges that have been tried, whether they were to blame or not."""
        self._tried.update(deliveries)


def grouped(deliveries: Iterable[Delivery]) -> Iterable[list[Delivery]]:
    """Return them ``TOGETHER`` at a time."""
    waiting = iter(deliveries)
    while group := list(islice(waiting, TOGETHER)):
        yield group
