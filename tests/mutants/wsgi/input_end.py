"""Mutants of the end of ``wsgi.input``."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from reference_server import ReferenceServer


def wait_for_more(server: Any, transaction: Any) -> None:
    """Do as a socket does that is read beyond the body."""
    server.receive(transaction.connection, time.monotonic() + 5)


class ReadsWhereThereIsNoContent(ReferenceServer):
    """Without a length the socket is read."""

    kills = {
        "abandoned-bodies-survived": "a plain request afterwards",
        "abandoned-heads-survived": "a plain request afterwards",
        "abandoned-large-bodies-survived": "a plain request afterwards: want 200",
        "half-closed-bodies-survived": "a plain request afterwards",
        "half-closed-heads-survived": "a plain request afterwards",
        "idle-connections-survived": "a plain request afterwards",
        "input-without-content-empty": "read(1) at the end: want returns at once, got waits",
        "request-behind-content-of-kept-http-1-0-found": "answer to the request behind the content: want 200",
        "request-behind-large-content-found": "answer to the request behind the content: want 200",
        "resets-before-request-survived": "a plain request afterwards",
        "resets-before-response-survived": "a plain request afterwards",
        "resets-in-body-survived": "a plain request afterwards",
        "resets-in-head-survived": "a plain request afterwards",
    }

    def read_input(self, transaction: Any, size: Any) -> bytes:
        if transaction.request.framing == "none":
            wait_for_more(self, transaction)
        return super().read_input(transaction, size)


class TakesZeroForUnknown(ReferenceServer):
    """A length of 0 is false, as None is."""

    kills = {"input-of-zero-length-empty": "readline() at the end: want returns at once, got waits"}

    def read_input_line(self, transaction: Any, size: Any) -> bytes:
        if transaction.request.framing == "length" and not transaction.request.content_length:
            wait_for_more(self, transaction)
        return super().read_input_line(transaction, size)


class ReturnsNoneAtTheEnd(ReferenceServer):
    """Nothing is None."""

    kills = {"input-exhausted-stays-empty": "read(1) at the end: want b'', got b'None'"}

    def read_input(self, transaction: Any, size: Any) -> Any:
        octets = super().read_input(transaction, size)
        finished = transaction.body.finished and transaction.request.framing == "length"
        return octets or (None if size == 1 and finished and transaction.request.content_length else b"")


class WaitsInReadlinesAtTheEnd(ReferenceServer):
    """readlines() looks at the socket before it looks whether there is anything left."""

    kills = {"input-exhausted-stays-empty": "readlines() at the end: want returns at once, got waits"}

    def read_input_lines(self, transaction: Any, hint: Any) -> list[bytes]:
        if transaction.body.finished and transaction.request.content_length:
            wait_for_more(self, transaction)
        return super().read_input_lines(transaction, hint)


class ReadsTheNextRequest(ReferenceServer):
    """A size beyond the body reads on in the buffer."""

    kills = {"input-read-spares-next-request": "read(400): want nothing of the next request"}

    def read_input(self, transaction: Any, size: Any) -> bytes:
        octets = super().read_input(transaction, size)
        if size and size > 0 and octets:
            missing = size - len(octets)
            octets += bytes(transaction.connection.buffer[:missing])
            del transaction.connection.buffer[:missing]
        return octets


class ReadsOnBehindTheEnd(ReferenceServer):
    """The end is told once, and then the socket is read."""

    kills = {
        "input-of-get-spares-next-request": "read(400) without content: want nothing of the next request",
        "input-read-without-length-spares-next-request": "read(400) without content: want nothing of the next request",
        "input-read-spares-next-request": "read(400): want nothing of the next request",
    }

    def read_input(self, transaction: Any, size: Any) -> bytes:
        octets = super().read_input(transaction, size)
        if octets or size != 400:
            return octets
        buffer = transaction.connection.buffer
        octets = bytes(buffer[:size])
        del buffer[:size]
        return octets


class ReadsAllOfTheBuffer(ReferenceServer):
    """read() without a size reads whatever the buffer has."""

    kills = {"input-read-all-spares-next-request": "read(): want nothing of the next request"}

    def read_input(self, transaction: Any, size: Any) -> bytes:
        octets = super().read_input(transaction, size)
        if size == -1 and transaction.request.content_length == 4:
            octets += bytes(transaction.connection.buffer)
            transaction.connection.buffer.clear()
        return octets


class ReadsTheNextRequestLine(ReferenceServer):
    """A line ends at a line ending, whosoever it is."""

    kills = {
        "input-lines-without-length-spare-next-request": "readline() without content: want nothing of the next request",
        "input-readline-spares-next-request": "readline(): want nothing of the next request",
    }

    def make_input(self, transaction: Any) -> Any:
        return _Lines(super().make_input(transaction), transaction.connection.buffer, "readline")


class ReadsTheNextHeadAsLines(ReferenceServer):
    """readlines() reads lines until an empty one."""

    kills = {
        "input-lines-without-length-spare-next-request": "readlines() without content: want nothing of the next request",
        "input-readlines-spares-next-request": "readlines(): want nothing of the next request",
    }

    def make_input(self, transaction: Any) -> Any:
        return _Lines(super().make_input(transaction), transaction.connection.buffer, "readlines")


class IteratesOverTheNextHead(ReferenceServer):
    """Iteration reads lines until there are none."""

    kills = {
        "input-lines-without-length-spare-next-request": "__iter__() without content: want nothing of the next request",
        "input-iteration-spares-next-request": "__iter__(): want nothing of the next request",
    }

    def make_input(self, transaction: Any) -> Any:
        return _Lines(super().make_input(transaction), transaction.connection.buffer, "iterate")


class ReadsTheNextRequestWithoutLength(ReferenceServer):
    """The input is limited where there is a length, and the buffer where there is none."""

    kills = {
        "input-read-without-length-spares-next-request": "read(5) without content: want nothing of the next",
        "request-behind-input-without-length-found": "answer to the request behind it: want 200, got 400",
    }
    method = "POST"

    def read_input(self, transaction: Any, size: Any) -> bytes:
        if transaction.request.framing != "none" or transaction.request.method != self.method or size != 5:
            return super().read_input(transaction, size)
        octets = bytes(transaction.connection.buffer[:size])
        del transaction.connection.buffer[:size]
        return octets


class ReadsTheNextRequestOfGet(ReadsTheNextRequestWithoutLength):
    """The same where the method is GET."""

    kills = {"input-of-get-spares-next-request": "read(5) without content: want nothing of the next request"}
    method = "GET"


class IteratesOverTheNextRequestWithoutLength(ReferenceServer):
    """Iteration goes past the limit, where that is nothing."""

    kills = {
        "input-lines-without-length-spare-next-request": "__iter__() without content: want nothing of the next",
    }

    def make_input(self, transaction: Any) -> Any:
        made = super().make_input(transaction)
        if transaction.request.framing != "none" or transaction.request.method != "POST":
            return made
        return _Lines(made, transaction.connection.buffer, "iterate")


class _Lines:
    """A stream of which one method reads on in the buffer of the connection."""

    def __init__(self, stream: Any, buffer: bytearray, greedy: str) -> None:
        self._stream, self._buffer, self._greedy = stream, buffer, greedy
        self.read = stream.read

    def _more(self, method: str) -> bytes:
        more = bytes(self._buffer) if self._greedy == method else b""
        self._buffer[: len(more)] = b""
        return more

    def readline(self, *size: Any) -> bytes:
        line: bytes = self._stream.readline(*size)
        return line + (b"" if line.endswith(b"\n") else self._more("readline"))

    def readlines(self, *hint: Any) -> list[bytes]:
        lines: list[bytes] = self._stream.readlines(*hint)
        more = self._more("readlines")
        return [*lines, more] if more else lines

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream
        more = self._more("iterate")
        if more:
            yield more
