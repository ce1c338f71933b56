"""Mutants of readlines(), of iteration, and of the position that all methods share."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from reference_server import ReferenceServer


def wait_for_more(server: Any, transaction: Any) -> None:
    """Do as a socket does that is read beyond the body."""
    server.receive(transaction.connection, time.monotonic() + 5)


class _Altered:
    """The server's stream with only some of its methods."""

    def __init__(self, stream: Any, **methods: Any) -> None:
        self.read, self.readline = stream.read, stream.readline
        for name, method in methods.items():
            setattr(self, name, method)


class _AlteredIterable(_Altered):
    def __iter__(self) -> Any:
        return self.iterate()  # type: ignore[attr-defined]


class HasNoReadlines(ReferenceServer):
    """Nobody calls readlines() on a body of some length."""

    kills = {
        "input-readlines-supported": "wsgi.input.readlines: want a method, got missing",
        "input-readlines-takes-hint": "wsgi.input.readlines: want a method, got missing",
        "wsgi-input-of-body-has-methods": "methods that wsgi.input lacks: want none, got readlines",
    }

    def make_input(self, transaction: Any) -> Any:
        stream = super().make_input(transaction)
        if transaction.request.content_length <= 4:
            return stream
        return _AlteredIterable(stream, iterate=lambda: iter(stream))


class SplitsLinesAsTextIs(ReferenceServer):
    """readlines() is read().splitlines(True), in Latin-1."""

    kills = {"input-readlines-splits-at-lf-only": "line 1 of readlines(): want"}

    def read_input_lines(self, transaction: Any, hint: Any) -> list[bytes]:
        lines = super().read_input_lines(transaction, hint)
        return [part for line in lines for part in line.splitlines(True)]


class ReadlinesWaits(ReferenceServer):
    """readlines() wants one more line."""

    kills = {
        "input-readlines-stops-at-end": "readlines() at the end of the body: want returns, got waits for more"
    }

    def read_input_lines(self, transaction: Any, hint: Any) -> list[bytes]:
        lines = super().read_input_lines(transaction, hint)
        if lines and hint == -1 and transaction.request.framing == "length":
            wait_for_more(self, transaction)
        return lines


class TakesNoHint(ReferenceServer):
    """readlines() has no argument."""

    kills = {
        "input-readlines-none-reads-all": "readlines(None)",
        "input-readlines-takes-hint": "readlines(1)",
        "input-readlines-zero-reads-all": "readlines(0)",
    }

    def make_input(self, transaction: Any) -> Any:
        stream = super().make_input(transaction)
        lines = lambda: stream.readlines()  # noqa: E731
        return _AlteredIterable(stream, readlines=lines, iterate=lambda: iter(stream))


class LosesLinesBehindTheHint(ReferenceServer):
    """All lines are read, and those behind the hint are cut off."""

    kills = {"input-readlines-hint-loses-nothing": "body from octet 4"}

    def read_input_lines(self, transaction: Any, hint: Any) -> list[bytes]:
        lines = super().read_input_lines(transaction, -1)
        return lines[:1] if hint == 1 else lines


class CannotBeIterated(ReferenceServer):
    """The stream has the three read methods, and no __iter__()."""

    kills = {
        "input-iteration-supported": "wsgi.input.__iter__: want a method, got missing",
        "wsgi-input-of-body-has-methods": "methods that wsgi.input lacks: want none, got __iter__",
    }

    def make_input(self, transaction: Any) -> Any:
        stream = super().make_input(transaction)
        if transaction.request.content_length <= 4:
            return stream
        return _Altered(stream, readlines=stream.readlines)


class IteratesWithoutEndings(ReferenceServer):
    """The lines come without their CRLF."""

    kills = {"input-iteration-splits-at-lf-only": "line 1 of __iter__(): want"}

    def make_input(self, transaction: Any) -> Any:
        stream = super().make_input(transaction)
        lines = (line[:-2] + b"\n" if line.endswith(b"\r\n") else line for line in stream)
        return _AlteredIterable(stream, readlines=stream.readlines, iterate=lambda: lines)


class IterationWaits(ReferenceServer):
    """Iteration looks once more whether there is a line."""

    kills = {
        "input-iteration-stops-at-end": "iteration at the end of the body: want stops, got waits for more"
    }

    def make_input(self, transaction: Any) -> Any:
        stream = super().make_input(transaction)

        def lines() -> Iterator[bytes]:
            line = b""
            for line in stream:
                yield line
            if line and transaction.request.framing == "length":
                wait_for_more(self, transaction)

        return _AlteredIterable(stream, readlines=stream.readlines, iterate=lines)


class IteratesOverACopy(ReferenceServer):
    """Iteration reads all lines ahead; a loop that is left early loses them."""

    kills = {
        "input-iteration-behind-readline-whole": "body from octet 18004",
        "input-iteration-of-buffer-sized-lines-whole": "lengths of lines",
        "input-methods-share-one-position": "body from octet 18",
        "input-read-in-all-ways-in-order": "what was read in all ways from octet 16",
    }

    def make_input(self, transaction: Any) -> Any:
        stream = super().make_input(transaction)

        def lines() -> Iterator[bytes]:
            first = stream.readline()
            ahead = stream.read(3) if transaction.request.content_length > 40 else b""
            if first:
                yield first
            if ahead:
                yield ahead
            yield from stream

        return _AlteredIterable(stream, readlines=stream.readlines, iterate=lines)


class ReadlinesGivesByteArrays(ReferenceServer):
    """readlines() cuts its lines out of a buffer, and leaves them what they are."""

    kills = {"input-readlines-gives-bytes": "types of the lines of readlines(): want bytes, got bytearray"}

    def read_input_lines(self, transaction: Any, hint: Any) -> list[Any]:
        return [bytearray(line) for line in super().read_input_lines(transaction, hint)]


class IterationGivesViews(ReferenceServer):
    """Iteration yields a view of each line."""

    kills = {"input-iteration-gives-bytes": "types of the lines of __iter__(): want bytes, got memoryview"}

    def make_input(self, transaction: Any) -> Any:
        stream = super().make_input(transaction)
        lines = (memoryview(line) for line in stream)
        return _AlteredIterable(stream, readlines=stream.readlines, iterate=lambda: lines)


class IteratesOverAllThatIsLeft(ReferenceServer):
    """A new iterator takes all lines, and what is not asked of it is lost."""

    kills = {
        "input-iteration-behind-readline-whole": "body from octet 9007",
        "input-methods-share-one-position": "body from octet 18: want b'third",
        "input-read-in-all-ways-in-order": "next() among other ways",
    }

    def iterate_input(self, transaction: Any) -> Any:
        lines = super().iterate_input(transaction)
        return iter(list(lines)) if transaction.request.content_length > 40 else lines


class ReadlinesStopsBehindBuffer(ReferenceServer):
    """Without a hint, 64 KiB is taken for one."""

    kills = {"input-readlines-of-130000-octets-all": "lines of readlines(): want 130, got 66"}

    def read_input_lines(self, transaction: Any, hint: Any) -> list[bytes]:
        return super().read_input_lines(transaction, 65_536 if hint == -1 else hint)
