"""Settling: from when on an absence in the journal means something.

"close() was not called" is a fact only when nothing more will come: the call has written its last
line, or the server is idle, the deadline has passed, and the server still answers.
"""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial

from ..model.exchange import HttpExchange
from .conduct import Delivery
from .journal import Journal
from .subject import Subject


def settle(
    subject: Subject, exchanges: dict[Delivery, HttpExchange], seconds: float
) -> dict[Delivery, HttpExchange]:
    """Return the exchanges with their application logs, waiting for all of them together.

    Each has so many seconds from the last that was seen of it so far, be it on the wire or in the journal.
    """
    journal, began = subject.room.journal, time.monotonic()
    collecting = [
        (delivery, exchange) for delivery, exchange in exchanges.items() if not exchange.app.observations
    ]
    while still_open := [
        (delivery, exchange)
        for delivery, exchange in collecting
        if not has_ended(journal, delivery, exchange.ticket)
    ]:
        latest = max(last_seen(journal, exchange) for _, exchange in still_open)
        deadline = seconds + min(latest, began)  # a server may write any time of day into the journal
        if time.monotonic() >= deadline:
            break
        journal.wait(partial(_have_ended, journal, still_open), deadline)
    idle = not still_open or subject.healthy()
    output = subject.quiet_output()
    collected = {}
    for delivery, exchange in exchanges.items():
        ended = has_ended(journal, delivery, exchange.ticket)
        seen = subject.conductor.collect(exchange, settled=ended or idle)
        collected[delivery] = replace(seen, server=replace(seen.server, output=output))
    return collected


def _have_ended(journal: Journal, exchanges: list[tuple[Delivery, HttpExchange]]) -> bool:
    return all(has_ended(journal, delivery, exchange.ticket) for delivery, exchange in exchanges)


def last_seen(journal: Journal, exchange: HttpExchange) -> float:
    """Return when something was last seen of an exchange, in seconds of the monotonic clock."""
    _, over = exchange.wire.span
    return max((over, *(entry.at for entry in journal.of(exchange.ticket))))


def has_ended(journal: Journal, delivery: Delivery, ticket: str) -> bool:
    """Return whether every call that the journal knows of a ticket has written its last line."""
    seen = journal.of(ticket)
    calls = {entry.call for entry in seen if entry.kind == "called"}
    ended = {
        entry.call
        for entry in seen
        if entry.kind in delivery.play.of_label(entry.label).ends_with
        or (entry.kind == "raised" and entry.facts.get("where") == "call")
    }
    return calls <= ended
