"""Mutants of special sizes and hints, and of what lies beyond a buffer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reference_server import ReferenceServer


class TakesNoNoneForASize(ReferenceServer):
    """A size is a number."""

    kills = {"input-readline-none-reads-line": "readline(None): want b'two\\n', got"}

    def read_input_line(self, transaction: Any, size: Any) -> bytes:
        if size is None and getattr(transaction, "asked", False):
            raise TypeError("the size must be an integer")
        return super().read_input_line(transaction, size)

    def make_input(self, transaction: Any) -> Any:
        return _Stream(self, transaction, super().make_input(transaction))


class _Stream:
    """The server's stream, which tells readline() from what iteration reads."""

    def __init__(self, server: Any, transaction: Any, stream: Any) -> None:
        self._server, self._transaction, self._stream = server, transaction, stream
        self.read, self.readlines = stream.read, stream.readlines

    def readline(self, *size: Any) -> Any:
        self._transaction.asked = True
        try:
            return self._stream.readline(*size)
        finally:
            self._transaction.asked = False

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._stream)


class TakesLessThanNothingForNothing(TakesNoNoneForASize):
    """Less than one octet is none."""

    kills = {
        "chunked-input-read-in-all-ways-in-order": "readline() among other ways",
        "input-read-in-all-ways-in-order": "readline() among other ways",
        "input-readline-negative-reads-line": "readline(-1): want b'three\\n', got b''",
    }

    def read_input_line(self, transaction: Any, size: Any) -> bytes:
        explicit = size is not None and size < 0 and transaction.body.lookahead
        return b"" if explicit else ReferenceServer.read_input_line(self, transaction, size)


class TakesZeroForNoSize(ReferenceServer):
    """A size of zero is false."""

    kills = {"input-readline-zero-reads-nothing": "readline(0): want b'', got b'e\\n'"}

    def read_input_line(self, transaction: Any, size: Any) -> bytes:
        return super().read_input_line(transaction, size or None)


class CutsAtItsBuffer(ReferenceServer):
    """No line is longer than its buffer, whatever the size."""

    kills = {"input-long-line-with-size-whole": "long line from octet 65536"}

    def read_input_line(self, transaction: Any, size: Any) -> bytes:
        capped = min(size, 65536) if size is not None and size > 0 else size
        return super().read_input_line(transaction, capped)


class TakesNoNoneForAHint(ReferenceServer):
    """A hint is a number."""

    kills = {"input-readlines-none-reads-all": "readlines(None): want all lines, got"}

    def read_input_lines(self, transaction: Any, hint: Any) -> list[bytes]:
        if hint is None:
            raise TypeError("the hint must be an integer")
        return super().read_input_lines(transaction, hint)


class TakesZeroForTheHint(ReferenceServer):
    """No octets, no lines."""

    kills = {"input-readlines-zero-reads-all": "readlines(0): want"}

    def read_input_lines(self, transaction: Any, hint: Any) -> list[bytes]:
        return [] if hint == 0 else super().read_input_lines(transaction, hint)


class LosesTheLineAtTheHint(ReferenceServer):
    """The line that reaches the hint is read, and not kept."""

    kills = {"input-readlines-exact-hint-loses-nothing": "body from octet 0"}

    def read_input_lines(self, transaction: Any, hint: Any) -> list[bytes]:
        lines = super().read_input_lines(transaction, hint)
        return lines[:-1] if hint and sum(map(len, lines)) == hint else lines


class JoinsLinesAtItsBuffer(ReferenceServer):
    """A line ending that is the first octet of its buffer goes unseen."""

    kills = {"input-iteration-of-buffer-sized-lines-whole": "lengths of lines: want"}

    def read_input_line(self, transaction: Any, size: Any) -> bytes:
        line = super().read_input_line(transaction, size)
        if len(line) == 65537 and size is None:
            line += super().read_input_line(transaction, size)
        return line


class BeginsIterationAnew(ReferenceServer):
    """Iteration has a buffer of its own, and what is in the other is lost but for a part."""

    kills = {"input-iteration-behind-readline-whole": "body from octet"}

    def iterate_input(self, transaction: Any) -> Iterator[bytes]:
        del transaction.body.lookahead[8192:]
        yield from super().iterate_input(transaction)


class KeepsTwoMegabytes(ReferenceServer):
    """More than two megabytes are never read at once."""

    kills = {"input-of-megabytes-read-at-once": "octets of read(): want 2761000, got 2097152"}

    def read_input(self, transaction: Any, size: Any) -> bytes:
        return super().read_input(transaction, 2_097_152 if self.input_size(size) is None else size)


class LooksHowLongItsBufferIs(ReferenceServer):
    """The last line reaches to the end of the buffer, where octets of an earlier one stand."""

    kills = {
        "input-last-line-of-several-buffers-as-sent": "body from octet 7513: want b'' (7513 octets), got"
    }

    def read_input_line(self, transaction: Any, size: Any) -> bytes:
        line = super().read_input_line(transaction, size)
        before = getattr(transaction, "lines_read", 0)
        transaction.lines_read = before + len(line)
        return line + line[:4] if before > 4096 and line and not line.endswith(b"\n") else line


class ReadsOnce(ReferenceServer):
    """One read() is one read of the connection."""

    kills = {"input-read-of-late-content-whole": "octets of read(10), before the end: want 10, got"}

    def read_input(self, transaction: Any, size: Any) -> bytes:
        if size != 10 or transaction.request.framing == "chunked":
            return super().read_input(transaction, size)
        return self.read_ahead(transaction, size) or self.read_content(transaction, size)


class ReadsNoMoreThanItsBuffer(ReferenceServer):
    """One read() is 64 KiB at most."""

    kills = {
        "input-read-of-100000-octets-whole": "octets of read(100000), before the end: want 100000, got 65536"
    }

    def read_input(self, transaction: Any, size: Any) -> bytes:
        return super().read_input(transaction, 65_536 if size == 100_000 else size)
