"""How a run departs from its baseline."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Change(enum.Enum):
    """The kinds of departure, in words; the gravest first."""

    NEW = "a new failure"
    CHANGED = "fails for another reason than the known one"
    EXPIRED = "is a known failure, but its day is over"
    STALE = "no longer fails: take it out of the baseline"
    SILENT = "says nothing any more"
    UNKNOWN = "is no check that this version has"


@dataclass(frozen=True)
class Departure:
    """One check (or id) that is not as the baseline says."""

    change: Change
    id: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.id}: {self.change.value}" + (f" ({self.detail})" if self.detail else "")
