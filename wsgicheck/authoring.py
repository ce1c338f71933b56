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

import itertools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from .model.check import Check
from .model.exchange import AppLog, Exchange, HttpExchange, Observation, Response
from .model.law import Requirement
from .model.play import PLAIN_TEXT, Play, Repeated, Step, Value
from .model.result import Finding, Verdict
from .model.stimulus import (
    AwaitApp,
    AwaitEnd,
    Carrier,
    FinishSending,
    HangUp,
    Leaving,
    Octets,
    Pause,
    Receive,
    Release,
    Request,
    Segmented,
    Send,
    Session,
    Several,
    Sip,
    Stimulus,
    Storm,
    Visit,
)

__all__ = [
    "PLAIN_TEXT",
    "AppLog",
    "AwaitApp",
    "AwaitEnd",
    "Carrier",
    "Environ",
    "Exchange",
    "FinishSending",
    "HangUp",
    "HttpExchange",
    "Judged",
    "Leaving",
    "Observation",
    "Octets",
    "Pause",
    "Play",
    "Reading",
    "Receive",
    "Release",
    "Repeated",
    "Request",
    "Response",
    "Segmented",
    "Send",
    "Session",
    "Several",
    "Sip",
    "Step",
    "Storm",
    "Visit",
    "announces_close",
    "body",
    "called_once",
    "calls_of",
    "check",
    "content",
    "content_refused",
    "ended_by_server",
    "environ_of",
    "environ_of_call",
    "expect",
    "expect_content",
    "expect_no_fault",
    "expect_octets",
    "fail",
    "gate_passed",
    "inapplicable",
    "inconclusive",
    "needs_http_1_1",
    "needs_plain",
    "needs_tls",
    "no_success",
    "octets",
    "parts_of",
    "perform",
    "raises",
    "readings",
    "reads_of",
    "refused",
    "response_of",
    "show",
    "starts",
    "tries",
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


# ---- judgements -------------------------------------------------------------------------------------


def show(value: object) -> str:
    """Return a value as a person should read it: control characters escaped, never too long."""
    text = value if isinstance(value, str) and _PLAIN_WORDS.match(value) else repr(value)
    return text if len(text) <= 300 else text[:300] + f"... ({len(text)} characters)"


def expect(condition: bool, what: str, *, want: object, got: object) -> None:
    """Fail with ``what: want X, got Y`` unless the condition holds."""
    if not condition:
        raise Judged(Finding(Verdict.FAIL, what, want=show(want), got=show(got)))


def expect_octets(what: str, *, want: bytes, got: bytes) -> None:
    """Fail unless these are the same octets, showing where they part and how many there are."""
    if want != got:
        at = next((n for n, pair in enumerate(zip(want, got, strict=False)) if pair[0] != pair[1]), -1)
        at = at if at >= 0 else min(len(want), len(got))
        raise Judged(
            Finding(
                Verdict.FAIL,
                f"{what} from octet {at}",
                want=f"{want[at : at + 24]!r} ({len(want)} octets)",
                got=f"{got[at : at + 24]!r} ({len(got)} octets)",
            )
        )


def fail(what: str) -> NoReturn:
    """Fail in words alone."""
    raise Judged(Finding(Verdict.FAIL, what))


def inconclusive(reason: str) -> NoReturn:
    """End without a verdict on the server: what the judgement stands on was not seen."""
    raise Judged(Finding(Verdict.INCONCLUSIVE, reason))


def inapplicable(reason: str) -> NoReturn:
    """End because the server lacks the optional feature."""
    raise Judged(Finding(Verdict.INAPPLICABLE, reason))


def needs_tls(exchange: Exchange) -> None:
    """End as inapplicable unless the connection is secured by TLS."""
    if exchange.server.scheme != "https":
        inapplicable("the connection is not secured by TLS: say --tls")


def needs_plain(exchange: Exchange) -> None:
    """End as inapplicable where the connection is secured by TLS."""
    if exchange.server.scheme == "https":
        inapplicable("the connection is secured by TLS")


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

    def lacks(self, key: str) -> bool:
        """Return whether a variable has no value: it is absent, empty or None."""
        return self.values.get(key, "") == "" or self.types[key] == "NoneType"

    def type(self, key: str) -> str:
        """Return the exact type of a value, such as ``str`` or ``package.module.Class``."""
        self[key]
        return self.types[key]


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


def environ_of(exchange: Exchange) -> Environ:
    """Return the environ of the first call of the application."""
    return environ_of_call(called_once(exchange))


def environ_of_call(call: Observation) -> Environ:
    """Return the environ of one call, where an exchange has several."""
    items = call.facts["environ"]
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


def expect_content(exchange: Exchange, content: bytes) -> Response:
    """Return the response of an application that succeeded; fail where it has other content.

    A body whose framing cannot be followed says nothing about its content: then it is inconclusive.
    """
    called_once(exchange)
    response = exchange.response
    if response is None:
        fail("the client got no response to what the application returned")
    expect(200 <= response.status < 300, "status", want="a success", got=response.status)
    if response.content != content:
        broken = [fault for fault in response.faults if not fault.startswith("the connection ")]
        if broken:
            inconclusive("the response cannot be read: " + "; ".join(broken))
        pairs = enumerate(zip(response.content, content, strict=False))
        shorter = min(len(response.content), len(content))
        at = next((at for at, (got, want) in pairs if got != want), shorter)
        start = max(0, at - 40) if len(content) > 200 else 0
        where = f", {len(content)} octets, from octet {start}" if start else ""
        expect(False, "content" + where, want=content[start:][:200], got=response.content[start:][:200])
    return response


def gate_passed(exchange: Exchange, action: str) -> bool:
    """Return whether the client's action of that name was done within its deadline."""
    return any(outcome.done for outcome in exchange.outcomes if outcome.action == action)


def no_success(exchange: Exchange, after: str) -> Response | None:
    """Fail where the client took a response for a success, or waits for ever, after the application failed.

    An error response and a connection that ends without one are both fair: the latter returns None.
    """
    called_once(exchange)
    response = exchange.response
    if response is None:
        expect(exchange.ended != "timeout", f"after {after}", want="an error, or the end", got="silence")
        return None
    if "the connection ended within the head" in response.faults:
        return None  # nobody takes that for an answer
    got = response.status or "no status line"
    expect(response.status >= 400, f"the status after {after}", want="an error", got=got)
    return response


# ---- readings of wsgi.input -------------------------------------------------------------------------


def tries(op: str, *args: Value) -> Step:
    """Perform a step and go on whatever it raises: the journal has that."""
    return Step("try", (Step(op, args),))


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


# ---- octets -----------------------------------------------------------------------------------------


def octets(
    method: str = "GET", *fields: str, label: str = "", version: str = "HTTP/1.1", body: bytes = b""
) -> bytes:
    """Return the octets of one request of a connection: ``label`` tells several apart (``2``, ``3``, ...).

    The fields stand behind ``Host`` and the ticket. A body is framed by one of them.
    """
    ticket = "{ticket}" + (f"-{label}" if label else "")
    lines = (f"{method} / {version}", "Host: {authority}", f"X-Wsgicheck-Ticket: {ticket}", *fields)
    return "".join(line + "\r\n" for line in lines).encode("latin-1") + b"\r\n" + body


def expect_no_fault(response: Response, *beginnings: str) -> None:
    """Fail where the reader found a fault in the octets: of these kinds, or of any but an early end."""
    for fault in response.faults:
        if fault.startswith(beginnings) if beginnings else not fault.startswith("the connection "):
            fail(f"the response is malformed: {fault}")


def announces_close(response: Response) -> bool:
    """Return whether the response has the ``close`` connection option (RFC 9112 9.6)."""
    options = ",".join(response.values("connection")).lower().split(",")
    return "close" in [option.strip(" \t") for option in options]


def ended_by_server(exchange: HttpExchange) -> bool:
    """Return whether the server closed the connection, before our FIN asked for it."""
    return exchange.wire.ended in ("eof", "reset")


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


# ---- malformed requests -----------------------------------------------------------------------------


def refused(exchange: HttpExchange, want: int | None = None, *, by_any_error: bool = False) -> None:
    """Expect that a malformed request was refused: neither it nor what came behind it ran.

    A refusal is an answer of 4xx, 501 or 505, or a connection closed without one; where the law names a
    status (``want``), it is an answer with that status. Another 5xx is a crash, but a refusal all the same
    where the law says no more than "reject" (``by_any_error``).

    The words of a fail tell apart what a status alone cannot: accepted ("a call, and 200 as answer"),
    refused when it had run ("400 as answer, but a call, too"), run more than once ("2 calls"), and smuggled
    ("a request of their own"). Content that is read to beyond its fault is for ``content_refused``.
    """
    response = exchange.response
    status = response.status if response and response.status else "nothing that can be read"
    labels = [call.label for call in exchange.app.of("called")]
    calls = sum(label in ("", "1") for label in labels)
    if calls:
        expect(False, "the malformed request", want="a refusal", got=_accepted(calls, status))
    if labels:
        expect(False, "the octets behind the malformed request", want="no call", got="a request of their own")
    if response is None or not response.status:
        if exchange.wire.ended in ("timeout", "open"):
            expect(False, "the malformed request", want="an answer or a close", got="neither")
        if want and exchange.wire.ended == "reset":
            inconclusive("the connection was reset, and an answer may have been lost with it")
        expect(want is None, "answer to the malformed request", want=want, got=status)
    elif want:
        expect(response.status == want, "answer to the malformed request", want=want, got=status)
    else:
        found = 300 < response.status < (600 if by_any_error else 500) or response.status in (501, 505)
        expect(found, "answer to the malformed request", want=400, got=status)


def _accepted(calls: int, status: int | str) -> str:
    """Say how a request that was to be refused ran: more than once, before its refusal, or as any other."""
    if calls > 1:
        return f"{calls} calls, and {status} as answer"
    if isinstance(status, int) and status >= 400:
        return f"{status} as answer, but a call, too"
    return f"a call, and {status} as answer"


def content_refused(exchange: HttpExchange, behind: str) -> None:
    """Expect that malformed content was read no further than to its fault.

    ``behind`` is what stands behind the fault: an application that gets it has a server that forgave the
    fault. So has one that is called for the request behind it all. An end without an error is no proof.
    """
    for seen in exchange.app.of("content"):
        if seen.label in ("", "1") and seen.facts["error"] is None and behind in seen.facts["content"]:
            got = seen.facts["content"]
            expect(False, "content with a fault", want=f"nothing of what is behind it ({behind})", got=got)
    for call in exchange.app.of("called"):
        found = call.label in ("", "1")
        expect(found, "what is behind the malformed content", want="no call", got="a request of its own")


def needs_http_1_1(exchange: HttpExchange) -> None:
    """End as inapplicable where a server answers the HTTP/1.1 request as one that knows HTTP/1.0 alone."""
    if exchange.response is not None and exchange.response.version == "HTTP/1.0":
        inapplicable("the server implements HTTP/1.0, which has no such rule")
