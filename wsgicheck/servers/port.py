"""A free port of our own, without a race between runs of wsgicheck."""

from __future__ import annotations

import os
import random
import socket
import sys

from ..errors import ServerTrouble

FALLBACK_EPHEMERAL_START = 32768


class Port:
    """A port that no other run of wsgicheck takes while this object is held.

    It lies below the range from which the kernel hands out ports to clients, so that nobody gets it by
    chance between our look and the server's bind; and it is locked by a name in the abstract socket
    namespace (Linux), which vanishes with this process and leaves no file behind.
    """

    def __init__(self, host: str) -> None:
        self.host = host
        self._lock: socket.socket | None = None
        self.number = self._take()

    def _take(self) -> int:
        top = _first_ephemeral_port()
        candidates = random.Random().sample(range(max(1024, top - 12000), top), 400)
        for number in candidates:
            lock = _lock(number)
            if lock is None:
                continue
            if _is_free(self.host, number):
                self._lock = lock
                return number
            lock.close()
        raise ServerTrouble(
            f"no free port was found on {self.host}", "is something using thousands of ports?"
        )

    def release(self) -> None:
        """Let others take the port."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def _lock(number: int) -> socket.socket | None:
    lock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    if sys.platform == "linux":
        try:
            lock.bind(f"\0wsgicheck-port-{number}")
        except OSError:
            lock.close()
            return None
    return lock


def _is_free(host: str, number: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, number))
        except OSError:
            return False
    return True


def _first_ephemeral_port() -> int:
    path = "/proc/sys/net/ipv4/ip_local_port_range"
    if not os.path.exists(path):
        return FALLBACK_EPHEMERAL_START
    with open(path, encoding="ascii") as stream:
        start = int(stream.read().split()[0])
    return start if start > 4096 else FALLBACK_EPHEMERAL_START
