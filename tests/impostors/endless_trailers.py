"""Ends its content, but never its trailer section, which is malformed throughout."""

from __future__ import annotations

import itertools
import socket

from serving import serve


def manner(connection: socket.socket, head: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n")
    for number in itertools.count():
        connection.sendall(b"".join(b"bad %d.%d\r\n" % (number, line) for line in range(1000)))


if __name__ == "__main__":
    serve(manner)
