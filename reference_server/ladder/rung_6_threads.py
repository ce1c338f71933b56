"""Rung 6: several connections at once, each with a thread of its own."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import socket
import sys
import threading
import traceback
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


def serve_connection(application: Any, connection: socket.socket, client: tuple[str, int]) -> None:
    """Serve one request: call the application, send what it returns, close that."""
    response = Response(connection)
    try:
        environ = make_environ(connection.makefile("rb"), connection.getsockname(), client)
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
    except Exception:
        traceback.print_exc()
        if not response.head_sent:
            connection.sendall(b"HTTP/1.0 500 Internal Server Error\r\n\r\n")


def run(application: Any, connection: socket.socket, client: tuple[str, int]) -> None:
    """Serve a connection to its end: the body of a thread."""
    with connection, contextlib.suppress(OSError):  # the client may go
        serve_connection(application, connection, client)


def serve(application: Any, host: str, port: int) -> None:
    """Serve all clients at once: whoever dawdles holds up nobody, but costs a thread."""
    with socket.create_server((host, port), backlog=100) as listener:
        print(f"http://{host}:{listener.getsockname()[1]}/", flush=True)
        while True:
            connection, client = listener.accept()
            threading.Thread(target=run, args=(application, connection, client), daemon=True).start()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("application", metavar="MODULE:NAME")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    module, _, name = options.application.partition(":")
    serve(getattr(importlib.import_module(module), name or "application"), options.host, options.port)
