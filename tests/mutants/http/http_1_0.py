"""Mutants of the responses to HTTP/1.0."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


def is_old(transaction: Any) -> bool:
    return bool(transaction.request.version < (1, 1))


class ChunksForOld(ReferenceServer):
    """What is streamed to HTTP/1.0 is chunked."""

    kills = {
        "chunked-not-sent-to-http-1-0": "Transfer-Encoding to HTTP/1.0: want absent, got chunked",
        "chunked-not-sent-to-http-1-0-behind-chunks": "Transfer-Encoding to HTTP/1.0 behind chunks",
        "chunked-not-sent-to-http-1-0-behind-http-1-1": "Transfer-Encoding to HTTP/1.0: want absent",
    }

    def chunks(self, transaction: Any) -> bool:
        persists = self.client_persists(transaction.request)
        return is_old(transaction) and not persists and not transaction.write_called

    def framing_of_response(self, transaction: Any) -> Any:
        framing = super().framing_of_response(transaction)
        return "chunked" if framing == "close" and self.chunks(transaction) else framing


class ChunksForOldKept(ChunksForOld):
    """What is streamed to HTTP/1.0 with keep-alive is chunked."""

    kills = {
        "chunked-not-sent-to-http-1-0-kept": "Transfer-Encoding to HTTP/1.0: want absent, got chunked",
    }

    def chunks(self, transaction: Any) -> bool:
        return is_old(transaction) and self.client_persists(transaction.request)


class ChunksWrittenForOld(ChunksForOld):
    """What is written to HTTP/1.0 is chunked."""

    kills = {
        "written-blocks-to-http-1-0": "framing for an HTTP/1.0 client: want no chunks, got chunked",
        "chunked-not-sent-to-http-1-0-by-write": "Transfer-Encoding to HTTP/1.0: want absent, got chunked",
    }

    def chunks(self, transaction: Any) -> bool:
        return is_old(transaction) and bool(transaction.write_called)


class AnswersOldWithoutReason(ReferenceServer):
    """The status line for HTTP/1.0 has neither a reason nor the space before it."""

    kills = {
        "http-1-0-response-well-formed": "the response is malformed: the status line lacks the space",
    }

    def send_head(self, transaction: Any, block: bytes) -> None:
        super().send_head(transaction, block)
        if is_old(transaction):
            transaction.outgoing = transaction.outgoing.replace(b" 200 OK\r\n", b" 200\r\n")


class EndsOldInLine(ReferenceServer):
    """An empty line follows a response to HTTP/1.0 that has no length."""

    kills = {
        "empty-block-between-harmless-to-http-1-0": "content: want b'content', got b'content\\r\\n'",
        "file-wrapper-of-http-1-0-whole": "content from octet 950: want b'' (950 octets), got",
        "http-1-0-content-intact": "content to HTTP/1.0 from octet 12: want b'' (12 octets), got",
        "ordinary-file-to-http-1-0-sent-from-position": "content from octet 50",
        "written-blocks-to-http-1-0": "content: want b'one, two, three', got b'one, two, three\\r\\n'",
    }

    def last_chunk(self, transaction: Any) -> bytes:
        return b"\r\n" if transaction.framing == "close" else super().last_chunk(transaction)


class KeepsOld(ReferenceServer):
    """A connection of HTTP/1.0 is kept where the response has a length."""

    kills = {
        "http-1-0-connection-closed": "connection behind a response to HTTP/1.0: want closed, got open",
        "http-1-0-connection-closed-for-head": "connection behind a response to HTTP/1.0: want closed",
        "http-1-0-is-last": "calls for a request behind the last: want 0, got 1",
        "keep-alive-of-previous-request-gone": "connection behind the second response: want closed",
    }

    def client_persists(self, request: Any) -> bool:
        closes = b"close" in self.list_members(request, b"connection")
        return super().client_persists(request) or (request.version < (1, 1) and not closes)


class KeepsOldStream(ReferenceServer):
    """A connection of HTTP/1.0 is kept although the response has no length."""

    kills = {
        "file-wrapper-of-http-1-0-whole": "response of a wrapped file: want complete, got cut off",
        "http-1-0-streamed-connection-closed": "connection behind a response to HTTP/1.0: want closed,",
        "large-content-whole-to-slow-http-1-0-reader": "octets for a slow client by the deadline",
        "ordinary-file-to-http-1-0-sent-from-position": "response of a wrapped file",
    }

    def keep_alive(self, transaction: Any) -> bool:
        streamed = is_old(transaction) and transaction.framing == "close"
        return super().keep_alive(transaction) or (
            streamed and not self.client_persists(transaction.request) and not transaction.write_called
        )

    def connection_header(self, transaction: Any) -> Any:
        if is_old(transaction) and transaction.framing == "close":
            return []
        return super().connection_header(transaction)


class KeepsOldStreamAskedFor(ReferenceServer):
    """A connection of HTTP/1.0 with keep-alive is kept although the response has no length."""

    kills = {
        "http-1-0-kept-response-delimited": "the connection is kept behind a response without a",
        "kept-http-1-0-written-response-delimited": "the connection is kept behind a response without a Content-Length",
        "kept-http-1-0-file-response-delimited": "the connection is kept behind a response without a Content-Length",
    }

    def keep_alive(self, transaction: Any) -> bool:
        streamed = is_old(transaction) and transaction.framing == "close"
        return super().keep_alive(transaction) or (streamed and self.client_persists(transaction.request))


class KeepsSilently(ReferenceServer):
    """An answer in HTTP/1.0 does not say that the connection is kept."""

    kills = {
        "http-1-0-kept-connection-announced": "Connection of a kept connection: want keep-alive, got",
        "version-of-response-highest": "version of a response to HTTP/1.0: want HTTP/1.1, got HTTP/1.0",
    }

    def send_head(self, transaction: Any, block: bytes) -> None:
        super().send_head(transaction, block)
        if is_old(transaction):
            transaction.outgoing = transaction.outgoing.replace(b"HTTP/1.1", b"HTTP/1.0")

    def connection_header(self, transaction: Any) -> Any:
        if is_old(transaction) and transaction.persistent:
            return []
        return super().connection_header(transaction)


class SaysCloseAndKeeps(ReferenceServer):
    """A connection of HTTP/1.0 with keep-alive is kept behind ``Connection: close``."""

    kills = {
        "http-1-0-kept-connection-not-both": "connection behind Connection: close: want closed, got open",
    }

    def connection_header(self, transaction: Any) -> Any:
        if is_old(transaction) and transaction.persistent:
            return [("Connection", "close")]
        return super().connection_header(transaction)


class SendsContinueToOld(ReferenceServer):
    """An HTTP/1.0 client that expects 100 gets it."""

    kills = {
        "interim-not-sent-to-http-1-0": "interim responses to HTTP/1.0: want none, got [100]",
        "interim-not-sent-to-kept-http-1-0": "interim responses to HTTP/1.0: want none",
    }

    def expects_continue(self, request: Any) -> bool:
        return b"100-continue" in self.list_members(request, b"expect")


class PassesInterimToOld(ReferenceServer):
    """An interim status of the application goes to whoever asks, the final one behind it."""

    kills = {
        "interim-status-of-application-not-sent-to-http-1-0": "interim responses to HTTP/1.0: want",
    }

    def check_final(self, status: str) -> None:
        if status < "200":
            raise InterimGiven(status)

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if isinstance(error, InterimGiven):
            self.send(transaction.connection, b"HTTP/1.1 103 Early Hints\r\n\r\n")
        super().application_error(transaction, error)


class InterimGiven(ValueError):
    """The application gave an interim status."""
