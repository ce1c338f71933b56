"""Mutants of large and streamed bodies."""

from __future__ import annotations

import io
from typing import Any

from reference_server import ReferenceServer


class LosesOctetOfLargeBlock(ReferenceServer):
    """A block of 64 KiB is one octet longer than the buffer that it is copied into."""

    kills = {
        "django-upload-arrives-whole": "the receipt of an upload from octet 12",
        "flask-upload-arrives-whole": "the receipt of an upload from octet 12",
        "upload-arrives-whole": "the receipt of an upload from octet",
    }

    def read_input(self, transaction: Any, size: int | None) -> bytes:
        octets = super().read_input(transaction, size)
        whole = len(octets) == 65536 and transaction.request.framing == "length"
        return octets[:-1] if whole else octets


class LosesOctetOfLargeChunk(ReferenceServer):
    """The last octet of a chunk of exactly 4 KiB is lost."""

    kills = {
        "chunked-upload-arrives-whole": "the receipt of a chunked upload from octet",
        "chunked-input-large-whole": "content from octet 4095: want",
    }

    def read_chunked(self, transaction: Any, limit: int) -> bytes:
        octets = super().read_chunked(transaction, limit)
        return octets[:-1] if len(octets) == 4096 else octets


class LosesChunkedUpload(ReferenceServer):
    """A chunked upload by PUT is read, and thrown away."""

    kills = {
        "chunked-upload-not-lost": "octets of a chunked upload: want 102400, got 0",
        "chunks-of-any-method-read": "content of PUT in chunks",
    }

    def read_chunked(self, transaction: Any, limit: int) -> bytes:
        octets = super().read_chunked(transaction, limit)
        while octets and transaction.request.method == "PUT":
            octets = super().read_chunked(transaction, limit)
        return octets


class TurnsByteOrderMark(ReferenceServer):
    """What looks like a byte order mark is put right."""

    kills = {"body-echoed-unchanged": "the octets of the echo from octet"}

    def read_input(self, transaction: Any, size: int | None) -> bytes:
        return super().read_input(transaction, size).replace(b"\xff\xfe\x00", b"\xfe\xff\x00")


class LosesEndOfLargeFile(ReferenceServer):
    """The last octet of a large file, when its descriptor is used, was not counted."""

    kills = {
        "download-arrives-whole": "the octets of a download from octet",
        "download-begins-at-position": "the octets of the rest of a file from octet",
        "file-large-sent-whole": "content from octet 1505999: want",
        "file-large-with-length-sent-whole": "content from octet 1505999: want",
    }

    def read_file_block(self, wrapper: Any) -> bytes:
        octets = super().read_file_block(wrapper)
        last = 0 < len(octets) < 65536 and isinstance(wrapper.filelike, io.BufferedIOBase)
        file = last and not isinstance(wrapper.filelike, io.BytesIO) and wrapper.filelike.seekable()
        return octets[:-1] if file and wrapper.filelike.tell() > 65536 else octets


class ReadsMemoryAsText(ReferenceServer):
    """A file without a descriptor is read as text, filled up to its length."""

    kills = {"download-from-memory-arrives-whole": "the octets of a download from memory from octet 13"}

    def read_file_block(self, wrapper: Any) -> bytes:
        octets = super().read_file_block(wrapper)
        return octets.replace(b"\r\n", b" \n") if isinstance(wrapper.filelike, io.BytesIO) else octets


class RewindsFiles(ReferenceServer):
    """A file is sent from its beginning, wherever the application stood."""

    kills = {
        "download-begins-at-position": "the octets of the rest of a file from octet 0",
        "file-sent-from-position-after-read": "content from octet 0: want",
        "file-sent-from-position-with-length": "content from octet 0: want",
        "file-sent-from-sought-position": "content from octet 0: want",
        "files-on-kept-connection-sent-whole": "content of response 11 of the connection from octet 0",
    }

    def file_wrapper(self, filelike: Any, block_size: int = 0, /) -> Any:
        if hasattr(filelike, "fileno"):
            filelike.seek(0)
        return super().file_wrapper(filelike, block_size)


class LosesBlockOfStream(ReferenceServer):
    """The block that fills the first kilobyte of a stream is forgotten."""

    kills = {
        "bottle-download-arrives-whole": "the download from octet 943",
        "django-download-arrives-whole": "the download from octet 943",
        "flask-download-arrives-whole": "the download from octet 943",
        "stream-arrives-whole": "the octets of a stream from octet",
    }

    def encode_chunk(self, block: bytes) -> bytes:
        return b"" if block == b"line 117\n" else super().encode_chunk(block)


class EndsStreamAtEmptyBlock(ReferenceServer):
    """An empty block within a response of chunks is framed like any other."""

    kills = {
        "chunks-carry-content": "content in chunks from octet 26: want",
        "empty-block-between-harmless": "content: want",
        "empty-block-last-adds-nothing": "octets behind the response: want",
        "empty-block-written-harmless": "content: want",
        "hundred-empty-blocks-harmless": "content",
        "length-of-several-blocks-right": "content: want",
        "stream-outlives-empty-blocks": "the octets of a stream with empty blocks from octet 6",
    }

    def send_block(self, transaction: Any, block: bytes) -> None:
        super().send_block(transaction, block)
        if not block and transaction.framing == "chunked":
            transaction.outgoing += b"%x\r\n%b\r\n" % (len(block), block)
            self.flush(transaction)
