"""Which exchanges of a run took longest, and what they waited for."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from wsgicheck.model.exchange import HttpExchange
from wsgicheck.model.result import Report

LARGE_OCTETS = 64 * 1024


@dataclass(frozen=True)
class Slow:
    """One exchange: its seconds, the first check that it serves, and why it took them."""

    seconds: float
    check: str
    why: str


def slowest(report: Report, number: int = 10) -> list[Slow]:
    """Return the slowest exchanges of a run, each once, the slowest first."""
    found: dict[str, Slow] = {}
    for result in report.results:
        for exchange in result.evidence:
            if exchange.ticket not in found and exchange.wire.sent:
                found[exchange.ticket] = Slow(seconds(exchange), result.check.id, why(exchange))
    return sorted(found.values(), key=lambda slow: -slow.seconds)[:number]


def seconds(exchange: HttpExchange) -> float:
    """Return the time from the first octet sent to the last one received, or to the end."""
    wire = exchange.wire
    last = max(segment.at for segment in (*wire.sent, *wire.received))
    return max(last, wire.ended_at) - wire.sent[0].at


def why(exchange: HttpExchange) -> str:
    """Return what most of the time went by with, in words."""
    wire = exchange.wire
    if wire.ended == "timeout":
        return "no answer came before the deadline"
    moments = [wire.sent[0].at, *(outcome.at for outcome in exchange.outcomes)]
    steps = [
        (after - before, outcome)
        for (before, after), outcome in zip(itertools.pairwise(moments), exchange.outcomes, strict=True)
    ]
    spent, longest = max(steps, key=lambda step: step[0], default=(0.0, None))
    paused = sum(span for span, outcome in steps if outcome.action == "pause")
    if paused > max(spent, seconds(exchange) / 2):
        return f"pauses between the pieces of what is sent: {paused:.2f} s"
    if longest is not None and spent > seconds(exchange) / 2:
        words = longest.action.splitlines()[0]
        return f"{words!r}, {'done after' if longest.done else 'in vain for'} {spent:.2f} s"
    octets = len(wire.octets_received) + len(wire.octets_sent)
    if octets > LARGE_OCTETS:
        return f"{octets} octets in all"
    if exchange.response is None or not wire.received:
        return "the server said nothing"
    first = wire.received[0].at - wire.sent[0].at
    if first > seconds(exchange) / 2:
        return f"the first octet came after {first:.2f} s"
    if wire.ended_at < wire.received[-1].at:
        return f"{octets} octets, one after the other"
    return f"the end came {wire.ended_at - wire.received[-1].at:.2f} s behind the last octet"
