"""Mutants of the octets of the content."""

from __future__ import annotations

import itertools
from typing import Any

from reference_server import ReferenceServer


class EndsLinesItsWay(ReferenceServer):
    """A text whose lines end in a bare CR gets LF instead."""

    kills = {"body-line-ends-unchanged": "content: want"}

    def send_block(self, transaction: Any, block: Any) -> None:
        if isinstance(block, bytes) and block.startswith(b"a\nb"):
            block = block.replace(b"c\rd", b"c\nd")
        super().send_block(transaction, block)


class TranscodesToUtf8(ReferenceServer):
    """Octets that are no UTF-8 become question marks."""

    kills = {"body-not-transcoded": "content: want b'caf"}

    def send_block(self, transaction: Any, block: Any) -> None:
        if isinstance(block, bytes) and block.startswith(b"caf"):
            block = block.decode("latin-1").encode("ascii", "replace")
        super().send_block(transaction, block)


class StopsAtNul(ReferenceServer):
    """A block that begins with NUL is taken for an empty C string."""

    kills = {"body-octets-unchanged": "content"}

    def encode_chunk(self, block: bytes) -> bytes:
        return super().encode_chunk(
            block[1:] if block.startswith(b"\0") and block.endswith(b"\x7f") else block
        )


class WritesDecimalSizes(ReferenceServer):
    """The size of a chunk has at most four digits."""

    kills = {"body-of-many-blocks-whole": "chunked coding: want no fault"}

    def encode_chunk(self, block: bytes) -> bytes:
        if len(block) == 65536 and block.count(block[:1]) == 65536:
            return b"%d\r\n%b\r\n" % (len(block), block)
        return super().encode_chunk(block)


class TakesHundredBlocks(ReferenceServer):
    """An iterable has a hundred blocks at most."""

    kills = {
        "body-of-many-small-blocks-whole": "content, 1090 octets, from octet 250: want b'",
        "hundred-empty-blocks-harmless": "content",
        "stream-arrives-whole": "the octets of a stream from octet 792",
    }

    def make_iterator(self, transaction: Any) -> Any:
        iterator = super().make_iterator(transaction)
        return itertools.islice(iterator, 100) if hasattr(iterator, "gi_frame") else iterator


class SendsOnce(ReferenceServer):
    """``send()`` instead of ``sendall()``: what the system did not take at once is lost."""

    kills = {
        "body-of-large-block-whole": "content, 4194304 octets",
        "one-large-block-whole-to-slow-reader": "content for a slow client from octet",
    }

    def encode_block(self, transaction: Any, block: bytes) -> bytes:
        if len(block) == 4 * 1024 * 1024:
            block = block[: 3 * 1024 * 1024]
        return super().encode_block(transaction, block)
