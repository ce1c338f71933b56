"""When a server that leaves its clients waiting is given up."""

from __future__ import annotations

import bisect
import threading

from ..model.exchange import HttpExchange
from ..model.stimulus import HangUp, Segmented, Session, Several, Storm, Visit

NOT_NOW = (502, 503, 504)
"""What a proxy, or a master, answers while it replaces a worker: that may be asked again."""
IN_A_ROW = 10
"""Exchanges in vain over one copy of the server without one proper response in between: two that hang it make
eight. Over several copies, which are asked at once, so many times as many may run out at one moment."""
LOSSES_IN_A_ROW = 6
"""Losses of the server without one proper response in between."""
FEW = 1 / 20
"""Up to so large a share of all exchanges, losses in a row are those of one topic: others still tell much."""
LEAST = 12
SHARE = 1 / 3
"""At least so many, and so large a share of all exchanges: then the rest would hardly tell more."""

SHORTER_AFTER = 4
"""Timeouts after which the next ones are shorter: a server that leaves many requests unanswered would
otherwise keep everybody waiting for minutes, and what it does answer, it answers in milliseconds."""
SHORTER_SECONDS = 1.5
SHORTEST_AFTER = 16
TIMES_THE_SLOW = 6
"""A timeout is never shorter than so many times a slow answer that did come: the machine may be busy."""
SLOW = 0.9
"""An answer is slow that took longer than this share of all: the few above it had much to prepare."""

HASTY_AFTER = 3
"""Owed octets that were awaited in vain, after which such waits are shorter."""

_IN_VAIN = ("timeout", "limit", "refused")


class Patience:
    """Counts the exchanges that the server let run out, and says when there were too many.

    Safe to use from several threads at once, for ``copies`` of one server.
    """

    def __init__(self, copies: int = 1) -> None:
        self._in_a_row = IN_A_ROW * copies
        self._lock = threading.Lock()
        self._all = 0
        self._in_vain = 0
        self._timeouts = 0
        self._owing = 0
        self._seconds: list[float] = []
        """What the answers took, in order."""
        self._losses = 0
        self._in_vain_in_a_row = 0
        self._losses_in_a_row = 0

    def note(self, exchange: HttpExchange) -> bool:
        """Count an exchange; return whether it was in vain."""
        vain = in_vain(exchange)
        with self._lock:
            self._all += 1
            self._in_vain += vain
            self._timeouts += exchange.wire.ended == "timeout"
            self._owing += exchange.owing
            self._in_vain_in_a_row += vain
            if exchange.response is not None and not vain:
                self._in_vain_in_a_row = self._losses_in_a_row = 0
                if seconds := _seconds_to_answer(exchange):
                    bisect.insort(self._seconds, seconds)
        return vain

    def allowance(self, timeout: float) -> float:
        """Return the seconds that the next exchange may take."""
        with self._lock:
            if self._timeouts < SHORTER_AFTER:
                return timeout
            shorter = SHORTER_SECONDS if self._timeouts < SHORTEST_AFTER else SHORTER_SECONDS / 2
            slow = self._seconds[int(SLOW * len(self._seconds))] if self._seconds else 0.0
            return min(timeout, max(shorter, TIMES_THE_SLOW * slow))

    @property
    def hasty(self) -> bool:
        """Whether the server has let several owed waits run out."""
        with self._lock:
            return self._owing >= HASTY_AFTER

    def note_loss(self) -> None:
        """Count a server that was lost."""
        with self._lock:
            self._losses += 1
            self._losses_in_a_row += 1

    @property
    def end(self) -> str | None:
        """Why the server is given up, or None while it is not."""
        with self._lock:
            if self._losses_in_a_row >= LOSSES_IN_A_ROW and self._losses > self._all * FEW:
                return f"the server was lost {self._losses_in_a_row} times in a row"
            if self._is_too_much(self._losses):
                return f"the server was lost {self._losses} times in {self._all} exchanges"
            if self._in_vain_in_a_row >= self._in_a_row or self._is_too_much(self._in_vain):
                return (
                    f"the server left {self._in_vain} of {self._all} exchanges without a response"
                    " that comes to its end"
                )
        return None

    def _is_too_much(self, number: int) -> bool:
        return number >= LEAST and number > self._all * SHARE


def in_vain(exchange: HttpExchange) -> bool:
    """Return whether the client waited in vain for the end of a response, which it did not hang up on."""
    if exchange.wire.ended not in _IN_VAIN or hangs_up(exchange):
        return False
    return exchange.response is None or not exchange.response.complete


def _seconds_to_answer(exchange: HttpExchange) -> float:
    """Return how long the server took to answer what was sent to it in one piece; 0 for all else."""
    wire = exchange.wire
    if exchange.outcomes or len(wire.sent) != 1 or not wire.received:
        return 0.0
    return wire.received[0].at - wire.sent[0].at


def hangs_up(exchange: HttpExchange) -> bool:
    """Return whether the client left by design."""
    send = exchange.request
    if isinstance(send, Several):
        send = send.request
    elif isinstance(send, Segmented):
        send = send.octets
    return not isinstance(send, (Visit, Session, Storm)) and any(
        isinstance(action, HangUp) for action in send.then
    )
