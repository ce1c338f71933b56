"""Mutants that take what arrives at once for what belongs together."""

from __future__ import annotations

import re
from typing import Any

from reference_server import ReferenceServer


class TakesAPacketForALine(ReferenceServer):
    """What arrives without a line end is a line all the same."""

    kills = {
        "absolute-form-served-in-pieces": "calls for the request octet by octet",
        "chunk-extensions-and-trailers-served-in-pieces": "calls for the request octet by octet",
        "chunked-input-cut-up-whole": "rest(65536)",
        "chunks-in-pieces": "reading the content",
        "chunks-served-cut-at-lines": "calls for the request cut before each line end",
        "chunks-served-cut-at-words": "calls for the request cut at each word",
        "chunks-served-octet-by-octet": "calls for the request octet by octet",
        "content-served-cut-at-lines": "calls for the request cut before each line end",
        "content-served-cut-at-words": "calls for the request cut at each word",
        "content-served-octet-by-octet": "calls for the request octet by octet",
        "expecting-request-served-in-pieces": "calls for the request octet by octet",
        "forty-pipelined-requests-answered": "answers to requests that are in order: want 200",
        "get-served-cut-at-lines": "calls for the request cut before each line end",
        "get-served-cut-at-words": "calls for the request cut at each word",
        "get-served-octet-by-octet": "calls for the request octet by octet: want 1, got 0 and 400",
        "head-served-in-pieces": "calls for the request octet by octet",
        "http-1-0-request-served-in-pieces": "calls for the request octet by octet",
        "long-field-served-in-pieces": "calls for the request cut before each line end",
        "next-request-served-in-pieces": "calls for the request octet by octet",
        "request-behind-chunks-served-in-pieces": "calls for the request octet by octet",
        "request-behind-content-served-in-pieces": "calls for the request octet by octet",
        "request-behind-empty-line-served-in-pieces": "calls for the request octet by octet",
    }

    def receive_line(self, connection: Any, limit: int, deadline: float) -> bytes | None:
        if not connection.buffer:
            self.receive(connection, deadline)
        if connection.buffer and b"\r\n" not in connection.buffer and not connection.buffer.endswith(b"\r"):
            connection.buffer += b"\r\n"
        return super().receive_line(connection, limit, deadline)


class LooksForLineEndsInWhatArrived(ReferenceServer):
    """The search for CRLF begins behind what was searched, although its last octet may have been the CR."""

    kills = {
        "chunk-extensions-and-trailers-served-in-pieces": "answer to the request",
        "absolute-form-served-in-pieces": "answer to the request",
        "chunks-served-cut-at-lines": "answer to the request",
        "chunks-served-octet-by-octet": "answer to the request",
        "content-served-cut-at-lines": "answer to the request",
        "content-served-octet-by-octet": "answer to the request",
        "expecting-request-served-in-pieces": "answer to the request",
        "get-served-cut-at-lines": "answer to the request cut between CR and LF: want \"200 with b'the answer'\", got no answer",
        "get-served-octet-by-octet": "answer to the request",
        "head-served-in-pieces": "answer to the request",
        "http-1-0-request-served-in-pieces": "answer to the request",
        "long-field-served-in-pieces": "answer to the request",
        "next-request-served-in-pieces": "answer to the request",
        "request-behind-chunks-served-in-pieces": "answer to the request",
        "request-behind-content-served-in-pieces": "answer to the request",
        "request-behind-empty-line-served-in-pieces": "answer to the request",
    }

    def receive_line(self, connection: Any, limit: int, deadline: float) -> bytes | None:
        start = 0
        while connection.buffer.find(b"\r\n", start) < 0 and len(connection.buffer) <= limit:
            start = len(connection.buffer)
            if not self.receive(connection, deadline):
                break
        return super().receive_line(connection, limit, deadline)


class ForgetsTheBeginningOfALine(ReferenceServer):
    """Of a field line that is longer than what arrived first, only the rest is kept."""

    kills = {"long-field-served-in-pieces": "environ['HTTP_X_LONG'] of the request"}

    def receive(self, connection: Any, deadline: float) -> bool:
        buffer = connection.buffer
        if buffer.startswith(b"X-Long: ") and 2000 < len(buffer) < 2200:
            del buffer[8:1000]
        return super().receive(connection, deadline)


class TakesAPacketForTheContent(ReferenceServer):
    """The content is what one call of recv() returns."""

    kills = {
        "input-iteration-behind-readline-whole": "body from octet",
        "input-iteration-of-buffer-sized-lines-whole": "lengths of lines",
        "input-long-line-with-size-whole": "long line from octet",
        "input-of-megabytes-read-at-once": "octets of read()",
        "bottle-upload-arrives-whole": "status of an upload",
        "content-in-pieces-joined": "the content from octet 3",
        "content-of-100000-octets-whole": "the content from octet 65430",
        "content-served-cut-at-lines": "content of the request cut between CR and LF",
        "content-served-cut-at-words": "content of the request cut at each word",
        "content-served-octet-by-octet": "content of the request octet by octet",
        "django-upload-arrives-whole": "status of an upload",
        "expect-read-blocks": "content from octet 4",
        "expecting-request-served-in-pieces": "content of the request octet by octet",
        "flask-upload-arrives-whole": "status of an upload",
        "input-large-body-in-one-read": "octets of the body",
        "input-large-body-whole": "octets of the body",
        "input-line-across-segments-whole": "first line",
        "input-long-line-whole": "long line from octet 65410",
        "input-methods-share-one-position": "body from octet 5",
        "input-octet-by-octet-whole": "body from octet 1",
        "input-octets-exact": "body from octet 1000",
        "input-read-empty-only-at-end": "read(2) at octet 1 of 10",
        "input-read-negative-reads-all": "read(-1) from octet 0",
        "input-read-none-reads-all": "read(None) from octet 0",
        "input-read-of-100000-octets-whole": "octets of read(100000), before the end",
        "input-read-of-late-content-whole": "octets of read(10), before the end",
        "input-read-remainder": "read() behind read(3) from octet 0",
        "input-read-without-size-whole-of-large-body": "octets of read() of a body of 150000",
        "input-readable-behind-first-block": "body from octet 4",
        "input-readable-during-iteration": "body from octet 4",
        "input-readlines-of-130000-octets-all": "line 66 of readlines()",
        "input-waits-for-late-content": "body from octet 3",
        "partly-read-content-not-run": "calls for the request within the content",
        "request-behind-content-served-in-pieces": "content of the request octet by octet",
        "request-behind-large-content-found": "answer to the request behind the content: want 200",
        "rest-of-body-that-comes-late-not-a-request": "calls for the request within the unread body",
        "upload-arrives-whole": "the octets of the receipt of an upload from octet 12",
    }

    def read_delimited(self, transaction: Any, limit: int) -> bytes:
        octets = super().read_delimited(transaction, limit)
        transaction.body.finished = True
        return octets


class TakesTheFirstPacketForExpectedContent(ReferenceServer):
    """Content that was waited for with 100 (Continue) is what one call of recv() returns."""

    kills = {
        "expect-read-blocks": "content from octet 4",
        "expecting-request-served-in-pieces": "content of the request octet by octet",
    }

    def read_delimited(self, transaction: Any, limit: int) -> bytes:
        octets = super().read_delimited(transaction, limit)
        transaction.body.finished |= transaction.body.continue_sent
        return octets


class ReadsASizeBeforeItsLineEnd(ReferenceServer):
    """A chunk size is what has arrived of it."""

    kills = {
        "chunk-extensions-and-trailers-served-in-pieces": "content of the request octet by octet",
        "chunked-input-cut-up-whole": "rest(65536)",
        "chunks-in-pieces": "reading the content",
        "chunks-served-cut-at-lines": "content of the request cut before each line end",
        "chunks-served-cut-at-words": "content of the request cut at each word",
        "chunks-served-octet-by-octet": "content of the request octet by octet",
        "request-behind-chunks-served-in-pieces": "content of the request octet by octet",
    }

    def decode_chunk_size(self, connection: Any, body: Any) -> int:
        if not connection.buffer:
            self.receive(connection, self.body_deadline(body))
        if re.fullmatch(rb"[1-9a-f]", connection.buffer):
            self.half_read = True
            return int(connection.buffer.pop(0) - 48)
        return super().decode_chunk_size(connection, body)


class ExpectsTheLineEndBehindData(ReferenceServer):
    """The CRLF behind the data of a chunk is skipped if it is there already."""

    kills = {
        "chunk-extensions-and-trailers-served-in-pieces": "content of the request octet by octet",
        "chunked-input-cut-up-whole": "rest(65536)",
        "chunks-served-cut-at-lines": "content of the request cut before each line end",
        "chunks-served-cut-at-words": "content of the request cut at each word",
        "chunks-served-octet-by-octet": "content of the request octet by octet",
        "request-behind-chunks-served-in-pieces": "content of the request octet by octet",
    }

    def check_chunk_end(self, connection: Any, body: Any) -> None:
        if connection.buffer:
            super().check_chunk_end(connection, body)


class TakesAPacketForAChunk(ReferenceServer):
    """A chunk ends where its packet does."""

    kills = {
        "chunk-extensions-and-trailers-served-in-pieces": "content of the request octet by octet",
        "chunked-input-cut-up-whole": "rest(65536)",
        "chunked-input-large-whole": "rest(4096)",
        "chunks-served-cut-at-words": "content of the request cut at each word",
        "chunks-served-octet-by-octet": "content of the request octet by octet",
        "request-behind-chunks-served-in-pieces": "content of the request octet by octet",
    }

    def read_chunked(self, transaction: Any, limit: int) -> bytes:
        body, connection = transaction.body, transaction.connection
        if body.remaining and not connection.buffer.startswith(b"\r\n"):
            body.remaining = min(body.remaining, len(connection.buffer))
        return super().read_chunked(transaction, limit)


class TakesALoneCRForARequest(ReferenceServer):
    """The CR of an empty line is the beginning of a request."""

    kills = {
        "request-behind-empty-line-served-in-pieces": "calls for the request octet by octet: want 1, got 0 and 400"
    }

    def request_has_begun(self, connection: Any) -> bool:
        return super().request_has_begun(connection) or bool(connection.buffer)


class DropsTheBeginningOfTheNextRequest(ReferenceServer):
    """What came behind a request is kept only where it is a whole head."""

    kills = {
        "forty-pipelined-requests-answered": "answers to requests that are in order: want 200",
        "next-request-served-in-pieces": "calls for the request behind one cut",
        "request-behind-chunks-served-in-pieces": "calls for the request behind one cut between CR and LF",
        "request-behind-content-served-in-pieces": "calls for the request behind one cut between CR and LF",
    }

    def drain_or_close(self, transaction: Any) -> bool:
        persists = super().drain_or_close(transaction)
        if b"\r\n\r\n" not in transaction.connection.buffer:
            transaction.connection.buffer.clear()
        return persists
