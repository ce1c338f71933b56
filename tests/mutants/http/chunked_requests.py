"""Mutants of the decoding of chunks."""

from __future__ import annotations

import re
from typing import Any

from reference_server import ReferenceServer
from reference_server.errors import BadRequest
from reference_server.state import Connection, Request, RequestBody, Transaction


class Touchy(ReferenceServer):
    """Refuses some size lines that are well-formed."""

    pattern = b""

    def decode_chunk_size(self, connection: Connection, body: RequestBody) -> int:
        while b"\r\n" not in connection.buffer and self.receive(connection, self.body_deadline(body)):
            pass
        if re.match(self.pattern, connection.buffer):
            raise BadRequest("a malformed chunk size line")
        return super().decode_chunk_size(connection, body)


class HandsOverFraming(ReferenceServer):
    """Hands over framing."""

    kills = {}

    def determine_body_framing(self, request: Request) -> None:
        super().determine_body_framing(request)
        if request.framing == "chunked" and request.version >= (1, 1):
            request.framing, request.content_length = "length", 15


class CutsLastOctetOfLaterChunk(ReferenceServer):
    """Cuts last octet of later chunk."""

    kills = {}

    def read_chunked(self, transaction: Transaction, limit: int) -> bytes:
        octets = super().read_chunked(transaction, limit)
        return octets[:-1] + b"\n" if octets == b"world" else octets


class KnowsSmallDigitsAlone(Touchy):
    """Knows small digits alone."""

    kills = {}

    pattern = rb"[0-9]*[A-F]\r"


class KnowsCapitalDigitsAlone(Touchy):
    """Knows capital digits alone."""

    kills = {}

    pattern = rb"a\r"


class RefusesLeadingZeros(Touchy):
    """Refuses leading zeros."""

    kills = {}

    pattern = rb"0+[1-9]"


class KnowsOneZeroAlone(Touchy):
    """Knows one zero alone."""

    kills = {}

    pattern = rb"00+\r"


class RefusesSingleOctets(Touchy):
    """Refuses single octets."""

    kills = {}

    pattern = rb"1\r"


class LooksForEndInData(ReferenceServer):
    """Looks for end in data."""

    kills = {}

    def read_chunked(self, transaction: Transaction, limit: int) -> bytes:
        octets = super().read_chunked(transaction, limit)
        if octets == b"0\r\n\r\n":
            transaction.body.finished = True
        return b"" if transaction.body.finished else octets


class WantsContent(ReferenceServer):
    """Wants content."""

    kills = {}

    def read_chunked(self, transaction: Transaction, limit: int) -> bytes:
        first = not transaction.body.extension_octets
        octets = super().read_chunked(transaction, limit)
        if first and not octets:
            raise BadRequest("no chunk before the last one")
        transaction.body.extension_octets += 1
        return octets


class ReadsSizeFromOnePacket(ReferenceServer):
    """Reads size from one packet."""

    kills = {}

    def decode_chunk_size(self, connection: Connection, body: RequestBody) -> int:
        if not connection.buffer:
            self.receive(connection, self.body_deadline(body))
        if b"\r\n" not in connection.buffer:
            raise BadRequest("a malformed chunk size line")
        return super().decode_chunk_size(connection, body)


class RefusesExtension(Touchy):
    """Refuses extension."""

    kills = {}

    pattern = rb"5;a\r"


class RefusesExtensionWithValue(Touchy):
    """Refuses extension with value."""

    kills = {}

    pattern = rb"5;a=b;c"


class RefusesQuotes(Touchy):
    """Refuses quotes."""

    kills = {}

    pattern = rb'5;a="q'


class RefusesExtensionOfLastChunk(Touchy):
    """Refuses extension of last chunk."""

    kills = {}

    pattern = rb"0;"


class RefusesWhiteSpaceInExtension(Touchy):
    """Refuses white space in extension."""

    kills = {}

    pattern = rb"5 ; a"


class RefusesTrailers(ReferenceServer):
    """Refuses trailers."""

    kills = {}

    def decode_trailers(self, connection: Connection, body: RequestBody) -> None:
        if self.receive_line(connection, 1000, self.body_deadline(body)) != b"":
            raise BadRequest("an unexpected trailer")


class LeavesTrailers(ReferenceServer):
    """Leaves trailers."""

    kills = {}

    def decode_trailers(self, connection: Connection, body: RequestBody) -> None:
        if connection.buffer.startswith(b"\r\n"):
            super().decode_trailers(connection, body)


class MergesTrailers(ReferenceServer):
    """Merges trailers."""

    kills = {}

    def determine_body_framing(self, request: Request) -> None:
        super().determine_body_framing(request)
        self.pending = request

    def make_environ(self, transaction: Transaction) -> Any:
        head, _, trailers = bytes(transaction.connection.buffer).partition(b"\r\n0\r\n")
        if trailers.startswith(b"X-Trailer"):
            transaction.request.fields.append((b"X-Trailer", b"t"))
        return super().make_environ(transaction)
