"""The steps of a play, which the probe performs."""

from __future__ import annotations

from dataclasses import replace

from ..model.play import PLAIN_TEXT, Play, Repeated, Step, Value


def perform(op: str, *args: Value) -> Step:
    """Return the step ``op`` of the probe (its method ``do_<op>``)."""
    return Step(op, args)


def starts(
    status: Value = "200 OK", headers: Value = PLAIN_TEXT, *, exc: str | None = None, trapped: bool = False
) -> Step:
    """Call ``start_response``; ``exc`` passes the exc_info of an error with that message.

    ``trapped`` swallows what the server raises; the journal has it in either case.
    """
    op = "try_start" if trapped else "start"
    return Step(op, (status, headers) if exc is None else (status, headers, exc))


def writes(octets: bytes | Repeated) -> Step:
    """Call the ``write`` callable."""
    return Step("write", (octets,))


def raises(message: str) -> Step:
    """Raise an error in the application."""
    return Step("raise", (message,))


def waits(gate: str) -> Step:
    """Hold the application until the client releases the gate."""
    return Step("wait", (gate,))


def body() -> Step:
    """Read the request body as a careful application does."""
    return Step("body")


def content(expected: bytes | None = None) -> Step:
    """Read the content to its end, whether its length is known or not; raise unless it is as expected."""
    return Step("content", () if expected is None else (expected,))


def tries(op: str, *args: Value) -> Step:
    """Perform a step and go on whatever it raises: the journal has that."""
    return Step("try", (Step(op, args),))


def in_turn(*plays: Play) -> Play:
    """Return the play of the first request, with those of later ones behind it."""
    return replace(plays[0], later=plays[1:])
