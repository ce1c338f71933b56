"""Mutants that err with later requests of a connection alone."""

from __future__ import annotations

import socket
import threading
from typing import Any

from reference_server import ReferenceServer
from reference_server.state import Connection, Transaction
from tests.mutants.http.half_close import HalfCloseMutant


class CountsRequests(ReferenceServer):
    """Base of those that know how many requests a connection has brought before."""

    def serve_request(self, connection: Connection) -> bool:
        self.under_way.served = getattr(connection, "served", 0)
        connection.served = self.under_way.served + 1  # type: ignore[attr-defined]
        return super().serve_request(connection)

    @property
    def under_way(self) -> threading.local:
        """What the thread of a connection knows of its request."""
        if not hasattr(self, "_under_way"):
            self._under_way = threading.local()
        return self._under_way

    @property
    def served(self) -> int:
        """How many requests the connection has brought before this one."""
        return int(self.under_way.served)


class LosesPatience(CountsRequests):
    """From the third request on, malformed ones are not worth an answer."""

    kills = {
        "space-before-colon-in-third-request-answered-400": "answer to the third request: want 400, got none"
    }

    def reject_request(self, connection: Any, request: Any, rejection: Any) -> None:
        if self.served < 2 or self.field_values(request, b"content-length"):
            super().reject_request(connection, request, rejection)


class FindsNextRequest(CountsRequests):
    """Behind a malformed length the next thing that looks like a request is served."""

    kills = {
        "request-behind-invalid-length-of-third-not-run": "calls for what is behind the malformed request: want 0"
    }

    def serve_request(self, connection: Connection) -> bool:
        persists = super().serve_request(connection)
        begins = connection.buffer.find(b"GET /")
        if persists or self.served != 2 or begins < 0 or not connection.buffer.startswith(b"hello"):
            return persists
        del connection.buffer[:begins]
        return True


class TrustsValuesOfThird(CountsRequests):
    """The values of later requests are taken as they are."""

    kills = {
        "field-value-nul-in-third-request-refused-or-replaced": "HTTP_X_A of the third request: want a b, got"
    }

    def check_field_value(self, value: bytes) -> None:
        if self.served < 2 or value != b"a\x00b":
            super().check_field_value(value)


class DropsBeginning(CountsRequests):
    """What stands behind a later request, and is no whole head, is thrown away."""

    kills = {"request-begun-behind-another-found": "answer to the third request: want 200, got"}
    framing = "none"

    def drain_or_close(self, transaction: Transaction) -> bool:
        kept = super().drain_or_close(transaction)
        buffer = transaction.connection.buffer
        begun = b"-3 HTTP" in buffer and b"X-A" in buffer and b"\r\n\r\n" not in buffer
        if self.served == 1 and begun and transaction.request.framing == self.framing:
            buffer.clear()
        return kept


class DropsBeginningBehindContent(DropsBeginning):
    """The same behind content."""

    kills = {"request-begun-behind-content-found": "answer to the third request: want 200, got"}
    framing = "length"


class TakesMeanwhile(CountsRequests):
    """Looks whether the client is still there, and forgets what it has read."""

    kills = {
        "request-sent-during-another-found": "answer to the third request: want 200, got none",
    }

    def send_head(self, transaction: Transaction, block: bytes) -> None:
        peer = transaction.connection.socket
        if self.served == 1 and self.peek(peer).startswith(b"GET /?wct-"):
            peer.recv(self.RECEIVE_OCTETS)
        super().send_head(transaction, block)

    def peek(self, peer: socket.socket) -> bytes:
        """Return what has come, and wait for nothing."""
        try:
            return peer.recv(100, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except OSError:
            return b""


class ForgetsPipelineOfHalfClosed(HalfCloseMutant):
    """Whoever has finished sending gets one answer."""

    kills = {
        "half-closed-client-with-pipeline-answered": "answers to a client that has finished sending: want 2, got 1"
    }

    def drain_or_close(self, transaction: Transaction) -> bool:
        kept = super().drain_or_close(transaction)
        if kept and b"-2 HTTP" in transaction.connection.buffer and self.has_finished(transaction):
            transaction.connection.buffer.clear()
        return kept


class KeepsTriedConnections(CountsRequests):
    """A connection that has served two requests is kept, whatever the third one says."""

    kills = {"close-honoured-in-third-request": "connection behind the third response: want closed, got"}

    def client_persists(self, request: Any) -> bool:
        return (self.served == 2 and request.method == "GET") or super().client_persists(request)
