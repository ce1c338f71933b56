"""What a run tells while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Union


@dataclass(frozen=True)
class RoomKept:
    """The scratch directory is here, and will stay."""

    path: str


@dataclass(frozen=True)
class ServerReady:
    """The server has called the probe of this run, ``seconds`` after its start.

    ``command`` is as it was run; ``concurrency`` is how many calls of the application were seen at once.
    """

    command: str
    seconds: float
    concurrency: int
    copies: int = 1
    """How many copies of it are to share the exchanges."""


@dataclass(frozen=True)
class Progress:
    """``done`` of ``total`` exchanges have been conducted."""

    done: int
    total: int


@dataclass(frozen=True)
class Settling:
    """The run waits for the last entries of the journal."""


@dataclass(frozen=True)
class Confirming:
    """``count`` exchanges are conducted again, alone, because a check failed on them."""

    count: int


@dataclass(frozen=True)
class Restarting:
    """The server was lost and is started again."""

    reason: str


@dataclass(frozen=True)
class CopyMissing:
    """Another copy of the server did not start; those that run do without it."""

    reason: str


Event = Union[RoomKept, ServerReady, Progress, Settling, Confirming, Restarting, CopyMissing]
Listener = Callable[[Event], None]
