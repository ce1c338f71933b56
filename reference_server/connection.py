"""A connection from its first request to its last: RFC 9112, section 9."""

from __future__ import annotations

from .access_log import AccessLogging
from .errors import ClientGone, RequestRejected
from .state import Connection, Request, RequestBody, Transaction


class ConnectionServing(AccessLogging):
    """One request after the other, in their order, which answers pipelining too (RFC 9112, 9.3.2)."""

    def serve_connection(self, connection: Connection) -> None:
        """Serve until either side has had enough."""
        try:
            self.open_connection(connection)
            while self.await_request(connection) and self.serve_request(connection):
                pass
        except ClientGone:
            pass
        except Exception as error:
            self.log_exception("a connection failed", error)
        finally:
            self.close_connection(connection)

    def open_connection(self, connection: Connection) -> None:
        """Whatever has to be said before HTTP: see ``Endpoint``, which knows about TLS."""

    def serve_request(self, connection: Connection) -> bool:
        """Serve one request; true when the connection persists.

        RFC 9112, 9.6: after "close", whether sent or received, no further request is processed.
        """
        request = Request()
        try:
            self.read_request_head(connection, request)
            self.determine_body_framing(request)
            self.check_body_size(request)
        except RequestRejected as rejection:
            self.reject_request(connection, request, rejection)
            self.log_access(Transaction(connection, request, RequestBody()))
            return False
        transaction = Transaction(connection, request, self.make_body(request))
        self.serve_transaction(transaction)
        self.log_access(transaction)
        return transaction.persistent and self.drain_or_close(transaction)

    def reject_request(self, connection: Connection, request: Request, rejection: RequestRejected) -> None:
        """RFC 9112, 2.2: respond and close, for nobody knows where the next request would begin."""
        self.send_error(connection, request, rejection.status, rejection.detail)
