"""Field lines: RFC 9112, section 5, and RFC 9110, section 5."""

from __future__ import annotations

import re
from http import HTTPStatus

from .errors import BadRequest, RequestRejected
from .state import Connection, Request
from .wire import Wire

TOKEN = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
# VCHAR, obs-text, SP and HTAB. RFC 9110, 5.5 lets other controls be retained; refusing them is safer.
FIELD_VALUE = re.compile(rb"[\t\x20-\x7e\x80-\xff]*")
OWS = b" \t"


class Fields(Wire):
    """Reading field lines, and looking at them afterwards."""

    def read_field_lines(self, connection: Connection, deadline: float) -> list[tuple[bytes, bytes]]:
        """Read up to the empty line. RFC 9110, 5.4: too large is answered with a 4xx, never cut short."""
        fields: list[tuple[bytes, bytes]] = []
        room = self.MAX_FIELD_OCTETS
        while True:
            line = self.receive_line(connection, room, deadline)
            if line == b"":
                return fields
            if line is None or len(fields) >= self.MAX_FIELDS:
                too_large = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                raise RequestRejected(too_large, "too many fields, or too large ones")
            room -= len(line)
            fields.append(self.parse_field_line(line))

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        """RFC 9112, 5: ``field-line = field-name ":" OWS field-value OWS``."""
        self.check_no_folding(line)
        name, colon, value = line.partition(b":")
        if not colon:
            raise BadRequest("a field line without a colon")
        self.check_field_name(name)
        # bytes.strip() without an argument would strip more than OWS.
        value = value.strip(OWS)
        self.check_field_value(value)
        return name, value

    def check_no_folding(self, line: bytes) -> None:
        """RFC 9112, 5.2: obs-fold is refused; 2.2: so is whitespace before the first field line."""
        if line[:1] in (b" ", b"\t"):
            raise BadRequest("obsolete line folding is unacceptable")

    def check_field_name(self, name: bytes) -> None:
        """RFC 9112, 5.1: whitespace between name and colon MUST be answered with 400; a name is a token."""
        if not TOKEN.fullmatch(name):
            raise BadRequest("a field name must be a token, directly followed by a colon")

    def check_field_value(self, value: bytes) -> None:
        """RFC 9110, 5.5: a value with CR, LF or NUL MUST be rejected (or the octet replaced)."""
        if not FIELD_VALUE.fullmatch(value):
            raise BadRequest("a control character in a field value")

    def field_values(self, request: Request, name: bytes) -> list[bytes]:
        """RFC 9110, 5.1: field names are case-insensitive. The values of all lines, in order."""
        return [value for key, value in request.fields if key.lower() == name]

    def list_members(self, request: Request, name: bytes) -> list[bytes]:
        """RFC 9110, 5.6.1.2: "parse and ignore a reasonable number of empty list elements"."""
        values = self.field_values(request, name)
        if not values:
            return []
        members = b",".join(values).lower().split(b",")
        return [stripped for member in members if (stripped := member.strip(OWS))]
