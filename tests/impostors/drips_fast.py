"""Sends single octets as fast as it can, so that no wait ever times out."""

from __future__ import annotations

import socket

from serving import serve


def manner(connection: socket.socket, head: bytes) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b"a")


if __name__ == "__main__":
    serve(manner)
