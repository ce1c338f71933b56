"""Conducts one exchange: delivers a stimulus, performs the client's part, collects the wire."""

from __future__ import annotations

import contextlib
import functools
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..model.exchange import AppLog, HttpExchange, Segment, WireLog
from ..model.play import Play
from ..model.stimulus import (
    Octets,
    Request,
    Segmented,
    Session,
    Several,
    Stimulus,
    Storm,
    Visit,
)
from ..transports.connection import Connection
from ..transports.request_writer import Written, fill, write_octets, write_request
from .room import Room
from .script import Script
from .storm import raise_storm
from .target import Target

UNANSWERED = 3
"""After so many without an answer, the rest of several requests that have a time of their own is left out."""
IMPATIENT_SECONDS = 1.0
"""How long each of several ways to send may take where one before was left without an answer."""


@dataclass(frozen=True)
class Delivery:
    """One exchange to be conducted: what many checks may share."""

    send: Stimulus
    play: Play

    def __hash__(self) -> int:
        return self._hash

    @functools.cached_property
    def _hash(self) -> int:
        """Made once: plays are deep, and every record of a run is kept under a delivery."""
        return hash((self.send, self.play))

    @property
    def is_alone(self) -> bool:
        """Whether it is conducted with nothing beside it, and behind what may have company."""
        send = self.send
        wants_all = isinstance(send, Several) and send.alone
        has_company = isinstance(send, Octets) and send.beside is not None
        return isinstance(send, Storm) or wants_all or has_company or self.play.may_end_worker


class Conductor:
    """Conducts exchanges with one server; safe to use from several threads at once.

    ``timeout`` is how long one exchange may take, in seconds. Nothing is raised for what the server does: how
    its connection ended says it (see ``WireLog.ended``).
    """

    def __init__(
        self, room: Room, target: Target, timeout: float, hasty: bool = False, longest: float = 0.0
    ) -> None:
        self.room = room
        self.target = target
        self.timeout = timeout
        self.hasty = hasty
        """Whether owed waits are shortened (see ``Receive``)."""
        self.longest = max(timeout, longest)
        """How long an exchange may take while octets arrive: a shortened timeout is one of silence."""

    def within(self, timeout: float, hasty: bool = False, longest: float = 0.0) -> Conductor:
        """Return a conductor of the same server with another timeout, in seconds."""
        return Conductor(self.room, self.target, timeout, hasty, longest)

    def conduct(self, delivery: Delivery) -> HttpExchange:
        """Conduct one exchange to its end. Its application log is added when it has settled."""
        return self.deliver(delivery.send, self.room.put_play(delivery.play))

    def deliver(self, send: Stimulus, ticket: str) -> HttpExchange:
        """Deliver a stimulus whose play already lies in the room under this ticket."""
        if isinstance(send, Visit):
            return self._visit(send, ticket)
        if isinstance(send, Session):
            return self._session(send, ticket)
        if isinstance(send, Several):
            return self._several(send, ticket)
        if isinstance(send, Segmented):
            return self._segmented(send, ticket)
        if isinstance(send, Storm):
            return self._storm(send, ticket)
        script = Script(self, self._write(send, ticket), ticket)
        with self._beside(send):
            script.run(send.then)
        return script.exchange(send)

    @contextlib.contextmanager
    def _beside(self, send: Request | Octets) -> Iterator[None]:
        """Hold the other connection open that a stimulus asks for, where the server speaks TLS."""
        beside = send.beside if isinstance(send, Octets) else None
        if beside is None or self.target.tls is None:
            yield
            return
        deadline = time.monotonic() + self.timeout
        tls = self.target.tls if beside.greets else None
        opened = Connection(self.target.address, deadline, tls=tls)
        opened.send(beside.octets)
        try:
            yield
        finally:
            opened.close()

    def collect(self, exchange: HttpExchange, settled: bool) -> HttpExchange:
        """Return the exchange with what the application has journalled by now."""
        seen = self.room.journal.of(exchange.ticket)
        return replace(exchange, app=AppLog(seen, settled))

    def _several(self, several: Several, ticket: str) -> HttpExchange:
        """Deliver one request several times: each with its label, all logs in one exchange."""
        conductor = self if several.seconds is None else self.within(min(self.timeout, several.seconds))
        scripts = [
            Script(conductor, self._write(several.request, f"{ticket}-{number}"), ticket)
            for number in range(1, several.times + 1)
        ]
        if several.at_once:
            threads = [
                threading.Thread(target=script.run, args=(several.request.then,), daemon=True)
                for script in scripts
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        else:
            unanswered = 0
            for number, script in enumerate(scripts, 1):
                script.run(several.request.then)
                unanswered += script.exchange(several).wire.ended == "timeout"
                if several.seconds is not None and unanswered == UNANSWERED:
                    scripts = scripts[:number]
                    break
        return _merged([script.exchange(several) for script in scripts])

    def _segmented(self, segmented: Segmented, ticket: str) -> HttpExchange:
        """Deliver the same octets in several ways.

        What is refused, or not answered to the end, in the first way would tell nothing in the others, which
        are left out then. Once one was in vain, the others get less time.
        """
        exchanges: list[HttpExchange] = []
        conductor = self
        for number, cut in enumerate(segmented.cuts, 1):
            script = Script(conductor, self._write(segmented.octets, f"{ticket}-{number}"), ticket, cut)
            script.run(segmented.octets.then)
            exchanges.append(script.exchange(segmented))
            answers = [answer.complete and answer.status < 400 for answer in exchanges[-1].responses]
            if number == 1 and (len(answers) < len(segmented.octets.methods) or not all(answers)):
                break
            if exchanges[-1].wire.ended == "timeout":
                conductor = self.within(min(self.timeout, IMPATIENT_SECONDS))
        return _merged(exchanges)

    def _storm(self, storm: Storm, ticket: str) -> HttpExchange:
        """Raise a storm; the exchange is that of the last plain request."""

        def plain() -> HttpExchange:
            request = Request()
            script = Script(self.within(self.longest), self._write(request, f"{ticket}-plain"), ticket)
            script.run(request.then)
            return script.exchange(storm)

        target = self.target
        filled = replace(
            storm,
            octets=fill(storm.octets, f"{ticket}-storm", target.server.authority),
            rest=fill(storm.rest, f"{ticket}-storm", target.server.authority),
            others=tuple(
                fill(octets, f"{ticket}-{number}", target.server.authority)
                for number, octets in enumerate(storm.others, 2)
            ),
        )
        return raise_storm(filled, target.address, target.root_pid, self.timeout, plain)

    def _write(self, send: Request | Octets, ticket: str) -> Written:
        authority = self.target.server.authority
        if isinstance(send, Octets):
            return write_octets(send, ticket, authority, self.target.server.scheme)
        return write_request(send, ticket, authority, self.target.carrier(send.carrier))

    def _visit(self, visit: Visit, ticket: str) -> HttpExchange:
        from ..transports.ordinary_client import visit_server  # requests takes 0.1 s to import

        target = self.target
        wire, response = visit_server(target.address, visit, ticket, self.timeout, target.tls)
        return HttpExchange(
            request=visit,
            target=visit.target,
            ticket=ticket,
            server=self.target.server,
            app=AppLog(),
            response=response,
            wire=wire,
            responses=(response,) if response else (),
        )

    def _session(self, session: Session, ticket: str) -> HttpExchange:
        """Let each client make its visits; all of them together are one exchange."""
        from ..transports.ordinary_client import OrdinaryClient

        target = self.target
        clients = [
            OrdinaryClient(target.address, self.timeout, target.tls, session.follows)
            for _ in range(session.clients)
        ]

        def visit(number: int, client: OrdinaryClient) -> None:
            first = number * len(session.visits) + 1
            labels = [f"{ticket}-{first + at}" for at in range(len(session.visits))]
            client.visit_all([visit.by_client(number + 1) for visit in session.visits], labels)

        threads = [
            threading.Thread(target=visit, args=numbered, daemon=True) for numbered in enumerate(clients)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        wires = [connection.close() for client in clients for connection in client.connections]
        responses = tuple(response for client in clients for response in client.responses)
        return HttpExchange(
            request=session,
            target=session.visits[0].target,
            ticket=ticket,
            server=target.server,
            app=AppLog(),
            response=next((response for response in responses if response.status), None),
            wire=_joined(wires),
            responses=responses,
        )


def _merged(exchanges: list[HttpExchange]) -> HttpExchange:
    """Return several exchanges of one ticket as one, their octets merged by time."""
    return replace(
        exchanges[0],
        outcomes=tuple(outcome for exchange in exchanges for outcome in exchange.outcomes),
        wire=_joined([exchange.wire for exchange in exchanges]),
        responses=tuple(response for exchange in exchanges for response in exchange.responses),
        interim=tuple(response for exchange in exchanges for response in exchange.interim),
        parts=tuple(exchange.without_wire() for exchange in exchanges),
    )


def _joined(wires: list[WireLog]) -> WireLog:
    """Return several connections as one, their octets merged by time; its end is that of the last."""

    def in_order(segments: Iterable[Segment]) -> tuple[Segment, ...]:
        return tuple(sorted(segments, key=lambda segment: segment.at))

    if not wires:
        return WireLog()
    return replace(
        wires[-1],
        sent=in_order(segment for wire in wires for segment in wire.sent),
        received=in_order(segment for wire in wires for segment in wire.received),
    )
