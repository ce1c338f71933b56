"""Sends field lines without end."""

from __future__ import annotations

import itertools
import socket

from serving import serve


def manner(connection: socket.socket, head: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in itertools.count():
        connection.sendall(b"X-%d: " % number + b"a" * 4096 + b"\r\n")


if __name__ == "__main__":
    serve(manner)
