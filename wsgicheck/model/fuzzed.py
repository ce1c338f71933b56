"""What fuzzing delivers, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass

from .exchange import HttpExchange
from .law import Level, Requirement
from .play import Play

ADVICE = (Level.SHOULD, Level.SHOULD_NOT, Level.MAY)


@dataclass(frozen=True)
class Case:
    """One connection: the octets that the client sends, and what the application plays.

    ``{ticket}`` and ``{authority}`` in the octets are filled in; ``{ticket}-1``, ``{ticket}-2`` and so on
    call for ``plays[0]``, ``plays[1]`` and so on. ``cuts`` are where the octets are sent apart.
    """

    octets: bytes
    plays: tuple[Play, ...]
    cuts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One rule of the small model of the law. ``tempered`` names an accepted practice against it."""

    id: str
    law: Requirement
    tempered: str | None = None

    @property
    def grave(self) -> bool:
        """Whether breaking it is a violation; anything else is a warning."""
        return self.law.level not in ADVICE and self.tempered is None


@dataclass(frozen=True)
class Breach:
    """A rule that both logs of one delivery show broken. ``want`` and ``got`` are for people to read."""

    rule: Rule
    message: str
    want: str = ""
    got: str = ""


@dataclass(frozen=True)
class Discovery:
    """A breach with the smallest case that shows it, seen again each time that it was tried again."""

    breach: Breach
    case: Case
    exchange: HttpExchange
    example: int
    """Which of the generated cases showed it first."""
    restarted: str | None = None
    """How the server was lost by it, or None."""
    recording: str = ""
    """The case in one word, for a command line."""


@dataclass(frozen=True)
class Campaign:
    """What came of fuzzing one server."""

    server: str
    command: str
    seed: int
    examples: int
    """Generated cases that were delivered."""
    deliveries: int
    """All deliveries, with those for confirming and shrinking."""
    unstable: int
    """Breaches that did not show again when the same octets were delivered again: no findings."""
    seconds: float
    discoveries: tuple[Discovery, ...]
    trouble: str | None = None
    """Why the campaign ended early, or None."""
