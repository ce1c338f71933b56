"""Mutants of field values."""

from __future__ import annotations

from http import HTTPStatus

from reference_server import ReferenceServer
from reference_server.errors import RequestRejected
from reference_server.state import Connection


class SplitsLines(ReferenceServer):
    """Decodes the head and splits it into lines as text."""

    separator = b""

    def check_field_value(self, value: bytes) -> None:
        super().check_field_value(value.replace(self.separator, b""))

    def read_field_lines(self, connection: Connection, deadline: float) -> list[tuple[bytes, bytes]]:
        fields: list[tuple[bytes, bytes]] = []
        for name, value in super().read_field_lines(connection, deadline):
            first, *others = value.split(self.separator)
            fields.append((name, first))
            for other in others:
                inner, _, rest = other.partition(b":")
                fields.append((inner or b"X-Empty", rest.strip()))
        return fields


class TrimsOnlyBefore(ReferenceServer):
    """Trims only before."""

    kills = {}

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        name, value = super().parse_field_line(line)
        return name, line.partition(b":")[2].lstrip(b" \t") if name == b"X-A" else value


class SplitsAtColonAndSpace(ReferenceServer):
    """Splits at colon and space."""

    kills = {}

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        name, value = super().parse_field_line(line)
        return name, b"" if line.partition(b":")[2][:1] not in (b" ", b"\t") and name == b"X-A" else value


class JoinsInnerSpace(ReferenceServer):
    """Joins inner space."""

    kills = {}

    def check_field_value(self, value: bytes) -> None:
        super().check_field_value(value)

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        name, value = super().parse_field_line(line)
        return name, value.replace(b"  ", b" ")


class CutsValueAtColon(ReferenceServer):
    """Cuts value at colon."""

    kills = {}

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        name, value = super().parse_field_line(line)
        return name, value.rpartition(b": ")[2] if name == b"X-A" else value


class StripsAsBytes(ReferenceServer):
    """strip() without an argument knows more than two kinds of white space."""

    kills = {}

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        name, colon, value = line.partition(b":")
        return super().parse_field_line(name + colon + value.strip())


class StripsAsText(ReferenceServer):
    """Strips as text."""

    kills = {}

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        name, colon, value = line.partition(b":")
        text = value.decode("latin-1").strip("\x85\xa0 \t")
        return super().parse_field_line(name + colon + text.encode("latin-1"))


class KeepsNul(ReferenceServer):
    """Keeps nul."""

    kills = {}

    def check_field_value(self, value: bytes) -> None:
        super().check_field_value(value.replace(b"\0", b""))


class KeepsBareCr(ReferenceServer):
    """Keeps bare cr."""

    kills = {}

    def check_line_ends(self, octets: bytes) -> None:
        super().check_line_ends(octets.replace(b"a\rb", b"").rstrip(b"\r\n"))

    def check_field_value(self, value: bytes) -> None:
        super().check_field_value(value.replace(b"\r", b""))


class SplitsAtVerticalTab(SplitsLines):
    """Splits at vertical tab."""

    kills = {}

    separator = b"\x0b"


class SplitsAtFormFeed(SplitsLines):
    """Splits at form feed."""

    kills = {}

    separator = b"\x0c"


class SplitsAtFileSeparator(SplitsLines):
    """Splits at file separator."""

    kills = {}

    separator = b"\x1c"


class SplitsAtNextLine(SplitsLines):
    """Splits at next line."""

    kills = {}

    separator = b"\x85"


class SplitsAtLineSeparator(SplitsLines):
    """Splits at line separator."""

    kills = {}

    separator = b"\xe2\x80\xa8"


class DropsHighOctets(ReferenceServer):
    """Drops high octets."""

    kills = {}

    def join_repeated_fields(self, name: str, values: list[bytes]) -> str:
        return super().join_repeated_fields(name, values).encode("ascii", "ignore").decode("ascii")


class DecodesUtf8(ReferenceServer):
    """Decodes utf 8."""

    kills = {}

    def check_field_value(self, value: bytes) -> None:
        super().check_field_value(value)
        try:
            value.decode("utf-8")
        except UnicodeDecodeError:
            raise RequestRejected(HTTPStatus.INTERNAL_SERVER_ERROR, "invalid start byte") from None
