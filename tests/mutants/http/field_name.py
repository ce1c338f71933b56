"""Mutants of field names and of the lines they begin."""

from __future__ import annotations

import re

from reference_server import ReferenceServer
from reference_server.state import Request


class Lenient(ReferenceServer):
    """Takes some octets in a field name that no token has."""

    forgiven = b""

    def check_field_name(self, name: bytes) -> None:
        super().check_field_name(name.translate(None, self.forgiven))

    def header_variable_name(self, name: bytes) -> str:
        return super().header_variable_name(name.translate(None, self.forgiven))


class SkipsLineWithoutColon(ReferenceServer):
    """Skips line without colon."""

    kills = {}

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        return super().parse_field_line(line if b":" in line else b"X-Skipped: ")


class SkipsEmptyName(ReferenceServer):
    """Skips empty name."""

    kills = {}

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        return super().parse_field_line(b"X-Skipped" + line if line.startswith(b":") else line)


class ForgivesInnerSpace(ReferenceServer):
    """Forgives inner space."""

    kills = {}

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        return super().parse_field_line(line.replace(b"X A:", b"X-A:"))


class ForgivesBrackets(Lenient):
    """Forgives brackets."""

    kills = {}

    forgiven = b"[]"


class ForgivesAtSign(Lenient):
    """Forgives at sign."""

    kills = {}

    forgiven = b"@"


class ForgivesQuotes(Lenient):
    """Forgives quotes."""

    kills = {}

    forgiven = b'"'


class ForgivesHighOctets(Lenient):
    """Forgives high octets."""

    kills = {}

    forgiven = bytes(range(0x80, 0x100))


class ForgivesNul(Lenient):
    """Forgives nul."""

    kills = {}

    forgiven = b"\0"


class ForgivesControlCharacter(Lenient):
    """Forgives control character."""

    kills = {}

    forgiven = b"\x01"


class StripsVerticalTab(ReferenceServer):
    """Strips vertical tab."""

    kills = {}

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        return super().parse_field_line(line.replace(b"\x0b:", b":"))


class StripsSpaceBeforeColon(ReferenceServer):
    """Strips space before colon."""

    kills = {}

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        return super().parse_field_line(re.sub(rb"^([!-9;-~]+) +:", rb"\1:", line))


class StripsTabBeforeColon(ReferenceServer):
    """Strips tab before colon."""

    kills = {}

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        return super().parse_field_line(line.replace(b"\t:", b":"))


class TakesIndentedLineForField(ReferenceServer):
    """Takes indented line for field."""

    kills = {}

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        return super().parse_field_line(line.lstrip(b" "))


class TakesLineBehindTabForField(ReferenceServer):
    """Takes line behind tab for field."""

    kills = {}

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        return super().parse_field_line(line.lstrip(b"\t"))


class KnowsContentLengthInOneSpelling(ReferenceServer):
    """Knows content length in one spelling."""

    kills = {}

    def field_values(self, request: Request, name: bytes) -> list[bytes]:
        if name == b"content-length":
            return [value for key, value in request.fields if key == b"Content-Length"]
        return super().field_values(request, name)
