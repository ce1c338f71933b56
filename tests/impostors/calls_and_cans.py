"""Calls the application as it should, and sends an answer of its own."""

from __future__ import annotations

import socket

from serving import CANNED, call, serve


def manner(connection: socket.socket, head: bytes) -> None:
    call(head)
    connection.sendall(CANNED)


if __name__ == "__main__":
    serve(manner)
