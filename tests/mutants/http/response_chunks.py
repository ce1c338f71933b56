"""Mutants of chunked responses."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class WritesSizeInDecimal(ReferenceServer):
    """The size of some chunks is a decimal number."""

    kills = {
        "chunks-well-formed": "the response is malformed: chunk data is not followed by CRLF but by b'27'",
        "written-chunks-well-formed": "the response is malformed: chunk data is not followed by CRLF",
    }

    def encode_chunk(self, block: bytes) -> bytes:
        return (
            b"%d\r\n%b\r\n" % (len(block), block)
            if len(block) == 26 and block.islower()
            else super().encode_chunk(block)
        )


class PadsSize(ReferenceServer):
    """The size of a chunk fills four columns."""

    kills = {
        "body-of-many-blocks-whole": "chunked coding: want no fault, got white space follows a chunk size",
        "continue-not-within-response": "the response is malformed: white space follows a chunk size",
        "chunk-size-without-padding": "the response is malformed: white space follows a chunk size",
    }

    def encode_chunk(self, block: bytes) -> bytes:
        return b"%-4x\r\n%b\r\n" % (len(block), block) if block else b""


class ChunksEmptyBlock(ReferenceServer):
    """An empty block is a chunk, too."""

    kills = {
        "chunks-carry-content": "content in chunks from octet 26: want",
        "empty-block-between-harmless": "content: want b'content', got b'con'",
        "empty-block-last-adds-nothing": "octets behind the response: want none, got b'0\\r\\n\\r\\n'",
        "empty-block-written-harmless": "content: want b'content', got b'con'",
        "hundred-empty-blocks-harmless": "content",
        "length-of-several-blocks-right": "content: want b'12345678', got b'12345'",
        "stream-outlives-empty-blocks": "the octets of a stream with empty blocks from octet 6: want",
    }

    def send_block(self, transaction: Any, block: bytes) -> None:
        super().send_block(transaction, block)
        if not block and transaction.framing == "chunked" and transaction.head_sent:
            self.send(transaction.connection, b"0\r\n\r\n")


class ForgetsLastChunk(ReferenceServer):
    """Some large responses end with their last block, and the connection is closed."""

    kills = {
        "last-chunk-sent": "end of a chunked response: want a last chunk, got",
    }

    def last_chunk(self, transaction: Any) -> bytes:
        if transaction.framing == "chunked" and 10_000 < transaction.produced < 11_000:
            transaction.persistent = False
            return b""
        return super().last_chunk(transaction)


class ForgetsLastChunkOfNothing(ReferenceServer):
    """A response without blocks is announced as chunked, and no chunk follows."""

    kills = {
        "empty-iterator-accepted": "the response: want complete, got cut off",
        "empty-blocks-alone-accepted": "the response: want complete, got cut off",
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
        "empty-block-written-first-harmless": "the response: want complete, got cut off",
        "file-behind-write-sent-whole": "content from octet 6",
        "write-own-while-overlapping": "content of response 1",
        "write-takes-one-argument": "the response: want complete, got cut off",
        "written-chunks-well-formed": "the response is malformed: chunk data is not followed by CRLF",
        "written-response-delimited": "end of the response (framed by chunked): want found, got open",
    }

    def encode_block(self, transaction: Any, block: bytes) -> bytes:
        octets = super().encode_block(transaction, block)
        return octets[:-2] if transaction.write_called and transaction.framing == "chunked" else octets


class SendsBrokenTrailer(ReferenceServer):
    """A line without a colon stands in the trailer section."""

    kills = {
        "body-of-many-blocks-whole": 'chunked coding: want no fault, got "trailer section: a field',
        "continue-not-within-response": "the response is malformed: trailer section: a field line has",
        "trailer-section-empty": "the response is malformed: trailer section: a field line has no",
    }

    def last_chunk(self, transaction: Any) -> bytes:
        return super().last_chunk(transaction).replace(b"0\r\n", b"0\r\nend of content\r\n")


class ForgetsLastChunkOfEmptyWrite(ReferenceServer):
    """Behind a call of write() chunks are announced, and the last one comes behind another."""

    kills = {
        "empty-written-response-delimited": "end of the response (framed by chunked): want found, got timeout",
    }

    def length_of_exhausted(self, transaction: Any) -> int | None:
        return None if transaction.write_called else super().length_of_exhausted(transaction)

    def last_chunk(self, transaction: Any) -> bytes:
        return super().last_chunk(transaction) if transaction.produced else b""
