"""Closes every connection at once."""

from __future__ import annotations

import socket

from serving import serve


def manner(connection: socket.socket, head: bytes) -> None:
    return


if __name__ == "__main__":
    serve(manner)
