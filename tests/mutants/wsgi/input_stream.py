"""Mutants of read() of ``wsgi.input``."""

from __future__ import annotations

import time
from typing import Any

from reference_server import ReferenceServer


class RefusesReadOfOne(ReferenceServer):
    """The stream thinks that nobody reads a single byte."""

    kills = {"input-read-supported": "read(1): want bytes, got ValueError: a size that makes no sense"}

    def read_input(self, transaction: Any, size: Any) -> bytes:
        if size == 1 and transaction.body.remaining > 4:
            raise ValueError("a size that makes no sense")
        return super().read_input(transaction, size)


class ReadsOneTooMany(ReferenceServer):
    """A read of three bytes reads up to and including the fourth."""

    kills = {
        "chunked-input-read-in-pieces": "bytes from read(3): want 3, got 4",
        "input-read-never-exceeds-size": "bytes from read(3): want 3, got 4",
    }

    def read_input(self, transaction: Any, size: Any) -> bytes:
        return super().read_input(transaction, 4 if size == 3 else size)


class ReadsNothingMidway(ReferenceServer):
    """What is not there yet is taken for the end."""

    kills = {
        "input-readable-during-iteration": "body from octet 8: want b'89'",
        "input-octet-by-octet-whole": "body from octet 4: want b'ef' (6 octets), got b'' (4 octets)",
        "input-read-empty-only-at-end": "read(2) at octet 1 of 10: want bytes, got b''",
        "input-readable-behind-first-block": "body from octet",
    }

    def read_input(self, transaction: Any, size: Any) -> bytes:
        return b"" if size == 2 else super().read_input(transaction, size)


class LosesWhatWasReadAhead(ReferenceServer):
    """One octet is read ahead, and forgotten."""

    kills = {
        "input-methods-share-one-position": "body from octet 13",
        "input-read-in-order": "body from octet 3",
    }

    def read_input(self, transaction: Any, size: Any) -> bytes:
        octets = super().read_input(transaction, size)
        if size == 2:
            super().read_input(transaction, 1)
        return octets


class ReadsAllForZero(ReferenceServer):
    """0 is as good as no size."""

    kills = {
        "input-read-zero-takes-nothing": "read(0): want b'', got b'0123456789'",
        "input-readline-honours-size": "readline(0): want b'', got b'jk\\n'",
        "input-readline-zero-reads-nothing": "readline(0)",
    }

    def input_size(self, size: Any) -> Any:
        return super().input_size(size or None)


class ReadsIntoByteArrays(ReferenceServer):
    """The buffer itself is handed out."""

    kills = {
        "input-read-gives-bytes": "type of read(1): want bytes, got bytearray",
        "input-of-several-segments-is-bytes": "type of read(5): want bytes, got",
    }

    def read_input(self, transaction: Any, size: Any) -> Any:
        octets = super().read_input(transaction, size)
        return bytearray(octets) if octets else octets


def wait_for_more(server: Any, transaction: Any) -> None:
    """Do as a socket does that is read beyond the body."""
    server.receive(transaction.connection, time.monotonic() + 5)


class WaitsForTheSizeAskedFor(ReferenceServer):
    """A read that gets less than it asked for asks again."""

    kills = {
        "input-read-beyond-end-stops": "read(11) at the end of the body: want returns, got waits for more"
    }

    def read_input(self, transaction: Any, size: Any) -> bytes:
        octets = super().read_input(transaction, size)
        if size and 0 < len(octets) < size and transaction.request.framing == "length":
            wait_for_more(self, transaction)
        return octets


class AppendsALineEnding(ReferenceServer):
    """A body without a line ending is completed."""

    kills = {
        "chunked-input-decorations-removed": "content from octet 32: want b'' (32 octets), got b'\\n' (33 octets)",
        "chunked-input-read-in-pieces": "content from octet 32: want b'' (32 octets), got b'\\n' (33 octets)",
        "chunked-input-cut-up-whole": "content from octet 32: want b'' (32 octets), got b'\\n' (33 octets)",
        "input-read-beyond-end-whole": "body from octet 10: want b'' (10 octets), got b'\\n'",
        "chunked-upload-arrives-whole": "the receipt of a chunked upload from octet 12",
    }

    def read_input(self, transaction: Any, size: Any) -> bytes:
        octets = super().read_input(transaction, size)
        return octets + b"\n" if size and 0 < len(octets) < size else octets


class WaitsForTheEndOfTheConnection(ReferenceServer):
    """read() reads what the socket has."""

    kills = {
        "input-read-without-size-ends": "read() at the end of the body: want returns, got waits for more",
        "input-read-remainder": "read() behind read(3): want returns, got waits for more",
        "pipelined-requests-behind-bodies-served": "answers on a kept connection: want 3, got 0",
    }

    def read_input(self, transaction: Any, size: Any) -> bytes:
        octets = super().read_input(transaction, size)
        if size == -1 and octets and transaction.request.framing == "length":
            wait_for_more(self, transaction)
        return octets


class ReadsOneBlock(ReferenceServer):
    """read() without a size reads one block of eight."""

    kills = {
        "input-of-megabytes-read-at-once": "octets of read()",
        "input-read-behind-line-whole": "read() behind readline() from octet 8",
        "input-read-without-size-whole": "read() from octet 8: want b'89' (10 octets)",
        "input-read-without-size-whole-of-large-body": "octets of read() of a body of 150000: want 150000, got 8",
    }

    def read_input(self, transaction: Any, size: Any) -> bytes:
        limited = size == -1 and transaction.request.framing == "length"
        return super().read_input(transaction, 8 if limited else size)


class ReadsOneBuffer(ReferenceServer):
    """Without a size it gives what one buffer holds."""

    kills = {
        "input-read-without-size-whole-of-large-body": "octets of read() of a body of 150000: want 150000"
    }

    def read_input(self, transaction: Any, size: int | None) -> bytes:
        limited = size is not None and size < 0 and transaction.request.content_length == 150_000
        return super().read_input(transaction, 65_536 if limited else size)


class CountsFromTheWholeLength(ReferenceServer):
    """read() asks for Content-Length bytes, whatever was read before."""

    kills = {"input-read-remainder": "read() behind read(3): want returns, got waits for more"}

    def read_input(self, transaction: Any, size: Any) -> bytes:
        begun = 0 < transaction.body.remaining < transaction.request.content_length
        octets = super().read_input(transaction, size)
        if size == -1 and begun:
            wait_for_more(self, transaction)
        return octets


class KnowsNoNegativeSizes(ReferenceServer):
    """A negative size reads nothing. (Without an argument the size is -1 here, hence the stream.)"""

    kills = {"input-read-negative-reads-all": "read(-1): want the remainder, got ValueError: negative size"}

    def make_input(self, transaction: Any) -> Any:
        return _Strict(super().make_input(transaction), -1)


class KnowsNoNone(ReferenceServer):
    """None is no number."""

    kills = {"input-read-none-reads-all": "read(None): want the remainder, got ValueError: negative size"}

    def make_input(self, transaction: Any) -> Any:
        return _Strict(super().make_input(transaction), None)


class _Strict:
    """A stream that refuses one size of read()."""

    def __init__(self, stream: Any, refused: Any) -> None:
        self._stream, self._refused = stream, (refused,)
        self.readline, self.readlines = stream.readline, stream.readlines

    def read(self, *size: Any) -> Any:
        if size == self._refused:
            raise ValueError("negative size")
        return self._stream.read(*size)

    def __iter__(self) -> Any:
        return iter(self._stream)
