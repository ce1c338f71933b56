"""Mutants that carry something of ``start_response()`` over to another invocation."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class KeepsHeadersOnConnection(ReferenceServer):
    """The list of headers is one of the connection's, and headers of one's own stay in it."""

    kills = {"start-response-fresh-on-kept-connection": "X-Earlier in the second response: want absent"}

    def final_headers(self, transaction: Any) -> Any:
        headers = super().final_headers(transaction)
        kept = getattr(transaction.connection, "kept", [])
        transaction.connection.kept = [header for header in transaction.headers if header[0][:2] == "X-"]
        return headers + kept


class KeepsHeadersOfFailed(ReferenceServer):
    """Only a response that was sent is cleared away."""

    kills = {"start-response-fresh-after-error": "X-Failed in the second response: want absent"}
    failed: Any = ()

    def application_error(self, transaction: Any, error: BaseException) -> None:
        super().application_error(transaction, error)
        self.failed = [*self.failed, *(each for each in transaction.headers if each[0] == "X-Failed")]

    def final_headers(self, transaction: Any) -> Any:
        return [*super().final_headers(transaction), *self.failed]


class SharesStatus(ReferenceServer):
    """The status lies in the server while the application runs."""

    kills = {
        "start-response-fresh-for-concurrent-requests": "statuses of three requests at once: want (211, 212"
    }
    shared = ""

    def store_response(self, transaction: Any, status: str, headers: Any) -> None:
        super().store_response(transaction, status, headers)
        self.shared = status if status.endswith("Own") else self.shared

    def send_head(self, transaction: Any, block: bytes) -> None:
        if transaction.status.endswith("Own"):
            transaction.status = self.shared
        super().send_head(transaction, block)
