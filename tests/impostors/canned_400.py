"""Answers every request with 400, which a check of refusals alone would take for virtue."""

from __future__ import annotations

import socket

from serving import serve


def manner(connection: socket.socket, head: bytes) -> None:
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


if __name__ == "__main__":
    serve(manner)
