"""Many requests of one connection, each behind the response to the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from ..model.exchange import Exchange, Observation
from .calls import called_once, calls_of
from .judgement import inapplicable

Turn = TypeVar("Turn")


def turns_taken(
    exchange: Exchange, turns: Sequence[Turn], first: str = "1"
) -> Iterator[tuple[int, Turn, Observation]]:
    """Go through the turns that reached the application, with their numbers and calls.

    ``first`` is the label of the first request. Inapplicable where no second one reached the application.
    """
    called_once(exchange)
    if not calls_of(exchange, "2"):
        inapplicable("the second request of the connection did not reach the application")
    for number, turn in enumerate(turns, 1):
        calls = calls_of(exchange, first if number == 1 else str(number))
        if not calls:
            return
        yield number, turn, calls[0]
