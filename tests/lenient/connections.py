"""Correct servers that treat connections otherwise."""

from __future__ import annotations

from reference_server import ReferenceServer
from reference_server.state import Connection, Headers, Request, Transaction
from tests.lenient.freedom import pep3333, rfc9112


class ClosesEveryConnection(ReferenceServer):
    """Each response announces that it is the last, and is."""

    freedom = rfc9112("9.5", "A client, server, or proxy MAY close the transport connection at any time.")
    warns = {"connection-persists": "HTTP would have it kept"}

    def keep_alive(self, transaction: Transaction) -> bool:
        return False


class ClosesAfterTwo(ReferenceServer):
    """A connection carries two requests and no more."""

    freedom = rfc9112("9.5", "A client, server, or proxy MAY close the transport connection at any time.")

    def keep_alive(self, transaction: Transaction) -> bool:
        served = getattr(transaction.connection, "served", 0) + 1
        transaction.connection.served = served  # type: ignore[attr-defined]
        return served < 2 and super().keep_alive(transaction)


class NeverPersistsForHttp10(ReferenceServer):
    """The keep-alive of HTTP/1.0 is not honoured."""

    freedom = rfc9112("9.3", 'the recipient wishes to honor the HTTP/1.0 "keep-alive" mechanism')

    def client_persists(self, request: Request) -> bool:
        return request.version >= (1, 1) and super().client_persists(request)


class SaysKeepAlive(ReferenceServer):
    """A persistent connection is announced to everybody, with its time."""

    freedom = rfc9112(
        "9.3",
        'the recipient wishes to honor the HTTP/1.0 "keep-alive" mechanism, the connection will persist',
    )

    def connection_header(self, transaction: Transaction) -> Headers:
        if not transaction.persistent:
            return [("Connection", "close")]
        return [("Connection", "Keep-Alive"), ("Keep-Alive", "timeout=30, max=100")]


class ClosesOverUnreadContent(ReferenceServer):
    """What the application left unread is never read: the connection ends instead."""

    freedom = rfc9112("9.3", "or close the connection after sending its response")

    def can_drain(self, transaction: Transaction) -> bool:
        return transaction.body.finished and super().can_drain(transaction)


class PersistsOnlyAfterGivenLengths(ReferenceServer):
    """A connection is kept only where the application itself gave the length."""

    freedom = pep3333(
        "Handling the Content-Length Header",
        "The simplest of these is to close the client connection when the response is completed.",
    )
    warns = {"connection-persists": "HTTP would have it kept"}

    def keep_alive(self, transaction: Transaction) -> bool:
        lengths = [value for name, value in transaction.headers if name.lower() == "content-length"]
        return bool(lengths) and super().keep_alive(transaction)


class ClosesAtOnce(ReferenceServer):
    """A connection without anything left to read is closed in one step."""

    freedom = rfc9112("9.5", "A client, server, or proxy MAY close the transport connection at any time.")

    def linger(self, connection: Connection) -> None:
        if connection.ended or not connection.buffer:
            return
        super().linger(connection)
