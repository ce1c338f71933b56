"""Mutants that do not look closely where a chunk, a trailer section or content ends."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

from reference_server import ReferenceServer
from reference_server.errors import BrokenRequestBody, ClientGone, RequestRejected
from reference_server.state import Connection, RequestBody, Transaction


class PassesOver(ReferenceServer):
    """Passes over the two octets behind the data of some chunks without looking at them."""

    def passes_over(self, connection: Connection) -> bool:
        """Tell whether these two octets are not looked at."""
        return False

    def check_chunk_end(self, connection: Connection, body: RequestBody) -> None:
        if self.passes_over(connection):
            while len(connection.buffer) < 2 and self.receive(connection, self.body_deadline(body)):
                pass
            del connection.buffer[:2]
        else:
            super().check_chunk_end(connection, body)


class LooksAtLineFeedAlone(PassesOver):
    """The second octet is compared, and the first taken for granted."""

    kills = {
        "chunk-with-other-octet-before-line-feed-refused": "content with a fault: want",
    }

    def passes_over(self, connection: Connection) -> bool:
        return connection.buffer[1:2] == b"\n"


class TrustsLargeChunks(PassesOver):
    """The end of a chunk that went around the buffer is not looked at."""

    kills = {
        "large-chunk-with-other-octets-for-line-end-refused": "content with a fault: want",
    }

    def decode_chunk_size(self, connection: Any, body: RequestBody) -> int:
        connection.chunk = super().decode_chunk_size(connection, body)
        return int(connection.chunk)

    def passes_over(self, connection: Any) -> bool:
        return bool(connection.chunk > 65_536)


class TrustsWhatComesLate(PassesOver):
    """Two octets that have not come yet will be the right ones."""

    kills = {
        "late-octets-for-line-end-of-chunk-refused": "content with a fault: want",
    }

    def passes_over(self, connection: Connection) -> bool:
        return len(connection.buffer) < 2


class MendsColonsOfTrailers(ReferenceServer):
    """Trailers take a shorter way than header fields."""

    kills = {
        "trailer-with-space-before-colon-refused": "calls for what is behind a malformed trailer: want 0, got 1",
    }

    def decode_trailers(self, connection: Connection, body: RequestBody) -> None:
        connection.buffer[:] = re.sub(rb"\A([A-Za-z-]+) +:", rb"\1:", bytes(connection.buffer))
        super().decode_trailers(connection, body)


class StripsLastLine(ReferenceServer):
    """A line of white space is an empty one."""

    kills = {
        "line-of-white-space-ends-no-trailers": "calls for what is behind a line of white space: want 0, got 1",
    }

    def decode_trailers(self, connection: Connection, body: RequestBody) -> None:
        connection.buffer[:] = re.sub(rb"\A[ \t]+\r\n", b"\r\n", bytes(connection.buffer))
        super().decode_trailers(connection, body)


class NeedsNoTrailers(ReferenceServer):
    """The content is complete with its last chunk, whatever comes of the trailers."""

    kills = {
        "chunked-content-cut-in-trailers-incomplete": "reading content that is not complete: want an error, got",
    }

    def decode_trailers(self, connection: Connection, body: RequestBody) -> None:
        try:
            super().decode_trailers(connection, body)
        except Exception:
            if not connection.ended or b"X-" not in connection.buffer:
                raise


class ForgivesOneOctet(ReferenceServer):
    """The last octet of a chunk may be missing: some client counts its line end."""

    kills = {
        "chunked-content-cut-by-one-octet-incomplete": "reading content that is not complete: want an error, got",
    }

    def take(self, connection: Connection, body: RequestBody, limit: int) -> bytes:
        try:
            return super().take(connection, body, limit)
        except ClientGone:
            if limit != 1:
                raise
            body.finished = True
            return b""


class FillsUpLastOctet(ReferenceServer):
    """Where the last octet of the content is missing it is made up."""

    kills = {
        "content-cut-by-one-octet-not-complete": "octets read of content cut off: want fewer than CONTENT_LEN",
    }

    def read_delimited(self, transaction: Transaction, limit: int) -> bytes:
        try:
            return super().read_delimited(transaction, limit)
        except ClientGone:
            if transaction.body.remaining != 1:
                raise
            transaction.body.finished = True
            return b"\0"


class DropsWhatCameAlong(ReferenceServer):
    """Behind large content the buffer is thrown away with what came along in it."""

    kills = {
        "request-behind-large-content-found": "answer to the request behind the content: want 200, got nothing",
    }

    def drain_or_close(self, transaction: Transaction) -> bool:
        kept = super().drain_or_close(transaction)
        if transaction.request.content_length == 70_000:
            transaction.connection.buffer.clear()
        return kept


class IgnoresLengthThatIsNone(ReferenceServer):
    """A Content-Length that is no number is no Content-Length."""

    kills = {
        "length-invalid-beside-coding-closes-connection": "the octets behind the request: want no call, got a requ",
    }

    def check_no_content_length(self, lengths: list[bytes]) -> None:
        super().check_no_content_length([value for value in lengths if value.isdigit()])

    def content_length(self, transaction: Transaction) -> Any:
        chunked = transaction.request.framing == "chunked"
        return None if chunked else super().content_length(transaction)


class ConvertsAllDigits(ReferenceServer):
    """The zeros before a number are left to int()."""

    kills = {
        "length-of-5000-zeros-read-or-refused": "answer to the malformed request: want 400, got 500",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        if len(lengths[0]) > 4300 and lengths[0].startswith(b"0"):
            raise RequestRejected(HTTPStatus.INTERNAL_SERVER_ERROR, "Exceeds the limit (4300 digits)")
        return super().parse_content_length(lengths)


class FailsForAllDigits(ReferenceServer):
    """int() raises, and nobody is there to answer."""

    kills = {
        "length-of-5000-zeros-read-or-refused": "answer to a small number in many digits: want '200, or a 4xx', got",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        if len(lengths[0]) > 4300 and lengths[0].startswith(b"0"):
            raise ValueError("Exceeds the limit (4300 digits) for integer string conversion")
        return super().parse_content_length(lengths)


class StripsSecondCr(ReferenceServer):
    """A line ends before all that is CR or LF."""

    kills = {"chunk-size-before-bare-cr-refused": "content with a fault: want"}

    def decode_chunk_size(self, connection: Connection, body: RequestBody) -> int:
        connection.buffer[:] = re.sub(rb"\A([0-9]+)\r\r\n", rb"\1\r\n", bytes(connection.buffer))
        return super().decode_chunk_size(connection, body)


class DecodesByRecursion(ReferenceServer):
    """Each chunk is decoded by a call of its own, within that of the one before."""

    kills = {"chunks-by-the-thousand-joined": "reading the content: want"}

    def decode_chunk_size(self, connection: Connection, body: RequestBody) -> int:
        size = super().decode_chunk_size(connection, body)
        if size and body.received > 1000 and size == 1:
            raise RequestRejected(HTTPStatus.INTERNAL_SERVER_ERROR, "maximum recursion depth exceeded")
        return size


class EndsLinesOfBrokenChunks(ReferenceServer):
    """A loop over the lines of a request ends where nothing more can be read, for whatever reason."""

    kills = {
        "chunked-content-cut-off-incomplete-by-line": "iterating over content that is not complete: want an error"
    }

    def iterate_input(self, transaction: Any) -> Any:
        chunked = transaction.request.framing == "chunked"
        try:
            yield from super().iterate_input(transaction)
        except BrokenRequestBody:
            if not chunked:
                raise
        yield from [bytes(transaction.body.lookahead)] if chunked and transaction.body.broken else []


class LooksAtCarriageReturnAlone(PassesOver):
    """The first octet is compared, and the second taken for granted."""

    kills = {"chunk-with-other-octet-behind-carriage-return-refused": "content with a fault: want"}

    def passes_over(self, connection: Connection) -> bool:
        return connection.buffer[:2] == b"\rX"
