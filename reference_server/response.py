"""The body of a response: PEP 3333, Buffering and Streaming; RFC 9112, section 7.1."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from .errors import ApplicationFault
from .response_head import ResponseHead
from .state import Connection, Request, Transaction


class Response(ResponseHead):
    """Each block is on its way before the next one is asked for."""

    def check_block(self, block: Any) -> None:
        """PEP 3333, A Note On String Types: what is yielded or written is ``bytes``, not ``str``."""
        if not isinstance(block, bytes):
            raise TypeError(f"the response body must be made of bytes, not {type(block).__name__}")

    def check_started(self, transaction: Transaction) -> None:
        """Without a (valid) call of start_response() there is no status, and none is invented."""
        if transaction.status is None:
            raise ApplicationFault("a response body without a call of start_response()")

    def send_block(self, transaction: Transaction, block: bytes) -> None:
        """Send a block, and the head before it if it is the first one that is not empty.

        "response headers must not be sent until there is actual body data available".
        """
        self.check_block(block)
        if not block:
            return
        self.check_started(transaction)
        if not transaction.head_sent:
            self.send_head(transaction, block)
        self.queue_block(transaction, self.truncate(transaction, block))
        self.flush(transaction)

    def truncate(self, transaction: Transaction, block: bytes) -> bytes:
        """The server "**should not** transmit more bytes to the client than the header allows"."""
        if transaction.content_length is None:
            return block
        return block[: max(transaction.content_length - transaction.produced, 0)]

    def queue_block(self, transaction: Transaction, block: bytes) -> None:
        """Frame what may be sent at all. RFC 9110, 9.3.2: "the server MUST NOT send content" for HEAD."""
        transaction.produced += len(block)
        if self.may_have_content(transaction):
            transaction.outgoing += self.encode_block(transaction, block)

    def encode_block(self, transaction: Transaction, block: bytes) -> bytes:
        """Chunks are the only transfer coding there is."""
        return self.encode_chunk(block) if transaction.framing == "chunked" else block

    def encode_chunk(self, block: bytes) -> bytes:
        """RFC 9112, 7.1. An empty chunk would be the last one, so an empty block is no chunk at all."""
        return b"%x\r\n%b\r\n" % (len(block), block) if block else b""

    def last_chunk(self, transaction: Transaction) -> bytes:
        """RFC 9112, 7.1: ``last-chunk = 1*("0") [ chunk-ext ] CRLF``, and an empty trailer section."""
        return b"0\r\n\r\n" if transaction.framing == "chunked" else b""

    def flush(self, transaction: Transaction) -> None:
        """All in one ``sendall``, so that a block is neither split nor held back."""
        octets = bytes(transaction.outgoing)
        transaction.outgoing.clear()
        if octets:
            self.send(transaction.connection, octets)

    def write(self, transaction: Transaction, block: bytes) -> None:
        """PEP 3333, The ``write()`` Callable: "treated exactly as though" the block had been yielded."""
        transaction.write_called = True
        before = transaction.produced
        self.send_block(transaction, block)
        if transaction.produced - before < len(block):
            self.refuse_excess(transaction)

    def refuse_excess(self, transaction: Transaction) -> None:
        """PEP 3333: "raise an error if the application tries to ``write()`` past that point"."""
        raise ApplicationFault("write() past the Content-Length")

    def response_satisfied(self, transaction: Transaction) -> bool:
        """PEP 3333: "**should** stop iterating over the response when enough data has been sent"."""
        if not transaction.head_sent:
            return False
        if not self.may_have_content(transaction):
            return True
        return transaction.content_length is not None and transaction.produced >= transaction.content_length

    def finish_response(self, transaction: Transaction) -> None:
        """The iterable is exhausted, or nobody needs the rest of it."""
        self.check_started(transaction)
        self.check_enough(transaction)
        if not transaction.head_sent:
            self.send_head(transaction, b"")
        transaction.outgoing += self.last_chunk(transaction)
        self.flush(transaction)

    def check_enough(self, transaction: Transaction) -> None:
        """Too little data: "the server **should** close the connection and log or otherwise report"."""
        if not self.may_have_content(transaction) or self.status_code(transaction) == 205:
            return
        length = self.declared_content_length(transaction)
        if length is not None and transaction.produced < length:
            raise ApplicationFault(f"only {transaction.produced} bytes of a Content-Length of {length}")

    def send_error(self, connection: Connection, request: Request, status: HTTPStatus, detail: str) -> None:
        """An answer of the server's own: dated, framed, the last on its connection.

        RFC 9110, 15.5: it should explain the error, except when responding to HEAD.
        """
        request.error_status = status.value
        content = f"{status.value} {status.phrase}: {detail}\n".encode("latin-1", "replace")
        headers = self.date_header() + self.server_header()
        headers += [("Content-Type", "text/plain; charset=iso-8859-1"), ("Content-Length", str(len(content)))]
        headers += [("Connection", "close")]
        head = self.format_status_line(f"{status.value} {status.phrase}") + self.format_headers(headers)
        self.send(connection, head if request.method == "HEAD" else head + content)
