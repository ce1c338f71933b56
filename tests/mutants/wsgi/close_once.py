"""Mutants of ``close()`` that is called twice, and of errors in it."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer
from reference_server.errors import ApplicationFault, ClientGone
from reference_server.file_wrapper import FileWrapper


def close_again(transaction: Any) -> None:
    """Close what was closed."""
    close = getattr(transaction.iterable, "close", None)
    if close is not None:
        close()


class ClosesTwice(ReferenceServer):
    """The end of the response closes, and the end of the request."""

    kills = {
        "iterable-closed-once": "calls of close(): want 1, got 2",
        "iterable-closed-once-when-pipelined": "calls of close() for the first request: want 1, got 2",
    }

    def finish_response(self, transaction: Any) -> None:
        super().finish_response(transaction)
        if transaction.produced == 9 and transaction.framing == "chunked":
            close_again(transaction)


class ClosesEmptyTwice(ReferenceServer):
    """Where nothing came, it closes at once, and at the end."""

    kills = {"iterable-closed-once-when-empty": "calls of close(): want 1, got 2"}

    def length_of_exhausted(self, transaction: Any) -> int | None:
        close_again(transaction)
        return super().length_of_exhausted(transaction)


class ClosesTwiceAfterError(ReferenceServer):
    """The handler of the error closes, and the end of the request."""

    kills = {"iterable-closed-once-after-error": "calls of close(): want 1, got 2"}

    def application_error(self, transaction: Any, error: BaseException) -> None:
        super().application_error(transaction, error)
        if transaction.iterable is not None:
            close_again(transaction)


class ClosesTwiceAfterHead(ReferenceServer):
    """HEAD leaves early, and closes before it does."""

    kills = {"iterable-closed-once-after-head": "calls of close(): want 1, got 2"}

    def finish_response(self, transaction: Any) -> None:
        super().finish_response(transaction)
        if transaction.request.method == "HEAD":
            close_again(transaction)


class ClosesTwiceAfterExcess(ReferenceServer):
    """It stops within its loop, and closes before it does."""

    kills = {"iterable-closed-once-after-excess": "calls of close(): want 1, got 2"}

    def report_excess(self, transaction: Any) -> None:
        super().report_excess(transaction)
        close_again(transaction)


class ClosesTwiceWhenClientLeft(ReferenceServer):
    """The handler of the broken connection closes, and the end of the request."""

    kills = {"iterable-closed-once-after-client-left": "calls of close(): want 1, got 2"}

    def handle_error(self, transaction: Any, error: BaseException) -> None:
        super().handle_error(transaction, error)
        if isinstance(error, ClientGone):
            close_again(transaction)


class ClosesAgainWhenCloseRaises(ReferenceServer):
    """The handler of errors closes as well."""

    kills = {"iterable-closed-once-when-close-raises": "calls of close(): want 1, got 2"}

    def close_iterable(self, transaction: Any) -> None:
        super().close_iterable(transaction)

    def log_exception(self, occasion: str, error: BaseException) -> None:
        super().log_exception(occasion, error)
        frame = error.__traceback__
        if frame is not None and "close()" in occasion and "transaction" in frame.tb_frame.f_locals:
            try:
                close_again(frame.tb_frame.f_locals["transaction"])
            except Exception:
                return


class ClosesTwiceWhenPipelined(ReferenceServer):
    """What takes up the next request puts the last one away first."""

    kills = {"iterable-closed-once-when-pipelined": "calls of close() for the first request: want 1, got 2"}

    def finish_response(self, transaction: Any) -> None:
        super().finish_response(transaction)
        if transaction.connection.buffer:
            close_again(transaction)


class LosesResponseInClose(ReferenceServer):
    """The last octet goes out when ``close()`` has returned, and never where it raises."""

    kills = {
        "error-in-close-leaves-response-whole": "the response: want complete, got cut off",
    }

    def flush(self, transaction: Any) -> None:
        if transaction.closed or transaction.outgoing[-7:] != b"content" or transaction.content_length != 7:
            super().flush(transaction)
            return
        octets = bytes(transaction.outgoing[:-1])
        del transaction.outgoing[:-1]
        self.send(transaction.connection, octets)

    def finish_response(self, transaction: Any) -> None:
        if transaction.content_length == 7 and transaction.outgoing == b"t":
            self.close_iterable(transaction)
            transaction.outgoing.clear()
            raise ApplicationFault("close() raised")
        super().finish_response(transaction)


class DiesInClose(ReferenceServer):
    """After an error in ``close()`` it accepts no second request of the same client."""

    kills = {
        "error-in-close-survived": "calls for the request after the error: want 1, got 0",
        "next-request-served-after-error-in-close": "responses to two requests: want 2, got 1",
        "system-exit-in-close-survived": "calls for the request behind a SystemExit in close()",
    }

    failed: frozenset[bytes] = frozenset()
    """The second requests that are not to be answered."""

    def await_request(self, connection: Any) -> bool:
        found = super().await_request(connection)
        head = bytes(connection.buffer[:4000])
        return found and not any(marked in head for marked in self.failed)

    def close_iterable(self, transaction: Any) -> None:
        self.log_failure(transaction)
        super().close_iterable(transaction)

    def log_failure(self, transaction: Any) -> None:
        """Remember who would come next, if the application is one that fails in ``close()``."""
        performance = getattr(transaction.iterable, "_performance", None)
        if performance is not None and performance.play["closing"]:
            self.failed = self.failed | {performance.ticket.encode() + b"-2"}


class AnswersErrorInClose(ReferenceServer):
    """Whatever raises is answered with an error page."""

    kills = {"nothing-follows-error-in-close": "octets behind the response: want b'', got b'HTTP/1.1 500"}

    def close_iterable(self, transaction: Any) -> None:
        open_until_now = transaction.iterable is not None and not transaction.closed
        super().close_iterable(transaction)
        if open_until_now and transaction.framing == "length" and transaction.content_length == 7:
            if getattr(self, "failed_in_close", False):
                self.send(transaction.connection, b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n")
            self.failed_in_close = False

    def log_exception(self, occasion: str, error: BaseException) -> None:
        super().log_exception(occasion, error)
        self.failed_in_close = occasion.startswith("close()")


class StuckAfterErrorInClose(ReferenceServer):
    """The thread ends, and nobody ends its connection."""

    kills = {
        "connection-goes-on-or-ends-after-error-in-close": "the connection behind it: want another response or"
    }

    def log_exception(self, occasion: str, error: BaseException) -> None:
        super().log_exception(occasion, error)
        if type(error) is BaseException and occasion.startswith("close()"):
            self.stopping.wait(20)


class ClosesWithNextRequest(ReferenceServer):
    """What is still open when its connection ends is closed when the next one comes."""

    kills = {
        "iterable-closed-without-another-request": "close(), while nobody asks for anything else: want called"
    }
    left: Any = None

    def run_application(self, transaction: Any) -> None:
        left, self.left = self.left, None
        if left is not None:
            super().close_iterable(left)
        super().run_application(transaction)

    def close_iterable(self, transaction: Any) -> None:
        is_nine_octets = transaction.content_length == 9 and transaction.iterable is not None
        if is_nine_octets and not transaction.closed and not transaction.persistent:
            self.left = transaction
        else:
            super().close_iterable(transaction)


class ClosesWithConnectionsNext(ReferenceServer):
    """What a connection has still open is closed with its next request, or its end."""

    kills = {
        "iterable-closed-while-connection-idle": "close(), while the connection is idle: want called, got"
    }

    def is_left(self, transaction: Any) -> bool:
        """Return whether this iterable stays open."""
        return transaction.produced == 9 and transaction.content_length == 9

    def close_left(self, connection: Any) -> None:
        """Close what the connection has still open."""
        left = connection.__dict__.pop("left", None)
        if left is not None:
            super().close_iterable(left)

    def run_application(self, transaction: Any) -> None:
        self.close_left(transaction.connection)
        super().run_application(transaction)

    def close_connection(self, connection: Any) -> None:
        self.close_left(connection)
        super().close_connection(connection)

    def close_iterable(self, transaction: Any) -> None:
        if transaction.persistent and not transaction.closed and self.is_left(transaction):
            transaction.connection.left = transaction
        else:
            super().close_iterable(transaction)


class ClosesFilesWithConnectionsNext(ClosesWithConnectionsNext):
    """The same, of files."""

    kills = {
        "file-closed-while-connection-idle": "close() of the file, while the connection is idle: want called"
    }

    def is_left(self, transaction: Any) -> bool:
        return isinstance(transaction.iterable, FileWrapper)
