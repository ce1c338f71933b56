"""Sends octets that are no HTTP at all."""

from __future__ import annotations

import socket

from serving import serve


def manner(connection: socket.socket, head: bytes) -> None:
    connection.sendall(bytes(range(256)) * 16)


if __name__ == "__main__":
    serve(manner)
