"""What became of a check between two reports."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Kind(enum.Enum):
    """The kinds of step, in words; the gravest first."""

    BROKEN = "broken"
    GONE = "gone"
    SILENCED = "says nothing any more"
    CHANGED = "fails differently"
    FIXED = "fixed"
    NEW = "new"
    OTHER = "judged otherwise"


@dataclass(frozen=True)
class Step:
    """One check that is not as it was: its verdicts (None where it was not run) and its words."""

    id: str
    kind: Kind
    before: str | None
    after: str | None
    words: str = ""

    @property
    def regression(self) -> bool:
        """Whether it counts against the newer report."""
        return self.kind in (Kind.BROKEN, Kind.SILENCED, Kind.GONE) or (
            self.kind is Kind.NEW and self.after in ("fail", "error")
        )


@dataclass(frozen=True)
class Comparison:
    """Two reports side by side: what they are of, and every step between them, regressions first."""

    old: str
    new: str
    steps: tuple[Step, ...]
    unchanged: int
    remarks: tuple[str, ...] = ()
    """What makes the two hard to compare, such as different profiles."""

    @property
    def regressions(self) -> tuple[Step, ...]:
        """The steps that count against the newer report."""
        return tuple(step for step in self.steps if step.regression)
