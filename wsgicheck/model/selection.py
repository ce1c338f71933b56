"""Which checks ``--select`` and ``--ignore`` mean: by id, by topic, or with wildcards as a file name has."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Selection:
    """All that matches a wanted pattern (all without one), and no ignored one."""

    wanted: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    @classmethod
    def of(cls, wanted: Iterable[str], ignored: Iterable[str]) -> Selection:
        """Return the selection of options, each of which may hold several patterns with commas between."""
        return cls(_split(wanted), _split(ignored))

    @property
    def patterns(self) -> tuple[str, ...]:
        """All of its patterns."""
        return self.wanted + self.ignored

    def holds(self, id: str, topic: str) -> bool:
        """Return whether a check is among the selected ones."""
        is_wanted = not self.wanted or any(matches(id, topic, pattern) for pattern in self.wanted)
        return is_wanted and not any(matches(id, topic, pattern) for pattern in self.ignored)


def matches(id: str, topic: str, pattern: str) -> bool:
    """Return whether a pattern, such as ``close-*``, means a check."""
    return fnmatch.fnmatchcase(id, pattern) or fnmatch.fnmatchcase(topic, pattern)


def _split(options: Iterable[str]) -> tuple[str, ...]:
    return tuple(part.strip() for option in options for part in option.split(",") if part.strip())
