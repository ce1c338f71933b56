"""``wsgi.input``: PEP 3333, Input and Error Streams."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .spooling import Spooling
from .state import Transaction


class InputStream:
    """The four methods that "**must** be supported" by the input stream; the server does the work."""

    __slots__ = ("_server", "_transaction")

    def __init__(self, server: InputReading, transaction: Transaction) -> None:
        self._server = server
        self._transaction = transaction

    def read(self, size: int | None = -1, /) -> bytes:
        """Read *size* bytes, or all that is left."""
        return self._server.read_input(self._transaction, size)

    def readline(self, size: int | None = -1, /) -> bytes:
        """Read one line, or *size* bytes of it."""
        return self._server.read_input_line(self._transaction, size)

    def readlines(self, hint: int | None = -1, /) -> list[bytes]:
        """Read lines until *hint* bytes are reached, or all."""
        return self._server.read_input_lines(self._transaction, hint)

    def __iter__(self) -> Iterator[bytes]:
        return self._server.iterate_input(self._transaction)


class InputReading(Spooling):
    """Reading for the application. All four ways share one position."""

    def make_input(self, transaction: Transaction) -> Any:
        """Make the object; nothing more is read, and no 100 sent, before the application asks."""
        return InputStream(self, transaction)

    def input_size(self, size: int | None) -> int | None:
        """None and negative numbers mean "everything", as for any file of the standard library."""
        return None if size is None or size < 0 else size

    def read_input(self, transaction: Transaction, size: int | None) -> bytes:
        """PEP 3333, Input and Error Streams: reading past Content-Length simulates the end of the file.

        The argument of read() is optional, and an exhausted stream gives empty bytestrings.
        """
        wanted = self.input_size(size)
        result = bytearray()
        while wanted is None or len(result) < wanted:
            missing = self.RECEIVE_OCTETS if wanted is None else wanted - len(result)
            octets = self.read_ahead(transaction, missing) or self.read_content(transaction, missing)
            if not result and len(octets) == wanted:
                return octets
            if not octets:
                break
            result += octets
        return bytes(result)

    def read_ahead(self, transaction: Transaction, limit: int) -> bytes:
        """Take what an earlier readline() left behind."""
        lookahead = transaction.body.lookahead
        octets = bytes(lookahead[:limit])
        del lookahead[:limit]
        return octets

    def read_input_line(self, transaction: Transaction, size: int | None) -> bytes:
        """One line, ended by LF and by nothing else: these are bytes, not text.

        PEP 3333 lets a server omit *size*: "they are allowed to omit support for it". We need not.
        """
        wanted = self.input_size(size)
        lookahead = transaction.body.lookahead
        searched = 0
        while (end := lookahead.find(b"\n", searched) + 1) == 0:
            searched = len(lookahead)
            if wanted is not None and searched >= wanted:
                break
            octets = self.read_content(transaction, self.RECEIVE_OCTETS)
            if not octets:
                break
            lookahead += octets
        end = end or len(lookahead)
        return self.read_ahead(transaction, end if wanted is None else min(end, wanted))

    def read_input_lines(self, transaction: Transaction, hint: int | None) -> list[bytes]:
        """The hint "is optional for both caller and implementer"; a hint of 0 means none, as in ``io``."""
        lines: list[bytes] = []
        total = 0
        for line in self.iterate_input(transaction):
            lines.append(line)
            total += len(line)
            if hint is not None and 0 < hint <= total:
                break
        return lines

    def iterate_input(self, transaction: Transaction) -> Iterator[bytes]:
        """Line by line until the end; a new iterator goes on where the last one stopped."""
        while line := self.read_input_line(transaction, None):
            yield line
