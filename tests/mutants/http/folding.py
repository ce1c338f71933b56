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

    kills = {
        "empty-continuation-ends-nothing": "HTTP_X_A: want \"'a b', or a refusal\", got 'a\\r\\n \\r\\n\\tb'",
        "folded-line-makes-no-field": "HTTP_X_A: want \"'a b', or a refusal\", got 'a\\r\\n X-B: b'",
        "folded-value-joined-or-refused": "HTTP_X_A: want \"'a b', or a refusal\", got 'a\\r\\n b'",
        "tab-folded-value-joined-or-refused": "HTTP_X_A: want \"'a b', or a refusal\", got 'a\\r\\n\\tb'",
        "twice-folded-value-joined-or-refused": "HTTP_X_A: want \"'a b', or a refusal\", got 'a\\r\\n b\\r\\n c'",
    }

    def unfold(self, value: bytes, continuation: bytes) -> bytes:
        return value + b"\r\n" + continuation


class DropsFirstPart(Folding):
    """Drops first part."""

    kills = {
        "empty-continuation-ends-nothing": "HTTP_X_A: want \"'a b', or a refusal\", got b",
        "folded-line-makes-no-field": "HTTP_X_A: want \"'a b', or a refusal\", got X-B: b",
        "folded-value-joined-or-refused": "HTTP_X_A: want \"'a b', or a refusal\", got b",
        "tab-folded-value-joined-or-refused": "HTTP_X_A: want \"'a b', or a refusal\", got b",
        "twice-folded-value-joined-or-refused": "HTTP_X_A: want \"'a b', or a refusal\", got c",
    }

    def unfold(self, value: bytes, continuation: bytes) -> bytes:
        return continuation.strip(b" \t")


class DropsContinuation(Folding):
    """Drops continuation."""

    kills = {
        "empty-continuation-ends-nothing": "HTTP_X_A: want \"'a b', or a refusal\", got a",
        "folded-line-makes-no-field": "HTTP_X_A: want \"'a b', or a refusal\", got a",
        "folded-value-joined-or-refused": "HTTP_X_A: want \"'a b', or a refusal\", got a",
        "tab-folded-value-joined-or-refused": "HTTP_X_A: want \"'a b', or a refusal\", got a",
        "twice-folded-value-joined-or-refused": "HTTP_X_A: want \"'a b', or a refusal\", got a",
    }

    def unfold(self, value: bytes, continuation: bytes) -> bytes:
        return value or continuation.strip(b" \t")


class GluesAtTab(Folding):
    """Glues at tab."""

    kills = {
        "empty-continuation-ends-nothing": "HTTP_X_A: want \"'a b', or a refusal\", got ab",
        "tab-folded-value-joined-or-refused": "HTTP_X_A: want \"'a b', or a refusal\", got ab",
    }

    def unfold(self, value: bytes, continuation: bytes) -> bytes:
        if continuation[:1] == b"\t":
            return value + continuation.strip(b" \t")
        return super().unfold(value, continuation)


class UnfoldsOnce(Folding):
    """Unfolds once."""

    kills = {
        "twice-folded-value-joined-or-refused": "HTTP_X_A: want \"'a b', or a refusal\", got a b",
    }

    def unfold(self, value: bytes, continuation: bytes) -> bytes:
        return value if value.endswith(b" b") else super().unfold(value, continuation)


class FieldInContinuation(Folding):
    """Field in continuation."""

    kills = {
        "folded-host-read-or-refused": "HTTP_HOST",
        "folded-line-makes-no-field": "HTTP_X_A: want \"'a b', or a refusal\", got a",
        "leading-space-line-ignored-or-refused": "environ['HTTP_X_BAD']: want absent, got 1",
    }

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        return super().parse_field_line(line.lstrip(b" ") if b":" in line else line)


class EndsHeadAtWhiteSpace(ReferenceServer):
    """A line of white space alone is the empty line."""

    kills = {
        "empty-continuation-ends-nothing": "HTTP_X_A: want \"'a b', or a refusal\", got a",
        "line-of-white-space-ends-no-trailers": "calls for what is behind a line of white space: want 0",
    }

    def receive_line(self, connection: Connection, limit: int, deadline: float) -> bytes | None:
        line = super().receive_line(connection, limit, deadline)
        return line if line is None or line.strip(b" \t") else b""


class ForgetsValueBehindFold(Folding):
    """A value that begins on the second line is empty, and an empty framing is none."""

    kills = {
        "coding-empty-refused": "the malformed request: want a refusal, got 'a call that raised (ProbeError: the content is not what was expected), and 500 as answer'",
        "folded-coding-read-or-refused": "the content: want hello, got ''",
        "folded-host-read-or-refused": "HTTP_HOST",
        "folded-length-read-or-refused": "the content: want hello, got ''",
        "length-empty-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def unfold(self, value: bytes, continuation: bytes) -> bytes:
        return super().unfold(value, continuation) if value else b""

    def field_values(self, request: Request, name: bytes) -> list[bytes]:
        values = super().field_values(request, name)
        return [value for value in values if value] if name != b"host" else values
