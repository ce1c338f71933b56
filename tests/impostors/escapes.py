"""Answers with terminal escapes, HTML and markup in its fields and its content."""

from __future__ import annotations

import socket

from serving import serve


def manner(connection: socket.socket, head: bytes) -> None:
    connection.sendall(
        b"HTTP/1.1 200 \x1b[31mOK\x07\r\nX-A: \x1b]0;owned\x07<script>alert(1)</script>[bold]\r\n"
        b"Content-Length: 28\r\nConnection: close\r\n\r\n\x1b[2J</pre><img src=x>[/bold]\x9b\n"
    )


if __name__ == "__main__":
    serve(manner)
