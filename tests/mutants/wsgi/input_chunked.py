"""Mutants of ``wsgi.input`` of a request in chunks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from reference_server import ReferenceServer


class ReadsChunksAsNothing(ReferenceServer):
    """Without a Content-Length there is nothing to read."""

    kills = {
        "chunked-input-delivered": "read() of content in chunks: want the content, got b''",
        "chunked-request-decoded": "the content from octet 0: want b'hello' (5 octets), got b'' (0 octets)",
        "chunked-upload-not-lost": "octets of a chunked upload: want 102400, got 0",
        "chunks-of-any-method-read": "content of DELETE in chunks",
        "request-behind-half-read-chunked-body-found": "the request behind an unread body is lost on a kept connection",
        "request-behind-line-of-chunks-read-found": "the request behind content read in part",
        "request-behind-part-of-chunk-found": "the request behind content read in part",
        "request-behind-unread-chunked-body-found": "the request behind an unread body is lost on a kept connection",
        "request-behind-unread-trailers-found": "the request behind an unread body is lost on a kept connection",
        "session-goes-on-after-refused-upload": "status of the page after a refusal",
    }

    def read_body(self, transaction: Any, limit: int) -> bytes:
        return b"" if transaction.request.framing == "chunked" else super().read_body(transaction, limit)


class LeavesTheLineEndings(ReferenceServer):
    """The CRLF behind a chunk is part of what is read."""

    kills = {"chunked-input-decoded": "content from octet 5"}

    def read_input(self, transaction: Any, size: Any) -> bytes:
        octets = super().read_input(transaction, size)
        all_at_once = size == -1 and transaction.request.framing == "chunked" and len(octets) == 32
        return octets[:5] + b"\r\n" + octets[5:] if all_at_once else octets


class WaitsBehindTheLastChunk(ReferenceServer):
    """The end of the content is the end of the connection."""

    kills = {"chunked-input-ends": "read() of content in chunks: want returns, got waits"}

    def decode_trailers(self, connection: Any, body: Any) -> None:
        super().decode_trailers(connection, body)
        self.receive(connection, time.monotonic() + 5)


class LeavesTheTrailers(ReferenceServer):
    """What stands between the last chunk and the empty line is content."""

    kills = {"chunked-input-decorations-removed": "content from octet 32"}

    def decode_trailers(self, connection: Any, body: Any) -> None:
        if connection.buffer.startswith(b"X-Sum"):
            end = connection.buffer.find(b"\r\n\r\n")
            body.lookahead += connection.buffer[:end]
        super().decode_trailers(connection, body)

    def read_input(self, transaction: Any, size: Any) -> bytes:
        octets = super().read_input(transaction, size)
        return octets + self.read_ahead(transaction, 99) if size == -1 else octets


class LosesAnOctetAtTheBorder(ReferenceServer):
    """A read that ends a chunk takes one octet more with it."""

    kills = {"chunked-input-read-in-pieces": "read(3) at octet 30: want bytes, got b''"}

    def read_input(self, transaction: Any, size: Any) -> bytes:
        octets = super().read_input(transaction, size)
        at_border = size == 3 and transaction.request.framing == "chunked" and len(octets) == 3
        if at_border and transaction.body.remaining == 1:
            super().read_input(transaction, 1)
        return octets


class EndsLinesWithChunks(ReferenceServer):
    """A line is looked for in the current chunk."""

    kills = {"chunked-input-lines-whole": "readline(): want b'first line\\n', got b'first'"}

    def make_input(self, transaction: Any) -> Any:
        stream = super().make_input(transaction)
        if transaction.request.framing != "chunked":
            return stream
        return _ChunkedStream(
            stream, lambda: self.read_chunk_line(transaction), stream.readlines, lambda: iter(stream)
        )

    def read_chunk_line(self, transaction: Any) -> bytes:
        """One read of the body is at most one chunk."""
        lookahead = transaction.body.lookahead
        if not lookahead:
            lookahead += self.read_body(transaction, self.RECEIVE_OCTETS)
        return self.read_input_line(transaction, len(lookahead))


class CannotIterateChunks(ReferenceServer):
    """The class for chunks has no __iter__()."""

    kills = {"chunked-input-iterable": "iteration of content in chunks: want lines, got"}

    def make_input(self, transaction: Any) -> Any:
        stream = super().make_input(transaction)
        if transaction.request.framing != "chunked":
            return stream
        return _PlainStream(stream, stream.readline, stream.readlines)


class ReadsNoLinesOfChunks(ReferenceServer):
    """readlines() passes its default hint of 0 on as a size."""

    kills = {"chunked-input-readlines": "lines of content in chunks: want"}

    def make_input(self, transaction: Any) -> Any:
        stream = super().make_input(transaction)
        if transaction.request.framing != "chunked":
            return stream
        return _ChunkedStream(stream, stream.readline, list, lambda: iter(stream))


class _PlainStream:
    """A stream of its own for requests in chunks."""

    def __init__(self, stream: Any, readline: Any, readlines: Any) -> None:
        self.read, self.readline, self.readlines = stream.read, readline, readlines


class _ChunkedStream(_PlainStream):
    def __init__(self, stream: Any, readline: Any, readlines: Any, iterate: Any) -> None:
        super().__init__(stream, readline, readlines)
        self._iterate = iterate

    def __iter__(self) -> Iterator[bytes]:
        return self._iterate()  # type: ignore[no-any-return]


class TakesAHalfSizeForWhole(ReferenceServer):
    """A chunk size that has not come whole is decoded as far as it is there."""

    kills = {
        "chunk-extensions-and-trailers-served-in-pieces": "content of the request cut within each word",
        "chunked-input-cut-up-whole": "rest(65536): want the content, got",
        "chunks-in-pieces": "reading the content",
        "chunks-served-cut-at-words": "content of the request cut within each word",
        "request-behind-chunks-served-in-pieces": "content of the request cut within each word",
    }

    def decode_chunk_size(self, connection: Any, body: Any) -> int:
        if bytes(connection.buffer) == b"1":
            del connection.buffer[:]
            return 1
        return super().decode_chunk_size(connection, body)


class CutsLargeChunks(ReferenceServer):
    """A chunk of more than 5000 octets loses its last one."""

    kills = {"chunked-input-large-whole": "content from octet"}

    def read_chunked(self, transaction: Any, limit: int) -> bytes:
        octets = super().read_chunked(transaction, limit)
        large = limit == 4096 and octets and not transaction.body.remaining and len(octets) < 4096
        return octets[:-1] + b"\0" if large else octets


class JoinsLinesAtChunks(ReferenceServer):
    """A line ending that is the first octet behind a full buffer goes unseen."""

    kills = {"chunked-input-line-ending-in-next-chunk": "lengths of lines: want"}

    def read_input_line(self, transaction: Any, size: Any) -> bytes:
        line = super().read_input_line(transaction, size)
        if len(line) == 65537 and transaction.request.framing == "chunked":
            line += super().read_input_line(transaction, size)
        return line


class ReadsOneChunk(ReferenceServer):
    """One read() is one chunk."""

    kills = {"chunked-input-read-over-chunks-whole": "octets of read(10), before the end: want 10, got 5"}

    def read_input(self, transaction: Any, size: Any) -> bytes:
        if size != 10 or transaction.request.framing != "chunked":
            return super().read_input(transaction, size)
        return self.read_ahead(transaction, size) or self.read_content(transaction, size)
