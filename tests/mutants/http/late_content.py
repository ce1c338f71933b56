"""Mutants of content that comes when its request was answered already."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from reference_server import ReferenceServer


class ForgetsChunkInBetween(ReferenceServer):
    """When nothing more of a chunk is there, nothing more is to come."""

    kills = {
        "rest-of-chunk-that-comes-late-not-a-request": "calls for the request within the content: want 0"
    }

    def drain_or_close(self, transaction: Any) -> bool:
        chunked = transaction.request.framing == "chunked"
        begun = chunked and transaction.body.remaining and not transaction.connection.buffer
        return bool(begun) or super().drain_or_close(transaction)


class ExpectsNoContentOfHead(ReferenceServer):
    """HEAD has no content: so none is to come."""

    kills = {
        "content-of-head-that-comes-late-not-a-request": "calls for the request within the content: want"
    }

    def drain_or_close(self, transaction: Any) -> bool:
        late = transaction.body.remaining and not transaction.connection.buffer
        head = transaction.request.method == "HEAD" and late
        return bool(head) or super().drain_or_close(transaction)


class KeepsRefused(ReferenceServer):
    """The connection is kept behind the refusal of a request whose content has not come."""

    kills = {"content-behind-refused-expectation-not-run": "calls for the request within the content: want 0"}
    STATUS = HTTPStatus.EXPECTATION_FAILED

    def reject_request(self, connection: Any, request: Any, rejection: Any) -> None:
        connection.kept = rejection.status == self.STATUS and not connection.buffer
        super().reject_request(connection, request, rejection)

    def serve_request(self, connection: Any) -> bool:
        connection.kept = False
        return super().serve_request(connection) or connection.kept

    def send(self, connection: Any, octets: bytes) -> None:
        kept = getattr(connection, "kept", False)
        super().send(connection, octets.replace(b"Connection: close\r\n", b"") if kept else octets)


class KeepsTooLarge(KeepsRefused):
    """The same, where it is too large."""

    kills = {"content-behind-refused-size-not-run": "calls for the request within the content: want 0, got 1"}
    STATUS = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
