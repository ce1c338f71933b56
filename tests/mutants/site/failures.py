"""Mutants of the answers to failing applications."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer
from reference_server.errors import ApplicationFault


class HangsUpOnFailure(ReferenceServer):
    """An application that failed before it began is not answered for."""

    kills = {"failure-answered-500": "was not answered at all: want 500, got no response"}

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if transaction.start_response_called or isinstance(error, ApplicationFault):
            super().application_error(transaction, error)
        else:
            self.log_exception("the application failed", error)


class KeepsBegunStatus(ReferenceServer):
    """What an application has begun is sent, although it failed."""

    kills = {
        "failure-once-begun-answered-500": "status where the application raised: want 500, got 200",
        "nothing-returned-refused": "answer to None instead of an iterable: want",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if transaction.status is not None and not transaction.head_sent:
            self.log_exception("the application failed", error)
            self.finish_response(transaction)
        else:
            super().application_error(transaction, error)


class EndsPolitely(ReferenceServer):
    """A response that failed midway gets its last chunk all the same."""

    kills = {
        "connection-error-halfway-cuts-response": "the response (chunked)",
        "empty-text-block-refused": "a response with a block of text",
        "error-after-write-cuts-response": "the response (chunked): want",
        "error-behind-large-block-cuts-response": "the response (chunked): want cut off, got complete",
        "error-behind-large-write-cuts-response": "the response (chunked): want cut off, got complete",
        "error-halfway-cuts-response": "the response (chunked): want",
        "error-halfway-in-generator-cuts-response": "the response (chunked): want",
        "error-of-any-class-cuts-response": "the response that TypeError ended",
        "escaped-stop-iteration-cuts-response": "the response (chunked)",
        "failed-response-incomplete": "is ended with a last chunk",
        "failure-midway-shows": "(chunked): want cut off, got in order after 16",
        "file-disk-error-cuts-response": "the response (chunked)",
        "file-read-error-cuts-response": "the response (chunked)",
        "generator-exit-halfway-cuts-response": "the response (chunked)",
        "index-error-halfway-cuts-response": "the response (chunked)",
        "none-block-refused": "a response with None for a block",
        "system-exit-halfway-cuts-response": "the response (chunked)",
        "text-block-behind-others-refused": "a response with a block of text",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        super().application_error(transaction, error)
        if transaction.head_sent and transaction.framing == "chunked":
            transaction.outgoing += self.last_chunk(transaction)
            self.flush(transaction)


class FillsUp(ReferenceServer):
    """A response that failed short of its length is filled up to it."""

    kills = {
        "error-behind-large-block-short-of-length-cuts-response": "the response (content-length): want cut off, got complete",
        "failure-short-of-length-shows": "want cut off, got in order after 1000",
        "error-short-of-length-cuts-response": "the response (content-length): want",
        "file-too-short-not-completed": "behind the file: want",
        "shortfall-not-filled": "content: want",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        super().application_error(transaction, error)
        if transaction.head_sent and transaction.framing == "length":
            self.queue_block(transaction, b"\x00" * (transaction.content_length - transaction.produced))
            self.flush(transaction)


class KeepsFirstStatus(ReferenceServer):
    """The header fields of a begun response are replaced, and its status is not."""

    kills = {
        "exc-info-accepted-in-first-iteration": "status: want",
        "exc-info-released-after-raise": "what the trapped error held",
        "exc-info-replaces-by-declared-length": "status",
        "exc-info-replaces-for-head": "status",
        "exc-info-replaces-no-content-by-stream": "status",
        "exc-info-replaces-repeatedly": "status: want",
        "exc-info-replaces-status": "status: want",
        "exc-info-replaces-status-without-content": "status",
        "first-write-sends-replacing-response": "status",
        "headers-replaceable-after-empty-block": "status: want",
        "recovered-failure-replaces-status": "status of the error page: want 500, got 200",
    }

    def start_response(self, transaction: Any, status: Any, headers: Any, exc_info: Any) -> Any:
        first = transaction.status
        write = super().start_response(transaction, status, headers, exc_info)
        transaction.status = first or status
        return write


class KeepsFirstFields(ReferenceServer):
    """The header fields of the error page are added to those of the response that it replaces."""

    kills = {
        "exc-info-replaces-content-length": "Content-Length: want",
        "exc-info-replaces-headers": "headers of the replaced response: want",
        "exc-info-replaces-headers-by-none": "headers of the replaced response",
        "exc-info-replaces-repeatedly": "X-Old: want",
        "headers-replaceable-after-empty-block": "X-First: want",
        "recovered-failure-shown": "Content-Type: want text/plain, got 'text/plain | text/plain'",
    }

    def start_response(self, transaction: Any, status: Any, headers: Any, exc_info: Any) -> Any:
        first = transaction.headers
        write = super().start_response(transaction, status, headers, exc_info)
        transaction.headers = first + transaction.headers
        return write
