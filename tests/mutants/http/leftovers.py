"""Mutants whose connections remember what a request left behind."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer
from reference_server.state import Transaction


class StaysBodiless(ReferenceServer):
    """A response without content makes the next one of its connection one, too."""

    kills: dict[str, str]

    def is_bodiless(self, transaction: Transaction) -> bool:
        """Tell whether this transaction leaves the mark."""
        return False

    def run_in_turn(self, transaction: Transaction) -> None:
        super().run_in_turn(transaction)
        transaction.connection.bodiless = self.is_bodiless(transaction)  # type: ignore[attr-defined]

    def queue_block(self, transaction: Transaction, block: bytes) -> None:
        if getattr(transaction.connection, "bodiless", False) and b" behind " in b" " + block:
            transaction.produced += len(block)
        else:
            super().queue_block(transaction, block)


class StaysHead(StaysBodiless):
    """The mark is left by HEAD."""

    kills = {
        "content-behind-small-head-whole": "content behind HEAD",
        "content-sent-behind-head": "content behind HEAD: want b'the content behind HEAD', got",
    }

    def is_bodiless(self, transaction: Transaction) -> bool:
        return transaction.request.method == "HEAD"


class StaysNoContent(StaysBodiless):
    """The mark is left by 204."""

    kills = {"content-sent-behind-no-content": "content behind 204: want b'the content behind 204', got"}

    def is_bodiless(self, transaction: Transaction) -> bool:
        return self.status_code(transaction) == 204


class StaysNotModified(StaysBodiless):
    """The mark is left by 304."""

    kills = {
        "content-behind-small-not-modified-whole": "content behind 304",
        "content-sent-behind-not-modified": "content behind 304: want b'the content behind 304', got",
        "response-unmarked-by-previous-ones": "content of response 4 of the connection",
    }

    def is_bodiless(self, transaction: Transaction) -> bool:
        return self.status_code(transaction) == 304


class KeepsContent(ReferenceServer):
    """Content that nobody read waits for the next reader on the connection."""

    kills: dict[str, str]
    kept: bytes

    def run_in_turn(self, transaction: Transaction) -> None:
        super().run_in_turn(transaction)
        begun = transaction.connection.buffer.startswith(self.kept)
        if transaction.persistent and begun and not transaction.body.finished:
            transaction.connection.kept = self.kept  # type: ignore[attr-defined]

    def read_content(self, transaction: Transaction, limit: int) -> bytes:
        kept: bytes = getattr(transaction.connection, "kept", b"")
        if kept:
            transaction.connection.kept = kept[limit:]  # type: ignore[attr-defined]
            return kept[:limit]
        return super().read_content(transaction, limit)


class KeepsUnread(KeepsContent):
    """All of it was left."""

    kills = {"content-left-unread-not-in-next-request": "content of request 2: want second, got"}
    kept = b"left alone"


class KeepsRest(KeepsContent):
    """The rest of it was left."""

    kills = {"content-half-read-not-in-later-request": "content of request 5: want fifth, got"}
    kept = b" half."


class InheritsQuery(ReferenceServer):
    """A request without a query has that of the one before."""

    kills = {"target-of-each-request": "QUERY_STRING of the second request: want '', got"}

    def read_request_head(self, connection: Any, request: Any) -> None:
        super().read_request_head(connection, request)
        if request.query == b"first=1":
            connection.query = request.query
        elif not request.query:
            request.query = getattr(connection, "query", b"")


class KeepsFieldsOfFailed(ReferenceServer):
    """The connection is kept behind an error, and with it the fields of what failed."""

    kills = {"response-behind-error-its-own": "X-First behind an error: want absent, got present"}

    def application_error(self, transaction: Transaction, error: BaseException) -> None:
        if transaction.head_sent or ("Content-Type", "text/x-first") not in transaction.headers:
            super().application_error(transaction, error)
            return
        transaction.connection.failed = transaction.headers[1:]  # type: ignore[attr-defined]
        head = self.format_status_line("500 Internal Server Error") + self.format_headers(
            [*self.date_header(), ("Content-Length", "0")]
        )
        self.send(transaction.connection, head)
        transaction.head_sent = transaction.persistent = True

    def store_response(self, transaction: Any, status: str, headers: Any) -> None:
        super().store_response(transaction, status, headers + getattr(transaction.connection, "failed", []))


class KnowsTheFirstMethod(ReferenceServer):
    """Whether a response has content is found out once for a connection."""

    kills = {
        "head-behind-get-without-content": "octets behind the header section of a response to HEAD: want",
    }

    def run_in_turn(self, transaction: Transaction) -> None:
        super().run_in_turn(transaction)
        if not hasattr(transaction.connection, "known"):
            transaction.connection.known = transaction.request.method  # type: ignore[attr-defined]

    def may_have_content(self, transaction: Transaction) -> bool:
        if getattr(transaction.connection, "known", "") == "GET" and self.status_code(transaction) == 200:
            return True
        return super().may_have_content(transaction)


class StillCounts(ReferenceServer):
    """The octets that a response without content announced are counted in the next one."""

    kills: dict[str, str]

    def is_counted(self, transaction: Transaction) -> bool:
        """Tell whether this transaction leaves its length behind."""
        return False

    def run_in_turn(self, transaction: Transaction) -> None:
        super().run_in_turn(transaction)
        left = transaction.content_length if self.is_counted(transaction) else None
        transaction.connection.left = left  # type: ignore[attr-defined]

    def truncate(self, transaction: Transaction, block: bytes) -> bytes:
        left = getattr(transaction.connection, "left", None)
        if left is not None and transaction.content_length is None:
            return block[: max(left - transaction.produced, 0)]
        return super().truncate(transaction, block)


class StillCountsHead(StillCounts):
    """It was announced for HEAD."""

    kills = {
        "content-behind-small-head-whole": "content behind HEAD: want b'the content behind HEAD', got b'the'"
    }

    def is_counted(self, transaction: Transaction) -> bool:
        return transaction.request.method == "HEAD"


class StillCountsNotModified(StillCounts):
    """It was announced with 304."""

    kills = {
        "content-behind-small-not-modified-whole": "content behind 304: want b'the content behind 304', got b'the'"
    }

    def is_counted(self, transaction: Transaction) -> bool:
        return self.status_code(transaction) == 304
