"""Mutants that refuse a malformed request as soon as they see it."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer

REFUSAL = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class RefusesAhead(ReferenceServer):
    """The refusal goes out while the application still runs for the request before."""

    kills = {"refusal-not-before-earlier-response": "the first response: want 200, got 400"}

    def send_head(self, transaction: Any, block: bytes) -> None:
        if b"X-A : " in transaction.connection.buffer and block.endswith(b"second block"):
            transaction.outgoing += REFUSAL
        super().send_head(transaction, block)


class RefusesInBetween(ReferenceServer):
    """The refusal goes out between two blocks of the response before."""

    kills = {"refusal-not-within-earlier-response": "within it: want no other response, got"}

    def queue_block(self, transaction: Any, block: bytes) -> None:
        if b"nonsense" in transaction.connection.buffer and block == b"second block":
            transaction.outgoing += REFUSAL
        super().queue_block(transaction, block)
