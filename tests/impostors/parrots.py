"""Sends back the bare octets that it was sent."""

from __future__ import annotations

import socket

from serving import serve


def manner(connection: socket.socket, head: bytes) -> None:
    connection.sendall(head)


if __name__ == "__main__":
    serve(manner)
