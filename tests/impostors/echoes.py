"""Sends back, as content, what it was sent, tickets included."""

from __future__ import annotations

import socket

from serving import serve


def manner(connection: socket.socket, head: bytes) -> None:
    length = f"Content-Length: {len(head)}\r\n".encode()
    connection.sendall(b"HTTP/1.1 200 OK\r\n" + length + b"Connection: close\r\n\r\n" + head)


if __name__ == "__main__":
    serve(manner)
