"""Exchanges that were conducted at once over a server that calls the application one at a time."""

from __future__ import annotations

from collections.abc import Iterable

from ..model.exchange import HttpExchange

BUSY_SECONDS = 0.05
"""A call of the application that takes longer makes others wait noticeably."""


class Congestion:
    """The long calls of the application, and whom they kept waiting."""

    def __init__(self, exchanges: Iterable[HttpExchange]) -> None:
        self._calls = [
            (called, ended, exchange.ticket, exchange.server.authority)
            for exchange in exchanges
            for called, ended in [_call(exchange)]
            if ended - called > BUSY_SECONDS
        ]

    def kept_waiting(self, exchange: HttpExchange) -> bool:
        """Return whether the application was busy with another exchange at some time during this one."""
        began, over = exchange.wire.span
        return any(
            called < over and began < ended
            for called, ended, ticket, authority in self._calls
            if ticket != exchange.ticket and authority == exchange.server.authority
        )


def _call(exchange: HttpExchange) -> tuple[float, float]:
    """Return the time of the first and of the last observation inside the application."""
    times = [observation.at for observation in exchange.app.observations]
    return (min(times), max(times)) if times else (0.0, 0.0)
