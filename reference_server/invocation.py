"""One invocation of the application: PEP 3333, Specification Details and Error Handling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from http import HTTPStatus

from .errors import BrokenRequestBody, ClientGone
from .file_sending import FileSending
from .state import Transaction


class Invocation(FileSending):
    """Call, iterate, finish, and close whatever happened."""

    def serve_transaction(self, transaction: Transaction) -> None:
        """Content to be spooled is taken in outside the turns: a slow client keeps nobody waiting."""
        try:
            self.spool_content(transaction)
        except BrokenRequestBody as error:
            self.handle_error(transaction, error)
        else:
            self.run_in_turn(transaction)
        finally:
            self.drop_spool(transaction)

    def run_in_turn(self, transaction: Transaction) -> None:
        """PEP 3333, Thread Support: no more than ``threads`` requests are inside the application."""
        with self.turns:
            self.run_application(transaction)

    def run_application(self, transaction: Transaction) -> None:
        """All errors end here: they must not end the server.

        Even SystemExit does, for it is the thread of one request that it would silently end.
        """
        try:
            transaction.iterable = self.call_application(transaction)
            self.iterate(transaction)
            self.finish_response(transaction)
        except BaseException as error:
            self.handle_error(transaction, error)
        finally:
            self.close_iterable(transaction)

    def call_application(self, transaction: Transaction) -> Iterable[bytes]:
        """PEP 3333: "**must** invoke the application object using positional (not keyword) arguments"."""
        transaction.environ = self.make_environ(transaction)
        return self.application(transaction.environ, self.make_start_response(transaction))

    def iterate(self, transaction: Transaction) -> None:
        """PEP 3333: "completing the transmission of each bytestring before requesting another one"."""
        iterator = self.make_iterator(transaction)
        while not self.response_satisfied(transaction):
            if self.can_send_file(transaction, iterator) and self.send_file(transaction, iterator):
                return
            block = self.next_block(iterator)
            if block is None:
                return
            before = transaction.produced
            self.send_block(transaction, block)
            if transaction.produced - before < len(block):
                self.report_excess(transaction)

    def make_iterator(self, transaction: Transaction) -> Iterator[bytes]:
        """``iter()`` also knows the old protocol of ``__getitem__`` and IndexError."""
        return iter(transaction.iterable)  # type: ignore[arg-type]

    def next_block(self, iterator: Iterator[bytes]) -> bytes | None:
        """None at the end. An iterator that itself yields None is checked here, lest it pass for ended."""
        try:
            block = next(iterator)
        except StopIteration:
            return None
        self.check_block(block)
        return block

    def report_excess(self, transaction: Transaction) -> None:
        """The client got what it was promised; the operator should hear of the rest."""
        self.log(f"more data than the Content-Length of {transaction.content_length}: the rest is dropped")

    def close_iterable(self, transaction: Transaction) -> None:
        """PEP 3333: "the server or gateway **must** call that method upon completion of the current request".

        It is the method of the object that was returned, called once; an error in it comes too late
        for the response, and is only logged.
        """
        if transaction.closed or transaction.iterable is None:
            return
        transaction.closed = True
        try:
            close = getattr(transaction.iterable, "close", None)
            if close is not None:
                close()
        except BaseException as error:
            self.log_exception("close() of the application's iterable raised", error)

    def handle_error(self, transaction: Transaction, error: BaseException) -> None:
        """Whose fault it was decides what is said, and to whom; the connection ends in any case."""
        transaction.persistent = False
        if isinstance(error, ClientGone):
            return
        try:
            if isinstance(error, BrokenRequestBody):
                self.body_error(transaction, error)
            else:
                self.application_error(transaction, error)
        except ClientGone:
            pass

    def body_error(self, transaction: Transaction, error: BrokenRequestBody) -> None:
        """RFC 9112, 8: an incomplete or malformed request is the client's fault, so 4xx and not 500."""
        self.log(f"the request body cannot be read: {error}")
        if not transaction.head_sent:
            self.send_error(transaction.connection, transaction.request, error.status, str(error))

    def application_error(self, transaction: Transaction, error: BaseException) -> None:
        """PEP 3333, Error Handling: log; then 500 if nothing was sent, else abort.

        RFC 9112, 8: the missing last chunk, or missing octets, tell the client that it is incomplete.
        """
        self.log_exception("the application failed", error)
        if not transaction.head_sent:
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            self.send_error(transaction.connection, transaction.request, status, "the application failed")
