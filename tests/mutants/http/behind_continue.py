"""Mutants of what a 100 (Continue) leaves as it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reference_server import ReferenceServer


class ForgetsContinueInIteration(ReferenceServer):
    """Only read() and readline() know of the expectation."""

    kills = {
        "continue-before-content-read-by-iteration": "before the content was sent: want 100 or a final response"
    }

    def iterate_input(self, transaction: Any) -> Iterator[bytes]:
        transaction.body.continue_expected = False
        return super().iterate_input(transaction)


class ForgetsContinueBehindCall(ReferenceServer):
    """Who has returned has read what it wanted to read."""

    kills = {
        "continue-before-content-read-by-iterable": "before the content was sent: want 100 or a final response"
    }

    def iterate(self, transaction: Any) -> None:
        transaction.body.continue_expected = False
        super().iterate(transaction)


class CountsContinueAsResponse(ReferenceServer):
    """An error behind a 100 comes too late for a page: so it is thought."""

    kills = {"error-behind-continue-answered": "behind 100 and an error: want an error response, got nothing"}

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if transaction.body.continue_sent and not transaction.head_sent:
            self.log_exception("the application failed", error)
        else:
            super().application_error(transaction, error)


class CountsContinueAsHeaders(ReferenceServer):
    """Where a 100 was sent, headers were sent."""

    kills = {
        "exc-info-accepted-behind-continue": "start_response() with exc_info behind a 100: want returns, got"
    }

    def check_error_call(self, transaction: Any, exc_info: Any) -> None:
        if transaction.body.continue_sent:
            self.reraise(exc_info)
        super().check_error_call(transaction, exc_info)


class ContinuesAhead(ReferenceServer):
    """The expectation of the next request is met when it is seen in the buffer."""

    kills = {"continue-not-before-earlier-response": "within the first response: want no 100, got"}

    def send_head(self, transaction: Any, block: bytes) -> None:
        super().send_head(transaction, block)
        if b"\r\nExpect: 100-continue" in transaction.connection.buffer:
            transaction.outgoing += b"HTTP/1.1 100 Continue\r\n\r\n"


class ExpectsNoMoreChunks(ReferenceServer):
    """Chunks that nobody asked for will not come."""

    kills = {
        "unread-expected-chunks-not-run": "calls for the request within the content: want 0, got 1",
    }

    def can_drain(self, transaction: Any) -> bool:
        return super().can_drain(transaction) or self.never_asked_for(transaction)

    def never_asked_for(self, transaction: Any) -> bool:
        """Whether the chunks of this request were never asked for."""
        chunked = transaction.request.framing == "chunked"
        return bool(chunked and transaction.body.continue_expected)

    def drain_or_close(self, transaction: Any) -> bool:
        return self.never_asked_for(transaction) or super().drain_or_close(transaction)

    def request_has_begun(self, connection: Any) -> bool:
        buffer = connection.buffer
        size, end, rest = bytes(buffer).partition(b"\r\n")
        if end and rest.startswith(b"GET ") and len(size) < 4:
            del buffer[: len(size + end)]
        return super().request_has_begun(connection)


class ForgetsContentBehindErrorPages(ReferenceServer):
    """Behind a page about an error the next request is read, if no content was asked for."""

    kills = {
        "expected-content-of-failed-application-not-run": "calls for the request within the content: want 0, got 1"
    }

    def handle_error(self, transaction: Any, error: BaseException) -> None:
        super().handle_error(transaction, error)
        transaction.persistent = self.never_asked_for(transaction)

    def never_asked_for(self, transaction: Any) -> bool:
        """Whether this request failed before its content was asked for."""
        return bool(transaction.body.continue_expected and not transaction.head_sent)

    def drain_or_close(self, transaction: Any) -> bool:
        return self.never_asked_for(transaction) or super().drain_or_close(transaction)
