"""The content of a request taken in before the application is called, where the operator wants that."""

from __future__ import annotations

from http import HTTPStatus
from typing import IO

from .errors import BrokenRequestBody
from .request_body import RequestBodyReading
from .state import Transaction


class Spooling(RequestBodyReading):
    """With ``SPOOL`` octets in memory, and beyond them in a temporary file; without it, nothing is kept."""

    def spool_content(self, transaction: Transaction) -> None:
        """PEP 3333: the server "may pre-read the client's request body and buffer it in-memory or on disk".

        Reading sends 100 Continue, which is Expect/Continue, first way. What is too large, too slow,
        malformed or incomplete raises, so that the application never hears of it.
        """
        if not self.SPOOL or transaction.body.finished:
            return
        transaction.body.spool = self.make_spool()
        while octets := self.read_body(transaction, self.RECEIVE_OCTETS):
            self.keep_octets(transaction.body.spool, octets)
        transaction.body.spool.seek(0)

    def make_spool(self) -> IO[bytes]:
        """A file that has no name where the system can do without: it goes even when the server is killed."""
        from tempfile import SpooledTemporaryFile  # late, for a server that streams needs none

        return SpooledTemporaryFile(max_size=self.SPOOL)

    def keep_octets(self, spool: IO[bytes], octets: bytes) -> None:
        """A full disk is not the client's fault: 507 (RFC 4918, 11.5) says so, and that it may pass."""
        try:
            spool.write(octets)
        except OSError as error:
            self.log_exception("the content of a request cannot be kept", error)
            status = HTTPStatus.INSUFFICIENT_STORAGE
            raise BrokenRequestBody("the server cannot keep the content", status) from error

    def read_content(self, transaction: Transaction, limit: int) -> bytes:
        """Return octets for the application, at most *limit*: those kept, or else from the connection."""
        spool = transaction.body.spool
        return self.read_body(transaction, limit) if spool is None else spool.read(limit)

    def drop_spool(self, transaction: Transaction) -> None:
        """Whatever happened, the file goes with its request."""
        if transaction.body.spool is not None:
            transaction.body.spool.close()
