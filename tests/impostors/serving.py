"""What the impostors share: a listener, a reader of request heads, and an honest minimal WSGI server.

Standard library only, nothing of wsgicheck: an impostor is somebody else's program.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import socket
import sys
import threading
from collections.abc import Callable
from typing import Any

Manner = Callable[[socket.socket, bytes], None]
"""What an impostor does with a connection, once it has read the request head."""

CANNED = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nwsgicheck"


def serve(manner: Manner, *, reads: bool = True) -> None:
    """Serve for ever as ``SCRIPT [NAME] HOST PORT APP MARKER``, each connection in a thread."""
    host, port = sys.argv[-4], int(sys.argv[-3])
    listener = socket.create_server((host, port), backlog=128)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=_handle, args=(manner, connection, reads), daemon=True).start()


def _handle(manner: Manner, connection: socket.socket, reads: bool) -> None:
    with connection, contextlib.suppress(OSError):
        manner(connection, read_head(connection) if reads else b"")


def read_head(connection: socket.socket) -> bytes:
    """Read up to the empty line, or to the end."""
    head = b""
    while b"\r\n\r\n" not in head:
        octets = connection.recv(65536)
        if not octets:
            break
        head += octets
    return head


def application_of_the_run() -> Callable[..., Any]:
    """Import the application that the command names."""
    module, _, name = sys.argv[-2].partition(":")
    application: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return application


def call(head: bytes) -> tuple[str, list[tuple[str, str]], bytes]:
    """Call the application as a server should; return status, headers and content."""
    lines = head.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    method, target, protocol = [*lines[0].split(" "), "", "", ""][:3]
    path, _, query = target.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": sys.argv[-4],
        "SERVER_PORT": sys.argv[-3],
        "SERVER_PROTOCOL": protocol,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for line in lines[1:]:
        name, _, value = line.partition(":")
        environ["HTTP_" + name.upper().replace("-", "_")] = value.strip()
    started: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        started[:] = [status, headers]
        return lambda octets: None

    returned = application_of_the_run()(environ, start_response)
    content = b"".join(returned)
    if hasattr(returned, "close"):
        returned.close()
    return started[0], started[1], content


def honest(connection: socket.socket, head: bytes) -> None:
    """Call the application and send what it answers."""
    status, headers, content = call(head)
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers), "Connection: close"]
    connection.sendall("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + content)
