"""A request in the making: the parts that a mutation takes hold of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..transports.request_writer import fill

TICKET = "{ticket}"
_FILLING = "0" * 16
"""As long as any ticket: placeholders within content count as what they are filled with."""


@dataclass(frozen=True)
class Chunk:
    """One chunk: its size line as it stands, its data, and what follows the data."""

    line: bytes
    data: bytes
    end: bytes = b"\r\n"


@dataclass(frozen=True)
class Draft:
    """A request. ``start`` are the method, target and version with what stands between them."""

    number: int
    start: tuple[bytes, bytes, bytes, bytes, bytes] = (b"GET", b" ", b"/", b" ", b"HTTP/1.1")
    lines: tuple[bytes, ...] = ()
    content: bytes = b""
    chunks: tuple[Chunk, ...] | None = None
    trailers: tuple[bytes, ...] = ()
    before: bytes = b""

    def octets(self) -> bytes:
        """Return the request as it goes out, placeholders and all."""
        head = b"".join(self.start) + b"\r\n" + b"".join(line + b"\r\n" for line in self.lines) + b"\r\n"
        return self.before + head + self.body()

    def body(self) -> bytes:
        """Return what stands behind the head."""
        if self.chunks is None:
            return self.content
        chunks = b"".join(chunk.line + b"\r\n" + chunk.data + chunk.end for chunk in self.chunks)
        last = b"0\r\n" + b"".join(line + b"\r\n" for line in self.trailers) + b"\r\n"
        return chunks + last


def ticket_line(number: int) -> bytes:
    """Return the field line that calls for the play of this number."""
    return b"X-Wsgicheck-Ticket: {ticket}-%d" % number


def length_of(content: bytes) -> int:
    """Return how many octets content has when its placeholders are filled in."""
    return len(fill(content, _FILLING, ""))


def chunks_of(blocks: Iterable[bytes]) -> tuple[Chunk, ...]:
    """Return blocks as chunks; an empty block is none, lest it be the last chunk."""
    return tuple(Chunk(b"%x" % length_of(block), block) for block in blocks if block)
