"""Conducts one exchange: delivers a stimulus, performs the client's part, collects the wire."""

from __future__ import annotations

import re
import ssl
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..model.exchange import AppLog, HttpExchange, Outcome, Response, Segment, Server, WireLog
from ..model.play import Play
from ..model.stimulus import (
    Action,
    AwaitApp,
    AwaitEnd,
    Carrier,
    FinishSending,
    HangUp,
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
from ..transports.connection import Address, Connection
from ..transports.request_writer import Written, fill, write_octets, write_request
from ..transports.response_reader import ResponseReader
from .room import Room
from .storm import raise_storm

CLOSING_SECONDS = 0.5
"""How long a server that was asked to close is given to do so."""
SURPLUS_SECONDS = 0.02
"""How long a kept connection is watched for surplus octets before our FIN asks for its end."""
FIN_SECONDS = 0.3
ASKING_SECONDS = 0.3
"""How long a server may take to close before it is asked further: some read on instead, if more comes."""
SERIAL_SECONDS = 0.1
HASTE = 8
"""By how much an owed wait is shorter for a server that let several of them run out."""
IMPATIENT_SECONDS = 1.0
"""How long each of several ways to send may take where one before was left without an answer."""
EXCESSIVE_OCTETS = 64 * 1024
"""What is kept of an exchange in which the server sent without end."""
EXCESSIVE_SEGMENTS = 1000


@dataclass(frozen=True)
class Delivery:
    """One exchange to be conducted: what many checks may share."""

    send: Stimulus
    play: Play


@dataclass(frozen=True)
class Target:
    """Where to deliver: the address, the authority of ``Host``, the carriers that came through."""

    address: Address
    server: Server
    carriers: tuple[Carrier, ...] = (Carrier.HEADER,)
    tls: ssl.SSLContext | None = None
    root_pid: int | None = None
    """The process whose descendants are the server's, where they are to be counted."""
    is_serial: bool = False
    """Whether the server was seen to serve one request at a time: overlaps are not waited for long then."""

    def carrier(self, wanted: Carrier) -> Carrier:
        """Return the carrier to use: the wanted one, or the first that reached the application."""
        return self.carriers[0] if wanted is Carrier.ANY else wanted


class Conductor:
    """Conducts exchanges with one server; safe to use from several threads at once."""

    def __init__(self, room: Room, target: Target, timeout: float, hasty: bool = False) -> None:
        self.room = room
        self.target = target
        self.timeout = timeout
        self.hasty = hasty
        """Whether owed waits are shortened (see ``Receive``)."""

    def within(self, timeout: float, hasty: bool = False) -> Conductor:
        """Return a conductor of the same server with another timeout."""
        return Conductor(self.room, self.target, timeout, hasty)

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
        script = _Script(self, self._write(send, ticket), ticket)
        script.run(send.then)
        return script.exchange(send)

    def collect(self, exchange: HttpExchange, settled: bool) -> HttpExchange:
        """Return the exchange with what the application has journalled by now."""
        seen = self.room.journal.of(exchange.ticket)
        return replace(exchange, app=AppLog(seen, settled))

    def _several(self, several: Several, ticket: str) -> HttpExchange:
        """Deliver one request several times: each with its label, all logs in one exchange."""
        scripts = [
            _Script(self, self._write(several.request, f"{ticket}-{number}"), ticket)
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
            for script in scripts:
                script.run(several.request.then)
        return _merged([script.exchange(several) for script in scripts])

    def _segmented(self, segmented: Segmented, ticket: str) -> HttpExchange:
        """Deliver the same octets in several ways.

        What is refused, or not answered to the end, in the first way would tell nothing in the others, which
        are left out then. Once one was in vain, the others get less time.
        """
        exchanges: list[HttpExchange] = []
        conductor = self
        for number, cut in enumerate(segmented.cuts, 1):
            script = _Script(conductor, self._write(segmented.octets, f"{ticket}-{number}"), ticket, cut)
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
            script = _Script(self, self._write(request, f"{ticket}-plain"), ticket)
            script.run(request.then)
            return script.exchange(storm)

        target = self.target
        filled = replace(
            storm,
            octets=fill(storm.octets, f"{ticket}-storm", target.server.authority),
            rest=fill(storm.rest, f"{ticket}-storm", target.server.authority),
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


class _Script:
    """The client's part of one exchange, on one connection."""

    def __init__(self, conductor: Conductor, written: Written, ticket: str, cut: bytes = b"") -> None:
        self._conductor = conductor
        self._written = written
        self._ticket = ticket
        self._cut = cut
        self._outcomes: list[Outcome] = []
        self._received = bytearray()
        self._looked = 0
        self._owing = 0
        self._keeps = False
        self._reader = ResponseReader(written.methods)

    def run(self, then: tuple[Action, ...]) -> None:
        conductor = self._conductor
        target = conductor.target
        deadline = time.monotonic() + conductor.timeout
        self._connection = Connection(
            target.address, deadline, self._written.source, target.tls, self._written.window
        )
        self._send(self._written.octets)
        for action in then:
            done = self._perform(action)
            self._outcomes.append(Outcome(_name(action), done, time.monotonic()))
        self._read_to_the_end()
        self._wire = self._connection.close()
        if not self._reader.done:
            self._reader.finish(orderly=self._wire.ended == "eof")

    def exchange(self, send: Stimulus) -> HttpExchange:
        responses: tuple[Response, ...] = tuple(self._reader.responses)
        wire: WireLog = self._wire
        if wire.ended == "limit":
            wire = replace(wire, received=_beginning(wire.received))
            responses = tuple(
                replace(response, content=response.content[:EXCESSIVE_OCTETS]) for response in responses
            )
        return HttpExchange(
            request=send,
            target=self._written.target,
            ticket=self._ticket,
            server=self._conductor.target.server,
            app=AppLog(),
            response=responses[0] if responses else None,
            outcomes=tuple(self._outcomes),
            wire=wire,
            responses=responses,
            interim=tuple(self._reader.interim),
            surplus=self._reader.surplus[:EXCESSIVE_OCTETS],
            owing=self._owing,
            hasty=bool(self._owing) and self._conductor.hasty,
        )

    def _perform(self, action: Action) -> bool:
        if isinstance(action, Send):
            return self._send(self._filled(action.octets))
        if isinstance(action, Receive):
            return self._receive_until(action)
        if isinstance(action, AwaitApp):
            return self._await_app(action)
        if isinstance(action, Sip):
            return self._sip(action)
        if isinstance(action, Release):
            self._conductor.room.open_gate(self._ticket, action.gate)
            return True
        if isinstance(action, HangUp):
            self._connection.hang_up()
            return True
        if isinstance(action, Pause):
            time.sleep(action.seconds)
            return True
        if isinstance(action, AwaitEnd):
            return self._await_end(action)
        assert isinstance(action, FinishSending)
        self._connection.finish_sending(action.alert)
        return True

    def _filled(self, octets: bytes) -> bytes:
        server = self._conductor.target.server
        return fill(octets, self._ticket, server.authority, server.scheme)

    def _send(self, octets: bytes) -> bool:
        if not self._cut:
            return self._connection.send(octets)
        return self._connection.send_apart(filter(None, re.split(self._cut, octets)))

    def _await_app(self, action: AwaitApp) -> bool:
        journal = self._conductor.room.journal
        seconds = (self._connection.deadline - time.monotonic()) / 2
        if action.seconds is not None:
            seconds = min(seconds, action.seconds)
        if action.count > 1 and self._conductor.target.is_serial:
            seconds = min(seconds, SERIAL_SECONDS)
        return journal.wait(
            lambda: journal.count(self._ticket, action.kind) >= action.count, time.monotonic() + seconds
        )

    def _await_end(self, action: AwaitEnd) -> bool:
        """Read to the end of the connection; return whether the server brought it about."""
        now = time.monotonic()
        limit = now + min(action.seconds, (self._connection.deadline - now) / 2)
        asking_at = min(limit, now + ASKING_SECONDS) if action.asking else limit
        while self._connection.ended == "open" and (now := time.monotonic()) < limit:
            if b"HTTP/1." in self._reader.surplus:  # other octets behind a response are no answer
                break
            if now >= asking_at and self._reader.done:
                self._send(self._filled(action.asking))
                asking_at = limit
            self._take(asking_at if now < asking_at else limit)
        self._keeps = self._connection.ended == "open"
        return self._connection.ended in ("eof", "reset")

    def _receive_until(self, action: Receive) -> bool:
        """Read until these octets have come; only a part of the deadline, so that gates still open."""
        came = self._receive(action)
        self._owing += action.owed and not came
        return came

    def _receive(self, action: Receive) -> bool:
        octets = action.octets
        seconds = (self._connection.deadline - time.monotonic()) / 2
        if action.seconds is not None:
            seconds = min(seconds, action.seconds)
        if action.owed and self._conductor.hasty:
            seconds /= HASTE
        limit = time.monotonic() + seconds
        while True:
            at = self._received.find(octets, self._looked)
            if at >= 0:
                self._looked = at + len(octets)
                return True
            if self._connection.ended != "open" or time.monotonic() >= limit:
                return False
            self._take(limit)

    def _sip(self, action: Sip) -> bool:
        """Read slowly. Half of the deadline is left for reading on."""
        limit = time.monotonic() + (self._connection.deadline - time.monotonic()) / 2
        for _ in range(action.times):
            if self._connection.ended != "open" or time.monotonic() >= limit:
                return False
            self._take(limit, action.octets)
            time.sleep(action.pause)
        if self._written.window is not None:
            self._connection.widen()  # what follows is not to take a thousand turns on a busy machine
        return True

    def _take(self, limit: float | None = None, most: int | None = None) -> None:
        octets = self._connection.receive(limit, most)
        if octets:
            self._received += octets
            self._reader.feed(octets)

    def _read_to_the_end(self) -> None:
        """Read every expected response, then what follows, up to the end of the connection.

        A server that was asked to close is given time for it. Elsewhere our FIN is the barrier: the
        server's end comes behind everything that it still had to say. A connection that only our FIN
        ended counts as left ``open`` by the server.
        """
        while self._connection.ended == "open" and not self._reader.done:
            self._take()
        closing = _asks_to_close(self._connection.octets_sent) or self._announced_close()
        self._take_for(CLOSING_SECONDS if closing and not self._keeps else SURPLUS_SECONDS)
        if self._connection.ended == "open":
            self._connection.finish_sending()
            self._take_for(FIN_SECONDS)
            self._connection.left_open = True

    def _announced_close(self) -> bool:
        """Whether the last response says that the server closes behind it."""
        responses = self._reader.responses
        options = ",".join(responses[-1].values("connection")).lower() if responses else ""
        return "close" in options

    def _take_for(self, seconds: float) -> None:
        limit = time.monotonic() + seconds
        while self._connection.ended == "open" and time.monotonic() < limit:
            self._take(limit)


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


def _beginning(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Return the first octets of a server that sent without end: they show what it did."""
    kept: list[Segment] = []
    left = EXCESSIVE_OCTETS
    for segment in segments[:EXCESSIVE_SEGMENTS]:
        kept.append(Segment(segment.at, segment.octets[:left]))
        left -= len(segment.octets)
        if left <= 0:
            break
    return tuple(kept)


def _asks_to_close(sent: bytes) -> bool:
    """Return whether the server is to close: the client said so, or speaks HTTP/1.0 (RFC 9112 9.3)."""
    if re.search(rb"\r\nconnection:[^\r\n]*close", sent, re.I):
        return True
    return b" HTTP/1.0\r\n" in sent and not re.search(rb"\r\nconnection:[^\r\n]*keep-alive", sent, re.I)


def _name(action: Action) -> str:
    """Return the action's name in an outcome: its class, and what tells it apart."""
    if isinstance(action, Receive):
        return "receive " + action.octets.decode("latin-1")
    if isinstance(action, Release):
        return "release " + action.gate
    if isinstance(action, AwaitApp):
        return "await " + action.kind
    names = {
        Send: "send",
        HangUp: "hang up",
        FinishSending: "finish sending",
        AwaitEnd: "await end",
        Pause: "pause",
        Sip: "sip",
    }
    return names[type(action)]
