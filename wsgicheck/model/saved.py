"""Evidence in the words of JSON, both ways: what a report saves, so that it can be judged again.

Nothing is left out and nothing rounded: a judge must find in a saved exchange what it found in the one that
was conducted. Three things keep the file small. What recurs from exchange to exchange (a variable of the
environ, what the server wrote) stands once, and is pointed at by its number; content that came over the wire
as it stands is pointed at there; octets are text, each character an octet, and what is long is compressed.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import zlib
from collections.abc import Mapping
from dataclasses import astuple, replace
from typing import Any, Union

from .exchange import (
    Aftermath,
    AppLog,
    Census,
    Exchange,
    HttpExchange,
    Observation,
    Outcome,
    Response,
    Segment,
    Server,
    WireLog,
)
from .play import Play
from .stimulus import Stimulus

PLAIN_LENGTH = 1500
"""Characters that stand as they are; what is longer is compressed."""
UNPACKED_LIMIT = 64 * 1024 * 1024
"""Octets; nothing that a run keeps is nearly as long, and a report may come from anybody."""
POINTED_LENGTH = 40
"""Octets of a response that are written out; for longer ones their place among the received is enough."""

Text = Union[str, dict[str, Any]]
"""A string; ``{"zlib": base64 of its compressed UTF-8}``; or ``{"received": [start, end]}``.

Octets are strings by way of Latin-1.
"""


class DamagedEvidence(ValueError):
    """What was saved is not as it is written here."""


def digest(send: Stimulus, play: Play) -> str:
    """Return what tells stimuli and plays apart: only a check that asks for an exchange can judge it."""
    return hashlib.sha256(repr((send, play)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Saving:
    """Collects exchanges, each once however many results rest on it."""

    def __init__(self) -> None:
        self.exchanges: list[dict[str, Any]] = []
        self.variables: list[list[str]] = []
        self.outputs: list[Text] = []
        self._number_of: dict[int, int] = {}
        self._kept: list[HttpExchange] = []
        self._variable_of: dict[tuple[str, ...], int] = {}
        self._output_of: dict[str, int] = {}

    def number(self, exchange: HttpExchange, play: Play) -> int:
        """Return the number of an exchange, which is saved the first time."""
        if id(exchange) not in self._number_of:
            self._number_of[id(exchange)] = len(self.exchanges)
            self._kept.append(exchange)  # so that nobody else gets its id
            self.exchanges.append(self._exchange(exchange, play))
        return self._number_of[id(exchange)]

    def document(self) -> dict[str, Any]:
        """Return all that was saved."""
        return {"variables": self.variables, "outputs": self.outputs, "exchanges": self.exchanges}

    def _exchange(self, exchange: HttpExchange, play: Play) -> dict[str, Any]:
        server, wire = exchange.server, exchange.wire
        received = wire.octets_received
        return {
            "stimulus": digest(exchange.request, play),
            "target": _text(exchange.target),
            "ticket": exchange.ticket,
            "server": [
                *(server.host, server.port, server.authority, self._output(server.output)),
                server.scheme,
            ],
            "settled": exchange.app.settled,
            "app": [self._observation(seen) for seen in exchange.app.observations],
            "outcomes": [[each.action, each.done, each.at] for each in exchange.outcomes],
            "response": _same(exchange.response, exchange.responses),
            "responses": [_response(each, received) for each in exchange.responses],
            "interim": [_response(each, received) for each in exchange.interim],
            "surplus": saved_octets(exchange.surplus),
            "sent": [[each.at, saved_octets(each.octets)] for each in wire.sent],
            "received": [[each.at, saved_octets(each.octets)] for each in wire.received],
            "ended": [wire.ended, wire.ended_at, wire.epoch, wire.alerted],
            "parts": [_part(part) for part in exchange.parts],
            "aftermath": _aftermath(exchange.aftermath),
        }

    def _output(self, text: str) -> int:
        if text not in self._output_of:
            self._output_of[text] = len(self.outputs)
            self.outputs.append(_text(text))
        return self._output_of[text]

    def _observation(self, seen: Observation) -> list[Any]:
        facts = dict(seen.facts)
        if _is_environ(facts.get("environ")):
            facts["environ"] = {"variables": [self._variable(tuple(item)) for item in facts["environ"]]}
        facts = _packed(facts)
        return [seen.at, seen.kind, facts, seen.pid, seen.thread, seen.call, seen.label]

    def _variable(self, item: tuple[str, ...]) -> int:
        if item not in self._variable_of:
            self._variable_of[item] = len(self.variables)
            self.variables.append(list(item))
        return self._variable_of[item]


class Saved:
    """What a report has saved; raises DamagedEvidence where that is not what :class:`Saving` wrote."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        try:
            self._variables = [list(map(str, item)) for item in document["variables"]]
            self._outputs = [_read_text(text) for text in document["outputs"]]
            self._exchanges: list[Mapping[str, Any]] = document["exchanges"]
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise DamagedEvidence(f"{type(error).__name__}: {error}") from error
        self._read: dict[int, HttpExchange] = {}

    def stimulus(self, number: int) -> str:
        """Return what :func:`digest` said of the stimulus and the play of an exchange."""
        return str(self._saved(number)["stimulus"])

    def exchange(self, number: int, request: Stimulus) -> HttpExchange:
        """Return an exchange; ``request`` is the stimulus that its digest stands for."""
        if number not in self._read:
            try:
                self._read[number] = self._exchange(self._saved(number), request)
            except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
                raise DamagedEvidence(f"exchange {number}: {type(error).__name__}: {error}") from error
        return self._read[number]

    def _saved(self, number: int) -> Mapping[str, Any]:
        if not isinstance(number, int) or not 0 <= number < len(self._exchanges):
            raise DamagedEvidence(f"there is no exchange {number!r}")
        saved = self._exchanges[number]
        if not isinstance(saved, dict) or "stimulus" not in saved:
            raise DamagedEvidence(f"exchange {number} is none")
        return saved

    def _exchange(self, saved: Mapping[str, Any], request: Stimulus) -> HttpExchange:
        host, port, authority, output, scheme = saved["server"]
        ended, ended_at, epoch, alerted = saved["ended"]
        wire = WireLog(
            tuple(Segment(at, _read_octets(octets)) for at, octets in saved["sent"]),
            tuple(Segment(at, _read_octets(octets)) for at, octets in saved["received"]),
            ended,
            ended_at,
            epoch,
            alerted,
        )
        received = wire.octets_received
        responses = tuple(_read_response(each, received) for each in saved["responses"])
        exchange = HttpExchange(
            request=request,
            target=_read_text(saved["target"]),
            ticket=saved["ticket"],
            server=Server(host, port, authority, self._outputs[output], scheme),
            app=AppLog(tuple(self._read_observation(*seen) for seen in saved["app"]), saved["settled"]),
            response=None if saved["response"] is None else responses[saved["response"]],
            outcomes=tuple(Outcome(*each) for each in saved["outcomes"]),
            responses=responses,
            wire=wire,
            interim=tuple(_read_response(each, received) for each in saved["interim"]),
            surplus=_read_octets(saved["surplus"]),
            aftermath=_read_aftermath(saved["aftermath"]),
        )
        return replace(exchange, parts=_read_parts(saved["parts"], exchange))

    def _read_observation(
        self, at: float, kind: str, facts: dict[str, Any], pid: int, thread: int, call: str, label: str
    ) -> Observation:
        facts = _unpacked(facts)
        environ = facts.get("environ")
        if isinstance(environ, dict) and set(environ) == {"variables"}:
            facts["environ"] = [self._variables[number] for number in environ["variables"]]
        return Observation(at, kind, facts, pid, thread, call, label)


def _part(part: Exchange) -> list[Any]:
    """Return how much of the whole's outcomes and responses is one part's, and how its connection ended."""
    return [len(part.outcomes), len(part.responses), part.ended, _text(part.target), part.ticket]


def _read_parts(saved: list[Any], whole: HttpExchange) -> tuple[Exchange, ...]:
    outcomes, responses = iter(whole.outcomes), iter(whole.responses)
    parts = []
    for outcome_count, response_count, ended, target, ticket, *_ in saved:  # older reports say more
        answers = tuple(itertools.islice(responses, response_count))
        parts.append(
            Exchange(
                request=whole.request,
                target=_read_text(target),
                ticket=ticket,
                server=replace(whole.server, output=""),
                app=AppLog(),
                response=answers[0] if answers else None,
                outcomes=tuple(itertools.islice(outcomes, outcome_count)),
                responses=answers,
                ended=ended,
            )
        )
    return tuple(parts)


def _aftermath(found: Aftermath | None) -> list[Any] | None:
    return None if found is None else list(astuple(found))


def _read_aftermath(saved: list[Any] | None) -> Aftermath | None:
    if saved is None:
        return None
    clients, answered, silent, before, after = saved
    return Aftermath(clients, answered, silent, before and Census(*before), after and Census(*after))


def _is_environ(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(item, list) and len(item) == 4 and all(isinstance(text, str) for text in item)
        for item in value
    )


def _same(response: Response | None, responses: tuple[Response, ...]) -> int | None:
    return None if response is None else responses.index(response)


def _packed(value: Any) -> Any:
    """Return a fact with its long strings compressed."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return [_packed(item) for item in value]
    if isinstance(value, dict):
        return {key: _packed(item) for key, item in value.items()}
    return value


def _unpacked(value: Any) -> Any:
    if isinstance(value, list):
        return [_unpacked(item) for item in value]
    if isinstance(value, dict):
        return _read_text(value) if set(value) == {"zlib"} else {k: _unpacked(v) for k, v in value.items()}
    return value


def _response(response: Response, received: bytes) -> dict[str, Any]:
    return {
        "version": response.version,
        "status": response.status,
        "reason": response.reason,
        "headers": [list(pair) for pair in response.headers],
        "content": _pointed(response.content, received),
        "framing": response.framing,
        "complete": response.complete,
        "faults": list(response.faults),
        "head": _pointed(response.head, received),
    }


def _read_response(saved: Mapping[str, Any], received: bytes) -> Response:
    return Response(
        version=saved["version"],
        status=saved["status"],
        reason=saved["reason"],
        headers=tuple((name, value) for name, value in saved["headers"]),
        content=_read_pointed(saved["content"], received),
        framing=saved["framing"],
        complete=saved["complete"],
        faults=tuple(saved["faults"]),
        head=_read_pointed(saved["head"], received),
    )


def _text(text: str) -> Text:
    if len(text) <= PLAIN_LENGTH:
        return text
    packed = zlib.compress(text.encode("utf-8", "surrogatepass"), 9)
    return {"zlib": base64.b64encode(packed).decode("ascii")}


def _read_text(text: Any) -> str:
    if isinstance(text, str):
        return text
    unpacking = zlib.decompressobj()
    try:
        octets = unpacking.decompress(base64.b64decode(text["zlib"], validate=True), UNPACKED_LIMIT)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if not unpacking.eof:
        raise ValueError("what was compressed is cut short, or longer than anything that a run keeps")
    return octets.decode("utf-8", "surrogatepass")


def saved_octets(octets: bytes) -> Text:
    """Return octets as a report saves them."""
    return _text(octets.decode("latin-1"))


def _read_octets(text: Any) -> bytes:
    return _read_text(text).encode("latin-1")


def _pointed(octets: bytes, received: bytes) -> Text:
    start = received.find(octets) if len(octets) > POINTED_LENGTH else -1
    return saved_octets(octets) if start < 0 else {"received": [start, start + len(octets)]}


def _read_pointed(text: Any, received: bytes) -> bytes:
    if isinstance(text, dict) and "received" in text:
        start, end = text["received"]
        return received[start:end]
    return _read_octets(text)
