"""How many requests a server is seen to serve at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from ..model.exchange import HttpExchange
from ..model.play import Play, Step
from ..model.stimulus import Request
from ..transports.connection import Connection
from .conduct import Conductor
from .hello import HELLO

MOST = 4
SECONDS = 0.2
_HELD_PLAY = Play(shape="list", before=(Step("wait", ("go",)),))


@dataclass(frozen=True)
class Concurrency:
    """What was seen of a server; of one that was not tried yet, nothing."""

    calls: int = 1
    """How many calls of the application were seen at once."""
    exchanges: int = 1
    """How many exchanges are conducted at once: more than calls, where idle connections do no harm."""
    is_serial: bool = False
    """Whether it was seen to serve one request at a time."""


def prove(conductor: Conductor, called: Callable[[HttpExchange], bool]) -> Concurrency:
    """Return how many requests the server holds at once (at most ``MOST``).

    ``called`` says whether an exchange came to the application.
    """
    journal = conductor.room.journal
    tickets = [conductor.room.put_play(_HELD_PLAY) for _ in range(MOST)]
    threads = [
        threading.Thread(target=conductor.deliver, args=(Request(), ticket), daemon=True)
        for ticket in tickets
    ]
    for thread in threads:
        thread.start()

    def waiting() -> int:
        return sum(journal.count(ticket, "waiting") > 0 for ticket in tickets)

    journal.wait(lambda: waiting() >= MOST, time.monotonic() + SECONDS)
    calls = max(1, waiting())
    for ticket in tickets:
        conductor.room.open_gate(ticket, "go")
    for thread in threads:
        thread.join()
    is_serial = calls == 1
    exchanges = MOST if is_serial and _serves_beside_idle(conductor, called) else calls
    return Concurrency(calls, exchanges, is_serial)


def _serves_beside_idle(conductor: Conductor, called: Callable[[HttpExchange], bool]) -> bool:
    """Return whether a request is served while other connections have not yet brought a whole one."""
    deadline = time.monotonic() + SECONDS
    target = conductor.target
    idle = [Connection(target.address, deadline, tls=target.tls) for _ in range(MOST - 1)]
    try:
        for connection in idle:
            connection.send(b"GET / HTTP/1.1\r\n")
        return called(conductor.within(SECONDS).conduct(HELLO))
    finally:
        for connection in idle:
            connection.close()
