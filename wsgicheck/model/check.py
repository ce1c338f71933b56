"""A check: a requirement, the exchange that shows it, and the judge of that exchange."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .law import Requirement, Source
from .play import Play
from .stimulus import Stimulus

Judge = Callable[[Any], None]


@dataclass(frozen=True, eq=False)  # two checks are never the same, and to compare plays takes time
class Check:
    """One named duty. ``id`` is kebab-case, subject first, and never changes.

    ``requires`` lists the sentences of the law, the one that gives the level first.
    ``control`` is the same stimulus with the one fault repaired: it must reach the application.
    ``tempered`` says why accepted practice makes a fail one step less severe in the default profile.
    ``withdrawn`` says why a check no longer runs.
    """

    id: str
    topic: str
    requires: tuple[Requirement, ...]
    send: Stimulus
    play: Play
    judge: Judge
    doc: str
    control: Stimulus | None = None
    tempered: str | None = None
    since: str = "0.1"
    withdrawn: str | None = None

    @property
    def law(self) -> Requirement:
        """The requirement that gives the check its level."""
        return self.requires[0]

    @property
    def source(self) -> Source:
        """The text that the verdict is reported under."""
        return self.law.source

    @property
    def title(self) -> str:
        """The rule in one sentence."""
        return " ".join(self.doc.split("\n\n", 1)[0].split())

    @property
    def explanation(self) -> str:
        """What follows the rule in the docstring: the harm, and where to look."""
        parts = inspect.cleandoc(self.doc).split("\n\n", 1)
        return parts[1].strip() if len(parts) > 1 else ""
