"""The witness of one invocation: every breach is told to it, and it raises or collects."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from ..model.law import Requirement
from ..model.violation import Side, Violation
from .faults import ApplicationFault, Fault, ServerFault

Collector = Callable[[Violation], object]


class Witness:
    """Hears of the breaches of one invocation, each told once."""

    def __init__(self, collect: Collector | None, strict: bool) -> None:
        self._collect = collect
        self._strict = strict
        self._seen: set[Violation] = set()
        self._swallowed: Fault | None = None

    def record(
        self,
        law: Requirement,
        message: str,
        side: Side = Side.APPLICATION,
        cause: BaseException | None = None,
    ) -> None:
        """Tell of a breach: raise ``ApplicationFault`` or ``ServerFault``, unless all is collected.

        Advice (SHOULD) raises only where the observer is strict.
        """
        violation = Violation(law, message, side)
        if self._collect is not None:
            if violation not in self._seen:
                self._seen.add(violation)
                self._collect(violation)
            return
        if violation.grave or self._strict:
            fault = (ApplicationFault if side is Side.APPLICATION else ServerFault)(violation)
            self._swallowed = self._swallowed or fault
            raise fault from cause

    def hand_over(self, fault: Fault) -> NoReturn:
        """Let a fault pass to the server; from here on it is no longer ours to insist on."""
        self._swallowed = None
        raise fault

    def insist(self) -> None:
        """Raise again a fault that the application has trapped: an ``except Exception`` hides nothing."""
        if self._swallowed is not None:
            self.hand_over(self._swallowed)
