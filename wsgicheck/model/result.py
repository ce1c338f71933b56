"""What was found: verdicts, results and the report of a run."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from .check import Check
from .departure import Departure
from .exchange import HttpExchange
from .law import Requirement


class Verdict(enum.Enum):
    """What the evidence shows; severity and exit code are derived from it elsewhere."""

    PASS = "pass"
    FAIL = "fail"
    INCONCLUSIVE = "inconclusive"
    INAPPLICABLE = "inapplicable"
    UNTESTED = "untested"
    ERROR = "error"


class Decision(enum.Enum):
    """What a verdict rests on: on its saved exchange alone, or on what only the run saw."""

    JUDGE = "judge"
    """The judge's word on the exchange, which can be heard again."""
    LOSS = "loss"
    """The server was lost while it served this exchange alone."""
    COMPANY = "company"
    """The judge's word on an exchange among others, where alone it did not fail again."""
    TRIES = "tries"
    """It failed once, and not again in any further try."""
    FAULT = "fault"
    """We raised, and there is no exchange to judge."""


class Severity(enum.Enum):
    """How much a fail weighs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NONE = "none"


@dataclass(frozen=True)
class Finding:
    """A verdict with its words, as a judge found it. ``want`` and ``got`` are for people to read."""

    verdict: Verdict
    message: str = ""
    want: str | None = None
    got: str | None = None


@dataclass(frozen=True)
class Result:
    """What one check found on one server. ``duration`` of its exchange in seconds."""

    check: Check
    verdict: Verdict
    severity: Severity
    message: str = ""
    want: str | None = None
    got: str | None = None
    evidence: tuple[HttpExchange, ...] = field(default=(), repr=False)
    duration: float = 0.0
    expected: str | None = None
    """Why a fail is known and accepted (a baseline's reason)."""
    decision: Decision = Decision.JUDGE


@dataclass(frozen=True)
class ServerFacts:
    """The server that was judged: its command line as run, and what it proved able to do.

    ``concurrency`` is how many calls of the application were seen at once; ``restarts`` is how often it was
    started again.
    """

    name: str
    command: str
    concurrency: int = 1
    restarts: int = 0
    output: str = field(default="", repr=False)
    """The last lines that the server process wrote, control characters included."""
    template: str = ""
    """The command with its placeholders, from which it can be started elsewhere."""
    option: str = ""
    """What selects the server on the command line of wsgicheck: ``--server NAME`` or ``--target NAME``."""
    copies: int = 1
    """How many copies of it shared the exchanges."""


@dataclass(frozen=True)
class Environment:
    """Where the run took place."""

    python: str
    platform: str
    started: str
    """UTC, ISO 8601."""


@dataclass(frozen=True)
class Report:
    """A whole run. ``complete`` is False when checks were left out because the server was lost."""

    tool: str
    profile: str
    strict: bool
    server: ServerFacts
    environment: Environment
    requirements: tuple[Requirement, ...]
    results: tuple[Result, ...]
    complete: bool
    trouble: str | None = None
    """Why the run is incomplete."""
    duration: float = 0.0
    location: tuple[str, int] = ("pyproject.toml", 1)
    """File and line of the target's configuration, for formats that must point somewhere."""
    room: str = ""
    """The scratch directory, where it was kept."""
    departures: tuple[Departure, ...] = ()
    """How the run departs from its baseline, the gravest first; empty where there is none."""

    def count(self, verdict: Verdict) -> int:
        """Return how many results have this verdict."""
        return sum(result.verdict is verdict for result in self.results)

    @property
    def known(self) -> tuple[Result, ...]:
        """The fails that the baseline expects."""
        return tuple(result for result in self.results if result.expected is not None)
