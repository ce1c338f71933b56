"""What other distributions bring along by entry points, and whose fault it is where that fails.

``wsgicheck.checks`` names checks, ``wsgicheck.servers`` profiles and ``wsgicheck.reporters`` renderers;
``wsgicheck.testing`` says what each must be. One extension at fault never keeps the others from work.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import metadata
from typing import Any

CHECKS = "wsgicheck.checks"
SERVERS = "wsgicheck.servers"
REPORTERS = "wsgicheck.reporters"


@dataclass(frozen=True)
class Extension:
    """One entry point, loaded. ``distribution`` is its name and version, as an installer shows them."""

    group: str
    name: str
    distribution: str
    value: Any

    def fault(self, reason: str) -> Fault:
        """Return this extension's fault, in words."""
        return Fault(self.group, self.name, self.distribution, reason)


@dataclass(frozen=True)
class Fault:
    """An extension that cannot be used: what it is, who brought it, and why."""

    group: str
    name: str
    distribution: str
    reason: str

    def __str__(self) -> str:
        return (
            f"the distribution {self.distribution} is at fault: its entry point {self.name!r} of"
            f" {self.group} {self.reason}"
        )


@functools.cache
def load(group: str) -> tuple[tuple[Extension, ...], tuple[Fault, ...]]:
    """Return the extensions of a group, by name, and the faults of those that cannot be imported."""
    loaded: list[Extension] = []
    faults: list[Fault] = []
    for entry in sorted(metadata.entry_points(group=group), key=lambda entry: (entry.name, entry.value)):
        distribution = f"{entry.dist.name} {entry.dist.version}" if entry.dist else "(unknown)"
        try:
            loaded.append(Extension(group, entry.name, distribution, entry.load()))
        except (Exception, SystemExit) as error:  # whatever a stranger's module does while it is imported
            reason = f"cannot be loaded ({type(error).__name__}: {error})"
            faults.append(Fault(group, entry.name, distribution, reason))
    return tuple(loaded), tuple(faults)
