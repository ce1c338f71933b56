"""Promises a response for ever."""

from __future__ import annotations

import socket

from serving import serve


def manner(connection: socket.socket, head: bytes) -> None:
    while True:
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)


if __name__ == "__main__":
    serve(manner)
