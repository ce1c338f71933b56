"""Mutants of ``write()``."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class ReturnsNoWrite(ReferenceServer):
    """``start_response`` has nothing to return when it is called for an error page."""

    kills = {
        "exc-info-accepted-before-output": "want callable, got not callable",
        "exc-info-accepted-in-first-call": "want callable, got not callable",
        "exc-info-accepted-in-first-iteration": "want callable, got not callable",
        "exc-info-replaces-repeatedly": "want callable, got not callable",
        "start-response-with-exc-info-returns-write": "want a callable, got nothing to call",
    }

    def start_response(self, transaction: Any, status: Any, headers: Any, exc_info: Any) -> Any:
        again = exc_info is not None
        try:
            write = super().start_response(transaction, status, headers, exc_info)
        finally:
            exc_info = None
        return None if again else write


class KnowsNoWrite(ReferenceServer):
    """``start_response`` returns nothing, as if only its effect were wanted."""

    kills = {
        "exc-info-accepted-before-output": "want callable, got not callable",
        "exc-info-accepted-in-first-call": "want callable, got not callable",
        "exc-info-accepted-in-first-iteration": "want callable, got not callable",
        "exc-info-replaces-repeatedly": "want callable, got not callable",
        "start-response-returns-write": "want a callable, got nothing to call",
    }

    def make_write(self, transaction: Any) -> Any:
        return None


class CollectsWrites(ReferenceServer):
    """What is written waits until the application has returned."""

    kills = {"written-block-sent-at-once": "the written block, while the application waits"}

    def write(self, transaction: Any, block: bytes) -> None:
        transaction.collecting = block.endswith(b"written\x01")
        try:
            super().write(transaction, block)
        finally:
            transaction.collecting = False

    def flush(self, transaction: Any) -> None:
        if not getattr(transaction, "collecting", False):
            super().flush(transaction)


class WritesTwoArguments(ReferenceServer):
    """``write()`` also wants to know how much, and says so when nothing else is yielded."""

    kills = {"write-takes-one-argument": "write(b'written'): want no error"}

    def write(self, transaction: Any, block: bytes) -> None:
        if block == b"written" and type(transaction.iterable) is not list and self.is_bare(transaction):
            raise TypeError("write() missing 1 required positional argument: 'size'")
        super().write(transaction, block)

    def is_bare(self, transaction: Any) -> bool:
        """Return whether this is the plain response that the check plays."""
        return transaction.request.method == "GET" and len(transaction.headers) == 1


class YieldsBeforeWrites(ReferenceServer):
    """A second written block takes its place behind the first yielded one."""

    kills = {"written-blocks-before-yielded": "content: want b'one, two, three, four'"}

    def write(self, transaction: Any, block: bytes) -> None:
        if block == b"two, " and transaction.request.version >= (1, 1):
            transaction.late = block
        else:
            super().write(transaction, block)

    def iterate(self, transaction: Any) -> None:
        super().iterate(transaction)
        late = getattr(transaction, "late", b"")
        if late:
            self.send_block(transaction, late)


class HoldsAfterWrite(ReferenceServer):
    """After ``write()`` the yielded blocks go out with the end of the response."""

    kills = {"yielded-block-after-write-not-delayed": "the yielded block, while the application waits"}

    def flush(self, transaction: Any) -> None:
        if not (transaction.write_called and transaction.outgoing.endswith(b"yielded\x01\r\n")):
            super().flush(transaction)


class WritesText(ReferenceServer):
    """What is written loses its eighth bit."""

    kills = {"written-octets-unchanged": "content, 260 octets"}

    def write(self, transaction: Any, block: bytes) -> None:
        if len(block) == 256:
            block = bytes(octet & 0x7F for octet in block)
        super().write(transaction, block)


class ForgetsWritesBehindEmpty(ReferenceServer):
    """After an empty block was written first, nothing else is expected."""

    kills = {"empty-block-written-first-harmless": "content: want b'content', got b''"}

    def write(self, transaction: Any, block: bytes) -> None:
        transaction.ended = not block and not transaction.head_sent
        super().write(transaction, block)

    def iterate(self, transaction: Any) -> None:
        if not getattr(transaction, "ended", False):
            super().iterate(transaction)


class ChunksWritesForHttp10(ReferenceServer):
    """What is written goes out in chunks, whoever asked."""

    kills = {
        "chunked-not-sent-to-http-1-0-by-write": "want absent, got chunked",
        "written-blocks-to-http-1-0": "framing for an HTTP/1.0 client: want no chunks, got chunked",
    }

    def framing_of_response(self, transaction: Any) -> Any:
        framing = super().framing_of_response(transaction)
        return "chunked" if framing == "close" and transaction.write_called else framing


class LosesOctetAfterWrite(ReferenceServer):
    """The length is counted down one octet too far after ``write()``."""

    kills = {"written-blocks-counted": "content: want b'writtenyield', got b'writtenyiel'"}

    def write(self, transaction: Any, block: bytes) -> None:
        super().write(transaction, block)
        transaction.written = transaction.content_length == 12

    def queue_block(self, transaction: Any, block: bytes) -> None:
        if getattr(transaction, "written", False):
            block = block[:-1]
        super().queue_block(transaction, block)


class CollectsWritesForHttp10(ReferenceServer):
    """Where only the end marks the end, all is sent at the end."""

    kills = {
        "written-block-to-http-1-0-sent-at-once": "written block, while the application waits: want received"
    }

    def flush(self, transaction: Any) -> None:
        old = transaction.request.version < (1, 1) and transaction.framing == "close"
        if not (old and transaction.write_called and transaction.iterable is None):
            super().flush(transaction)


class RefusesWritesForHead(ReferenceServer):
    """Nothing is to be written for HEAD."""

    kills = {"write-for-head-accepted": "write() for HEAD: want no error, got"}

    def write(self, transaction: Any, block: bytes) -> None:
        if transaction.request.method == "HEAD":
            self.refuse_excess(transaction)
        super().write(transaction, block)
