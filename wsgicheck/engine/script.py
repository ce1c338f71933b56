"""The client's part of one exchange: what it sends, awaits and leaves undone, on one connection."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import Protocol

from ..model.exchange import AppLog, HttpExchange, Outcome, Response, Segment, WireLog
from ..model.stimulus import (
    Action,
    AwaitApp,
    AwaitEnd,
    FinishSending,
    HangUp,
    Pause,
    Receive,
    Release,
    Send,
    Sip,
    Stimulus,
)
from ..transports.connection import Connection
from ..transports.request_writer import Written, fill
from ..transports.response_reader import ResponseReader
from .room import Room
from .target import Target

CLOSING_SECONDS = 0.5
"""How long a server that was asked to close is given to do so."""
SURPLUS_SECONDS = 0.02
"""How long a kept connection is watched for surplus octets before our FIN asks for its end."""
FIN_SECONDS = 0.3
ASKING_SECONDS = 0.3
"""How long a server may take to close before it is asked further: some read on instead, if more comes."""
SERIAL_SECONDS = 0.1
INTERIM = re.compile(rb"HTTP/1\.[0-9] 1[0-9]{2}")
"""A status line that is not that of the final response (RFC 9110, 15.2)."""
STATUS_OCTETS = len(b"HTTP/1.1 200")
"""So many octets of a status line tell which it is."""
ARRIVING_SECONDS = 0.5
"""What has just arrived shows for so long that more is on its way."""
HASTE = 8
"""By how much an owed wait is shorter for a server that let several of them run out."""
EXCESSIVE_OCTETS = 64 * 1024
"""What is kept of an exchange in which the server sent without end."""
EXCESSIVE_SEGMENTS = 1000


class Stage(Protocol):
    """Where a script is performed, and how patiently."""

    room: Room
    target: Target
    timeout: float
    hasty: bool
    longest: float


class Script:
    """The client's part of one exchange, on one connection."""

    def __init__(self, stage: Stage, written: Written, ticket: str, cut: bytes = b"") -> None:
        self._stage = stage
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
        """Send the octets, perform the actions in order, and read to the end."""
        target = self._stage.target
        began = time.monotonic()
        deadline, self._last = began + self._stage.timeout, began + self._stage.longest
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
        """Return what was sent and received; the application's log is still empty."""
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
            server=self._stage.target.server,
            app=AppLog(),
            response=responses[0] if responses else None,
            outcomes=tuple(self._outcomes),
            wire=wire,
            responses=responses,
            interim=tuple(self._reader.interim),
            surplus=self._reader.surplus[:EXCESSIVE_OCTETS],
            owing=self._owing,
            hasty=bool(self._owing) and self._stage.hasty,
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
            self._stage.room.open_gate(self._ticket, action.gate)
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
        server = self._stage.target.server
        return fill(octets, self._ticket, server.authority, server.scheme)

    def _send(self, octets: bytes) -> bool:
        if not self._cut:
            return self._connection.send(octets)
        return self._connection.send_apart(filter(None, re.split(self._cut, octets)))

    def _await_app(self, action: AwaitApp) -> bool:
        journal = self._stage.room.journal
        seconds = (self._connection.deadline - time.monotonic()) / 2
        if action.seconds is not None:
            seconds = min(seconds, action.seconds)
        if action.count > 1 and self._stage.target.is_serial:
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
        """Read until these octets have come; only a part of the deadline, so that gates still open.

        Where that part is half of it, it may be three quarters while octets arrive: the machine is busy.
        """
        came = self._receive(action)
        self._owing += action.owed and not came
        return came

    def _receive(self, action: Receive) -> bool:
        octets = action.octets
        left = self._connection.deadline - time.monotonic()
        seconds = left / 2
        if action.seconds is not None:
            seconds = min(seconds, action.seconds)
        if action.owed and self._stage.hasty:
            seconds /= HASTE
        limit = time.monotonic() + seconds
        last = limit + left / 4 if seconds == left / 2 else limit
        while True:
            at = self._received.find(octets, self._looked)
            is_told = not action.final or len(self._received) >= at + STATUS_OCTETS
            if at >= 0 and is_told:
                self._looked = at + len(octets)
                if action.final and INTERIM.match(self._received, at):
                    continue
                return True
            if self._connection.ended != "open" or time.monotonic() >= limit:
                return at >= 0
            if self._take(limit):
                limit = max(limit, min(last, time.monotonic() + ARRIVING_SECONDS))

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

    def _take(self, limit: float | None = None, most: int | None = None) -> bool:
        """Take what has come, or comes until then; return whether anything did.

        What comes shows that the server is not mute: the next octets have as long as the first ones had.
        """
        connection = self._connection
        octets = connection.receive(limit, most)
        if octets:
            if connection.deadline < self._last:
                connection.deadline = min(self._last, time.monotonic() + self._stage.timeout)
            self._received += octets
            self._reader.feed(octets)
        return bool(octets)

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
