"""Ends its whole process with every request."""

from __future__ import annotations

import os
import socket

from serving import serve


def manner(connection: socket.socket, head: bytes) -> None:
    os._exit(7)


if __name__ == "__main__":
    serve(manner)
