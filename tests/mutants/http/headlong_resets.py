"""Mutants that trip over connections whose client has left before they were accepted."""

from __future__ import annotations

import os
import socket
import threading
from typing import Any

from reference_server import ReferenceServer


class HasRoomForWhoeverHasGone(ReferenceServer):
    """What is accepted without a client keeps its place among the connections, of which there are a hundred."""

    kills = {
        "resets-before-accept-survived": "the server was lost",
        "resets-before-accept-leave-nothing-behind": "the server was lost",
    }
    ghosts = 0
    MOST = 100

    def make_connection(self, accepted: socket.socket, address: Any) -> Any:
        try:
            accepted.getpeername()
        except OSError:
            self.ghosts += 1
        return super().make_connection(accepted, address)

    def await_request(self, connection: Any) -> bool:
        if self.ghosts > self.MOST:
            threading.Event().wait()
        return super().await_request(connection)


class KeepsTheDescriptorOfWhoeverHasGone(ReferenceServer):
    """What is accepted without a client is nobody's to close."""

    kills = {"resets-before-accept-leave-nothing-behind": "clients left behind"}

    def make_connection(self, accepted: socket.socket, address: Any) -> Any:
        try:
            accepted.getpeername()
        except OSError:
            os.dup(accepted.fileno())
        return super().make_connection(accepted, address)
