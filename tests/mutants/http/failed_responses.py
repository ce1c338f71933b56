"""Mutants of responses whose application failed when they had begun."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class PolitelyEnds(ReferenceServer):
    """A chunked response whose application failed is ended in order."""

    kills = {
        "connection-error-halfway-cuts-response": "the response (chunked)",
        "empty-text-block-refused": "a response with a block of text",
        "error-after-write-cuts-response": "the response (chunked): want cut off, got complete",
        "error-behind-large-block-cuts-response": "the response (chunked): want cut off, got complete",
        "error-behind-large-write-cuts-response": "the response (chunked): want cut off, got complete",
        "error-halfway-cuts-response": "the response (chunked): want cut off, got complete",
        "error-halfway-in-generator-cuts-response": "the response (chunked): want cut off, got complete",
        "error-of-any-class-cuts-response": "the response that TypeError ended",
        "escaped-stop-iteration-cuts-response": "the response (chunked)",
        "failed-response-incomplete": "the chunked response of a failed application is ended with a",
        "failure-midway-shows": "the end of a response that failed midway (chunked): want cut off, got",
        "file-disk-error-cuts-response": "the response (chunked)",
        "file-read-error-cuts-response": "the response (chunked)",
        "generator-exit-halfway-cuts-response": "the response (chunked)",
        "index-error-halfway-cuts-response": "the response (chunked)",
        "none-block-refused": "a response with None for a block",
        "system-exit-halfway-cuts-response": "the response (chunked)",
        "text-block-behind-others-refused": "a response with a block of text",
        "failed-next-response-incomplete": "a chunked response whose application failed",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        super().application_error(transaction, error)
        if transaction.head_sent and transaction.framing == "chunked":
            self.send(transaction.connection, b"0\r\n\r\n")


class KeepsFailed(ReferenceServer):
    """The connection of a failed streamed response is kept."""

    kills = {
        "failed-response-closes-connection": "connection behind a failed response: want closed, got",
        "failed-next-response-incomplete": "connection behind a failed response",
    }
    FRAMING = "chunked"

    def application_error(self, transaction: Any, error: BaseException) -> None:
        super().application_error(transaction, error)
        transaction.persistent = transaction.head_sent and transaction.framing == self.FRAMING


class KeepsFailedDeclared(KeepsFailed):
    """The connection of a failed response of known length is kept."""

    kills = {
        "connection-of-http-1-0-closed-after-shortfall": "the connection: want closed, got kept for the next request",
        "error-behind-large-block-short-of-length-cuts-response": "the connection: want closed, got timeout",
        "connection-closed-after-shortfall": "the connection: want closed, got kept for the next request",
        "connection-closed-after-shortfall-of-list": "the connection: want closed, got kept for the",
        "connection-closed-after-shortfall-of-one": "the connection",
        "connection-closed-after-written-shortfall": "the connection: want closed, got kept for the",
        "error-short-of-length-cuts-response": "the connection: want closed, got timeout",
        "failed-declared-response-closes-connection": "connection behind a failed response: want",
        "failed-response-to-kept-http-1-0-closes-connection": "connection behind a failed response",
        "failed-written-response-closes-connection": "connection behind a failed response",
        "file-disk-error-short-of-length-cuts-response": "the connection",
        "file-too-short-not-completed": "behind the file: want the end of the connection, got b'HTT'",
        "shortfall-not-filled": "content: want b'wsgicheck', got b'wsgicheckHTTP/1.1 20'",
        "shortfall-of-next-response-not-filled": "content that fell short",
    }
    FRAMING = "length"


class AppendsErrorPage(ReferenceServer):
    """The page about an error follows what was sent of a chunked response."""

    kills = {
        "error-behind-large-block-adds-no-second-head": "a second status line follows the first block",
        "error-after-write-adds-no-second-head": "a second status line follows what was written",
        "error-halfway-adds-no-second-head": "a second status line follows the first block",
        "no-second-head-after-exc-info": "a second status line follows the first block",
        "failed-response-not-followed-by-another": "a second response follows in the middle of the",
    }
    FRAMING = "chunked"

    def application_error(self, transaction: Any, error: BaseException) -> None:
        sent = transaction.head_sent
        transaction.head_sent = sent and transaction.framing != self.FRAMING
        super().application_error(transaction, error)
        transaction.head_sent = sent


class AppendsErrorPageToDeclared(AppendsErrorPage):
    """The page about an error follows what was sent of a response of known length."""

    kills = {
        "error-short-of-length-cuts-response": "the response (content-length): want cut off, got complete",
        "excess-written-not-sent": "octets behind the Content-Length: want none, got b'HTTP/1.1 500",
        "failed-declared-response-not-followed-by-another": "a second response follows in the middle",
        "file-disk-error-short-of-length-cuts-response": "the response (content-length)",
        "file-too-short-not-completed": "behind the file: want the end of the connection, got b'HTT'",
        "response-205-without-later-content": "content of a 205",
        "shortfall-not-filled": "content: want b'wsgicheck', got b'wsgicheckHTTP/1.1 50'",
        "nothing-follows-whole-content-of-failed-application": "octets behind a whole 200 whose application failed",
        "shortfall-of-next-response-not-filled": "content that fell short",
    }
    FRAMING = "length"


class KeepsFailedHttp10(ReferenceServer):
    """HTTP/1.0 asked for the connection to be kept, and kept it is."""

    kills = {
        "failed-response-to-kept-http-1-0-closes-connection": "connection behind a failed response: want closed"
    }

    def handle_error(self, transaction: Any, error: BaseException) -> None:
        kept = transaction.persistent and transaction.head_sent and transaction.request.version < (1, 1)
        super().handle_error(transaction, error)
        transaction.persistent = bool(kept)


class KeepsFailedWrites(ReferenceServer):
    """Where nothing was returned, nothing has failed."""

    kills = {"failed-written-response-closes-connection": "connection behind a failed response: want closed"}

    def handle_error(self, transaction: Any, error: BaseException) -> None:
        kept = transaction.persistent and transaction.head_sent and transaction.iterable is None
        super().handle_error(transaction, error)
        transaction.persistent = bool(kept)
