"""Clients of the reference server on sockets of any kind."""

from __future__ import annotations

import socket
from pathlib import Path


def open_unix(path: Path) -> socket.socket:
    """Connect to a UNIX socket."""
    client = socket.socket(socket.AF_UNIX)
    client.settimeout(5)
    client.connect(str(path))
    return client


def exchange_over(client: socket.socket, octets: bytes) -> bytes:
    """Send, receive until the server closes, and close."""
    with client:
        client.sendall(octets)
        received = b""
        while block := client.recv(65536):
            received += block
    return received
