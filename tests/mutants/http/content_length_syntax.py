"""Mutants of the syntax of Content-Length."""

from __future__ import annotations

import re
import time
from http import HTTPStatus

from reference_server import ReferenceServer
from reference_server.errors import RequestRejected
from reference_server.state import Connection, Request


class ForgivesPlus(ReferenceServer):
    """Forgives plus."""

    kills = {}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.removeprefix(b"+") for value in lengths)])


class ForgivesMinus(ReferenceServer):
    """Forgives minus."""

    kills = {}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.removeprefix(b"-") for value in lengths)])


class ForgivesUnderscore(ReferenceServer):
    """Forgives underscore."""

    kills = {}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.replace(b"_", b"") for value in lengths)])


class ReadsHexadecimal(ReferenceServer):
    """Reads hexadecimal."""

    kills = {}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.removeprefix(b"0x") for value in lengths)])


class ReadsOctal(ReferenceServer):
    """Reads octal."""

    kills = {}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.removeprefix(b"0o") for value in lengths)])


class StopsAtSpace(ReferenceServer):
    """Stops at space."""

    kills = {}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.partition(b" ")[0] for value in lengths)])


class StopsAtPoint(ReferenceServer):
    """Stops at point."""

    kills = {}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.partition(b".")[0] for value in lengths)])


class ReadsExponent(ReferenceServer):
    """Reads exponent."""

    kills = {}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.removesuffix(b"e0") for value in lengths)])


class IgnoresWords(ReferenceServer):
    """Ignores words."""

    kills = {}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(b"0" if value == b"five" else value for value in lengths)])


class StopsAtLetter(ReferenceServer):
    """Stops at letter."""

    kills = {}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length(
            [*(re.sub(rb"^([0-9]+)[a-dx]$", rb"\1", value) for value in lengths)]
        )


class CutsParameters(ReferenceServer):
    """Cuts parameters."""

    kills = {}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.partition(b";")[0] for value in lengths)])


class Unquotes(ReferenceServer):
    """Unquotes."""

    kills = {}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.strip(b'"') for value in lengths)])


class TakesEmptyForNone(ReferenceServer):
    """Takes empty for none."""

    kills = {}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value or b"0" for value in lengths)])


class ReadsAnyDecimal(ReferenceServer):
    """Reads any decimal."""

    kills = {}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(b"5" if value == b"\xd9\xa5" else value for value in lengths)])


class ReadsSuperscript(ReferenceServer):
    """Reads superscript."""

    kills = {}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.replace(b"\xb2", b"2") for value in lengths)])


class StripsNoBreakSpace(ReferenceServer):
    """Strips no break space."""

    kills = {}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.lstrip(b"\xa0") for value in lengths)])


class StripsVerticalTab(ReferenceServer):
    """Strips vertical tab."""

    kills = {}

    def check_field_value(self, value: bytes) -> None:
        super().check_field_value(value.removeprefix(b"\x0b5"))

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.lstrip(b"\x0b") for value in lengths)])


class StopsAtNul(ReferenceServer):
    """Stops at nul."""

    kills = {}

    def check_field_value(self, value: bytes) -> None:
        super().check_field_value(value.removesuffix(b"5\0"))

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.partition(b"\0")[0] for value in lengths)])


class TakesFirstOfList(ReferenceServer):
    """Takes first of list."""

    kills = {}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.partition(b", ")[0] for value in lengths)])


class DropsEmptyMember(ReferenceServer):
    """Drops empty member."""

    kills = {}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.removesuffix(b",") for value in lengths)])


class TakesFirstLength(ReferenceServer):
    """Takes first length."""

    kills = {}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([lengths[0]])


class TakesLastLength(ReferenceServer):
    """Takes last length."""

    kills = {}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([lengths[-1]])


class LooksAtPostAlone(ReferenceServer):
    """Looks at post alone."""

    kills = {}

    def determine_body_framing(self, request: Request) -> None:
        try:
            super().determine_body_framing(request)
        except RequestRejected:
            if request.method != "GET" or self.field_values(request, b"transfer-encoding"):
                raise


class Answers411(ReferenceServer):
    """Answers 4 1 1."""

    kills = {}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        if lengths[-1] in (b"five", b"6"):
            raise RequestRejected(HTTPStatus.LENGTH_REQUIRED, "no length can be read")
        return super().parse_content_length(lengths)


class KeepsConnectionOpen(ReferenceServer):
    """Keeps connection open."""

    kills = {}

    def reject_request(self, connection: Connection, request: Request, rejection: RequestRejected) -> None:
        super().reject_request(connection, request, rejection)
        if b"five" in self.field_values(request, b"content-length"):
            while self.receive(connection, time.monotonic() + 30):
                pass
