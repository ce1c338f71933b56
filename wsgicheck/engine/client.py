"""A client for somebody's own tests: plain requests, and octets as they stand."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

from ..errors import ServerTrouble
from ..model.exchange import Response, WireLog
from ..model.stimulus import Carrier, Request
from ..transports.connection import Address, Connection
from ..transports.request_writer import write_request
from ..transports.response_reader import ResponseReader

QUIET_SECONDS = 0.05
"""How long a kept connection is watched for surplus octets."""


@dataclass(frozen=True)
class Answer:
    """What came back: final and interim responses in order, what stands behind them, and the wire's log."""

    responses: tuple[Response, ...]
    interim: tuple[Response, ...]
    surplus: bytes
    wire: WireLog

    @property
    def octets(self) -> bytes:
        """All octets that came, in one piece."""
        return self.wire.octets_received

    @property
    def response(self) -> Response:
        """The first final response; AssertionError where none came."""
        assert self.responses, f"no response came ({self.wire.ended}): {self.octets[:200]!r}"
        return self.responses[0]


class Client:
    """Speaks to one server, with a new connection for every call. ``timeout`` bounds a call, in seconds."""

    def __init__(self, address: Address, authority: str, timeout: float = 5.0) -> None:
        self.address = address
        self.authority = authority
        self.timeout = timeout

    def send(self, octets: bytes, *, methods: Iterable[str] = ("GET",)) -> Answer:
        """Send octets exactly as they stand, and read until the responses are whole or nothing more comes.

        ``methods`` are those of the requests in them, in order: the framing of a response depends on its
        request. Raises ServerTrouble where no connection can be made.
        """
        connection = Connection(self.address, time.monotonic() + self.timeout)
        if connection.ended == "refused":
            raise ServerTrouble(
                f"no connection to {self.authority} can be made", "does the server still run?"
            )
        reader = ResponseReader(tuple(methods))
        connection.send(octets)
        while connection.ended == "open" and not reader.done:
            reader.feed(connection.receive())
        limit = time.monotonic() + QUIET_SECONDS
        while connection.ended == "open" and time.monotonic() < limit:
            reader.feed(connection.receive(limit))
        connection.left_open = connection.ended == "open"
        wire = connection.close()
        if not reader.done:
            reader.finish(orderly=wire.ended == "eof")
        return Answer(tuple(reader.responses), tuple(reader.interim), reader.surplus, wire)

    def request(
        self,
        method: str = "GET",
        target: str = "/",
        headers: Iterable[tuple[str, str]] = (),
        body: bytes | None = None,
    ) -> Response:
        """Send a plain request (``Host``, ``Content-Length`` and ``Connection: close`` are added).

        Raises ServerTrouble where no connection can be made, AssertionError where no response came.
        """
        plain = Request(method=method, target=target, headers=tuple(headers), body=body)
        written = write_request(plain, "", self.authority, Carrier.ANY)
        return self.send(written.octets, methods=(method,)).response

    def get(self, target: str = "/", headers: Iterable[tuple[str, str]] = ()) -> Response:
        """Get a page; see :meth:`request`."""
        return self.request("GET", target, headers)

    def post(self, target: str, body: bytes, headers: Iterable[tuple[str, str]] = ()) -> Response:
        """Post octets; see :meth:`request`."""
        return self.request("POST", target, headers, body)
