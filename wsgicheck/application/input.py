"""``wsgi.input`` as the observed application gets it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..model.violation import Side
from ..spec import pep3333
from ..spec import pep3333_applications as law
from .invocation import shown
from .stream import Stream
from .witness import Witness


class Input(Stream):
    """Counts what is read, and judges both the reader and the server."""

    name = "wsgi.input"
    promise = "read, readline, readlines and __iter__"

    def __init__(self, server: Any, witness: Witness, length: int | None) -> None:
        super().__init__(server, witness)
        self._left = length

    def read(self, *args: Any, **named: Any) -> bytes:
        """Read as the server reads; a size beyond the end of the content is against advice."""
        size = args[0] if args else None
        if self._left is not None and type(size) is int and size > self._left:
            self._witness.record(
                law.OVERREAD, f"read({size}) was called with {self._left} bytes of Content-Length left"
            )
        return self._counted(self._server.read(*args, **named), "read")

    def readline(self, *args: Any, **named: Any) -> bytes:
        """Read a line; the optional size is the server's affair."""
        return self._counted(self._server.readline(*args, **named), "readline")

    def readlines(self, *args: Any, **named: Any) -> list[bytes]:
        """Read the lines that are left, or about as many as the hint says."""
        lines = self._server.readlines(*args, **named)
        if type(lines) is not list:
            self._witness.record(
                pep3333.INPUT_READLINES, f"wsgi.input.readlines() returned {shown(lines)}", Side.SERVER
            )
        return [self._counted(line, "readlines") for line in lines]

    def __iter__(self) -> Iterator[bytes]:
        for line in self._server:
            yield self._counted(line, "iteration")

    def __next__(self) -> bytes:
        self._other("given to next()")
        return self.readline()

    def _counted(self, block: bytes, how: str) -> bytes:
        if type(block) is not bytes:
            self._witness.record(
                pep3333.INPUT_BYTES, f"{how} of wsgi.input returned {shown(block)}", Side.SERVER
            )
        elif self._left is not None:
            self._left = max(0, self._left - len(block))
        return block
