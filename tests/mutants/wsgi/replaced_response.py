"""Mutants that decide at the first call of ``start_response()`` what only the last one tells."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


def is_first(transaction: Any, name: str, value: Any) -> bool:
    """Note something of the first call; return whether this is that call."""
    if hasattr(transaction, name):
        return False
    setattr(transaction, name, value)
    return True


class StaysWithoutContent(ReferenceServer):
    """Once a 304, the response has no content for ever."""

    kills = {"exc-info-replaces-status-without-content": "content: want b'what went wrong', got b''"}

    def store_response(self, transaction: Any, status: str, headers: Any) -> None:
        super().store_response(transaction, status, headers)
        is_first(transaction, "bodiless", status[:3] == "304")

    def queue_block(self, transaction: Any, block: bytes) -> None:
        super().queue_block(transaction, b"" if transaction.bodiless else block)


class StaysWithoutStream(ReferenceServer):
    """Once a 204, the response has no content for ever."""

    kills = {"exc-info-replaces-no-content-by-stream": "content: want b'what went wrong', got b''"}

    def store_response(self, transaction: Any, status: str, headers: Any) -> None:
        super().store_response(transaction, status, headers)
        is_first(transaction, "bodiless", status[:3] == "204")

    def queue_block(self, transaction: Any, block: bytes) -> None:
        super().queue_block(transaction, b"" if transaction.bodiless else block)


class EndsReplacedInChunk(ReferenceServer):
    """A response that began as a stream ends as one."""

    kills = {"exc-info-replaces-by-status-without-content": "octets behind the header section of a 204: want"}

    def store_response(self, transaction: Any, status: str, headers: Any) -> None:
        super().store_response(transaction, status, headers)
        is_first(transaction, "streamed", status[:3] == "200")

    def last_chunk(self, transaction: Any) -> bytes:
        replaced = transaction.streamed and self.status_code(transaction) == 204
        return b"0\r\n\r\n" if replaced else super().last_chunk(transaction)


class KeepsChunks(ReferenceServer):
    """A response without a length is chunked, and stays so when it gets one."""

    kills = {"exc-info-replaces-by-declared-length": "Transfer-Encoding beside Content-Length: want absent"}

    def store_response(self, transaction: Any, status: str, headers: Any) -> None:
        first = is_first(transaction, "sized", any(name == "Content-Length" for name, _ in headers))
        super().store_response(transaction, status, headers)
        if not first and not transaction.sized and transaction.status[:3] == "503":
            transaction.headers.append(("Transfer-Encoding", "chunked"))


class TakesDateForGiven(ReferenceServer):
    """It notes at each call which fields the application supplies, and forgets none."""

    kills = {"date-sent-in-place-of-replaced-one": "lines of Date: want 1, got 0"}

    def store_response(self, transaction: Any, status: str, headers: Any) -> None:
        is_first(transaction, "dated", any(name == "Date" for name, _ in headers))
        super().store_response(transaction, status, headers)

    def missing_headers(self, transaction: Any, present: set[str]) -> Any:
        return super().missing_headers(transaction, present | ({"date"} if transaction.dated else set()))
