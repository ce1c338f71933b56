"""Rung 8: a connection is kept for the next request, so both sides must know where a message ends."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import re
import socket
import sys
import threading
import traceback
from email.utils import formatdate
from typing import Any
from urllib.parse import unquote_to_bytes

TOKEN = r"([!#-'*+.^_`|~0-9A-Za-z-]+)"
REQUEST_LINE = re.compile(TOKEN + r" (?:[Hh][Tt][Tt][Pp]://([^/?# ]+))?([/?][!$-~]*|\*|) (HTTP/1\.[0-9])\r\n")
FIELD_LINE = re.compile(TOKEN + r":([\t -~\x80-\xff]*)\r\n")
HOST = re.compile(
    r"(?:(?:\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+)(?::[0-9]{0,5})?)?"
)
CHUNK_LINE = re.compile(
    rb"([0-9A-Fa-f]{1,15})(?:[ \t]*;[ \t]*" + TOKEN.encode() + rb"(?:[ \t]*[;=][\t -~\x80-\xff]*)?)?\r\n"
)
HOP_BY_HOP = {
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailer",
    "trailers",
    "transfer-encoding",
    "upgrade",
}
"""What is between two neighbours, and so for the server alone to say (RFC 2616, 13.5.1)."""
IDLE_SECONDS = 30.0


class BadRequest(ValueError):
    """The request cannot be understood, so nobody knows where the next one would begin."""


def read_chunked(stream: Any) -> bytes:
    """Return a chunked body, decoded (RFC 9112, 7.1); the trailers behind it are dropped."""
    body = b""
    while True:
        size = CHUNK_LINE.fullmatch(stream.readline(4096))
        if not size:
            raise BadRequest("a chunk without a size")
        if not int(size[1], 16):
            break
        body += stream.read(int(size[1], 16))
        if stream.read(2) != b"\r\n":
            raise BadRequest("a chunk of another size")
    while (line := stream.readline(65536)) != b"\r\n":
        if not FIELD_LINE.fullmatch(line.decode("latin-1")):
            raise BadRequest("a malformed trailer")
    return body


def read_body(stream: Any, environ: dict[str, Any], connection: socket.socket) -> bytes:
    """Return the body, whose end one of two fields tells, but never both (RFC 9112, 6.3)."""
    coding, length = environ.pop("HTTP_TRANSFER_ENCODING", None), environ.get("CONTENT_LENGTH")
    expected = [member.strip(" \t") for member in environ.get("HTTP_EXPECT", "").lower().split(",")]
    if "100-continue" in expected and environ["SERVER_PROTOCOL"] != "HTTP/1.0":
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
    if coding is not None:
        if coding.lower() != "chunked" or length is not None or environ["SERVER_PROTOCOL"] == "HTTP/1.0":
            raise BadRequest("a coding that leaves the length open")
        return read_chunked(stream)
    if length is not None and not re.fullmatch("[0-9]{1,15}", length):
        raise BadRequest("a malformed Content-Length")
    body: bytes = stream.read(int(length or 0))
    if len(body) < int(length or 0):
        raise BadRequest("the body ends early")
    return body


def make_environ(line: str, stream: Any, connection: socket.socket) -> dict[str, Any]:
    """Return the environ of a request; raises BadRequest."""
    request = REQUEST_LINE.fullmatch(line)
    if not request or not (request[2] or request[3].startswith(("/", "*"))):
        raise BadRequest("a malformed request line")
    path, _, query = request[3].partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request[1],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes("" if path == "*" else path or "/").decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": connection.getsockname()[0],
        "SERVER_PORT": str(connection.getsockname()[1]),
        "SERVER_PROTOCOL": request[4],
        "REMOTE_ADDR": connection.getpeername()[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
    }
    while (line := stream.readline(65536).decode("latin-1")) != "\r\n":
        field = FIELD_LINE.fullmatch(line)
        if not field:
            raise BadRequest("a malformed field line")
        key = field[1].upper().replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
        if key in environ and key in ("CONTENT_TYPE", "CONTENT_LENGTH", "HTTP_HOST"):
            raise BadRequest("a field that may stand only once")
        separator = "; " if key == "HTTP_COOKIE" else ", "
        value = field[2].strip(" \t")  # a pattern for it would try every blank within the value, too
        if "_" not in field[1]:  # else two different fields would be one variable
            environ[key] = environ[key] + separator + value if key in environ else value
    if "HTTP_HOST" not in environ and request[4] != "HTTP/1.0":
        raise BadRequest("no Host")
    if not all(HOST.fullmatch(host or "") for host in (request[2], environ.get("HTTP_HOST"))):
        raise BadRequest("an invalid Host")
    if request[2]:
        environ["HTTP_HOST"] = request[2]  # RFC 9112, 3.2.2: the absolute-form overrides Host
    environ["wsgi.input"] = io.BytesIO(read_body(stream, environ, connection))
    return environ


class Response:
    """What the application makes of one request, framed so that the client sees its end."""

    def __init__(self, connection: socket.socket, environ: dict[str, Any]) -> None:
        self.connection = connection
        # Taken now, for the application may do with its environ what it likes.
        self.is_head = environ["REQUEST_METHOD"] == "HEAD"
        self.speaks_1_1 = environ["SERVER_PROTOCOL"] != "HTTP/1.0"
        self.head: tuple[str, list[tuple[str, str]]] | None = None
        self.called = self.head_sent = self.chunked = self.bodiless = self.lost = False
        self.left: int | None = None
        options = environ.get("HTTP_CONNECTION", "").lower()
        self.persistent = self.speaks_1_1 and "close" not in options

    def start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        """Take status and headers: this is ``start_response``."""
        try:
            if exc_info and self.head_sent:
                raise exc_info[1].with_traceback(exc_info[2])
        finally:
            exc_info, repeated = None, self.called and not exc_info
        if repeated:
            raise AssertionError("start_response() called twice")
        self.called, self.head = True, None
        if type(headers) is not list or not all(type(pair) is tuple for pair in headers):
            raise TypeError("the headers are a list of tuples")
        if not re.fullmatch("[2-5][0-9]{2} [ -~]*", status):
            raise ValueError(f"a malformed status: {status!r}")
        for name, value in headers:
            if not re.fullmatch(TOKEN, name) or re.search(r"[\x00-\x1f\x7f]", value):
                raise ValueError(f"a malformed header: {name!r}: {value!r}")
            if name.lower() in HOP_BY_HOP:
                raise ValueError(f"{name} is for the server to say")
        self.head = (status, list(headers))
        return self.write

    def send(self, octets: bytes) -> None:
        """Send octets, and note where the client is gone: an OSError alone may be the application's."""
        try:
            self.connection.sendall(octets)
        except OSError:
            self.lost = True
            raise

    def send_head(self) -> None:
        """Choose how the end will be known: by a length, by chunks, or by the close."""
        if self.head is None:
            raise AssertionError("no start_response() before the first block")
        status, headers = self.head
        given = {name.lower(): value for name, value in headers}
        self.head_sent = True
        self.bodiless = self.is_head or status[:3] in ("204", "304")
        if "content-length" in given:
            self.left = int(given["content-length"])
        elif not self.bodiless and self.speaks_1_1:
            self.chunked = True
            headers.append(("Transfer-Encoding", "chunked"))
        if "date" not in given:
            headers.append(("Date", formatdate(usegmt=True)))
        if not self.persistent:
            headers.append(("Connection", "close"))
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers), "", ""]
        self.send("\r\n".join(lines).encode("latin-1"))

    def write(self, block: bytes) -> None:
        """Send a block, framed, and the head before the first one."""
        if not isinstance(block, bytes):
            raise TypeError("a block of a response is bytes")
        if not block:
            return
        if not self.head_sent:
            self.send_head()
        if self.left is not None:
            block = block[: self.left]
            self.left -= len(block)
        if block and not self.bodiless:
            self.send(b"%x\r\n%b\r\n" % (len(block), block) if self.chunked else block)

    def finish(self) -> None:
        """End the response; one that is too short for its length ends the connection with it."""
        if not self.head_sent:
            self.send_head()
        if self.chunked:
            self.send(b"0\r\n\r\n")
        self.persistent = self.persistent and (self.bodiless or not self.left)


def serve_request(application: Any, environ: dict[str, Any], connection: socket.socket) -> bool:
    """Serve one request; return whether another one may follow it."""
    response = Response(connection, environ)
    try:
        blocks = application(environ, response.start)
        try:
            for block in blocks:
                response.write(block)
                if response.left == 0:
                    break
            response.finish()
        finally:
            if hasattr(blocks, "close"):
                blocks.close()
    except BaseException:
        if response.lost:
            return False
        traceback.print_exc()
        if not response.head_sent:
            connection.sendall(refusal("500 Internal Server Error"))
        return False
    return response.persistent


def refusal(status: str) -> bytes:
    """Return a response of the server's own, the last one of its connection."""
    fields = f"Date: {formatdate(usegmt=True)}\r\nContent-Length: 0\r\nConnection: close"
    return f"HTTP/1.1 {status}\r\n{fields}\r\n\r\n".encode("latin-1")


def run(application: Any, connection: socket.socket) -> None:
    """Serve a connection, request by request: the body of a thread."""
    with connection, contextlib.suppress(OSError):
        connection.settimeout(IDLE_SECONDS)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        stream = connection.makefile("rb")
        while line := stream.readline(65536).decode("latin-1"):
            if line == "\r\n":
                continue  # RFC 9112, 2.2: some clients end a body with an empty line too many
            try:
                environ = make_environ(line, stream, connection)
            except BadRequest:
                connection.sendall(refusal("400 Bad Request"))
                break
            if not serve_request(application, environ, connection):
                break
        connection.shutdown(socket.SHUT_WR)


def serve(application: Any, host: str, port: int) -> None:
    """Serve all clients at once, each for as long as it comes back within the time."""
    with socket.create_server((host, port), backlog=100) as listener:
        print(f"http://{host}:{listener.getsockname()[1]}/", flush=True)
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=run, args=(application, connection), daemon=True).start()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("application", metavar="MODULE:NAME")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    module, _, name = options.application.partition(":")
    serve(getattr(importlib.import_module(module), name or "application"), options.host, options.port)
