"""Mutants of the persistence of connections."""

from __future__ import annotations

import socket
from typing import Any

from reference_server import ReferenceServer


class Keeps(ReferenceServer):
    """The ground of those that do not close where they should; it is none of them itself."""

    kills: dict[str, str]

    def wrongly_kept(self, transaction: Any) -> bool:
        """Say whether this connection is kept."""
        return False

    def keep_alive(self, transaction: Any) -> bool:
        return super().keep_alive(transaction) or self.wrongly_kept(transaction)


def asks_to_close(request: Any) -> bool:
    return request.version >= (1, 1) and any(
        name.lower() == b"connection" and value.lower() == b"close" for name, value in request.fields
    )


class KeepsPlain(Keeps):
    """The connection of a plain GET is kept although the client says close; the answer says close."""

    kills = {
        "close-honoured": "connection behind the last response: want closed, got open",
        "close-honoured-in-last-line": "connection behind the last response: want closed, got open",
        "close-honoured-in-lines": "connection behind the last response: want closed, got open",
        "close-is-last": "calls for a request behind the last: want 0, got 1",
        "close-honoured-in-third-request": "connection behind the third response",
    }

    def wrongly_kept(self, transaction: Any) -> bool:
        plain = transaction.framing == "length" and transaction.request.method == "GET"
        return plain and asks_to_close(transaction.request) and not transaction.request.content_length

    def connection_header(self, transaction: Any) -> Any:
        if asks_to_close(transaction.request):
            return [("Connection", "close")]
        return super().connection_header(transaction)


class KeepsStream(Keeps):
    """The connection of a chunked response is kept although the client says close."""

    kills = {
        "close-answered-when-streamed": "Connection of the response: want close",
        "close-honoured-when-streamed": "connection behind the last response: want closed, got open",
    }

    def wrongly_kept(self, transaction: Any) -> bool:
        return transaction.framing == "chunked" and asks_to_close(transaction.request)


class KeepsNoContent(Keeps):
    """The connection of a 204 is kept although the client says close."""

    kills = {
        "close-answered-without-content": "Connection of the response",
        "close-honoured-without-content": "connection behind the last response: want closed, got open",
    }

    def wrongly_kept(self, transaction: Any) -> bool:
        return self.status_code(transaction) == 204 and asks_to_close(transaction.request)


class KeepsHead(Keeps):
    """The connection of a HEAD request is kept although the client says close."""

    kills = {
        "close-answered-to-head": "Connection of the response: want close",
        "close-honoured-for-head": "connection behind the last response: want closed, got open",
    }

    def wrongly_kept(self, transaction: Any) -> bool:
        return transaction.request.method == "HEAD" and asks_to_close(transaction.request)


class KeepsPost(Keeps):
    """The connection of a request with a body is kept although the client says close."""

    kills = {
        "close-honoured-behind-body": "connection behind the last response: want closed, got open",
        "close-honoured-beside-expectation": "connection behind the last response",
    }

    def wrongly_kept(self, transaction: Any) -> bool:
        return transaction.request.framing == "length" and asks_to_close(transaction.request)


class KeepsFailed(ReferenceServer):
    """The connection is kept behind the page about an error, which says close."""

    kills = {
        "close-honoured-after-error": "connection behind the last response: want closed, got open",
        "close-honoured-after-error-behind-content": "connection behind the last response: want closed",
        "close-honoured-after-error-to-head": "connection behind the last response: want closed, got open",
        "http-1-0-connection-closed-after-error": "connection behind the last response: want closed",
        "announced-close-done-after-error": "connection behind Connection: close: want closed, got open",
        "announced-close-is-last-after-error": "calls for a request behind Connection: close: want 0,",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        super().application_error(transaction, error)
        transaction.persistent = not transaction.head_sent


class ComparesConnection(ReferenceServer):
    """Connection is compared as a whole, and in small letters."""

    kills = {
        "close-honoured-beside-keep-alive": "connection behind the last response: want closed, got open",
        "close-honoured-in-list": "connection behind the last response: want closed, got open",
        "close-in-list-is-last": "calls for a request behind the last: want 0, got 1",
    }

    def list_members(self, request: Any, name: bytes) -> list[bytes]:
        members = super().list_members(request, name)
        if name == b"connection" and len(self.field_values(request, name)) == 1:
            return self.field_values(request, name)
        return members


class ReadsLastConnection(ReferenceServer):
    """Of several Connection lines the last one counts."""

    kills = {
        "close-honoured-in-lines": "connection behind the last response: want closed, got open",
    }

    def list_members(self, request: Any, name: bytes) -> list[bytes]:
        members = super().list_members(request, name)
        lines = len(self.field_values(request, name))
        return members[1:] if name == b"connection" and lines > 1 else members


class DoesNotAnswerClose(ReferenceServer):
    """A close that the client has announced is not announced again."""

    kills = {
        "close-answered": "Connection of the response: want close, got absent",
        "close-answered-behind-not-modified": "Connection of the response",
        "close-answered-to-head": "Connection of the response: want close",
        "close-answered-when-streamed": "Connection of the response: want close",
        "close-answered-without-content": "Connection of the response",
    }

    def connection_header(self, transaction: Any) -> Any:
        if asks_to_close(transaction.request):
            return []
        return super().connection_header(transaction)


class ServesAfterClose(ReferenceServer):
    """What was received behind a request with close is served before the connection is closed."""

    kills = {
        "close-is-last": "calls for a request behind the last: want 0, got 1",
    }

    def serves_rest(self, transaction: Any) -> bool:
        return asks_to_close(transaction.request)

    def run_in_turn(self, transaction: Any) -> None:
        super().run_in_turn(transaction)
        buffered = bool(transaction.connection.buffer) and transaction.request.framing == "none"
        if buffered and self.serves_rest(transaction):
            transaction.persistent = True


class ServesAfterOld(ServesAfterClose):
    """What was received behind a request in HTTP/1.0 is served before the connection is closed."""

    kills = {
        "http-1-0-is-last": "calls for a request behind the last: want 0, got 1",
    }

    def serves_rest(self, transaction: Any) -> bool:
        return bool(transaction.request.version < (1, 1))


class ClosesUnannounced(ReferenceServer):
    """The connection is closed behind every response of known length, and nobody is told."""

    kills = {
        "connection-persists": "connection behind a plain response: want kept, got closed",
        "half-closed-client-with-pipeline-answered": "answers to a client that has finished sending",
        "not-persistent-announced": "Connection of a response that is closed behind: want close, got",
    }

    def closes(self, transaction: Any) -> bool:
        return bool(transaction.framing == "length")

    def keep_alive(self, transaction: Any) -> bool:
        return super().keep_alive(transaction) and not self.closes(transaction)

    def connection_header(self, transaction: Any) -> Any:
        if self.closes(transaction) and not asks_to_close(transaction.request):
            return []
        return super().connection_header(transaction)


class ClosesStreamUnannounced(ClosesUnannounced):
    """The connection is closed behind every chunked response, and nobody is told."""

    kills = {
        "expect-refused-says-close": "Connection of the refusal: want close, got persistent",
        "close-announced-when-streamed": "Connection of a response that is closed behind: want close,",
    }

    def closes(self, transaction: Any) -> bool:
        return bool(transaction.framing == "chunked")


class MissesContentOfHead(ReferenceServer):
    """Less than was declared is too little, whoever asked."""

    kills = {
        "close-announced-for-head-without-content": "Connection of a response that is closed behind: want close",
    }

    def finish_response(self, transaction: Any) -> None:
        super().finish_response(transaction)
        if transaction.request.method == "HEAD" and transaction.produced < (transaction.content_length or 0):
            transaction.persistent = False


class FailsUnannounced(ReferenceServer):
    """The connection is closed behind the page about an error, and nobody is told."""

    kills = {
        "close-announced-after-error": "Connection of a response that is closed behind: want close,",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        self.format_headers = self.without_connection  # type: ignore[method-assign]
        try:
            super().application_error(transaction, error)
        finally:
            del self.format_headers  # type: ignore[method-assign]

    def without_connection(self, headers: Any) -> bytes:
        return type(self).format_headers(self, [header for header in headers if header[0] != "Connection"])


class SaysCloseAndKeeps(ReferenceServer):
    """Every plain response says close, and the connection is kept."""

    kills = {
        "announced-close-done": "connection behind Connection: close: want closed, got open",
        "announced-close-is-last": "calls for a request behind Connection: close: want 0, got 1",
    }

    def connection_header(self, transaction: Any) -> Any:
        if transaction.request.version >= (1, 1) and self.length_of_iterable(transaction) is not None:
            return [("Connection", "close")]
        return super().connection_header(transaction)


class ServesAfterOwnClose(ReferenceServer):
    """Every response says close; what was received already is served before that."""

    kills = {
        "announced-close-is-last": "calls for a request behind Connection: close: want 0, got 1",
        "connection-persists": "connection behind a plain response: want kept, got closed",
    }

    def connection_header(self, transaction: Any) -> Any:
        return [("Connection", "close")]

    def run_in_turn(self, transaction: Any) -> None:
        super().run_in_turn(transaction)
        transaction.persistent = transaction.persistent and bool(transaction.connection.buffer)


class DropsHalfClosed(ReferenceServer):
    """The end of the client's sending is taken for the end of its interest."""

    kills = {
        "half-closed-client-answered": "the client that shut down its sending side got no whole response",
    }

    def call_application(self, transaction: Any) -> Any:
        peer = transaction.connection.socket
        peer.settimeout(0.01)
        try:
            gone = transaction.request.framing == "none" and peer.recv(1, socket.MSG_PEEK) == b""
        except TimeoutError:
            gone = False
        finally:
            peer.settimeout(None)
        transaction.connection.lost = gone
        return super().call_application(transaction)


class ReadsFirstConnection(ReferenceServer):
    """Of several Connection lines the first one counts."""

    kills = {
        "close-honoured-in-last-line": "connection behind the last response: want closed, got open",
    }

    def list_members(self, request: Any, name: bytes) -> list[bytes]:
        members = super().list_members(request, name)
        lines = len(self.field_values(request, name))
        return members[:1] if name == b"connection" and lines > 1 else members


class BelievesKeepAliveFirst(ReferenceServer):
    """Where there is keep-alive, nobody looks for close."""

    kills = {
        "close-honoured-beside-keep-alive": "connection behind the last response: want closed, got open",
    }

    def list_members(self, request: Any, name: bytes) -> list[bytes]:
        members = super().list_members(request, name)
        if name == b"connection" and b"keep-alive" in members and request.version >= (1, 1):
            return [b"keep-alive"]
        return members


class KeepsChunked(Keeps):
    """The connection of a request with chunked content is kept although the client says close."""

    kills = {
        "close-honoured-behind-chunks": "connection behind the last response: want closed, got open",
    }

    def wrongly_kept(self, transaction: Any) -> bool:
        return transaction.request.framing == "chunked" and asks_to_close(transaction.request)


class KeepsExpecting(Keeps):
    """The connection is kept where the client expected 100-continue, although it says close."""

    kills = {
        "close-honoured-beside-expectation": "connection behind the last response: want closed, got open",
    }

    def wrongly_kept(self, transaction: Any) -> bool:
        return self.expects_continue(transaction.request) and asks_to_close(transaction.request)


class KeepsNotModified(Keeps):
    """The connection of a 304 is kept although the client says close."""

    kills = {
        "close-answered-behind-not-modified": "Connection of the response",
        "close-honoured-behind-not-modified": "connection behind the last response: want closed, got open",
    }

    def wrongly_kept(self, transaction: Any) -> bool:
        return self.status_code(transaction) == 304 and asks_to_close(transaction.request)


class KeepsOldOnes(Keeps):
    """keep-alive in a request of HTTP/1.0 counts, whatever stands beside it."""

    kills = {
        "http-1-0-close-beside-keep-alive-honoured": "connection behind a response to HTTP/1.0: want closed, got",
    }

    def wrongly_kept(self, transaction: Any) -> bool:
        request = transaction.request
        return request.version < (1, 1) and self.list_members(request, b"connection") == [
            b"keep-alive",
            b"close",
        ]
