"""One connection to the server under test: raw octets both ways, each with its time."""

from __future__ import annotations

import socket
import ssl
import struct
import time
from collections.abc import Iterable
from typing import Union

from ..model.exchange import Segment, WireLog
from .peer_queue import PeerQueue
from .secure_socket import SecureSocket

RECEIVE_OCTETS = 256 * 1024
WIDE_OCTETS = 1024 * 1024
RECEIVED_LIMIT = 8 * 1024 * 1024
"""Octets; a server that sends more in one exchange is cut off."""
SEGMENTS_LIMIT = 20_000
"""Segments; so is one that sends a flood of single octets."""
TAKEN_SECONDS = 0.05
"""How long the peer is given to take a segment before the next one follows all the same."""
APART_SECONDS = 1.0
"""How long all segments together may wait for that."""
KNOCK_SECONDS = 0.2
"""How long one attempt to connect may take: on loopback the kernel answers at once, if at all."""
POLL_SECONDS = 0.000_05
UNKNOWN_SECONDS = 0.002
"""What is waited between two segments where the kernel does not tell what the peer has taken."""

Address = Union[tuple[str, int], str]
"""A host and port, or the path of a UNIX socket."""


class Connection:
    """A socket with a log and a deadline. Every wait ends at ``deadline`` (seconds, monotonic).

    With ``tls`` it speaks TLS, and the log holds what went through it in the clear. ``source`` is the address
    of ours to come from, ``window`` the size of our receive buffer in octets. Nothing is raised for what the
    peer does, not even for a refusal: ``ended`` says how it went (see ``WireLog.ended``).
    """

    def __init__(
        self,
        address: Address,
        deadline: float,
        source: str | None = None,
        tls: ssl.SSLContext | None = None,
        window: int | None = None,
    ) -> None:
        self.deadline = deadline
        self._sent: list[Segment] = []
        self._received: list[Segment] = []
        self._count = 0
        self.ended = "open"
        self.ended_at = 0.0
        self.left_open = False
        """Whether the server kept the connection until the client ended it."""
        self._socket: socket.socket | SecureSocket
        try:
            self._socket = _connect(address, max(0.01, deadline - time.monotonic()), source, window)
        except OSError:
            self._end("refused")
            return
        if tls is not None:
            self._secure(self._socket, tls, address)

    def send(self, octets: bytes) -> bool:
        """Send; returns whether all went out. What a peer does not take by the deadline is not sent."""
        if self.ended != "open":
            return False
        try:
            self._socket.settimeout(max(0.001, self.deadline - time.monotonic()))
            self._sent.append(Segment(time.monotonic(), octets))
            self._socket.sendall(octets)
        except TimeoutError:
            return False
        except OSError:
            return False  # the answer may have been sent already: what was received decides
        return True

    def send_apart(self, segments: Iterable[bytes]) -> bool:
        """Send segments, each when the peer has taken the one before; returns whether all went out.

        Two segments that wait together in the peer's queue are one to it. No verdict rests on this: a peer
        that takes its time gets the next segment all the same.
        """
        with PeerQueue(self._plain_socket()) as queue:
            patience = time.monotonic() + APART_SECONDS
            for number, segment in enumerate(segments):
                if number:
                    _wait_until_empty(queue, min(patience, time.monotonic() + TAKEN_SECONDS))
                if not self.send(segment):
                    return False
        return True

    def receive(self, until: float | None = None, most: int | None = None) -> bytes:
        """Return the next octets, ``most`` at most, or b"" at the end, the deadline or ``until``.

        ``ended`` tells which: at ``until`` it is still ``open``.
        """
        if self.ended != "open":
            return b""
        if time.monotonic() >= self.deadline:  # a peer that never pauses would never time out
            self._end("timeout")
            return b""
        limit = self.deadline if until is None else min(until, self.deadline)
        try:
            self._socket.settimeout(max(0.001, limit - time.monotonic()))
            octets = self._socket.recv(most or RECEIVE_OCTETS)
            if isinstance(self._socket, socket.socket):
                _acknowledge_at_once(self._socket)
        except TimeoutError:
            if time.monotonic() >= self.deadline:
                self._end("timeout")
            return b""
        except OSError:
            self._end("reset")
            return b""
        if not octets:
            self._end("eof")
            return b""
        self._received.append(Segment(time.monotonic(), octets))
        self._count += len(octets)
        if self._count > RECEIVED_LIMIT or len(self._received) > SEGMENTS_LIMIT:
            self._end("limit")
        return octets

    def widen(self) -> None:
        """Let the receive buffer hold much from now on."""
        if self.ended == "open" and isinstance(self._socket, socket.socket):
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, WIDE_OCTETS)

    def finish_sending(self, alert: bool = True) -> None:
        """Shut down the sending side (FIN); over TLS with a closure alert before it, or without ``alert``."""
        if self.ended == "open":
            try:
                if isinstance(self._socket, SecureSocket):
                    self._socket.settimeout(max(0.001, self.deadline - time.monotonic()))
                    self._socket.shutdown_writing(alert)
                else:
                    self._socket.shutdown(socket.SHUT_WR)
            except OSError:
                self._end("reset")

    def hang_up(self) -> None:
        """Leave without a goodbye: a reset, so that the server's next write is told."""
        if self.ended == "open":
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._end("left")

    def close(self) -> WireLog:
        """Close, and return the log, with ``open`` for a connection that the server had kept."""
        if self.ended != "refused":
            self._socket.close()
        ended = "open" if self.left_open else self.ended
        epoch = time.time() - time.monotonic()
        return WireLog(tuple(self._sent), tuple(self._received), ended, self.ended_at, epoch, self._alerted())

    def _plain_socket(self) -> socket.socket | None:
        """Return the socket where its octets are ours; None over TLS, whose records are not."""
        is_plain = self.ended == "open" and isinstance(self._socket, socket.socket)
        return self._socket if is_plain else None  # type: ignore[return-value]

    @property
    def octets_sent(self) -> bytes:
        """Everything that was sent so far."""
        return b"".join(segment.octets for segment in self._sent)

    def _secure(self, opened: socket.socket, tls: ssl.SSLContext, address: Address) -> None:
        """Shake hands. A server that is busy elsewhere lets this wait, and not yet the connection."""
        name = "localhost" if isinstance(address, str) else address[0]
        try:
            seconds = max(0.01, self.deadline - time.monotonic())
            self._socket = SecureSocket(opened, tls, name, seconds)
        except TimeoutError:
            self._end("timeout")
        except OSError:
            self._end("reset")

    def _alerted(self) -> bool | None:
        opened = self._socket if self.ended != "refused" else None
        return opened.alerted if isinstance(opened, SecureSocket) else None

    def _end(self, how: str) -> None:
        self.ended, self.ended_at = how, time.monotonic()
        if how not in ("refused", "timeout"):
            self._socket.close()


def _wait_until_empty(queue: PeerQueue, limit: float) -> None:
    while (waiting := queue.length()) != 0 and time.monotonic() < limit:
        time.sleep(UNKNOWN_SECONDS if waiting is None else POLL_SECONDS)
        if waiting is None:
            return


def _connect(address: Address, seconds: float, source: str | None, window: int | None) -> socket.socket:
    """Connect; a small ``window`` only counts where the socket has it before."""
    if isinstance(address, str):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(seconds)
        try:
            connection.connect(address)
        except OSError:
            connection.close()
            raise
        return connection
    deadline = time.monotonic() + seconds
    while True:
        try:
            return _knock(address, min(seconds, KNOCK_SECONDS), source, window)
        except TimeoutError:
            seconds = deadline - time.monotonic()
            if seconds <= 0:
                raise


def _knock(address: tuple[str, int], seconds: float, source: str | None, window: int | None) -> socket.socket:
    """Try once: where a full backlog drops the first segment, the kernel sends another a second later."""
    connection = socket.socket(socket.AF_INET6 if ":" in address[0] else socket.AF_INET)
    try:
        connection.settimeout(seconds)
        if window is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        if source is not None:
            connection.bind((source, 0))
        connection.connect(address)
    except OSError:
        connection.close()
        raise
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    _acknowledge_at_once(connection)
    return connection


def _acknowledge_at_once(connection: socket.socket) -> None:
    """Avoid 44 ms a request on servers whose Nagle timer meets our delayed acknowledgement."""
    if connection.family != getattr(socket, "AF_UNIX", None) and hasattr(socket, "TCP_QUICKACK"):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
