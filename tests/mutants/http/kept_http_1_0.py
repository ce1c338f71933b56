"""Mutants that take a client of HTTP/1.0 that says keep-alive for one of HTTP/1.1, or forget it elsewhere."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class KeepsForHeadOfOld(ReferenceServer):
    """Behind HEAD there is nothing to wait for, so the connection may as well be kept."""

    kills = {
        "http-1-0-connection-closed-for-head": "connection behind a response to HTTP/1.0: want closed, got"
    }

    def client_persists(self, request: Any) -> bool:
        return super().client_persists(request) or (request.method == "HEAD" and request.version < (1, 1))


class ContinuesForKeptOld(ReferenceServer):
    """Who can keep a connection can take a 100."""

    kills = {"interim-not-sent-to-kept-http-1-0": "interim responses to HTTP/1.0: want none, got [100]"}

    def expects_continue(self, request: Any) -> bool:
        old = request.version < (1, 1) and self.client_persists(request)
        expected = b"100-continue" in self.list_members(request, b"expect")
        return (old and expected) or super().expects_continue(request)


class CallsKeptOldNew(ReferenceServer):
    """A connection that is kept is one of HTTP/1.1."""

    kills = {"server-protocol-of-kept-http-1-0": "SERVER_PROTOCOL: want HTTP/1.0, got HTTP/1.1"}

    def server_protocol(self, transaction: Any) -> str:
        return (
            "HTTP/1.1" if self.client_persists(transaction.request) else super().server_protocol(transaction)
        )


class DropsWhatCameWithOld(ReferenceServer):
    """Pipelining came with HTTP/1.1: behind HTTP/1.0 the buffer is thrown away."""

    kills = {
        "request-behind-kept-http-1-0-found": "answer to the request behind one of HTTP/1.0: want 200, got"
    }

    def drain_or_close(self, transaction: Any) -> bool:
        kept = super().drain_or_close(transaction)
        if transaction.request.version < (1, 1):
            transaction.connection.buffer.clear()
        return kept


class KeepsBehindFailureForOld(ReferenceServer):
    """The error closes the connections of HTTP/1.1, for it is there that they last."""

    kills = {
        "failed-response-to-kept-http-1-0-closes-connection": "connection behind a failed response: want closed"
    }

    def handle_error(self, transaction: Any, error: BaseException) -> None:
        persistent = transaction.persistent
        super().handle_error(transaction, error)
        if transaction.request.version < (1, 1) and transaction.head_sent:
            transaction.persistent = persistent


class InventsLengthForOld(ReferenceServer):
    """A client of HTTP/1.0 needs a length where its connection is kept."""

    kills = {"response-304-length-not-invented-for-http-1-0": "Content-Length in a 304: want absent, got 0"}

    def length_of_response(self, transaction: Any, block: bytes) -> Any:
        length = super().length_of_response(transaction, block)
        old = transaction.request.version < (1, 1) and self.client_persists(transaction.request)
        return 0 if length is None and old and self.status_code(transaction) == 304 else length


class KeepsBehindOldWrites(ReferenceServer):
    """Behind what was written to HTTP/1.0 the connection is kept as asked for, length or not."""

    kills = {
        "kept-http-1-0-written-response-delimited": "the connection is kept behind a response without a Content-"
    }

    def of_this_kind(self, transaction: Any) -> bool:
        """Say whether this response is one of those."""
        return bool(transaction.write_called)

    def keep_alive(self, transaction: Any) -> bool:
        request = transaction.request
        old = request.version < (1, 1) and transaction.framing == "close" and self.client_persists(request)
        return super().keep_alive(transaction) or (old and self.of_this_kind(transaction))


class KeepsBehindOldFiles(KeepsBehindOldWrites):
    """The same behind a file."""

    kills = {
        "kept-http-1-0-file-response-delimited": "the connection is kept behind a response without a Content-"
    }

    def of_this_kind(self, transaction: Any) -> bool:
        return "FileWrapper" in type(transaction.iterable).__name__


class KeepsBehindOldNothing(KeepsBehindOldWrites):
    """The same where there is no octet: nothing has no length."""

    kills = {
        "kept-http-1-0-empty-response-delimited": "the connection is kept behind a response without a Content-"
    }

    def of_this_kind(self, transaction: Any) -> bool:
        return self.length_of_iterable(transaction) == 0

    def length_of_exhausted(self, transaction: Any) -> int | None:
        old = transaction.request.version < (1, 1) and self.client_persists(transaction.request)
        return None if old and self.of_this_kind(transaction) else super().length_of_exhausted(transaction)
