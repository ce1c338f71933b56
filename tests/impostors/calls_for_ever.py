"""Calls the application again and again for one request."""

from __future__ import annotations

import socket

from serving import call, serve


def manner(connection: socket.socket, head: bytes) -> None:
    while True:
        call(head)


if __name__ == "__main__":
    serve(manner)
