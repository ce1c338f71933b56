"""Sends one octet every 50 ms, for ever, so that no single wait is long."""

from __future__ import annotations

import socket
import time

from serving import serve


def manner(connection: socket.socket, head: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"a")
        time.sleep(0.05)


if __name__ == "__main__":
    serve(manner)
