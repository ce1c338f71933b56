"""Mutants of the decoding of chunks."""

from __future__ import annotations

import re
from http import HTTPStatus
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

    kills = {
        "chunks-behind-malformed-one-not-read": "content with a fault: want 'nothing of what is behind it (hello)'",
        "chunk-framing-hidden": "the content: want hello, got '5\\r\\nhello\\r\\n0\\r\\n\\r\\n'",
        "chunked-content-empty": "reading the content: want b'', got reference_server.errors.BrokenRequestBody",
        "chunked-content-of-100000-octets-whole": "the content from octet 0: want b'\\x00\\x01\\x02\\x03\\x04\\x05\\x06\\x07\\x08\\t\\n\\x0b\\x0c\\r\\x0e\\x0f\\x10\\x11\\x12\\x13\\x14\\x15\\x16\\x17' (102400 octets)",
        "chunked-input-cut-up-whole": "content from octet 0: want b'first line\\nsecond line\\nt' (32 octets), got b'5\\r\\nfirst\\r\\n1B\\r\\n ' (15 octets)",
        "chunked-input-decoded": "content from octet 0: want b'first line\\nsecond line\\nt' (32 octets), got b'5\\r\\nfirst\\r\\n8\\r\\n l' (15 octets)",
        "chunked-input-decorations-removed": "content from octet 0: want b'first line\\nsecond line\\nt' (32 octets), got b'5;x=\"0\\\\\"\";y\\r\\nfi' (15 octets)",
        "chunked-input-iterable": "lines of content in chunks: want (b'first line\\n', b'second line\\n', b'the third'), got (b'5\\r\\n', b'first\\r\\n', b'8\\r\\n', b' l')",
        "chunked-input-large-whole": "content from octet 0",
        "chunked-input-lines-whole": "readline(): want b'first line\\n', got b'5\\r\\n'",
        "chunked-input-read-in-pieces": "read(3) at octet 15: want bytes, got b''",
        "chunked-input-readlines": "lines of content in chunks: want (b'first line\\n', b'second line\\n', b'the third'), got (b'5\\r\\n', b'first\\r\\n', b'8\\r\\n', b' l')",
        "chunked-request-decoded": "the content from octet 0: want b'hello' (5 octets), got b'5\\r\\nhello\\r\\n0\\r\\n\\r\\n' (15 octets)",
        "chunked-upload-arrives-whole": "the receipt of a chunked upload from octet 12",
        "chunks-by-the-thousand-joined": "the content from octet 0",
        "half-read-chunked-body-not-a-request": "calls for the request within the unread body: want 0, got 1",
        "request-behind-half-read-chunked-body-found": "what follows an unread body is answered with 200 OK",
        "request-behind-unread-chunked-body-found": "what follows an unread body is answered with 400 Bad Request",
        "request-behind-unread-trailers-found": "what follows an unread body is answered with 400 Bad Request",
        "malformed-unread-body-answered-once": "responses to the one request: want 1, got '200, 400'",
    }

    def determine_body_framing(self, request: Request) -> None:
        super().determine_body_framing(request)
        if request.framing == "chunked" and request.version >= (1, 1):
            request.framing, request.content_length = "length", 15


class CutsLastOctetOfLaterChunk(ReferenceServer):
    """Cuts last octet of later chunk."""

    kills = {
        "chunks-joined": "the content from octet 9: want b'd' (10 octets), got b'\\n' (10 octets)",
    }

    def read_chunked(self, transaction: Transaction, limit: int) -> bytes:
        octets = super().read_chunked(transaction, limit)
        return octets[:-1] + b"\n" if octets == b"world" else octets


class KnowsSmallDigitsAlone(Touchy):
    """Knows small digits alone."""

    kills = {
        "chunk-size-in-capital-hexadecimal": "reading the content: want b'helloworld', got reference_server.errors.BrokenRequestBody",
        "chunked-input-cut-up-whole": "rest(65536)",
        "chunked-input-delivered": "read() of content in chunks: want bytes, got reference_server.errors.BrokenRequestBody: a malformed chunk size line",
        "chunked-input-iterable": "iteration of content in chunks: want lines, got reference_server.errors.BrokenRequestBody: a malformed chunk size line",
        "chunked-input-readlines": "readlines() of content in chunks: want lines, got reference_server.errors.BrokenRequestBody: a malformed chunk size line",
    }

    pattern = rb"[0-9]*[A-F]\r"


class KnowsCapitalDigitsAlone(Touchy):
    """Knows capital digits alone."""

    kills = {
        "chunk-size-in-small-hexadecimal": "reading the content: want b'helloworld', got reference_server.errors.BrokenRequestBody",
    }

    pattern = rb"a\r"


class RefusesLeadingZeros(Touchy):
    """Refuses leading zeros."""

    kills = {
        "chunk-size-of-twelve-digits-read": "reading the content: want b'hello'",
        "chunk-size-with-leading-zeros": "reading the content: want b'hello', got reference_server.errors.BrokenRequestBody",
        "chunked-input-decorations-removed": "rest(65536)",
    }

    pattern = rb"0+[1-9]"


class KnowsOneZeroAlone(Touchy):
    """Knows one zero alone."""

    kills = {
        "last-chunk-of-several-zeros": "reading the content: want b'hello', got reference_server.errors.BrokenRequestBody",
    }

    pattern = rb"00+\r"


class RefusesSingleOctets(Touchy):
    """Refuses single octets."""

    kills = {
        "chunk-of-one-octet": "reading the content: want b'hello', got reference_server.errors.BrokenRequestBody",
    }

    pattern = rb"1\r"


class LooksForEndInData(ReferenceServer):
    """Looks for end in data."""

    kills = {
        "chunk-data-that-looks-like-framing": "the content from octet 5: want b'0\\r\\n\\r\\n' (10 octets), got b'' (5 octets)",
    }

    def read_chunked(self, transaction: Transaction, limit: int) -> bytes:
        octets = super().read_chunked(transaction, limit)
        if octets == b"0\r\n\r\n":
            transaction.body.finished = True
        return b"" if transaction.body.finished else octets


class WantsContent(ReferenceServer):
    """Wants content."""

    kills = {
        "chunked-content-empty": "reading the content: want",
    }

    def read_chunked(self, transaction: Transaction, limit: int) -> bytes:
        first = not transaction.body.extension_octets
        octets = super().read_chunked(transaction, limit)
        if first and not octets:
            raise BadRequest("no chunk before the last one")
        transaction.body.extension_octets += 1
        return octets


class ReadsSizeFromOnePacket(ReferenceServer):
    """Reads size from one packet."""

    kills = {
        "chunked-input-cut-up-whole": "rest(65536)",
        "chunks-in-pieces": "reading the content",
    }

    def decode_chunk_size(self, connection: Connection, body: RequestBody) -> int:
        if not connection.buffer:
            self.receive(connection, self.body_deadline(body))
        if b"\r\n" not in connection.buffer:
            raise BadRequest("a malformed chunk size line")
        return super().decode_chunk_size(connection, body)


class RefusesExtension(Touchy):
    """Refuses extension."""

    kills = {
        "chunk-extension-ignored": "reading the content: want b'hello', got reference_server.errors.BrokenRequestBody",
    }

    pattern = rb"5;a\r"


class RefusesExtensionWithValue(Touchy):
    """Refuses extension with value."""

    kills = {
        "chunk-extension-with-value-ignored": "reading the content: want b'hello', got reference_server.errors.BrokenRequestBody",
    }

    pattern = rb"5;a=b;c"


class RefusesQuotes(Touchy):
    """Refuses quotes."""

    kills = {
        "chunk-extension-with-escaped-quote-ignored": "reading the content: want b'hello'",
        "chunk-extension-with-quotes-ignored": "reading the content: want b'hello', got reference_server.errors.BrokenRequestBody",
    }

    pattern = rb'5;a="q'


class RefusesExtensionOfLastChunk(Touchy):
    """Refuses extension of last chunk."""

    kills = {
        "chunked-input-decorations-removed": "rest(65536)",
        "last-chunk-extension-ignored": "reading the content: want b'hello', got reference_server.errors.BrokenRequestBody",
    }

    pattern = rb"0;"


class RefusesWhiteSpaceInExtension(Touchy):
    """Refuses white space in extension."""

    kills = {
        "chunk-extension-with-white-space-ignored": "reading the content: want b'hello', got reference_server.errors.BrokenRequestBody",
    }

    pattern = rb"5 ; a"


class RefusesTrailers(ReferenceServer):
    """Refuses trailers."""

    kills = {
        "chunked-input-decorations-removed": "rest(65536)",
        "request-behind-trailers-found": "reading the content: want b'hello', got reference_server.errors.BrokenRequestBody",
        "trailers-consumed": "reading the content: want b'hello', got reference_server.errors.BrokenRequestBody",
    }

    def decode_trailers(self, connection: Connection, body: RequestBody) -> None:
        if self.receive_line(connection, 1000, self.body_deadline(body)) != b"":
            raise BadRequest("an unexpected trailer")


class LeavesTrailers(ReferenceServer):
    """Leaves trailers."""

    kills = {
        "chunked-content-cut-in-trailers-incomplete": "reading content that is not complete: want an error",
        "request-behind-eight-trailers-found": "answer to the request behind eight trailers",
        "request-behind-trailers-found": "answer to the request behind the trailers: want 200, got 400",
        "request-behind-unread-trailers-found": "what follows an unread body is answered with 400 Bad Request",
    }

    def decode_trailers(self, connection: Connection, body: RequestBody) -> None:
        if connection.buffer.startswith(b"\r\n"):
            super().decode_trailers(connection, body)


class MergesTrailers(ReferenceServer):
    """Merges trailers."""

    kills = {
        "trailers-not-merged": "environ['HTTP_X_TRAILER']: want absent, got present",
    }

    def determine_body_framing(self, request: Request) -> None:
        super().determine_body_framing(request)
        self.pending = request

    def make_environ(self, transaction: Transaction) -> Any:
        _, _, trailers = bytes(transaction.connection.buffer).partition(b"\r\n0\r\n")
        if trailers.startswith(b"X-Trailer"):
            transaction.request.fields.append((b"X-Trailer", b"t"))
        return super().make_environ(transaction)


class ReadsAnyExtension(ReferenceServer):
    """Extensions of any length are read, and thrown away."""

    kills = {"chunk-extension-of-256k-refused": "content with a chunk extension of 262144 octets: want"}
    MAX_CHUNK_LINE = 1_000_000
    MAX_CHUNK_EXTENSIONS = 1_000_000


class MergesCredentials(ReferenceServer):
    """Trailers that are there already when the head has been read become fields of it."""

    kills = {
        "trailer-credentials-not-merged": "environ['HTTP_AUTHORIZATION']: want absent, got",
    }

    def make_environ(self, transaction: Transaction) -> Any:
        _, _, trailers = bytes(transaction.connection.buffer).partition(b"\r\n0\r\n")
        if trailers.startswith(b"Authorization: "):
            value = trailers.partition(b"\r\n")[0].partition(b": ")[2]
            transaction.request.fields.append((b"Authorization", value))
        return super().make_environ(transaction)


class ReadsOneTrailer(ReferenceServer):
    """One line is read behind the last chunk, and an error on the next is answered as HTTP/0.9 was."""

    kills = {
        "request-behind-trailers-found": "answer to the request behind the trailers: want 200, got octets that are no response",
        "request-behind-unread-trailers-found": "what follows an unread body is answered with 0",
    }
    behind_trailers: set[int] = set()

    def decode_trailers(self, connection: Connection, body: RequestBody) -> None:
        if connection.buffer.count(b"\r\nX-Second") and self.receive_line(
            connection, 100, self.body_deadline(body)
        ):
            self.behind_trailers.add(id(connection))
        else:
            super().decode_trailers(connection, body)

    def send_error(self, connection: Connection, request: Request, status: HTTPStatus, detail: str) -> None:
        if id(connection) in self.behind_trailers:
            self.behind_trailers.discard(id(connection))
            self.send(connection, b"<p>Bad HTTP/0.9 request type</p>\n")
        else:
            super().send_error(connection, request, status, detail)


class EndsValueAtFirstQuote(Touchy):
    """A quoted value ends at the next quote."""

    kills = {
        "chunk-extension-with-escaped-quote-ignored": "reading the content: want b'hello', got reference_server",
    }

    pattern = rb'5;a="q\\"'


class KnowsSpacesAlone(Touchy):
    """White space is a space."""

    kills = {
        "chunk-extension-with-tabs-ignored": "reading the content: want b'hello', got reference_server",
    }

    pattern = rb"5\t"


class KnowsEightDigits(Touchy):
    """A size has eight digits at most."""

    kills = {
        "chunk-size-of-twelve-digits-read": "reading the content: want b'hello', got reference_server",
    }

    pattern = rb"[0-9A-Fa-f]{9}"


class CountsAnewBehindBuffer(ReferenceServer):
    """What is spooled is counted as long as it fits into memory."""

    kills = {
        "chunked-content-of-100000-octets-whole": "CONTENT_LENGTH of chunked content: want 102400 or none, got",
        "chunked-upload-arrives-whole": "the receipt of a chunked upload from octet 12",
    }
    SPOOL = 65_536

    def content_length(self, transaction: Transaction) -> str | None:
        length = super().content_length(transaction)
        if transaction.request.framing != "chunked" or transaction.body.received != 102_400:
            return length
        return str(self.SPOOL)


class JoinsTrailers(ReferenceServer):
    """A trailer of a name that is there already is one more line of it."""

    kills = {
        "trailers-of-present-names-not-merged": "HTTP_X_TWICE: want as in the header section, got 'head, tail'",
    }

    def make_environ(self, transaction: Transaction) -> Any:
        _, _, trailers = bytes(transaction.connection.buffer).partition(b"\r\n0\r\n")
        if trailers.startswith(b"X-Twice"):
            transaction.request.fields.append((b"X-Twice", b"tail"))
        return super().make_environ(transaction)


class KnowsPlainTokensAlone(Touchy):
    """A chunk extension is made of letters, digits and hyphens."""

    kills = {
        "chunk-extension-of-all-token-characters-ignored": "reading the content: want b'hello', got reference_server.errors.BrokenRequestBody",
    }

    pattern = rb"5;[0-9A-Za-z\-]*[^0-9A-Za-z\-;= \t\r\"]"


class DecodesExtensions(Touchy):
    """A chunk extension is text in US-ASCII."""

    kills = {
        "chunk-extension-with-octets-above-ascii-ignored": "reading the content: want b'hello', got reference_server.errors.BrokenRequestBody",
    }

    pattern = rb"5;[^\r]*[\x80-\xff]"
