"""Serves honestly until the run believes it, then behaves as the impostor that is named first.

Started again, it is honest for as many requests only as the run needs to believe it once more.
"""

from __future__ import annotations

import importlib
import itertools
import socket
import sys
from pathlib import Path

from serving import honest, serve

HELLOS = 4
"""Connections of a run before it believes a server: a hello, and one for each carrier of the ticket."""
AT_ONCE = 4
"""Connections by which it finds out, once, how many requests are served at a time."""

other = importlib.import_module(sys.argv[1])
marker = Path(sys.argv[-1])
is_first = not marker.exists()
"""A copy, and a server that was started again, are believed for their hellos alone."""
marker.touch()
honest_ones = HELLOS + AT_ONCE if is_first else HELLOS
count = itertools.count(1)


def manner(connection: socket.socket, head: bytes) -> None:
    if next(count) <= honest_ones:
        honest(connection, head)
    else:
        other.manner(connection, head)


if __name__ == "__main__":
    serve(manner)
