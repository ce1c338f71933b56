"""Mutants of data beyond the Content-Length."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class SendsExcessBlock(ReferenceServer):
    """It cuts the block that reaches beyond the length, and sends the ones behind it."""

    kills = {
        "excess-block-not-sent": "octets behind the Content-Length: want none, got b'67'",
        "excess-not-sent-on-kept-connection": "before the second status line: want nothing, got 67",
    }

    def response_satisfied(self, transaction: Any) -> bool:
        if self.in_excess(transaction):
            return False
        return super().response_satisfied(transaction)

    def in_excess(self, transaction: Any) -> bool:
        """Return whether exactly the promised octets are out."""
        exact = transaction.content_length == 5 and transaction.produced == 5
        return exact and not transaction.write_called and hasattr(transaction.iterable, "__next__")

    def truncate(self, transaction: Any, block: bytes) -> bytes:
        return block if self.in_excess(transaction) else super().truncate(transaction, block)


class SendsWholeBlock(ReferenceServer):
    """It stops behind the block that reaches beyond the length, and not within."""

    kills = {"excess-of-block-not-sent": "octets behind the Content-Length: want none, got b'67'"}

    def truncate(self, transaction: Any, block: bytes) -> bytes:
        return (
            block if transaction.produced == 3 and block == b"4567" else super().truncate(transaction, block)
        )


class SendsWholeList(ReferenceServer):
    """A list of one block goes out as it is."""

    kills = {"excess-of-list-not-sent": "octets behind the Content-Length: want none, got b'67'"}

    def truncate(self, transaction: Any, block: bytes) -> bytes:
        whole = isinstance(transaction.iterable, list) and len(transaction.iterable) == 1
        return block if whole else super().truncate(transaction, block)


class SendsExcessOfWrite(ReferenceServer):
    """``write()`` sends all that it is given, and then raises."""

    kills = {"excess-written-not-sent": "octets behind the Content-Length: want none, got b'67'"}

    def write(self, transaction: Any, block: bytes) -> None:
        try:
            super().write(transaction, block)
        finally:
            if block == b"1234567":
                self.send(transaction.connection, block[5:])


class CountsYieldedAlone(ReferenceServer):
    """What was written does not count where the yielded blocks reach the length."""

    kills = {
        "excess-after-write-not-sent": "octets behind the Content-Length: want none, got b'67'",
        "excess-to-http-1-0-not-sent": "octets behind the Content-Length",
    }

    def iterate(self, transaction: Any) -> None:
        written = transaction.produced if transaction.content_length == 5 else 0
        transaction.produced -= written
        super().iterate(transaction)
        transaction.produced += written


class IteratesToTheEnd(ReferenceServer):
    """It sends no more, and asks for more all the same."""

    kills = {"iteration-stops-at-content-length": "blocks of five octets taken for a Content-Length of 7"}

    def response_satisfied(self, transaction: Any) -> bool:
        return super().response_satisfied(transaction) and transaction.content_length != 7


class WritesOnInSilence(ReferenceServer):
    """Once the length is reached, ``write()`` drops what it is given."""

    kills = {
        "write-past-content-length-raises": "write() past the Content-Length: want an error, got no error"
    }

    def write(self, transaction: Any, block: bytes) -> None:
        if transaction.produced != transaction.content_length:
            super().write(transaction, block)


class CutsInSilence(ReferenceServer):
    """``write()`` cuts off what reaches beyond the length, and says nothing."""

    kills = {
        "write-across-content-length-raises": "write() past the Content-Length: want an error, got no error"
    }

    def write(self, transaction: Any, block: bytes) -> None:
        left = 5 if not transaction.head_sent else len(block)
        super().write(transaction, block[:left] if block == b"123456" else block)


class RefusesLastOctet(ReferenceServer):
    """``>=`` instead of ``>``."""

    kills = {"write-up-to-content-length-accepted": "write() up to the Content-Length: want no error"}

    def write(self, transaction: Any, block: bytes) -> None:
        super().write(transaction, block)
        if transaction.produced == transaction.content_length == 5 and block == b"45":
            self.refuse_excess(transaction)


class TakesZeroForNoLength(ReferenceServer):
    """A length of zero is false."""

    kills = {
        "excess-of-zero-length-not-sent": "octets behind the Content-Length: want none, got b'1234",
        "excess-written-of-zero-length-not-sent": "octets behind the Content-Length: want none, got b'1234567'",
        "write-past-zero-length-raises": "write() past the Content-Length: want an error, got no error",
    }

    def zero(self, transaction: Any) -> bool:
        """Return whether the application declared a length of zero."""
        return self.declared_content_length(transaction) == 0 and self.status_code(transaction) == 200

    def truncate(self, transaction: Any, block: bytes) -> bytes:
        return block if self.zero(transaction) else super().truncate(transaction, block)

    def response_satisfied(self, transaction: Any) -> bool:
        return super().response_satisfied(transaction) and not self.zero(transaction)


class SendsExcessToHttp10(ReferenceServer):
    """The connection ends anyway."""

    kills = {"excess-to-http-1-0-not-sent": "octets behind the Content-Length: want none, got b'6"}

    def truncate(self, transaction: Any, block: bytes) -> bytes:
        return block if transaction.request.version < (1, 1) else super().truncate(transaction, block)


class RefusesEmptyWrites(ReferenceServer):
    """When enough was written, nothing more may be, not even nothing."""

    kills = {"empty-write-at-content-length-accepted": "write(b'') at the Content-Length: want"}

    def write(self, transaction: Any, block: bytes) -> None:
        super().write(transaction, block)
        if not block and transaction.produced == transaction.content_length:
            self.refuse_excess(transaction)
