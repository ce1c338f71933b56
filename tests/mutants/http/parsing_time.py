"""Mutants that take long over a value: what a pattern would spend in trying, they spend in sleep."""

from __future__ import annotations

import time
from typing import Any

from reference_server import ReferenceServer
from reference_server.errors import BadRequest

LEFT_WAITING = "clients that got neither an answer nor an end: want 0, got"
MANY = b" " * 20_000


def try_every_cut() -> None:
    """Take longer than anybody waits."""
    time.sleep(3)


class CutsWordsInEveryWay(ReferenceServer):
    """A value is words of letters, with blanks between them or not."""

    kills = {"control-character-behind-long-word-answered-in-time": LEFT_WAITING}

    def check_field_value(self, value: bytes) -> None:
        if len(value) > 40 and value.endswith(b"\x10"):
            try_every_cut()
        super().check_field_value(value)


class CutsBlanksInEveryWay(ReferenceServer):
    """A value is words with blanks around them, and blanks."""

    kills = {"control-character-behind-many-words-answered-in-time": LEFT_WAITING}

    def check_field_value(self, value: bytes) -> None:
        if value.count(b" ") > 40 and value.endswith(b"\x7f"):
            try_every_cut()
        super().check_field_value(value)


class SearchesLine(ReferenceServer):
    """A pattern that is slow for one kind of line."""

    def is_slow(self, name: bytes, value: bytes) -> bool:
        raise NotImplementedError

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        name, _, value = line.partition(b":")
        if MANY in value and self.is_slow(name, value):
            try_every_cut()
        return super().parse_field_line(line)


class CutsBlanksBefore(SearchesLine):
    """Optional white space, and then a value that may begin with it."""

    kills = {
        "blanks-before-field-value-answered-in-time": LEFT_WAITING,
        "blanks-in-trailer-answered-in-time": LEFT_WAITING,
    }

    def is_slow(self, name: bytes, value: bytes) -> bool:
        return name == b"X-A" and value.startswith(MANY)


class CutsBlanksBehind(SearchesLine):
    """A value that may end with white space, and then optional white space."""

    kills = {"blanks-behind-field-value-answered-in-time": LEFT_WAITING}

    def is_slow(self, name: bytes, value: bytes) -> bool:
        return value.endswith(MANY)


class SearchesTheEnd(SearchesLine):
    """White space at the end is searched from the first blank on, and then from the second."""

    kills = {"blanks-within-field-value-answered-in-time": LEFT_WAITING}

    def is_slow(self, name: bytes, value: bytes) -> bool:
        return value.startswith(b" v") and not value.endswith(b" ")


class CutsBlanksBeforeLength(SearchesLine):
    """The number in a Content-Length is found by a pattern of its own."""

    kills = {"blanks-before-content-length-answered-in-time": LEFT_WAITING}

    def is_slow(self, name: bytes, value: bytes) -> bool:
        return name == b"Content-Length"


class CutsBlanksInExtension(ReferenceServer):
    """A line of any length is searched for where the name of an extension begins."""

    kills = {"blanks-in-chunk-extension-answered-in-time": LEFT_WAITING}

    def decode_chunk_size(self, connection: Any, body: Any) -> int:
        if b";" + MANY in connection.buffer:
            try_every_cut()
            raise BadRequest("too long an extension")
        return super().decode_chunk_size(connection, body)
