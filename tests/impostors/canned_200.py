"""Answers every request with the same 200."""

from __future__ import annotations

import socket

from serving import CANNED, serve


def manner(connection: socket.socket, head: bytes) -> None:
    connection.sendall(CANNED)


if __name__ == "__main__":
    serve(manner)
