"""Mutants that sin in the second request of a connection alone, or for what was in the first."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


def nth(transaction: Any) -> int:
    """Count the transactions of a connection."""
    connection = transaction.connection
    if getattr(transaction, "number", None) is None:
        connection.served = getattr(connection, "served", 0) + 1
        transaction.number = connection.served
    return int(transaction.number)


class Counting(ReferenceServer):
    """Counts the requests of each connection as they come."""

    def run_application(self, transaction: Any) -> None:
        nth(transaction)
        super().run_application(transaction)


class StaysWithoutContentBehindNotModified(Counting):
    """A connection that had a 304 has no content any more, where it is streamed."""

    kills = {
        "response-unmarked-by-previous-ones": "content of response 4 of the connection: want b'behind a 304'"
    }

    def may_have_content(self, transaction: Any) -> bool:
        found = super().may_have_content(transaction)
        connection = transaction.connection
        connection.bodiless = getattr(connection, "bodiless", False) or transaction.status[:3] == "304"
        return found and not (connection.bodiless and transaction.status == "201 Next")


class ClosesFirstAlone(Counting):
    """The others are closed with the connection, or so it thinks."""

    kills = {
        "iterables-behind-others-closed": "calls of close() for request 2 of a connection: want 1, got 0"
    }

    def close_iterable(self, transaction: Any) -> None:
        if nth(transaction) == 1 or transaction.status != "201 Next":
            super().close_iterable(transaction)


class KeepsFieldsOfSecond(Counting):
    """From the third request on, what the second had is kept."""

    kills = {
        "environ-of-each-request-its-own": "variables of other requests of request 3 of a connection: want"
    }

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        connection = transaction.connection
        if nth(transaction) == 2:
            connection.kept = {key: environ[key] for key in environ if key.startswith("HTTP_X_TURN")}
        elif nth(transaction) > 2:
            environ.update(connection.kept)
        return environ


class ForgetsKeptNotModified(ReferenceServer):
    """A 304 that keeps its connection is done with its headers."""

    kills = {
        "files-on-kept-connection-closed": "close() of the file of request 13 of a connection",
        "iterables-on-kept-connection-closed": "calls of close() for a 304, request 3 of a connection",
    }

    def close_iterable(self, transaction: Any) -> None:
        if not transaction.persistent or (transaction.status or "")[:3] != "304":
            super().close_iterable(transaction)


class ErrorsOfFirstAlone(Counting):
    """The stream is that of the first request, and is not kept."""

    kills = {"errors-text-of-next-request-recorded": "the server's output: want wsgicheck-6e91d4 told in the"}

    def make_errors(self, transaction: Any) -> Any:
        stream = super().make_errors(transaction)
        return stream if nth(transaction) == 1 else Deaf(self)


class Deaf:
    """A stream that nobody reads."""

    def __init__(self, server: Any) -> None:
        self.server = server

    def write(self, text: str) -> int:
        return len(text)

    def writelines(self, lines: Any) -> None:
        list(lines)

    def flush(self) -> None:
        pass


class CollectsBehindFirst(Counting):
    """On a kept connection, what is written waits for what is yielded."""

    kills = {"written-block-of-next-response-sent-at-once": "the written block, while the application waits"}

    def flush(self, transaction: Any) -> None:
        if transaction.iterable is not None or nth(transaction) == 1:
            super().flush(transaction)


class ForgivesBehindFirst(Counting):
    """What was sent is known of the first response alone."""

    kills = {"exc-info-raises-in-next-response": "start_response() with exc_info after output: want an error"}

    def check_error_call(self, transaction: Any, exc_info: Any) -> None:
        if nth(transaction) == 1:
            super().check_error_call(transaction, exc_info)


class KeepsLength(Counting):
    """A length is noted where there is one."""

    kills = {
        "content-length-of-previous-request-gone": "CONTENT_LENGTH of a request in chunks: want 6 or absent"
    }

    def content_length(self, transaction: Any) -> str | None:
        found = super().content_length(transaction)
        connection = transaction.connection
        if found is not None:
            connection.length = found
        chunked = transaction.request.framing == "chunked"
        return getattr(connection, "length", None) if chunked else found


class ForgetsBehindFailed(Counting):
    """A connection on which something failed is not tidied up any more."""

    kills = {
        "failed-iterables-closed-after-head": "calls of close() of what fails at once",
        "failed-iterables-closed-to-http-1-0": "calls of close() of what fails halfway",
        "iterable-closed-behind-failed-request": "calls of close() for the second request: want 1, got 0",
        "list-with-close-closed-after-client-left": "calls of close() behind the client",
        "sized-iterable-closed-after-client-left": "calls of close() behind the client",
        "sized-iterable-closed-after-client-of-head-left": "calls of close() behind the client",
    }

    def handle_error(self, transaction: Any, error: BaseException) -> None:
        super().handle_error(transaction, error)
        transaction.connection.failed = True
        transaction.persistent = nth(transaction) == 1

    def send_error(self, connection: Any, request: Any, status: Any, detail: str) -> None:
        """Announces no close, lest the client believe it."""
        text = b"HTTP/1.1 500 Oops\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n\r\nOops\n"
        self.send(connection, text)

    def close_iterable(self, transaction: Any) -> None:
        if not getattr(transaction.connection, "failed", False):
            super().close_iterable(transaction)
