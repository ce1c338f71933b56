"""Mutants that close as they were asked to, and do not say so everywhere."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class SaysNothingTo(ReferenceServer):
    """Ground of those that close and do not say so."""

    def is_quiet(self, transaction: Any) -> bool:
        """Tell whether the close of this response goes without saying."""
        return False

    def connection_header(self, transaction: Any) -> Any:
        asked = b"close" in self.list_members(transaction.request, b"connection")
        return [] if asked and self.is_quiet(transaction) else super().connection_header(transaction)


class SaysNothingToHead(SaysNothingTo):
    """A response to HEAD has the fields of the content, and no others."""

    kills = {"close-answered-to-head": "Connection of the response: want close, got absent"}

    def is_quiet(self, transaction: Any) -> bool:
        return bool(transaction.request.method == "HEAD")


class SaysNothingOfStreams(SaysNothingTo):
    """The last chunk says that it is the last."""

    kills = {"close-answered-when-streamed": "Connection of the response: want close, got absent"}

    def is_quiet(self, transaction: Any) -> bool:
        return bool(transaction.framing == "chunked")


class SaysNothingWithNoContent(SaysNothingTo):
    """A 204 has the fields of the application."""

    kills = {"close-answered-without-content": "Connection of the response: want close, got absent"}

    def is_quiet(self, transaction: Any) -> bool:
        return self.status_code(transaction) == 204


class SaysNothingWithNotModified(SaysNothingTo):
    """A 304 has the fields that a cache is to store."""

    kills = {"close-answered-behind-not-modified": "Connection of the response: want close, got absent"}

    def is_quiet(self, transaction: Any) -> bool:
        return self.status_code(transaction) == 304


class KeepsFailedConnections(ReferenceServer):
    """Ground of those that keep a connection behind the page about an error, whatever the client said."""

    def keeps(self, transaction: Any) -> bool:
        """Tell whether the connection of this one is kept."""
        return False

    def handle_error(self, transaction: Any, error: BaseException) -> None:
        super().handle_error(transaction, error)
        asked = self.client_persists(transaction.request)
        transaction.persistent = not asked and not transaction.head_sent and self.keeps(transaction)


class KeepsConnectionOfFailedHead(KeepsFailedConnections):
    """There was no content, so nothing ends."""

    kills = {"close-honoured-after-error-to-head": "connection behind the last response: want closed, got"}

    def keeps(self, transaction: Any) -> bool:
        return bool(transaction.request.method == "HEAD" and transaction.request.version >= (1, 1))


class KeepsConnectionOfFailedReader(KeepsFailedConnections):
    """The content was read, so the connection is fit for another request."""

    kills = {"close-honoured-after-error-behind-content": "connection behind the last response: want closed"}

    def keeps(self, transaction: Any) -> bool:
        return bool(transaction.body.received and transaction.body.finished)


class KeepsConnectionOfFailedHttp10(KeepsFailedConnections):
    """A page about an error has a length, so the connection is fit for another request."""

    kills = {
        "http-1-0-connection-closed-after-error": "connection behind the last response: want closed, got"
    }

    def keeps(self, transaction: Any) -> bool:
        return bool(transaction.request.version < (1, 1))
