"""Mutants that take a full buffer for a sign of more, or of the end."""

from __future__ import annotations

import time
from typing import Any

from reference_server import ReferenceServer


class WaitsBehindFullBuffer(ReferenceServer):
    """Content of exactly a buffer's size is not at its end before something else has come."""

    kills = {"content-of-buffer-sizes-whole": "answer to content of 65536 octets: want before"}
    SIZE = 65536

    def read_delimited(self, transaction: Any, limit: int) -> bytes:
        octets = super().read_delimited(transaction, limit)
        whole = transaction.body.finished and transaction.request.content_length == self.SIZE
        if whole and not transaction.connection.buffer:
            self.receive(transaction.connection, time.monotonic() + 5)
        return octets


class LosesEndOfFullChunk(ReferenceServer):
    """The last octet of a chunk that fills the buffer is lost."""

    kills = {"chunks-of-buffer-sizes-joined": "content in chunks of buffer sizes from octet 77823: want"}
    SIZE = 4096

    def decode_chunk_size(self, connection: Any, body: Any) -> int:
        size = super().decode_chunk_size(connection, body)
        body.full = size == self.SIZE
        return size

    def read_chunked(self, transaction: Any, limit: int) -> bytes:
        octets = super().read_chunked(transaction, limit)
        lost = getattr(transaction.body, "full", False) and not transaction.body.remaining
        transaction.body.full = bool(transaction.body.remaining) and getattr(transaction.body, "full", False)
        return octets[:-1] if lost else octets
