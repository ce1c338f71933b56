"""What the application read from ``wsgi.input``."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from ..model.exchange import Exchange, Observation
from .calls import called_once
from .judgement import inconclusive


@dataclass(frozen=True)
class Reading:
    """One read from ``wsgi.input``: the call, and what came of it.

    ``kind`` is the exact type of what was returned, ``lines`` its contents (one for a bytestring);
    ``waited`` says that it only returned when the client had finished sending, or never.
    """

    method: str
    arguments: tuple[Any, ...]
    kind: str = ""
    kinds: tuple[str, ...] = ()
    lines: tuple[bytes, ...] = ()
    error: str = ""
    waited: bool = False
    length: int = 0
    longest: int = 0

    @property
    def call(self) -> str:
        """The call as it would be written."""
        return f"{self.method}({', '.join(map(repr, self.arguments))})"

    @property
    def octets(self) -> bytes:
        """All that was read, in one piece."""
        return b"".join(self.lines)


def readings(exchange: Exchange, label: str = "") -> tuple[Reading, ...]:
    """Return what the application read, in order, or was still reading at the end."""
    given_up = float("inf")
    for waited, then in itertools.pairwise(exchange.outcomes):
        if then.action == "finish sending" and not waited.done:
            given_up = waited.at
    found: list[Reading] = []
    begun: Observation | None = None
    for seen in exchange.app.of("reading", "read"):
        if seen.label not in ((label, "1") if not label else (label,)):
            continue
        if seen.kind == "reading":
            begun = seen
            continue
        begun = None
        found.append(_reading(seen, seen.at > given_up))
    if begun is not None:
        found.append(Reading(begun.facts["method"], tuple(begun.facts["arguments"]), waited=True))
    return tuple(found)


def reads_of(exchange: Exchange) -> tuple[Reading, ...]:
    """Return the same; inconclusive where the application was not called, or read nothing."""
    called_once(exchange)
    found = readings(exchange)
    if not found:
        inconclusive("the application read nothing")
    return found


def _reading(seen: Observation, late: bool) -> Reading:
    facts = seen.facts
    kind, text = facts.get("got", ("", ""))
    pairs = text if kind == "list" else [(kind, text)] if kind else []
    return Reading(
        method=facts["method"],
        arguments=tuple(facts["arguments"]),
        kind=kind,
        kinds=tuple(kind for kind, _ in pairs),
        lines=tuple(text.encode("latin-1", "replace") for _, text in pairs),
        error=f"{facts['error']['type']}: {facts['error']['message']}" if facts.get("error") else "",
        waited=late,
        length=facts.get("length", 0),
        longest=facts.get("longest", 0),
    )
