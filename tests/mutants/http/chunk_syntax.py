"""Mutants of the decoding of chunks that are malformed."""

from __future__ import annotations

import re

from reference_server import ReferenceServer
from reference_server.errors import BadRequest, ClientGone
from reference_server.state import Connection, RequestBody, Transaction


class Lenient(ReferenceServer):
    """Repairs a size line before it is decoded."""

    pattern = b""
    repair = b""

    def decode_chunk_size(self, connection: Connection, body: RequestBody) -> int:
        while b"\r\n" not in connection.buffer and self.receive(connection, self.body_deadline(body)):
            pass
        connection.buffer[:] = re.sub(rb"\A" + self.pattern, self.repair, connection.buffer, count=1)
        return super().decode_chunk_size(connection, body)


class Forgives0x(Lenient):
    """Forgives 0x."""

    kills = {
        "chunk-size-with-0x-refused": "content with a fault: want 'nothing of what is behind it (hello)', got hello",
        "last-chunk-with-0x-refused": "what is behind the malformed content: want no call, got a request of its own",
    }

    pattern = rb"0x"
    repair = b""


class ForgivesPlus(Lenient):
    """Forgives plus."""

    kills = {
        "chunk-size-with-plus-refused": "content with a fault: want 'nothing of what is behind it (hello)', got hello",
        "last-chunk-with-plus-refused": "what is behind the malformed content: want no call, got a request of its own",
    }

    pattern = rb"\+"
    repair = b""


class ForgivesMinus(Lenient):
    """Forgives minus."""

    kills = {
        "chunk-size-with-minus-refused": "content with a fault: want 'nothing of what is behind it (hello)', got hello",
        "last-chunk-with-minus-refused": "what is behind the malformed content: want no call, got a request of its own",
    }

    pattern = rb"-"
    repair = b""


class ForgivesUnderscore(Lenient):
    """Forgives underscore."""

    kills = {
        "chunk-size-with-underscore-refused": "content with a fault: want 'nothing of what is behind it (hello)', got hello",
    }

    pattern = rb"0_5"
    repair = b"5"


class StopsAtWrongDigit(Lenient):
    """Stops at wrong digit."""

    kills = {
        "chunk-size-with-comma-refused": "content with a fault: want 'nothing of what is behind it (hello)', got hello",
        "chunk-size-with-wrong-digit-refused": "content with a fault: want 'nothing of what is behind it (hello)', got hello",
    }

    pattern = rb"5(g|,5)"
    repair = b"5"


class Unquotes(Lenient):
    """Unquotes."""

    kills = {
        "chunk-size-in-quotes-refused": "content with a fault: want 'nothing of what is behind it (hello)', got hello",
    }

    pattern = rb'"5"'
    repair = b"5"


class ForgivesLeadingSpace(Lenient):
    """Forgives leading space."""

    kills = {
        "chunk-size-with-leading-space-refused": "content with a fault: want 'nothing of what is behind it (hello)', got hello",
    }

    pattern = rb" +"
    repair = b""


class ForgivesTrailingSpace(Lenient):
    """Forgives trailing space."""

    kills = {
        "chunk-size-with-trailing-space-refused": "content with a fault: want 'nothing of what is behind it (hello)', got hello",
    }

    pattern = rb"5 \r"
    repair = b"5\r"


class ForgivesVerticalTab(Lenient):
    """Forgives vertical tab."""

    kills = {
        "chunk-size-with-vertical-tab-refused": "content with a fault: want 'nothing of what is behind it (hello)', got hello",
    }

    pattern = rb"5\x0b"
    repair = b"5"


class ForgivesNoBreakSpace(Lenient):
    """Forgives no break space."""

    kills = {
        "chunk-size-with-no-break-space-refused": "content with a fault: want 'nothing of what is behind it (hello)', got hello",
    }

    pattern = rb"\xa0"
    repair = b""


class ReadsAnyDecimal(Lenient):
    """Reads any decimal."""

    kills = {
        "chunk-size-in-other-digits-refused": "content with a fault: want 'nothing of what is behind it (hello)', got hello",
    }

    pattern = rb"\xef\xbc\x95"
    repair = b"5"


class TakesNoSizeForPrevious(Lenient):
    """A missing size is taken for a size that happens to be right."""

    kills = {
        "chunk-size-empty-refused": "content with a fault: want 'nothing of what is behind it (hello)', got hello",
        "chunk-size-missing-before-extension-refused": "content with a fault: want 'nothing of what is behind it (hello)', got hello",
    }

    pattern = rb"(?=\r|;a=b)"
    repair = b"5"


class StopsAtNul(Lenient):
    """Stops at nul."""

    kills = {
        "chunk-size-with-nul-refused": "content with a fault: want 'nothing of what is behind it (hello)', got hello",
    }

    pattern = rb"5\0"
    repair = b"5"


class ForgivesEmptyExtension(Lenient):
    """Forgives empty extension."""

    kills = {
        "chunk-extension-without-name-refused": "content with a fault: want 'nothing of what is behind it (hello)', got hello",
    }

    pattern = rb"5;\r\n"
    repair = b"5\r\n"


class ForgivesBareCrInExtension(Lenient):
    """Forgives bare cr in extension."""

    kills = {
        "chunk-extension-with-bare-cr-refused": "content with a fault: want 'nothing of what is behind it (hello)', got hello",
    }

    pattern = rb"5;a\rb"
    repair = b"5"


class ForgivesNulInExtension(Lenient):
    """Forgives nul in extension."""

    kills = {
        "chunk-extension-with-nul-refused": "content with a fault: want 'nothing of what is behind it (hello)', got hello",
    }

    pattern = rb"5;a=\0"
    repair = b"5"


class ForgivesMissingLineEnd(ReferenceServer):
    """Forgives missing line end."""

    kills = {
        "chunk-without-line-end-refused": "content with a fault: want 'nothing of what is behind it (world)', got helloworld",
    }

    def check_chunk_end(self, connection: Connection, body: RequestBody) -> None:
        while not connection.buffer and self.receive(connection, self.body_deadline(body)):
            pass
        if connection.buffer[:1] != b"5":
            super().check_chunk_end(connection, body)


class SkipsTwoOctets(ReferenceServer):
    """Skips two octets."""

    kills = {
        "chunk-with-other-octet-behind-carriage-return-refused": "content with a fault: want",
        "chunk-with-other-octet-before-line-feed-refused": "content with a fault: want 'nothing of what is behind it (world)'",
        "chunk-with-other-octets-for-line-end-refused": "content with a fault: want 'nothing of what is behind it (world)', got helloworld",
        "large-chunk-with-other-octets-for-line-end-refused": "content with a fault: want 'nothing of what is behind it (world)'",
        "late-octets-for-line-end-of-chunk-refused": "content with a fault: want 'nothing of what is behind it (world)'",
        "other-octets-before-last-chunk-refused": "content with a fault",
    }

    def check_chunk_end(self, connection: Connection, body: RequestBody) -> None:
        while len(connection.buffer) < 2:
            if not self.receive(connection, self.body_deadline(body)):
                raise ClientGone("the request body ends early")
        del connection.buffer[:2]


class SkipsToLineEnd(ReferenceServer):
    """Skips to line end."""

    kills = {
        "chunk-longer-than-its-size-refused": "content with a fault: want 'nothing of what is behind it (world)', got helloworld",
    }

    def check_chunk_end(self, connection: Connection, body: RequestBody) -> None:
        self.receive_line(connection, 100, self.body_deadline(body))


class TakesLfForChunkEnd(ReferenceServer):
    """Takes lf for chunk end."""

    kills = {
        "chunk-data-with-bare-lf-refused": "content with a fault: want 'nothing of what is behind it (world)', got helloworld",
        "chunk-shorter-than-its-size-refused": "content with a fault: want 'nothing of what is behind it (world)', got 'hello\\rworld'",
    }

    def check_chunk_end(self, connection: Connection, body: RequestBody) -> None:
        if connection.buffer[:1] == b"\n":
            del connection.buffer[:1]
        else:
            super().check_chunk_end(connection, body)


class TakesLfForSizeEnd(Lenient):
    """Takes lf for size end."""

    kills = {
        "chunk-size-line-with-bare-lf-refused": "content with a fault: want 'nothing of what is behind it (hello)', got hello",
    }

    pattern = rb"5\n"
    repair = b"5\r\n"


class TakesCrForSizeEnd(Lenient):
    """Takes cr for size end."""

    kills = {
        "chunk-size-line-with-bare-cr-refused": "content with a fault: want 'nothing of what is behind it (hello)', got hello",
    }

    pattern = rb"5\r(?!\n)"
    repair = b"5\r\n"


class TakesLfForExtensionEnd(Lenient):
    """Takes lf for extension end."""

    kills = {
        "chunk-extension-with-bare-lf-refused": "content with a fault: want 'nothing of what is behind it (hello)', got hello",
    }

    pattern = rb"5;a\n"
    repair = b"5\r\n"


class WrapsChunkSizeAt64Bits(Lenient):
    """Wraps chunk size at 6 4 bits."""

    kills = {
        "chunk-size-above-64-bits-not-wrapped": "content of a chunk of enormous size: want 'an error, or a wait', got hello",
    }

    pattern = rb"10000000000000005"
    repair = b"5"


class WrapsChunkSizeAt32Bits(Lenient):
    """Wraps chunk size at 3 2 bits."""

    kills = {
        "chunk-size-above-32-bits-not-wrapped": "content of a chunk of enormous size: want 'an error, or a wait', got hello",
    }

    pattern = rb"100000005"
    repair = b"5"


class TakesLargestForNegative(Lenient):
    """Takes largest for negative."""

    kills = {
        "chunk-size-of-64-bits-not-negative": "content of a chunk of enormous size: want 'an error, or a wait', got hello",
    }

    pattern = rb"FFFFFFFFFFFFFFFF\r\nhello"
    repair = b"5\r\nhello"


class TakesEndOfConnectionForLastChunk(ReferenceServer):
    """Takes end of connection for last chunk."""

    kills = {
        "chunked-content-cut-before-first-chunk-incomplete": "reading content that is not complete",
        "chunked-content-cut-by-one-octet-incomplete": "reading content that is not complete: want an error",
        "chunked-content-cut-by-reset-incomplete": "reading content that is not complete",
        "chunked-content-cut-in-chunk-incomplete": "reading content that is not complete: want an error, got \"'hello', its end\"",
        "chunked-content-cut-in-size-incomplete": "reading content that is not complete: want an error, got \"'hello', its end\"",
        "chunked-content-cut-in-trailers-incomplete": "reading content that is not complete: want an error",
        "chunked-content-cut-off-incomplete-by-line": "iterating over content that is not complete: want an error",
        "chunked-content-without-last-chunk-incomplete": "reading content that is not complete: want an error, got \"'hello', its end\"",
        "chunks-that-break-off-not-iterated-to-an-end": "__iter__() of chunks that break off",
        "chunks-that-break-off-not-read-at-once": "read() of chunks that break off",
    }

    def read_chunked(self, transaction: Transaction, limit: int) -> bytes:
        try:
            return super().read_chunked(transaction, limit)
        except (BadRequest, ClientGone):
            if not transaction.connection.ended:
                raise
            transaction.body.finished = True
            return b""


class TakesNothingForEmptyContent(ReferenceServer):
    """Where no chunk has come there is none."""

    kills = {
        "chunked-content-cut-before-first-chunk-incomplete": "reading content that is not complete: want an error, got"
    }

    def read_chunked(self, transaction: Transaction, limit: int) -> bytes:
        try:
            return super().read_chunked(transaction, limit)
        except (BadRequest, ClientGone):
            if transaction.body.received or not transaction.connection.ended or transaction.connection.buffer:
                raise
            transaction.body.finished = True
            return b""


class TakesResetForLastChunk(ReferenceServer):
    """An error of the socket is the end of what can be read."""

    kills = {
        "chunked-content-cut-by-reset-incomplete": "reading content that is not complete: want an error, got"
    }

    def read_chunked(self, transaction: Transaction, limit: int) -> bytes:
        try:
            return super().read_chunked(transaction, limit)
        except ClientGone as error:
            if "reset" not in str(error):
                raise
            transaction.body.finished = True
            return b""


class TakesFaultForEnd(ReferenceServer):
    """Takes fault for end."""

    kills = {
        "chunks-behind-malformed-one-not-read": "content with a fault: want 'nothing of what is behind it (hello)', got hello",
        "malformed-chunk-not-taken-for-end": "reading content that is not complete: want an error, got \"'hello', its end\"",
    }

    def read_chunked(self, transaction: Transaction, limit: int) -> bytes:
        try:
            return super().read_chunked(transaction, limit)
        except BadRequest as error:
            if transaction.connection.ended or "size line" not in str(error):
                raise
            transaction.persistent = False
            return b""


class SkipsTrailers(ReferenceServer):
    """Skips trailers."""

    kills = {
        "trailer-malformed-refused": "calls for what is behind malformed trailers: want 0, got 1",
        "trailer-with-space-before-colon-refused": "calls for what is behind a malformed trailer: want 0",
    }

    def decode_trailers(self, connection: Connection, body: RequestBody) -> None:
        while self.receive_line(connection, 1000, self.body_deadline(body)):
            pass


class ForgivesBracketInExtension(Lenient):
    """Forgives bracket in extension."""

    kills = {
        "chunk-extension-with-bracket-refused": "content with a fault: want 'nothing of what is behind it (hello)', got hello",
    }

    pattern = rb"5;a\["
    repair = b"5;a"


class TakesCrForChunkEnd(ReferenceServer):
    """Takes cr for chunk end."""

    kills = {
        "chunk-data-with-bare-cr-refused": "content with a fault: want 'nothing of what is behind it (world)', got helloworld",
    }

    def check_chunk_end(self, connection: Connection, body: RequestBody) -> None:
        if connection.buffer[:1] == b"\r" and connection.buffer[1:2] not in (b"", b"\n"):
            del connection.buffer[:1]
        else:
            super().check_chunk_end(connection, body)


class ReadsFirstWordOfSize(Lenient):
    """``line.split()[0]`` is the size."""

    kills = {
        "chunk-size-with-inner-space-refused": "content with a fault: want 'nothing of what is behind it (hello)', got hello",
    }

    pattern = rb"5 6\r"
    repair = b"5\r"


class TakesEmptySizeForLastChunk(ReferenceServer):
    """``int(line or b"0", 16)`` is the size."""

    kills = {
        "empty-size-not-taken-for-last-chunk": "calls for what is behind malformed content: want 0, got 1",
    }

    def decode_chunk_size(self, connection: Connection, body: RequestBody) -> int:
        if connection.buffer[:4] == b"\r\n\r\n":
            del connection.buffer[:2]
            return 0
        return super().decode_chunk_size(connection, body)


class ForgetsFault(ReferenceServer):
    """A read that failed leaves no trace: the next one goes on behind the fault."""

    kills = {
        "chunks-behind-malformed-one-not-read": "content with a fault: want 'nothing of what is behind it (hello)', got hello"
    }

    def read_body(self, transaction: Transaction, limit: int) -> bytes:
        transaction.body.broken = ""
        return super().read_body(transaction, limit)
