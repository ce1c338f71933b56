"""Mutants of readline() of ``wsgi.input``."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from reference_server import ReferenceServer


class _Altered:
    """The server's stream, of which readline() is altered."""

    def __init__(self, server: Any, transaction: Any, stream: Any) -> None:
        self._server, self._transaction, self._stream = server, transaction, stream
        self.read, self.readlines = stream.read, stream.readlines

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._stream)


class HasNoReadline(ReferenceServer):
    """The stream has read() and readlines(), and no readline()."""

    kills = {
        "input-readline-supported": "wsgi.input.readline: want a method, got missing",
        "wsgi-input-of-body-has-methods": "methods that wsgi.input lacks: want none, got readline",
    }

    def make_input(self, transaction: Any) -> Any:
        stream = super().make_input(transaction)
        without = transaction.request.content_length > 4
        return _Altered(self, transaction, stream) if without else stream


class _Readline(ReferenceServer):
    """The ground of the others: readline() is a method of the server."""

    def make_input(self, transaction: Any) -> Any:
        stream = _Altered(self, transaction, super().make_input(transaction))
        stream.readline = lambda *size: self.altered(transaction, *size)  # type: ignore[attr-defined]
        return stream

    def altered(self, transaction: Any, size: Any = -1) -> Any:
        """Return a line in a wrong way."""
        return self.read_input_line(transaction, size)


class SplitsAtCarriageReturns(_Readline):
    """A CR ends a line, as it does in text mode."""

    kills = {
        "chunked-input-read-in-all-ways-in-order": "readline() among other ways",
        "input-read-in-all-ways-in-order": "readline() among other ways",
        "input-readline-splits-at-lf-only": "first line: want",
    }

    def altered(self, transaction: Any, size: Any = -1) -> Any:
        line = super().altered(transaction, size)
        first, mark, rest = line.partition(b"\r")
        if mark and rest != b"\n":
            transaction.body.lookahead[:0] = rest
            return first + mark
        return line


class StripsEmptyLines(_Readline):
    """A line without its ending is empty."""

    kills = {"input-readline-keeps-empty-lines": "an empty line: want b'\\n', got b''"}

    def altered(self, transaction: Any, size: Any = -1) -> Any:
        line = super().altered(transaction, size)
        return b"" if line == b"\n" and size == -1 else line


class CompletesTheLastLine(_Readline):
    """Every line ends with a line ending."""

    kills = {
        "input-readline-last-line-as-sent": "a last line without LF: want b'last', got b'last\\n'",
    }

    def altered(self, transaction: Any, size: Any = -1) -> Any:
        line = super().altered(transaction, size)
        return line + b"\n" if size == -1 and line and not line.endswith(b"\n") else line


class WaitsForALineEnding(_Readline):
    """A line without an ending has not ended."""

    kills = {"input-readline-stops-at-end": "readline() of the last line: want returns, got waits for more"}

    def altered(self, transaction: Any, size: Any = -1) -> Any:
        line = super().altered(transaction, size)
        framed = transaction.request.framing == "length"
        if framed and size == -1 and line and not line.endswith(b"\n"):
            self.receive(transaction.connection, time.monotonic() + 5)
        return line


class GivesLinesAsByteArrays(_Readline):
    """The line is cut out of the buffer."""

    kills = {
        "input-lines-are-bytes": "type of readline(): want bytes, got bytearray",
        "input-of-several-segments-is-bytes": "type of readline(): want bytes, got",
    }

    def altered(self, transaction: Any, size: Any = -1) -> Any:
        line = super().altered(transaction, size)
        return bytearray(line) if line else line


class CutsLongLines(_Readline):
    """A line is what fits 64 KiB."""

    kills = {"input-long-line-whole": "long line from octet 65536"}

    def altered(self, transaction: Any, size: Any = -1) -> Any:
        return super().altered(transaction, 65536 if size == -1 else size)


class TakesASegmentForALine(_Readline):
    """What has come so far is the line."""

    kills = {"input-line-across-segments-whole": "first line: want b'first\\r\\n', got b'fi'"}

    def altered(self, transaction: Any, size: Any = -1) -> Any:
        body = transaction.body
        if size == -1 and transaction.request.content_length == 12 and not body.lookahead:
            body.lookahead += self.read_body(transaction, self.RECEIVE_OCTETS)
            size = len(body.lookahead)
        return super().altered(transaction, size)


class IgnoresTheSize(_Readline):
    """The PEP allows to leave the size out."""

    kills = {"input-readline-honours-size": "readline(3): want b'abc', got b'abcdef\\n'"}

    def altered(self, transaction: Any, size: Any = -1) -> Any:
        return super().altered(transaction, -1)


class ThrowsTheRestOfTheLineAway(_Readline):
    """The line is read whole, and cut to size."""

    kills = {
        "chunked-input-read-in-all-ways-in-order": "what was read in all ways from octet 9",
        "input-read-in-all-ways-in-order": "what was read in all ways from octet 9",
        "input-readline-honours-size": "readline(3): want b'def', got b'ghi'",
        "input-readline-none-reads-line": "readline(None)",
        "input-readline-size-loses-nothing": "body from octet 3",
    }

    def altered(self, transaction: Any, size: Any = -1) -> Any:
        line = super().altered(transaction, -1)
        return line if size < 0 else line[:size]
