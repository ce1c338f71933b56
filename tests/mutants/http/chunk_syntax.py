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

    kills = {}

    pattern = rb"0x"
    repair = b""


class ForgivesPlus(Lenient):
    """Forgives plus."""

    kills = {}

    pattern = rb"\+"
    repair = b""


class ForgivesMinus(Lenient):
    """Forgives minus."""

    kills = {}

    pattern = rb"-"
    repair = b""


class ForgivesUnderscore(Lenient):
    """Forgives underscore."""

    kills = {}

    pattern = rb"0_5"
    repair = b"5"


class StopsAtWrongDigit(Lenient):
    """Stops at wrong digit."""

    kills = {}

    pattern = rb"5[g,]"
    repair = b"5"


class Unquotes(Lenient):
    """Unquotes."""

    kills = {}

    pattern = rb'"5"'
    repair = b"5"


class ForgivesLeadingSpace(Lenient):
    """Forgives leading space."""

    kills = {}

    pattern = rb" +"
    repair = b""


class ForgivesTrailingSpace(Lenient):
    """Forgives trailing space."""

    kills = {}

    pattern = rb"5 \r"
    repair = b"5\r"


class ForgivesVerticalTab(Lenient):
    """Forgives vertical tab."""

    kills = {}

    pattern = rb"5\x0b"
    repair = b"5"


class ForgivesNoBreakSpace(Lenient):
    """Forgives no break space."""

    kills = {}

    pattern = rb"\xa0"
    repair = b""


class ReadsAnyDecimal(Lenient):
    """Reads any decimal."""

    kills = {}

    pattern = rb"\xef\xbc\x95"
    repair = b"5"


class TakesNoSizeForPrevious(Lenient):
    """A missing size is taken for a size that happens to be right."""

    kills = {}

    pattern = rb"(?=\r|;a=b)"
    repair = b"5"


class StopsAtNul(Lenient):
    """Stops at nul."""

    kills = {}

    pattern = rb"5\0"
    repair = b"5"


class ForgivesEmptyExtension(Lenient):
    """Forgives empty extension."""

    kills = {}

    pattern = rb"5;\r\n"
    repair = b"5\r\n"


class ForgivesBareCrInExtension(Lenient):
    """Forgives bare cr in extension."""

    kills = {}

    pattern = rb"5;a\rb"
    repair = b"5"


class ForgivesNulInExtension(Lenient):
    """Forgives nul in extension."""

    kills = {}

    pattern = rb"5;a=\0"
    repair = b"5"


class ForgivesMissingLineEnd(ReferenceServer):
    """Forgives missing line end."""

    kills = {}

    def check_chunk_end(self, connection: Connection, body: RequestBody) -> None:
        while not connection.buffer and self.receive(connection, self.body_deadline(body)):
            pass
        if connection.buffer[:1] != b"5":
            super().check_chunk_end(connection, body)


class SkipsTwoOctets(ReferenceServer):
    """Skips two octets."""

    kills = {}

    def check_chunk_end(self, connection: Connection, body: RequestBody) -> None:
        while len(connection.buffer) < 2:
            if not self.receive(connection, self.body_deadline(body)):
                raise ClientGone("the request body ends early")
        del connection.buffer[:2]


class SkipsToLineEnd(ReferenceServer):
    """Skips to line end."""

    kills = {}

    def check_chunk_end(self, connection: Connection, body: RequestBody) -> None:
        self.receive_line(connection, 100, self.body_deadline(body))


class TakesLfForChunkEnd(ReferenceServer):
    """Takes lf for chunk end."""

    kills = {}

    def check_chunk_end(self, connection: Connection, body: RequestBody) -> None:
        if connection.buffer[:1] == b"\n":
            del connection.buffer[:1]
        else:
            super().check_chunk_end(connection, body)


class TakesLfForSizeEnd(Lenient):
    """Takes lf for size end."""

    kills = {}

    pattern = rb"5\n"
    repair = b"5\r\n"


class TakesCrForSizeEnd(Lenient):
    """Takes cr for size end."""

    kills = {}

    pattern = rb"5\r(?!\n)"
    repair = b"5\r\n"


class TakesLfForExtensionEnd(Lenient):
    """Takes lf for extension end."""

    kills = {}

    pattern = rb"5;a\n"
    repair = b"5\r\n"


class WrapsChunkSizeAt64Bits(Lenient):
    """Wraps chunk size at 6 4 bits."""

    kills = {}

    pattern = rb"10000000000000005"
    repair = b"5"


class WrapsChunkSizeAt32Bits(Lenient):
    """Wraps chunk size at 3 2 bits."""

    kills = {}

    pattern = rb"100000005"
    repair = b"5"


class TakesLargestForNegative(Lenient):
    """Takes largest for negative."""

    kills = {}

    pattern = rb"FFFFFFFFFFFFFFFF\r\nhello"
    repair = b"5\r\nhello"


class TakesEndOfConnectionForLastChunk(ReferenceServer):
    """Takes end of connection for last chunk."""

    kills = {}

    def read_chunked(self, transaction: Transaction, limit: int) -> bytes:
        try:
            return super().read_chunked(transaction, limit)
        except (BadRequest, ClientGone):
            if not transaction.connection.ended:
                raise
            transaction.body.finished = True
            return b""


class TakesFaultForEnd(ReferenceServer):
    """Takes fault for end."""

    kills = {}

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

    kills = {}

    def decode_trailers(self, connection: Connection, body: RequestBody) -> None:
        while self.receive_line(connection, 1000, self.body_deadline(body)):
            pass
