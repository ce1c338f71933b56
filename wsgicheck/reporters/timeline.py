"""Evidence in words: both ends of an exchange, merged by time, every octet visible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.exchange import HttpExchange, Observation

VALUE_CHARACTERS = 1000
"""Characters of one value of the journal that are shown."""
LINE_OCTETS = 400
"""Octets of one segment that are shown; how many are left out is said."""
MOMENTS = 120
"""Moments of one exchange that are shown, most of them its first; how many are left out is said."""
LAST_MOMENTS = 20
QUIET = ("environ", "environ_id", "input_methods", "errors_methods")


@dataclass(frozen=True)
class Moment:
    """One line of the timeline: milliseconds since the first octet, who acted, and what was done."""

    milliseconds: float
    who: str
    what: str


def timeline(exchange: HttpExchange) -> list[Moment]:
    """Return the merged timeline of the client's octets and the application's journal."""
    moments = sorted(_moments(exchange), key=lambda moment: moment[0])
    start = moments[0][0] if moments else 0.0
    left_out = len(moments) - MOMENTS
    if left_out > 0:
        at = moments[-LAST_MOMENTS][0]
        first, last = moments[: MOMENTS - LAST_MOMENTS], moments[-LAST_MOMENTS:]
        moments = [*first, (at, "         ", f"... ({left_out} more moments)"), *last]
    return [Moment((at - start) * 1000, who, what) for at, who, what in moments]


def octets(raw: bytes) -> str:
    """Return octets as visible text: escapes for everything that is not printable ASCII, and its length."""
    text = "".join(
        chr(octet) if 0x20 <= octet < 0x7F and octet != 0x5C else _escape(octet)
        for octet in raw[:LINE_OCTETS]
    )
    rest = len(raw) - LINE_OCTETS
    return text + (f" ... ({rest} more octets)" if rest > 0 else "")


def visible(text: str) -> str:
    """Return text of a server with everything escaped that a terminal would obey."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)


def _escape(octet: int) -> str:
    return {0x0D: "\\r", 0x0A: "\\n", 0x09: "\\t", 0x5C: "\\\\"}.get(octet, f"\\x{octet:02x}")


def _moments(exchange: HttpExchange) -> Iterator[tuple[float, str, str]]:
    for segment in exchange.wire.sent:
        yield segment.at, "client ->", octets(segment.octets)
    for segment in exchange.wire.received:
        yield segment.at, "server <-", octets(segment.octets)
    for outcome in exchange.outcomes:
        late = "" if outcome.done else ": not by its deadline"
        yield outcome.at, "client   ", visible(outcome.action) + late
    if exchange.wire.ended_at:
        without = " without a closure alert" if exchange.wire.alerted is False else ""
        words = ENDINGS.get(exchange.wire.ended, exchange.wire.ended)
        yield exchange.wire.ended_at, "wire     ", words + (without if exchange.wire.ended == "eof" else "")
    for seen in exchange.app.observations:
        yield seen.at, "app      ", _observation(seen)


ENDINGS = {
    "eof": "the server closed the connection",
    "reset": "the server reset the connection",
    "left": "the client hung up",
    "timeout": "nothing more came by the deadline",
    "limit": "the server sent more than was read",
    "refused": "no connection could be made",
}


def _observation(seen: Observation) -> str:
    facts = {key: value for key, value in seen.facts.items() if key not in QUIET}
    words = ", ".join(f"{visible(key)}={_shortened(visible(repr(value)))}" for key, value in facts.items())
    return visible(seen.kind) + (f" ({words})" if words else "")


def _shortened(text: str) -> str:
    rest = len(text) - VALUE_CHARACTERS
    return text if rest <= 0 else text[:VALUE_CHARACTERS] + f" ... ({rest} more characters)"
