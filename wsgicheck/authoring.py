"""The words that a check is written in.

A check is a function that judges one exchange::

    @check(
        "iterable-closed-after-error",
        requires=pep3333.CLOSE,
        play=Play(chunks=(b"first", raises("halfway"))),
    )
    def iterable_closed_after_error(exchange: Exchange) -> None:
        ...

It returns when the duty was done, and calls :func:`expect` (or :func:`fail`), :func:`inconclusive` or
:func:`inapplicable` otherwise. It can do nothing else: no socket, no clock, no file, no state.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from .model.check import Check
from .model.exchange import AppLog, Exchange, HttpExchange, Observation, Response
from .model.law import Requirement
from .model.play import PLAIN_TEXT, Play, Step, Value
from .model.result import Finding, Verdict
from .model.stimulus import (
    AwaitApp,
    Carrier,
    FinishSending,
    HangUp,
    Octets,
    Receive,
    Release,
    Request,
    Send,
    Several,
    Stimulus,
    Visit,
)

__all__ = [
    "PLAIN_TEXT",
    "AppLog",
    "AwaitApp",
    "Carrier",
    "Environ",
    "Exchange",
    "FinishSending",
    "HangUp",
    "HttpExchange",
    "Judged",
    "Observation",
    "Octets",
    "Play",
    "Receive",
    "Release",
    "Request",
    "Response",
    "Send",
    "Several",
    "Step",
    "Visit",
    "application_refused",
    "body",
    "called_once",
    "check",
    "environ_of",
    "expect",
    "fail",
    "gate_passed",
    "inapplicable",
    "inconclusive",
    "perform",
    "raises",
    "response_of",
    "show",
    "starts",
    "waits",
    "whole_response",
    "writes",
]

_PLAIN_WORDS = re.compile(r"[A-Za-z0-9_.:/-]+( [A-Za-z0-9_.:/-]+)*\Z")


class Judged(Exception):
    """How a judge ends early; carries its finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


# ---- the declaration --------------------------------------------------------------------------------


def check(
    id: str,
    *,
    requires: Requirement | tuple[Requirement, ...],
    send: Stimulus | None = None,
    play: Play | None = None,
    control: Stimulus | None = None,
    tempered: str | None = None,
    since: str = "0.1",
) -> Callable[[Callable[[Any], None]], Check]:
    """Declare a check; the decorated function becomes its judge and its docstring its rule.

    Raises ValueError where the function's name is not the id with underscores, or has no docstring:
    one name is the name everywhere.
    """

    def declare(judge: Callable[[Any], None]) -> Check:
        if judge.__name__ != id.replace("-", "_"):
            raise ValueError(f"check {id!r} is judged by {judge.__name__!r}: give both the same name")
        if not judge.__doc__:
            raise ValueError(f"check {id!r} has no docstring: it states the rule, then the harm")
        return Check(
            id=id,
            topic=judge.__module__.rpartition(".")[2].strip("_").replace("_", "-"),
            requires=requires if isinstance(requires, tuple) else (requires,),
            send=send if send is not None else Request(),
            play=play if play is not None else Play(),
            judge=judge,
            doc=judge.__doc__,
            control=control,
            tempered=tempered,
            since=since,
        )

    return declare


# ---- steps of a play --------------------------------------------------------------------------------


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


def writes(octets: bytes) -> Step:
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


# ---- judgements -------------------------------------------------------------------------------------


def show(value: object) -> str:
    """Return a value as a person should read it: control characters escaped, never too long."""
    text = value if isinstance(value, str) and _PLAIN_WORDS.match(value) else repr(value)
    return text if len(text) <= 300 else text[:300] + f"... ({len(text)} characters)"


def expect(condition: bool, what: str, *, want: object, got: object) -> None:
    """Fail with ``what: want X, got Y`` unless the condition holds."""
    if not condition:
        raise Judged(Finding(Verdict.FAIL, what, want=show(want), got=show(got)))


def fail(what: str) -> NoReturn:
    """Fail in words alone."""
    raise Judged(Finding(Verdict.FAIL, what))


def inconclusive(reason: str) -> NoReturn:
    """End without a verdict on the server: what the judgement stands on was not seen."""
    raise Judged(Finding(Verdict.INCONCLUSIVE, reason))


def inapplicable(reason: str) -> NoReturn:
    """End because the server lacks the optional feature."""
    raise Judged(Finding(Verdict.INAPPLICABLE, reason))


@dataclass(frozen=True)
class Environ:
    """The environ of one call: exact types and values. Objects that are no plain values read as ''."""

    types: Mapping[str, str]
    values: Mapping[str, str]
    key_types: Mapping[str, str]

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def __getitem__(self, key: str) -> str:
        """Return the text of a value; a check that fails for its absence says so by itself."""
        if key not in self.values:
            raise Judged(Finding(Verdict.FAIL, f"environ[{key!r}] is missing", want="present", got="absent"))
        return self.values[key]

    def get(self, key: str, default: str = "") -> str:
        """Return the text of a value, or the default."""
        return self.values.get(key, default)

    def type(self, key: str) -> str:
        """Return the exact type of a value, such as ``str`` or ``package.module.Class``."""
        self[key]
        return self.types[key]


def called_once(exchange: Exchange) -> Observation:
    """Return the one call of the application.

    Inconclusive where there was none: the check about environ or header cannot say whose fault that is,
    and the check that a plain request reaches the application exactly once does.
    """
    calls = exchange.app.of("called")
    if not calls:
        status = exchange.response.status if exchange.response else None
        inconclusive(f"the application was not called (the server answered {status})")
    return calls[0]


def environ_of(exchange: Exchange) -> Environ:
    """Return the environ of the first call of the application."""
    items = called_once(exchange).facts["environ"]
    return Environ(
        types={key: kind for _, key, kind, _ in items},
        values={key: value for _, key, _, value in items},
        key_types={key: key_kind for key_kind, key, _, _ in items},
    )


def response_of(exchange: Exchange) -> Response:
    """Return the final response; inconclusive where the client got none."""
    if exchange.response is None:
        inconclusive("the client got no response that can be read")
    return exchange.response


def whole_response(exchange: Exchange) -> Response:
    """Return the final response; inconclusive where it is cut off."""
    response = response_of(exchange)
    if not response.complete:
        inconclusive("the response is cut off")
    return response


def gate_passed(exchange: Exchange, action: str) -> bool:
    """Return whether the client's action of that name was done within its deadline."""
    return any(outcome.done for outcome in exchange.outcomes if outcome.action == action)


def application_refused(exchange: Exchange) -> Response | None:
    """Return the refusal of a request, or None where it was accepted.

    A refusal is a response of 4xx or 5xx, or no response at all, and no call of the application.
    """
    if exchange.app.of("called"):
        return None
    return exchange.response
