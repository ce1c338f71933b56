"""Mutants of chunked responses."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class WritesSizeInDecimal(ReferenceServer):
    """The size of a chunk is a decimal number."""

    kills = {
        "chunks-well-formed": "the response is malformed: chunk data is not followed by CRLF but by b'10'",
        "written-chunks-well-formed": "the response is malformed: chunk data is not followed by CRLF",
        "file-response-delimited": "end of the response (framed by chunked): want found, got timeout",
    }

    def encode_chunk(self, block: bytes) -> bytes:
        return b"%d\r\n%b\r\n" % (len(block), block) if len(block) > 9 else super().encode_chunk(block)


class PadsSize(ReferenceServer):
    """The size of a chunk fills four columns."""

    kills = {
        "chunk-size-without-padding": "the response is malformed: white space follows a chunk size",
        "written-chunks-well-formed": "the response is malformed: white space follows a chunk size",
    }

    def encode_chunk(self, block: bytes) -> bytes:
        return b"%-4x\r\n%b\r\n" % (len(block), block) if block else b""


class ChunksEmptyBlock(ReferenceServer):
    """An empty block is a chunk, too."""

    kills = {
        "chunks-carry-content": "content in chunks from octet 26: want",
    }

    def send_block(self, transaction: Any, block: bytes) -> None:
        super().send_block(transaction, block)
        if not block and transaction.framing == "chunked" and transaction.head_sent:
            self.send(transaction.connection, b"0\r\n\r\n")


class ForgetsLastChunk(ReferenceServer):
    """The response ends with its last block, and the connection is closed."""

    kills = {
        "last-chunk-sent": "end of a chunked response: want a last chunk, got",
        "streamed-response-delimited": "end of the response (framed by chunked): want found, got eof",
        "written-response-delimited": "end of the response (framed by chunked): want found, got eof",
        "file-response-delimited": "end of the response (framed by chunked): want found, got eof",
    }

    def last_chunk(self, transaction: Any) -> bytes:
        transaction.persistent = transaction.persistent and transaction.framing != "chunked"
        return b""


class ForgetsLastChunkOfNothing(ReferenceServer):
    """A response without blocks is announced as chunked, and no chunk follows."""

    kills = {
        "last-chunk-sent-after-nothing": "end of a chunked response: want a last chunk, got timeout",
        "empty-iterator-delimited": "end of the response (framed by chunked): want found, got timeout",
    }

    def length_of_exhausted(self, transaction: Any) -> int | None:
        return None if self.length_of_iterable(transaction) is None else 0

    def last_chunk(self, transaction: Any) -> bytes:
        return super().last_chunk(transaction) if transaction.produced else b""


class WritesWithoutChunks(ReferenceServer):
    """What is written goes out without a CRLF behind it."""

    kills = {
        "written-chunks-well-formed": "the response is malformed: chunk data is not followed by CRLF",
        "written-response-delimited": "end of the response (framed by chunked): want found, got open",
    }

    def encode_block(self, transaction: Any, block: bytes) -> bytes:
        octets = super().encode_block(transaction, block)
        return octets[:-2] if transaction.write_called and transaction.framing == "chunked" else octets


class SendsBrokenTrailer(ReferenceServer):
    """A line without a colon stands in the trailer section."""

    kills = {
        "written-chunks-well-formed": "the response is malformed: trailer section: a field line has no",
        "trailer-section-empty": "the response is malformed: trailer section: a field line has no",
    }

    def last_chunk(self, transaction: Any) -> bytes:
        return super().last_chunk(transaction).replace(b"0\r\n", b"0\r\nend of content\r\n")
