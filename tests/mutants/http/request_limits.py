"""Mutants of the limits."""

from __future__ import annotations

from reference_server import ReferenceServer
from reference_server.state import Connection


class CutsLongValue(ReferenceServer):
    """Cuts long value."""

    kills = {
        "field-value-of-64k-whole-or-refused": "length of the value",
    }

    MAX_FIELD_OCTETS = 1_000_000

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        name, value = super().parse_field_line(line)
        return name, value[:65_535]


class CutsLongName(ReferenceServer):
    """Cuts long name."""

    kills = {
        "field-name-of-64k-whole-or-refused": "length of the name",
    }

    MAX_FIELD_OCTETS = 1_000_000

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        name, value = super().parse_field_line(line)
        return name[:65_535], value


class DropsFieldsBeyondLimit(ReferenceServer):
    """Drops fields beyond limit."""

    kills = {
        "fields-by-the-thousand-all-or-refused": "fields in the environ: want 1000, got 498",
    }

    MAX_FIELDS = 10_000

    def read_field_lines(self, connection: Connection, deadline: float) -> list[tuple[bytes, bytes]]:
        return super().read_field_lines(connection, deadline)[:500]


class DropsFieldsBeyondFifty(ReferenceServer):
    """Drops fields beyond fifty."""

    kills = {
        "fields-up-to-the-limit-all-there": "fields in the environ: want 60, got 48",
    }

    MAX_FIELDS = 10_000

    def read_field_lines(self, connection: Connection, deadline: float) -> list[tuple[bytes, bytes]]:
        fields = super().read_field_lines(connection, deadline)
        return fields[:50] if len(fields) < 100 else fields


class DropsLongFields(ReferenceServer):
    """A field line above 8190 octets is skipped, and the request goes on without it."""

    kills = {
        "field-value-of-12000-octets-whole-or-refused": "length of the value: want 12000, got 0",
    }

    def read_field_lines(self, connection: Connection, deadline: float) -> list[tuple[bytes, bytes]]:
        fields = super().read_field_lines(connection, deadline)
        return [(name, value) for name, value in fields if len(value) <= 8190]
