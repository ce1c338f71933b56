"""Settling: from when on an absence in the journal means something.

"close() was not called" is a fact only when nothing more will come: the call has written its last
line, or the server is idle, the deadline has passed, and the server still answers.
"""

from __future__ import annotations

import time
from dataclasses import replace

from ..model.exchange import HttpExchange
from .conduct import Delivery
from .journal import Journal
from .subject import Subject


def settle(
    subject: Subject, exchanges: dict[Delivery, HttpExchange], seconds: float
) -> dict[Delivery, HttpExchange]:
    """Return the exchanges with their application logs, waiting for all of them together."""
    journal = subject.room.journal
    open_ends = [
        (delivery, exchange) for delivery, exchange in exchanges.items() if not exchange.app.observations
    ]
    deadline = time.monotonic() + seconds
    everything_ended = journal.wait(
        lambda: all(has_ended(journal, delivery, exchange.ticket) for delivery, exchange in open_ends),
        deadline,
    )
    idle = everything_ended or subject.healthy()
    output = subject.quiet_output()
    collected = {}
    for delivery, exchange in exchanges.items():
        ended = has_ended(journal, delivery, exchange.ticket)
        seen = subject.conductor.collect(exchange, settled=ended or idle)
        collected[delivery] = replace(seen, server=replace(seen.server, output=output))
    return collected


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
