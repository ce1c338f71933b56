"""Rung 7: one thread watches all connections with a selector; a pool serves those that have asked."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import re
import selectors
import socket
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import unquote_to_bytes


def make_environ(stream: Any, server: tuple[str, int], client: tuple[str, int]) -> dict[str, Any]:
    """Read a request, and return it as an environ; raises ValueError where it is malformed."""
    method, target, protocol = stream.readline(65536).decode("latin-1").split(" ")
    path, _, query = target.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": protocol.strip(),
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    while (line := stream.readline(65536).decode("latin-1").strip("\r\n")) != "":
        name, _, value = line.partition(":")
        key = name.upper().replace("-", "_")
        environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value.strip(" \t")
    length = environ.get("CONTENT_LENGTH", "0")
    if not length.isdecimal():
        raise ValueError("a length that is none")
    environ["wsgi.input"] = io.BytesIO(stream.read(int(length)))
    return environ


class Response:
    """What the application makes of one request; the head goes out with the first block."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.head: tuple[str, list[tuple[str, str]]] | None = None
        self.head_sent = False

    def start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        """Take status and headers: this is ``start_response``."""
        if exc_info and self.head_sent:
            raise exc_info[1].with_traceback(exc_info[2])
        if self.head and not exc_info:
            raise AssertionError("start_response() called twice")
        self.head = (status, list(headers))
        return self.write

    def write(self, block: bytes) -> None:
        """Send a block, and the head before the first one."""
        if self.head is None:
            raise AssertionError("no start_response() before the first block")
        if not self.head_sent:
            self.head_sent = True
            lines = [f"HTTP/1.0 {self.head[0]}", *(f"{name}: {value}" for name, value in self.head[1])]
            self.connection.sendall("".join(line + "\r\n" for line in [*lines, ""]).encode("latin-1"))
        self.connection.sendall(block)


def serve_request(application: Any, connection: socket.socket, client: tuple[str, int], stream: Any) -> None:
    """Serve one request: call the application, send what it returns, close that."""
    response = Response(connection)
    try:
        environ = make_environ(stream, connection.getsockname(), client)
    except ValueError:
        return connection.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\n")
    try:
        blocks = application(environ, response.start)
        try:
            for block in blocks:
                if block:
                    response.write(block)
            if not response.head_sent:
                response.write(b"")
        finally:
            getattr(blocks, "close", lambda: None)()
    except BaseException:  # of an error that nobody catches, a pool would not tell
        traceback.print_exc()
        if not response.head_sent:
            connection.sendall(b"HTTP/1.0 500 Internal Server Error\r\n\r\n")


def is_whole(octets: bytes) -> bool:
    """Return whether a request has arrived to its end, or so much of it that waiting is no use."""
    head, end, body = octets.partition(b"\r\n\r\n")
    length = re.search(rb"\r\ncontent-length:[ \t]*([0-9]{1,15})[ \t]*(?:\r\n|$)", head, re.I)
    return bool(end and len(body) >= (int(length[1]) if length else 0)) or len(head) > 65536


def run(application: Any, connection: socket.socket, client: tuple[str, int], octets: bytes) -> None:
    """Serve a request that is here already: a thread waits for no client any more, but for its reading."""
    with connection, contextlib.suppress(OSError):  # the client may go
        connection.setblocking(True)
        serve_request(application, connection, client, io.BytesIO(octets))


def serve(application: Any, host: str, port: int) -> None:
    """Collect what arrives on all connections at once: a client that dawdles costs no thread."""
    selector, pool = selectors.DefaultSelector(), ThreadPoolExecutor(16)
    with socket.create_server((host, port), backlog=100) as listener:
        print(f"http://{host}:{listener.getsockname()[1]}/", flush=True)
        listener.setblocking(False)
        selector.register(listener, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is listener:
                    connection, client = listener.accept()
                    connection.setblocking(False)
                    selector.register(connection, selectors.EVENT_READ, (connection, client, bytearray()))
                    continue
                connection, client, octets = key.data
                try:
                    more = connection.recv(65536)
                except OSError:
                    more = b""
                octets += more
                if not more or is_whole(octets):
                    selector.unregister(connection)
                    pool.submit(run, application, connection, client, bytes(octets))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("application", metavar="MODULE:NAME")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    module, _, name = options.application.partition(":")
    serve(getattr(importlib.import_module(module), name or "application"), options.host, options.port)
