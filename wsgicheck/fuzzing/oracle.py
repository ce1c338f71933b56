"""The oracle: holds the journal and the wire of one connection against each other and against the model.

It is a judge: it has no socket, no clock and no state. Where the law leaves freedom, either is well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..model.exchange import HttpExchange, Observation
from ..model.fuzzed import Breach, Case, Rule
from . import rules
from .inputs import judge_inputs
from .outcome import Outcome, foresee
from .reading import After, Fate, Reading
from .replies import judge_reply
from .surroundings import judge_environ

PASSING = (408, 413, 414, 429, 431, 503)
"""What a server may answer to anything, by its limits or its load."""


@dataclass(frozen=True)
class Call:
    """One call of the application: its observations, the first of which is ``called``."""

    label: str
    observations: tuple[Observation, ...]

    @property
    def at(self) -> float:
        """When it was called."""
        return self.observations[0].at

    def of(self, *kinds: str) -> tuple[Observation, ...]:
        """Return its observations of these kinds."""
        return tuple(seen for seen in self.observations if seen.kind in kinds)


def judge(
    case: Case, readings: Sequence[Reading], exchange: HttpExchange, strangers: int = 0
) -> tuple[Breach, ...]:
    """Return the rules that a delivery shows broken, each once, in the order of the messages.

    ``strangers`` is how many calls there were whose environ has no ticket.
    """
    breaches: dict[str, Breach] = {}
    for breach in _Judgement(case, readings, exchange, strangers).breaches():
        breaches.setdefault(breach.rule.id, breach)
    return tuple(breaches.values())


def calls_of(exchange: HttpExchange) -> list[Call]:
    """Return the calls of the application, in their order."""
    found: dict[str, list[Observation]] = {}
    for seen in exchange.app.observations:
        if seen.call:
            found.setdefault(seen.call, []).append(seen)
    calls = [
        Call(observations[0].label or "1", tuple(observations))
        for observations in found.values()
        if observations[0].kind == "called"
    ]
    return sorted(calls, key=lambda call: call.at)


class _Judgement:
    def __init__(
        self, case: Case, readings: Sequence[Reading], exchange: HttpExchange, strangers: int
    ) -> None:
        self.case = case
        self.readings = readings
        self.exchange = exchange
        self.strangers = strangers
        self.calls = calls_of(exchange)
        self.lost = bool(readings) and readings[-1].after is After.LOST
        self.called: dict[int, Call] = {}
        """The call of each message, by its position."""
        self.left: list[Call] = []
        self.overrun = False
        """Whether something was served that must not be, which has responses of its own."""
        self._pair()

    def breaches(self) -> Iterator[Breach]:
        forbidden = [*self._forbidden_calls(), *self._calls_behind_close()]
        yield from forbidden
        self.overrun = bool(forbidden)
        yield from self._requests()
        yield from self._replies()

    def _pair(self) -> None:
        waiting = list(self.calls)
        for position, reading in enumerate(self.readings):
            mine = next((call for call in waiting if call.label == reading.label), None)
            if mine is not None:
                waiting.remove(mine)
                self.called[position] = mine
        self.left = waiting

    # ---- calls that must not be ---------------------------------------------------------------------

    def _forbidden_calls(self) -> Iterator[Breach]:
        labels = {reading.label for reading in self.readings}
        for position, reading in enumerate(self.readings):
            if position in self.called and reading.refusal is not None:
                yield Breach(
                    reading.refusal,
                    f"the application was called, though {reading.why}",
                    want="refused",
                    got=self._shown(self.called[position]),
                )
        if self.lost:
            return
        for call in self.left:
            if call.label in labels:
                yield Breach(rules.ONCE, "calls for one request", want="1", got="2")
            else:
                yield Breach(
                    self._cover(),
                    "octets that are no request were served as one",
                    "no call",
                    self._shown(call),
                )
        nameless = sum(reading.label is None or reading.fate is Fate.FREE for reading in self.readings)
        if self.strangers > nameless:
            yield Breach(
                self._cover(),
                "the application was called for octets that are no request",
                "no call",
                "a call",
            )

    def _cover(self) -> Rule:
        """Return the rule by which the octets behind the last message, or within one, are no request."""
        last = self.readings[-1]
        if last.after is After.LAST and last.last is not None:
            return last.last
        return rules.CONTENT_IS_NO_REQUEST

    def _shown(self, call: Call) -> str:
        variables = environ_of(call)
        return f"a call for {variables.get('REQUEST_METHOD', '?')} {variables.get('PATH_INFO', '?')}"

    def _calls_behind_close(self) -> Iterator[Breach]:
        """A server that has sent "close" serves nothing more: told by the clock that both logs share."""
        if self.lost:
            return
        for position, response in enumerate(self.exchange.responses[: len(self.readings)]):
            options = ",".join(response.values("connection")).lower().split(",")
            if "close" not in [option.strip() for option in options] or not response.complete:
                continue
            arrived = self.exchange.wire.received[-1].at if self.exchange.wire.received else 0.0
            for later, call in self.called.items():
                if later > position and call.at > arrived:
                    yield Breach(
                        rules.CLOSE_SENT,
                        'the application was called behind a response with "Connection: close"',
                        want="no call",
                        got=self._shown(call),
                    )

    # ---- calls that must be, and what they were given -----------------------------------------------

    def _requests(self) -> Iterator[Breach]:
        for position, reading in enumerate(self.readings):
            call = self.called.get(position)
            if call is not None and reading.refusal is None:
                yield from judge_environ(reading, environ_of(call))
                yield from judge_inputs(reading, call.observations)
                yield from self._closings(call)
            elif call is None and reading.fate is Fate.SERVED:
                yield from self._not_served(position, reading)
            if call is None and self._was_refused(position):
                return  # where it goes on from here is the server's to say

    def _was_refused(self, position: int) -> bool:
        return position >= len(self.exchange.responses) or self.exchange.responses[position].status >= 400

    def _not_served(self, position: int, reading: Reading) -> Iterator[Breach]:
        if not self.exchange.app.settled:
            return
        if position < len(self.exchange.responses):
            status = self.exchange.responses[position].status
            if status == 0:
                return  # what stands there is told as what it is
            if status in PASSING or (status == 411 and reading.framing == "chunked"):
                return
            rule = rules.SERVED
            if position and self.readings[position - 1].content:
                rule = rules.CONTENT_IS_NO_REQUEST  # it began to read elsewhere than where the content ends
            elif reading.words is not None and reading.words.absolute:
                rule = rules.ABSOLUTE_SERVED
            elif reading.framing == "chunked":
                rule = rules.CHUNKED_SERVED
            yield Breach(
                rule, "a well-formed request did not reach the application", "a call", f"{status} without one"
            )
        elif position == 0 or self.exchange.wire.ended == "timeout":
            yield self._unanswered()

    def _unanswered(self) -> Breach:
        return Breach(
            rules.ANSWERED, "a well-formed request got no response", "a response", self.exchange.wire.ended
        )

    def _closings(self, call: Call) -> Iterator[Breach]:
        outcome = self._outcome(call)
        if outcome is None or not outcome.closable or not call.of("returned"):
            return
        closings = len(call.of("closed"))
        if closings == 0 and self.exchange.app.settled:
            yield Breach(rules.CLOSED, "calls of close()", want="1", got="0")
        elif closings > 1:
            yield Breach(rules.CLOSED_ONCE, "calls of close()", want="1", got=str(closings))

    def _outcome(self, call: Call) -> Outcome | None:
        number = int(call.label) if call.label.isdigit() else 0
        return foresee(self.case.plays[number - 1]) if 0 < number <= len(self.case.plays) else None

    # ---- what came back -----------------------------------------------------------------------------

    def _replies(self) -> Iterator[Breach]:
        responses = self.exchange.responses
        for position, reading in enumerate(self.readings):
            if position >= len(responses):
                yield from self._missing(position, reading)
                return
            response = responses[position]
            call = self.called.get(position)
            outcome = self._outcome(call) if call is not None else None
            if response.status == 0:
                yield from self._not_http(position, reading, call)
                return
            excused = self.exchange.wire.ended in ("reset", "timeout") and not self._is_alone(reading)
            yield from judge_reply(reading, response, outcome, excused)
            if self._is_out_of_order(position, outcome):
                yield Breach(rules.ORDER, "a response belongs to another request of the connection")
            if reading.after is After.LOST or call is None:
                return
            if not response.complete:
                return
        if self.exchange.interim and all(reading.version < (1, 1) for reading in self.readings):
            yield Breach(rules.INTERIM_1_0, "an interim response to an HTTP/1.0 request", "none", "1xx")
        if self.exchange.surplus and self.readings and not self.overrun:
            yield self._surplus(self.exchange.surplus, len(self.readings))

    def _is_alone(self, reading: Reading) -> bool:
        """Whether nothing stood behind the message that a server may have left unread when it closed."""
        return len(self.readings) == 1 and not reading.content and reading.fate is Fate.SERVED

    def _missing(self, position: int, reading: Reading) -> Iterator[Breach]:
        """A request that the application served has no response: a silent close is no error response."""
        call = self.called.get(position)
        outcome = self._outcome(call) if call is not None else None
        if call is None or outcome is None or outcome.fails or not self.exchange.app.settled:
            return
        if not reading.whole or reading.fate is not Fate.SERVED or self.exchange.wire.ended == "reset":
            return
        if outcome.declared is not None and outcome.declared != len(outcome.produced):
            return
        yield Breach(
            rules.ANSWERED,
            "a request that was served got no response",
            "a response",
            self.exchange.wire.ended,
        )

    def _not_http(self, position: int, reading: Reading, call: Call | None) -> Iterator[Breach]:
        """What stands where a response should begin is none: tell whose octets they are."""
        response = self.exchange.responses[position]
        if position > 0:
            yield self._surplus(response.head, position)
        elif reading.version == (1, 1) and call is not None and reading.fate is not Fate.REFUSED:
            yield Breach(
                rules.GRAMMAR, "the response has no status line", "a status line", repr(response.head[:60])
            )

    def _surplus(self, octets: bytes, position: int) -> Breach:
        """Octets behind the end of a response: of a kind that its request or status explains."""
        before, response = self.readings[position - 1], self.exchange.responses[position - 1]
        call = self.called.get(position - 1)
        outcome = self._outcome(call) if call is not None else None
        rule = rules.SURPLUS
        if position == len(self.readings) and before.last is not None and octets.startswith(b"HTTP/1."):
            return Breach(before.last, "what stands behind got a response", "none", repr(octets[:60]))
        if before.method == b"HEAD":
            rule = rules.HEAD_CONTENT
        elif response.status == 204:
            rule = rules.NO_CONTENT_204
        elif response.status == 304:
            rule = rules.CONTENT_304
        elif outcome is not None and outcome.declared is not None:
            if outcome.declared < len(outcome.produced):
                rule = rules.EXCESS
            elif outcome.declared > len(outcome.produced):
                rule = rules.LENGTH_RIGHT  # the shortfall was filled up with what follows
        return Breach(rule, "octets behind the end of a response", "none", repr(octets[:60]))

    def _is_out_of_order(self, position: int, outcome: Outcome | None) -> bool:
        response = self.exchange.responses[position]
        others = [
            self._outcome(call)
            for where, call in self.called.items()
            if where != position and call is not None
        ]
        return (
            outcome is not None
            and bool(response.content)
            and not outcome.produced.startswith(response.content)
            and any(other is not None and other.produced == response.content for other in others)
        )


def environ_of(call: Call) -> dict[str, str]:
    """Return the strings of the environ, as the probe wrote them down."""
    facts = call.observations[0].facts
    environ: dict[str, str] = {}
    for _, key, kind, value in facts.get("environ", []):
        if kind == "str":
            environ[key] = value
    return environ
