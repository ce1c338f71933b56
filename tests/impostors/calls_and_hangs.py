"""Calls the application as it should, and never answers."""

from __future__ import annotations

import socket
import threading

from serving import call, serve


def manner(connection: socket.socket, head: bytes) -> None:
    call(head)
    threading.Event().wait()


if __name__ == "__main__":
    serve(manner)
