"""Many connections at once, of clients that misbehave together."""

from __future__ import annotations

import contextlib
import errno
import selectors
import socket
import struct
import time
from collections.abc import Iterator

from ..model.stimulus import Leaving, Storm
from .connection import Address
from .peer_queue import PeerQueue
from .response_reader import ResponseReader

CONNECT_SECONDS = 0.05
"""How long a crowd waits at the door for the first of it: the server's backlog may be full."""
FOLLOW_SECONDS = 0.01
"""How long the others wait then. Who does not come in stays away."""
FRUITLESS = 5
"""How often nobody of a round may come in before the rest of it is sent home."""
TAKEN_SECONDS = 0.02
"""How long the server is given to take what a crowd has sent, or its first. No verdict rests on it."""
LISTEN_SECONDS = 0.1
"""How long a client that has finished sending listens before it closes."""
RECEIVE_OCTETS = 4096


class Crowd:
    """The clients of one storm. ``timeout`` bounds each wait for answers, in seconds."""

    def __init__(self, storm: Storm, address: Address, timeout: float) -> None:
        self._storm = storm
        self._address = address
        self._timeout = timeout if storm.seconds is None else min(timeout, storm.seconds)
        self._at_once = storm.times
        self.clients = 0
        """How many came so far."""
        self.answered = 0
        """How many of them got a whole answer."""
        self.silent = 0
        """How many waited in vain for an answer, and for an end."""

    def come(self) -> None:
        """Let one round of clients come, as many at once as the server's backlog holds, and leave."""
        if self._storm.headlong:
            self._rush()
            return
        left, fruitless = self._storm.times, 0
        while left > 0 and fruitless < FRUITLESS:
            connected = self._connect(min(left, self._at_once))
            if not connected:
                fruitless += 1
                continue
            self._at_once = min(self._at_once, max(1, len(connected)))
            left -= len(connected)
            self.clients += len(connected)
            self._act(connected)

    def _rush(self) -> None:
        """Let each client of a round connect, send and leave before the next one comes."""
        fruitless = 0
        for number in range(self._storm.times):
            opened = _open(self._address)
            if opened is not None and _send(opened, self._storm.of_client(number)):
                self.clients += 1
                self._leave(opened)
                continue
            if opened is not None:
                opened.close()
            fruitless += 1
            if fruitless == FRUITLESS:
                break
            time.sleep(FOLLOW_SECONDS)

    def _connect(self, number: int) -> list[socket.socket]:
        """Return the connections that could be made at once."""
        connected: list[socket.socket] = []
        with selectors.DefaultSelector() as selector:
            for _ in range(number):
                opened = _open(self._address)
                if opened is None:
                    break
                selector.register(opened, selectors.EVENT_WRITE, opened)
            deadline = time.monotonic() + CONNECT_SECONDS
            while selector.get_map() and (left := deadline - time.monotonic()) > 0:
                for key, _ in selector.select(left):
                    client: socket.socket = key.data
                    selector.unregister(client)
                    if client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                        client.close()
                    else:
                        connected.append(client)
                        deadline = time.monotonic() + FOLLOW_SECONDS
            for key in list(selector.get_map().values()):
                key.data.close()
        return connected

    def _act(self, crowd: list[socket.socket]) -> None:
        storm = self._storm
        for number, client in enumerate(crowd):
            _send(client, storm.of_client(number))
        if storm.octets and not storm.receive:
            _await_taken(crowd if storm.leaving is Leaving.ANSWERED else crowd[:1])
        if storm.leaving is Leaving.ANSWERED:
            for client in crowd:
                _send(client, storm.rest)
            self._read_answers(crowd)
        elif storm.leaving is Leaving.HALF_CLOSE:
            for client in crowd:
                with contextlib.suppress(OSError):
                    client.shutdown(socket.SHUT_WR)
            self._listen(crowd)
        elif storm.receive:
            self._read_some(crowd)
        for client in crowd:
            self._leave(client)

    def _leave(self, client: socket.socket) -> None:
        if self._storm.leaving is Leaving.RESET:
            with contextlib.suppress(OSError):
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()

    def _read_some(self, crowd: list[socket.socket]) -> None:
        """Read so many octets of each answer, and leave at once: the others may have to wait for that."""
        left = dict.fromkeys(crowd, self._storm.receive)
        for client, octets in _arriving(crowd, self._timeout, most=self._storm.receive):
            left[client] -= len(octets)
            if not octets or left[client] <= 0:
                self._leave(client)

    def _listen(self, crowd: list[socket.socket]) -> None:
        for client, octets in _arriving(crowd, LISTEN_SECONDS):
            if not octets:
                client.close()

    def _read_answers(self, crowd: list[socket.socket]) -> None:
        readers = {client: ResponseReader(("GET",)) for client in crowd}
        for client, octets in _arriving(crowd, self._timeout):
            reader = readers[client]
            reader.feed(octets)
            if not octets and not reader.done:
                reader.finish(orderly=True)
            if not octets or reader.done:
                self.answered += any(response.complete for response in reader.responses)
                client.close()
        self.silent += sum(client.fileno() >= 0 for client in crowd)


def _open(address: Address) -> socket.socket | None:
    """Begin to connect; None where that fails at once."""
    if isinstance(address, str):
        opened = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    else:
        opened = socket.socket(socket.AF_INET6 if ":" in address[0] else socket.AF_INET)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    opened.setblocking(False)
    if opened.connect_ex(address) in (0, errno.EINPROGRESS):
        return opened
    opened.close()
    return None


def _send(client: socket.socket, octets: bytes) -> bool:
    """Send what is less than any send buffer; return whether it went out."""
    with contextlib.suppress(OSError):
        return not octets or client.send(octets) == len(octets)
    return False


def _await_taken(crowd: list[socket.socket]) -> None:
    deadline = time.monotonic() + TAKEN_SECONDS
    for client in crowd:
        with contextlib.suppress(OSError), PeerQueue(client) as queue:
            while queue.length() and time.monotonic() < deadline:
                time.sleep(0.0001)


def _arriving(
    crowd: list[socket.socket], seconds: float, most: int = RECEIVE_OCTETS
) -> Iterator[tuple[socket.socket, bytes]]:
    """Yield what arrives for whom, b"" at its end or a reset, until all are closed or the time is up."""
    deadline = time.monotonic() + seconds
    with selectors.DefaultSelector() as selector:
        for client in crowd:
            selector.register(client, selectors.EVENT_READ, client)
        while selector.get_map() and (left := deadline - time.monotonic()) > 0:
            for key, _ in selector.select(left):
                who: socket.socket = key.data
                try:
                    octets = who.recv(most)
                except OSError:
                    octets = b""
                yield who, octets
                if who.fileno() < 0:
                    selector.unregister(who)
