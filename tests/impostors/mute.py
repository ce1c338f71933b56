"""Accepts, reads, and never says a word."""

from __future__ import annotations

import socket
import threading

from serving import serve


def manner(connection: socket.socket, head: bytes) -> None:
    threading.Event().wait()


if __name__ == "__main__":
    serve(manner)
