"""Raises a storm: rounds of many clients at once, a plain request behind each, and two counts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from ..model.exchange import Aftermath, Census, HttpExchange
from ..model.stimulus import Storm
from ..transports.connection import Address
from ..transports.crowd import Crowd
from .census import steady_census, take_census
from .patience import NOT_NOW

NOTICEABLE = 0.1
"""The share of the clients that may have left something behind before the server is given time to tidy up."""
PATIENCE = 2
"""How many timeouts it is given: some end what its client has left by an idle timer of five seconds."""
PAUSE_SECONDS = 0.05


def raise_storm(
    storm: Storm, address: Address, root_pid: int | None, timeout: float, plain: Callable[[], HttpExchange]
) -> HttpExchange:
    """Return the exchange of the last plain request, with the aftermath of the storm.

    ``root_pid`` is the process whose descendants are counted; ``timeout`` bounds each wait, in seconds;
    ``plain`` sends a plain request.
    """
    crowd = Crowd(storm, address, timeout)

    def ask() -> HttpExchange:
        """Ask again where the connection ended: a worker that ends takes along what it had accepted.

        So does a proxy's word that there is no worker now, for as long as an answer may take.
        """
        deadline = time.monotonic() + timeout
        answered = plain()
        if answered.response is None and answered.wire.ended in ("eof", "reset", "refused"):
            time.sleep(PAUSE_SECONDS)
            answered = plain()
        while (
            answered.response is not None
            and answered.response.status in NOT_NOW
            and time.monotonic() < deadline
        ):
            time.sleep(PAUSE_SECONDS)
            answered = plain()
        return answered

    crowd.come()
    exchange = ask()
    before = steady_census(root_pid) if storm.rounds else None
    crowd.clients = 0  # from here on they count
    for _ in range(storm.rounds):
        if exchange.response is None or exchange.response.status in NOT_NOW:
            break
        crowd.come()
        exchange = ask()
    after = take_census(root_pid) if storm.rounds else None
    deadline = time.monotonic() + PATIENCE * timeout
    while exchange.response is not None and time.monotonic() < deadline:
        if before is None or after is None or _is_tidy(before, after, max(1, crowd.clients * NOTICEABLE)):
            break
        time.sleep(PAUSE_SECONDS)
        exchange = plain()  # many a server, and Python's collector, tidies up when there is something to do
        after = take_census(root_pid)
    return replace(exchange, aftermath=Aftermath(crowd.clients, crowd.answered, crowd.silent, before, after))


def _is_tidy(before: Census, after: Census, noticeable: float) -> bool:
    grown = max(
        after.processes - before.processes,
        after.threads - before.threads,
        after.descriptors - before.descriptors,
    )
    return grown < noticeable
