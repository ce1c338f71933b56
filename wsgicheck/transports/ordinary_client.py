"""An ordinary client: ``requests``, as people use it, with three precautions of ours.

The request target goes out exactly as given (``requests`` and ``urllib3`` would both tidy it), and all octets
pass through our own :class:`Connection`, so that they are logged and no server can hang or flood us. And
interim responses are passed over: every client must (RFC 9110 15.2), and ``http.client`` does for 100 alone.
"""

from __future__ import annotations

import http.client
import io
import re
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError

from ..model.exchange import Response, WireLog
from ..model.stimulus import Visit
from .connection import Address, Connection
from .request_writer import visit_headers

CHUNK_OCTETS = 4096
READ_OCTETS = 64 * 1024
CONTENT_LIMIT = 64 * 1024 * 1024
"""Octets of decoded content; the octets on the wire have the limit of ``Connection``."""

NOTHING = Response(version="", status=0, reason="", headers=(), complete=False)
"""In the place of a response that did not come."""

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_VERSIONS = {10: "HTTP/1.0", 11: "HTTP/1.1"}


def visit_server(
    address: Address, visit: Visit, ticket: str, timeout: float, tls: ssl.SSLContext | None = None
) -> tuple[WireLog, Response | None]:
    """Visit the server; return the octets and the response, None where ``requests`` got none.

    ``timeout`` bounds the whole visit, in seconds. The log holds the octets that really went either way;
    ``Response.headers`` holds the field lines as ``requests`` saw them, repeated ones apart.
    """
    client = OrdinaryClient(address, timeout, tls, follows=False)
    client.visit_all([visit], [ticket])
    (connection,) = client.connections
    wire = connection.close()
    response = client.responses[0] if client.responses[0] is not NOTHING else None
    if response is not None and not _HEAD_END.search(wire.octets_received):
        response = replace(response, complete=False)  # http.client takes the end of the connection for it
    return wire, response


class OrdinaryClient:
    """A session of ``requests``: cookies, kept connections, redirects where it ``follows`` them.

    ``timeout`` bounds all of it, in seconds. A visit that comes to nothing is a response of status 0.
    """

    def __init__(self, address: Address, timeout: float, tls: ssl.SSLContext | None, follows: bool) -> None:
        self._address = address
        self._deadline = time.monotonic() + timeout
        self._tls = tls
        self._follows = follows
        self.connections: list[Connection] = []
        """All that were opened, in order."""
        self.responses: list[Response] = []
        self.exact_target: str | None = None
        """What goes into the next request line, whatever ``requests`` would make of it."""

    def open_connection(self) -> Connection:
        """Open a connection; raises ConnectionError where none can be had."""
        if self.connections:
            self._leave()
        self.connections.append(Connection(self._address, self._deadline, tls=self._tls))
        if self.connections[-1].ended != "open":
            raise ConnectionError("no connection can be made")
        return self.connections[-1]

    def visit_all(self, visits: list[Visit], tickets: list[str]) -> None:
        """Make the visits, each with its ticket."""
        session = requests.Session()
        session.trust_env = False
        session.headers["Accept-Encoding"] = "identity"
        session.mount("http://", _exact_adapter(self))
        with session:
            for visit, ticket in zip(visits, tickets, strict=True):
                opened = len(self.connections)
                done = self._done(session, visit, ticket)
                if not done and opened == len(self.connections) and self._was_closed_meanwhile(visit):
                    done = self._done(session, visit, ticket)
                if not done:
                    self.responses.append(NOTHING)
        if len(visits) > 1:
            self._leave()

    def _leave(self) -> None:
        """Close a connection that has served its turn: some servers linger until they see that."""
        self.connections[-1].finish_sending()
        self.connections[-1].close()

    def _was_closed_meanwhile(self, visit: Visit) -> bool:
        """RFC 9112 9.3.1: the server may close a kept connection just when the next request is under way.

        Then clients send what may be sent twice again, as every browser does.
        """
        return self.connections[-1].ended in ("eof", "reset") and visit.method != "POST"

    def _done(self, session: requests.Session, visit: Visit, ticket: str) -> bool:
        """Make a visit; return whether there was a response that an ordinary client can read."""
        try:
            self._visit(session, visit, ticket)
        except (requests.RequestException, HTTPError, OSError, ValueError):
            return False
        return True

    def _visit(self, session: requests.Session, visit: Visit, ticket: str) -> None:
        self.exact_target = visit.target
        answer = session.request(
            visit.method,
            _base_url(self._address),
            headers=visit_headers(visit, ticket),
            data=_chunks(visit.body or b"") if visit.chunked else visit.body,
            stream=True,
            allow_redirects=self._follows,
        )
        for passed in answer.history:  # their content was read on the way
            self.responses.append(self._response(passed, visit.method))
        last = self._response(answer, visit.method)
        orderly = last.framing != "close" or self.connections[-1].ended == "eof"
        self.responses.append(replace(last, complete=last.complete and orderly))

    def _response(self, answer: requests.Response, method: str) -> Response:
        content, ended_well = _read(answer)
        headers = tuple((name, value.strip(" \t")) for name, value in answer.raw.headers.items())
        response = Response(
            version=_VERSIONS.get(answer.raw.version, ""),
            status=answer.status_code,
            reason=answer.reason or "",
            headers=headers,
            content=content,
        )
        framing = _framing(method, response)
        complete = ended_well and _has_its_length(answer, framing)
        return replace(response, framing=framing, complete=complete)


def _base_url(address: Address) -> str:
    """Return the URL for ``requests``: http also where our connection below speaks TLS."""
    if isinstance(address, str):
        return "http://localhost/"
    host = f"[{address[0]}]" if ":" in address[0] else address[0]
    return f"http://{host}:{address[1]}/"


def _chunks(body: bytes) -> Iterator[bytes]:
    """Return a generator: ``requests`` sends one by the chunked transfer coding."""
    return (body[start : start + CHUNK_OCTETS] for start in range(0, len(body), CHUNK_OCTETS))


def _read(answer: requests.Response) -> tuple[bytes, bool]:
    """Return the content as far as it came, and whether ``requests`` took it for whole."""
    content = bytearray()
    try:
        for block in answer.iter_content(READ_OCTETS):
            content += block
            if len(content) > CONTENT_LIMIT:
                return bytes(content), False
    except (requests.RequestException, HTTPError, OSError, ValueError):
        return bytes(content), False
    return bytes(content), True


def _framing(method: str, response: Response) -> str:
    if method == "HEAD" or response.status in (204, 304):
        return "none"
    if any(value.lower().endswith("chunked") for value in response.values("transfer-encoding")):
        return "chunked"
    return "content-length" if response.values("content-length") else "close"


def _has_its_length(answer: requests.Response, framing: str) -> bool:
    """Return whether as many octets came as announced: older releases of ``urllib3`` do not look."""
    announced = answer.headers.get("Content-Length", "")
    return framing != "content-length" or not announced.isdigit() or answer.raw.tell() == int(announced)


def _exact_adapter(client: OrdinaryClient) -> HTTPAdapter:
    """Return an adapter whose connections are ours, and whose request lines have the very targets."""

    class ExactConnection(HTTPConnection):
        response_class = _PatientResponse

        def connect(self) -> None:
            self.sock = cast(socket.socket, _SocketLike(client.open_connection()))

        def putrequest(
            self, method: str, url: str, skip_host: bool = False, skip_accept_encoding: bool = False
        ) -> None:
            target, client.exact_target = client.exact_target or url, None
            super().putrequest(method, target, skip_host, skip_accept_encoding)

    class ExactPool(HTTPConnectionPool):
        """One connection, used again for as long as the server keeps it."""

        ConnectionCls = ExactConnection
        kept: Any = None

        def _get_conn(self, timeout: float | None = None) -> Any:
            self.kept = self.kept or self._new_conn()
            if self.kept.sock is not None and not self.kept.sock.is_quiet():
                self.kept.close()
            return self.kept

        def _put_conn(self, conn: Any) -> None:
            """Keep it: see ``_get_conn``."""

    class ExactAdapter(HTTPAdapter):
        def init_poolmanager(self, *arguments: Any, **keywords: Any) -> None:
            super().init_poolmanager(*arguments, **keywords)
            self.poolmanager.pool_classes_by_scheme = {"http": ExactPool}

    return ExactAdapter()


class _PatientResponse(http.client.HTTPResponse):
    """A response behind any number of interim ones, and without the white space behind its field values."""

    def begin(self) -> None:
        super().begin()
        fields = [(name, value.strip(" \t")) for name, value in self.headers.items()]
        for name, _ in fields:
            del self.headers[name]
        for name, value in fields:  # RFC 9112 5.1: it is no part of them, and a redirect would follow it
            self.headers[name] = value

    def _read_status(self) -> tuple[str, int, str]:
        while True:
            version, status, reason = super()._read_status()  # type: ignore[misc]
            if not 101 < status < 200:
                return version, status, reason
            http.client.parse_headers(self.fp)


class _SocketLike:
    """What ``http.client`` needs of a socket; the deadline is the connection's own."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def is_quiet(self) -> bool:
        """Return whether nothing has come on a connection that is to be used again, not even its end."""
        return not self._connection.receive(time.monotonic()) and self._connection.ended == "open"

    def sendall(self, octets: bytes) -> None:
        """Send. What was refused is no error here: the answer may have come already."""
        self._connection.send(bytes(octets))

    def makefile(self, mode: str = "rb", *_: Any) -> io.BufferedReader:
        return io.BufferedReader(_Stream(self._connection))

    def settimeout(self, seconds: float | None) -> None:
        """Ignore it: only the total counts."""

    def close(self) -> None:
        """Leave it open: ``http.client`` closes before it has read, ``visit_server`` at the end."""


class _Stream(io.RawIOBase):
    """The received octets of a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ahead = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        octets = self._ahead or self._connection.receive()
        if not octets and self._connection.ended != "eof":
            raise TimeoutError(f"the connection ended: {self._connection.ended}")
        size = min(len(octets), len(buffer))
        buffer[:size] = octets[:size]
        self._ahead = octets[size:]
        return size
