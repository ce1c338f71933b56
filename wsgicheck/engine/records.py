"""What a run has collected so far."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..model.exchange import HttpExchange
from .conduct import Delivery


@dataclass
class Records:
    """What a run has collected, by delivery."""

    exchanges: dict[Delivery, HttpExchange] = field(default_factory=dict)
    deaths: dict[Delivery, str] = field(default_factory=dict)
    """How the server was lost in an exchange that was conducted alone."""
    faults: dict[Delivery, str] = field(default_factory=dict)
    """Our own errors."""
    trouble: str | None = None
    """Why the run was given up."""
    unexplained: str | None = None
    """How the server ended in mid-run, where no exchange alone brings that about."""


@dataclass
class Batch:
    """Exchanges that were conducted together: those without a proper response, and the last of the others."""

    suspects: dict[Delivery, HttpExchange] = field(default_factory=dict)
    latest: deque[Delivery] = field(default_factory=deque)
    in_vain: set[Delivery] = field(default_factory=set)


def joined(several: Iterable[Records]) -> Records:
    """Return what several have collected as one."""
    all_of_them = Records()
    for records in several:
        all_of_them.exchanges.update(records.exchanges)
        all_of_them.deaths.update(records.deaths)
        all_of_them.faults.update(records.faults)
        all_of_them.trouble = all_of_them.trouble or records.trouble
        all_of_them.unexplained = all_of_them.unexplained or records.unexplained
    return all_of_them
