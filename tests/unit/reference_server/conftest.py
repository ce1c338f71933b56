"""A reference server on a free port, and a client that speaks octets and parses strictly."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from reference_server import ReferenceServer

HEAD_LINE = re.compile(rb"HTTP/1\.1 ([0-9]{3}) [^\r\n]*")
FIELD_LINE = re.compile(rb"([!#$%&'*+\-.^_`|~0-9A-Za-z]+): ([^\r\n\0]*)")


@dataclass
class Reply:
    """One response, parsed without mercy."""

    status: int
    line: bytes
    fields: list[tuple[bytes, bytes]]
    body: bytes = b""
    complete: bool = True

    def all(self, name: str) -> list[bytes]:
        """The values of all field lines called *name*."""
        return [value for key, value in self.fields if key.lower() == name.lower().encode()]

    def one(self, name: str) -> bytes | None:
        """The only value of *name*, or None."""
        values = self.all(name)
        assert len(values) <= 1, values
        return values[0] if values else None


def parse_replies(octets: bytes, methods: list[str]) -> list[Reply]:
    """Split what a connection carried into responses to *methods*; nothing may be left over."""
    replies: list[Reply] = []
    waiting = list(methods)
    while octets:
        head, end, octets = octets.partition(b"\r\n\r\n")
        assert end, f"an incomplete head: {head!r}"
        first, *lines = head.split(b"\r\n")
        match = HEAD_LINE.fullmatch(first)
        assert match, first
        fields = []
        for line in lines:
            field_match = FIELD_LINE.fullmatch(line)
            assert field_match, line
            fields.append((field_match[1], field_match[2]))
        reply = Reply(int(match[1]), first, fields)
        replies.append(reply)
        if reply.status < 200:
            assert not fields
            continue
        method = waiting.pop(0) if waiting else "GET"
        octets = take_body(reply, method, octets)
    return replies


def take_body(reply: Reply, method: str, octets: bytes) -> bytes:
    """Move the body from *octets* into the reply and return the rest."""
    length, coding = reply.one("Content-Length"), reply.one("Transfer-Encoding")
    assert length is None or coding is None
    if method == "HEAD" or reply.status in (204, 304):
        return octets
    if coding is not None:
        assert coding == b"chunked"
        while True:
            size, end, octets = octets.partition(b"\r\n")
            if not end:
                reply.complete = False
                assert not size
                return b""
            count = int(size, 16)
            reply.body += octets[:count]
            assert octets[count : count + 2] == b"\r\n", octets
            octets = octets[count + 2 :]
            if not count:
                return octets
    if length is not None:
        reply.body, rest = octets[: int(length)], octets[int(length) :]
        reply.complete = len(reply.body) == int(length)
        return rest
    reply.body = octets
    return b""


@dataclass
class Client:
    """One connection to the server."""

    address: tuple[str, int]
    received: bytes = b""
    socket: socket.socket = field(init=False)

    def __post_init__(self) -> None:
        self.socket = socket.create_connection(self.address, timeout=5)

    def send(self, octets: bytes) -> None:
        """Send, without ending anything."""
        self.socket.sendall(octets)

    def until(self, ending: bytes) -> bytes:
        """Receive until what was received ends like this."""
        while not self.received.endswith(ending):
            octets = self.socket.recv(65536)
            assert octets, f"closed after {self.received!r}"
            self.received += octets
        return self.received

    def rest(self) -> bytes:
        """Receive until the server closes."""
        while octets := self.socket.recv(65536):
            self.received += octets
        self.socket.close()
        return self.received


@dataclass
class Served:
    """A running server."""

    server: ReferenceServer
    thread: threading.Thread

    def connect(self) -> Client:
        """Open a connection."""
        return Client(("127.0.0.1", self.server.port))

    def exchange(self, octets: bytes) -> list[Reply]:
        """Send requests, finish sending, and return all responses."""
        client = self.connect()
        client.send(octets)
        client.socket.shutdown(socket.SHUT_WR)
        methods = re.findall(rb"^(?:\r\n)*([A-Z]+) [^\r\n]* HTTP/", octets, re.MULTILINE)
        return parse_replies(client.rest(), [method.decode() for method in methods])

    def ask(self, octets: bytes) -> Reply:
        """Exchange one request for one final response."""
        (reply,) = self.exchange(octets)
        return reply

    def get(self, *, version: str = "1.1", method: str = "GET", more: str = "") -> Reply:
        """Send an ordinary request."""
        return self.ask(f"{method} / HTTP/{version}\r\nHost: h\r\n{more}\r\n".encode("latin-1"))


@pytest.fixture
def serve() -> Iterator[Callable[..., Served]]:
    """Start servers that are stopped, and seen to stop, after the test."""
    started: list[Served] = []

    def start(
        application: Any, server_class: type[ReferenceServer] = ReferenceServer, **options: Any
    ) -> Served:
        server = server_class(application, **options)
        server.bind()
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        started.append(Served(server, thread))
        return started[-1]

    yield start
    for served in started:
        served.server.stop()
    for served in started:
        served.thread.join(10)
        assert not served.thread.is_alive()


@dataclass
class Recorder:
    """An application that keeps the environ of each request and echoes the body."""

    environs: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.environs.append(dict(environ))
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"<" + environ["wsgi.input"].read() + b">"]


@pytest.fixture
def recorder() -> Recorder:
    """A fresh recording application."""
    return Recorder()
