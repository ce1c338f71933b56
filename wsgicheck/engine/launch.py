"""What a server is started with: a place to listen at, the words of its command, and its environment."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from ..model.exchange import Server
from ..servers.certificate import Certificate
from ..servers.command import PROBE_MODULE, authority_of
from ..servers.port import Port
from ..transports.connection import Address
from .room import PROBE_FILE, Room

STRAY_VARIABLES = {
    "HTTP_X_WSGICHECK_STRAY": "from the operating system",
    "WSGICHECK_TEXT": "caf\u00e9 \u20ac",
}
"""Put into the server's environment: one must never pose as a request header, the other is not Latin-1."""


@dataclass(frozen=True)
class Launch:
    """Where the server is to listen, in our words and in those of its command line.

    ``port`` is held until it is released; None where the server listens on a UNIX socket.
    """

    address: Address
    server: Server
    values: Mapping[str, str]
    """What the placeholders of the command stand for."""
    port: Port | None


def prepare(command: str, host: str, room: Room, certificate: Certificate | None) -> Launch:
    """Find a free place for a server: a port where the command has one, or else a UNIX socket in the room."""
    socket_path = str(room.path / "server.sock")
    scheme = "https" if certificate else "http"
    port: Port | None = None
    address: Address = socket_path
    server = Server("localhost", None, "localhost", scheme=scheme)
    if "{port}" in command:
        port = Port(host)
        address = (host, port.number)
        server = Server(host, port.number, authority_of(*address), scheme=scheme)
    values = {
        "app": f"{PROBE_MODULE}:application",
        "module": PROBE_MODULE,
        "callable": "application",
        "app_file": str(room.path / PROBE_FILE),
        "host": host,
        "port": str(port.number if port else 0),
        "socket": socket_path,
        "room": str(room.path),
        "python": sys.executable,
    }
    if certificate:
        values |= {"tls_cert": certificate.chain, "tls_key": certificate.key}
    return Launch(address, server, values, port)


def environment(users: Mapping[str, str], room: Room) -> dict[str, str]:
    """Return the user's environment with the room first on ``PYTHONPATH``."""
    path = [str(room.path)]
    if users.get("PYTHONPATH"):
        path.append(users["PYTHONPATH"])
    return {
        **users,
        **STRAY_VARIABLES,
        "PYTHONPATH": os.pathsep.join(path),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
    }
