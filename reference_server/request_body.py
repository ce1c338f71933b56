"""The body of a request, read from the connection on demand: RFC 9112, sections 6.3 and 7.1."""

from __future__ import annotations

import re
import time
from http import HTTPStatus

from .body_framing import BodyFraming
from .errors import BadRequest, BrokenRequestBody, ClientGone, RequestRejected
from .state import Connection, RequestBody, Transaction

QUOTED = rb'"(?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t \x21-\x7e\x80-\xff])*"'
CHUNK_TOKEN = rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
CHUNK_EXTENSION = (
    rb"(?:[ \t]*;[ \t]*" + CHUNK_TOKEN + rb"(?:[ \t]*=[ \t]*(?:" + CHUNK_TOKEN + rb"|" + QUOTED + rb"))?)*"
)
CHUNK_LINE = re.compile(rb"([0-9A-Fa-f]+)(" + CHUNK_EXTENSION + rb")")
MAX_CHUNK_DIGITS = 16


class RequestBodyReading(BodyFraming):
    """Decoded octets of the body, never those of the framing or of the next request."""

    def read_body(self, transaction: Transaction, limit: int) -> bytes:
        """Return some octets of the body, at most *limit*; b"" at its end."""
        body = transaction.body
        if body.broken:
            raise BrokenRequestBody(body.broken, body.broken_status)
        if body.finished or limit <= 0:
            return b""
        began = time.monotonic()
        try:
            self.send_continue(transaction)
            chunked = transaction.request.framing == "chunked"
            read = self.read_chunked if chunked else self.read_delimited
            return self.count_octets(body, read(transaction, limit))
        except TimeoutError:
            body.broken, body.broken_status = "the request body took too long", HTTPStatus.REQUEST_TIMEOUT
        except RequestRejected as rejection:
            body.broken, body.broken_status = str(rejection), rejection.status
        except ClientGone as error:
            body.broken = str(error)
        finally:
            body.waited += time.monotonic() - began
        raise BrokenRequestBody(body.broken, body.broken_status)

    def count_octets(self, body: RequestBody, octets: bytes) -> bytes:
        """A chunked body has no length to refuse beforehand: RFC 9110, 15.5.14, once it is too large."""
        body.received += len(octets)
        if body.received > self.MAX_BODY:
            raise RequestRejected(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the content is too large")
        return octets

    def read_delimited(self, transaction: Transaction, limit: int) -> bytes:
        """RFC 9112, 6.3: a valid Content-Length "defines the expected message body length in octets"."""
        octets = self.take(transaction.connection, transaction.body, min(limit, transaction.body.remaining))
        transaction.body.remaining -= len(octets)
        transaction.body.finished = transaction.body.remaining == 0
        return octets

    def read_chunked(self, transaction: Transaction, limit: int) -> bytes:
        """RFC 9112, 7.1: chunks, a last chunk of size zero, a trailer section, an empty line."""
        connection, body = transaction.connection, transaction.body
        if not body.remaining:
            body.remaining = self.decode_chunk_size(connection, body)
            if not body.remaining:
                self.decode_trailers(connection, body)
                body.finished = True
                return b""
        octets = self.take(connection, body, min(limit, body.remaining))
        body.remaining -= len(octets)
        if not body.remaining:
            self.check_chunk_end(connection, body)
        return octets

    def take(self, connection: Connection, body: RequestBody, limit: int) -> bytes:
        """Take what is there, or wait for it. An early end makes the message incomplete (RFC 9112, 8)."""
        if not connection.buffer and not self.receive(connection, self.body_deadline(body)):
            raise ClientGone("the request body ends early")
        octets = bytes(memoryview(connection.buffer)[:limit])
        del connection.buffer[:limit]
        return octets

    def body_deadline(self, body: RequestBody) -> float:
        """Progress renews it: uploads may be slow, but neither dead nor dripping (``MIN_RATE``).

        Draining gets one deadline in all.
        """
        if body.deadline is not None:
            return body.deadline
        patience = self.BODY_TIMEOUT + body.received / self.MIN_RATE - body.waited
        return time.monotonic() + min(self.BODY_TIMEOUT, patience)

    def decode_chunk_size(self, connection: Connection, body: RequestBody) -> int:
        """RFC 9112, 7.1: ``chunk-size = 1*HEXDIG``; 7.1.1: unknown extensions are ignored, within limits."""
        line = self.receive_line(connection, self.MAX_CHUNK_LINE, self.body_deadline(body))
        match = CHUNK_LINE.fullmatch(line) if line is not None else None
        if match is None:
            raise BadRequest("a malformed chunk size line")
        body.extension_octets += len(match[2])
        # "recipients MUST anticipate potentially large hexadecimal numerals"
        if len(match[1].lstrip(b"0")) > MAX_CHUNK_DIGITS or body.extension_octets > self.MAX_CHUNK_EXTENSIONS:
            raise BadRequest("a chunk size or its extensions beyond all bounds")
        return int(match[1], 16)

    def check_chunk_end(self, connection: Connection, body: RequestBody) -> None:
        """RFC 9112, 7.1: the data of a chunk is followed by CRLF and nothing else."""
        if self.receive_line(connection, 0, self.body_deadline(body)) != b"":
            raise BadRequest("a chunk longer than its size")

    def decode_trailers(self, connection: Connection, body: RequestBody) -> None:
        """RFC 9110, 6.5.1: trailers MUST NOT be merged into the header section; we MAY drop them, and do."""
        self.read_field_lines(connection, self.body_deadline(body))

    def send_continue(self, transaction: Transaction) -> None:
        """PEP 3333, Expect/Continue, second way: 100 only when the application reads its input.

        RFC 9110, 10.1.1: it may be omitted when some of the content has already been received.
        """
        body = transaction.body
        if self.continue_is_due(transaction):
            body.continue_sent = True
            self.send(transaction.connection, b"HTTP/1.1 100 Continue\r\n\r\n")
        body.continue_expected = False

    def continue_is_due(self, transaction: Transaction) -> bool:
        """Never inside a final response, whose head would then precede the interim one."""
        waiting = transaction.body.continue_expected and not transaction.connection.buffer
        return waiting and not transaction.head_sent

    def can_drain(self, transaction: Transaction) -> bool:
        """Whether it is worth while to read the rest of the body in order to keep the connection.

        A client that still waits for 100 may or may not send the body: then only closing is safe.
        """
        body = transaction.body
        if body.continue_expected and not transaction.connection.buffer and not body.finished:
            return False
        return not body.broken and body.remaining <= self.MAX_DRAIN

    def drain_or_close(self, transaction: Transaction) -> bool:
        """RFC 9112, 9.3: read the entire body "or close the connection after sending its response".

        True when the next octet on the connection begins the next request.
        """
        body, room = transaction.body, self.MAX_DRAIN
        body.deadline = time.monotonic() + self.DRAIN_TIMEOUT
        try:
            while not body.finished and room > 0 and self.can_drain(transaction):
                room -= len(self.read_body(transaction, self.RECEIVE_OCTETS))
        except OSError:
            return False
        return body.finished
