"""A breach that was seen from between a server and an application."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from .law import Level, Requirement

ADVICE = (Level.SHOULD, Level.SHOULD_NOT, Level.MAY)


class Side(enum.Enum):
    """Who owed the duty."""

    APPLICATION = "application"
    SERVER = "server"


@dataclass(frozen=True)
class Violation:
    """One duty that was broken, by whom, and what was seen of it."""

    law: Requirement
    message: str
    side: Side = Side.APPLICATION

    @property
    def grave(self) -> bool:
        """Whether a MUST or a MUST NOT was broken; anything else is advice."""
        return self.law.level not in ADVICE

    @property
    def text(self) -> str:
        """The breach in words: id, what was seen, the sentence that it breaks and where that stands."""
        law = self.law
        return (
            f"{law.id}: {self.message}\n"
            f"  {law.source.value}, {law.section} ({law.level.value}, {law.basis.value}):\n"
            f'  "{law.quote}"\n'
            f"  {law.url}"
        )
