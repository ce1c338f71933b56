"""Mutants of obsolete line folding."""

from __future__ import annotations

from reference_server import ReferenceServer
from reference_server.state import Connection, Request


class Folding(ReferenceServer):
    """Unfolds, as the law allows: by itself this is no mutant."""

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        return (b"", line) if line[:1] in (b" ", b"\t") else super().parse_field_line(line)

    def read_field_lines(self, connection: Connection, deadline: float) -> list[tuple[bytes, bytes]]:
        fields: list[tuple[bytes, bytes]] = []
        for name, value in super().read_field_lines(connection, deadline):
            if name:
                fields.append((name, value))
            elif fields:
                fields[-1] = (fields[-1][0], self.unfold(fields[-1][1], value))
        return fields

    def unfold(self, value: bytes, continuation: bytes) -> bytes:
        """Join a value and its continuation."""
        return (value + b" " + continuation.strip(b" \t")).strip(b" ")


class KeepsLineEnd(Folding):
    """The line end is a part of the value."""

    kills = {}

    def unfold(self, value: bytes, continuation: bytes) -> bytes:
        return value + b"\r\n" + continuation


class DropsFirstPart(Folding):
    """Drops first part."""

    kills = {}

    def unfold(self, value: bytes, continuation: bytes) -> bytes:
        return continuation.strip(b" \t")


class DropsContinuation(Folding):
    """Drops continuation."""

    kills = {}

    def unfold(self, value: bytes, continuation: bytes) -> bytes:
        return value or continuation.strip(b" \t")


class GluesAtTab(Folding):
    """Glues at tab."""

    kills = {}

    def unfold(self, value: bytes, continuation: bytes) -> bytes:
        if continuation[:1] == b"\t":
            return value + continuation.strip(b" \t")
        return super().unfold(value, continuation)


class UnfoldsOnce(Folding):
    """Unfolds once."""

    kills = {}

    def unfold(self, value: bytes, continuation: bytes) -> bytes:
        return value if value.endswith(b" b") else super().unfold(value, continuation)


class FieldInContinuation(Folding):
    """Field in continuation."""

    kills = {}

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        return super().parse_field_line(line.lstrip(b" ") if b":" in line else line)


class EndsHeadAtWhiteSpace(ReferenceServer):
    """A line of white space alone is the empty line."""

    kills = {}

    def receive_line(self, connection: Connection, limit: int, deadline: float) -> bytes | None:
        line = super().receive_line(connection, limit, deadline)
        return line if line is None or line.strip(b" \t") else b""


class ForgetsValueBehindFold(Folding):
    """A value that begins on the second line is empty, and an empty framing is none."""

    kills = {}

    def unfold(self, value: bytes, continuation: bytes) -> bytes:
        return super().unfold(value, continuation) if value else b""

    def field_values(self, request: Request, name: bytes) -> list[bytes]:
        values = super().field_values(request, name)
        return [value for value in values if value] if name != b"host" else values
