"""One entry of the lessons, and what several of them say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Lesson:
    """``accepted``: what passes besides the plainest behaviour. ``look_at``: where the fault mostly is."""

    accepted: str
    look_at: str


REFUSAL = "A refusal: 400 or another 4xx, 501 or 505, or the end of the connection without an answer."
READ_OR_REFUSED = (
    "Either reading it as the clause allows, or refusing it (4xx, or the end of the connection)."
)
CLOSED = "Closing the connection, where that is announced or the response says so by its framing."
