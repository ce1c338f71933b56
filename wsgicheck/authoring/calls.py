"""The calls of the application in an exchange."""

from __future__ import annotations

from dataclasses import replace

from ..model.exchange import AppLog, Exchange, Observation
from .judgement import expect, inapplicable, inconclusive


def called_once(exchange: Exchange) -> Observation:
    """Return the one call of the application.

    Inconclusive where there was none: the check about environ or header cannot say whose fault that is,
    and the check that a plain request reaches the application exactly once does. Inapplicable where a
    play's application cannot be imported there, such as one in a framework that is not installed.
    """
    calls = exchange.app.of("called")
    if not calls:
        status = exchange.response.status if exchange.response else None
        inconclusive(f"the application was not called (the server answered {status})")
    for missing in exchange.app.of("application-missing"):
        error = missing.facts["error"]
        inapplicable(
            f"{missing.facts['name']} cannot be imported in the server's interpreter"
            f" ({error['type']}: {error['message']})"
        )
    return calls[0]


def expect_called(exchange: Exchange, what: str) -> None:
    """Fail where a request that must be served did not reach the application, with what the client got.

    ``what`` names the request, as "a request with an empty field value".
    """
    got = exchange.response.status if exchange.response else "a closed connection"
    expect(exchange.app.called, what, want="a call of the application", got=got)


def calls_of(exchange: Exchange, label: str) -> tuple[Observation, ...]:
    """Return the calls of the application for one of several requests."""
    return tuple(call for call in exchange.app.of("called") if call.label == label)


def parts_of(exchange: Exchange) -> tuple[Exchange, ...]:
    """Return what came over each connection of a stimulus with several, each with its own part of the log."""
    found = []
    for number, part in enumerate(exchange.parts, 1):
        own = [seen for seen in exchange.app.observations if seen.label.rstrip("b") == str(number)]
        found.append(replace(part, app=AppLog(tuple(own), exchange.app.settled)))
    return tuple(found)


def gate_passed(exchange: Exchange, action: str) -> bool:
    """Return whether the client's action of that name was done within its deadline."""
    return any(outcome.done for outcome in exchange.outcomes if outcome.action == action)
