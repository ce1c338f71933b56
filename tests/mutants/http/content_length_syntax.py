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

    kills = {
        "length-with-plus-in-http-1-0-refused": "the malformed request",
        "length-with-plus-in-next-request-answered-400": "answer to the second request",
        "length-with-plus-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.removeprefix(b"+") for value in lengths)])


class ForgivesMinus(ReferenceServer):
    """Forgives minus."""

    kills = {
        "length-with-minus-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "length-of-minus-zero-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.removeprefix(b"-") for value in lengths)])


class ForgivesUnderscore(ReferenceServer):
    """Forgives underscore."""

    kills = {
        "length-with-underscore-between-digits-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "length-with-underscore-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.replace(b"_", b"") for value in lengths)])


class ReadsHexadecimal(ReferenceServer):
    """Reads hexadecimal."""

    kills = {
        "length-in-hexadecimal-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.removeprefix(b"0x") for value in lengths)])


class ReadsOctal(ReferenceServer):
    """Reads octal."""

    kills = {
        "length-in-octal-notation-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.removeprefix(b"0o") for value in lengths)])


class StopsAtSpace(ReferenceServer):
    """Stops at space."""

    kills = {
        "length-with-inner-space-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.partition(b" ")[0] for value in lengths)])


class StopsAtPoint(ReferenceServer):
    """Stops at point."""

    kills = {
        "length-with-fraction-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.partition(b".")[0] for value in lengths)])


class ReadsExponent(ReferenceServer):
    """Reads exponent."""

    kills = {
        "length-with-exponent-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.removesuffix(b"e0") for value in lengths)])


class IgnoresWords(ReferenceServer):
    """Ignores words."""

    kills = {
        "length-in-words-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "length-invalid-for-get-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(b"0" if value == b"five" else value for value in lengths)])


class StopsAtLetter(ReferenceServer):
    """Stops at letter."""

    kills = {
        "length-with-trailing-letter-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length(
            [*(re.sub(rb"^([0-9]+)[a-dx]$", rb"\1", value) for value in lengths)]
        )


class CutsParameters(ReferenceServer):
    """Cuts parameters."""

    kills = {
        "length-with-trailing-semicolon-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.partition(b";")[0] for value in lengths)])


class Unquotes(ReferenceServer):
    """Unquotes."""

    kills = {
        "length-in-quotes-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.strip(b'"') for value in lengths)])


class TakesEmptyForNone(ReferenceServer):
    """Takes empty for none."""

    kills = {
        "length-empty-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value or b"0" for value in lengths)])


class ReadsAnyDecimal(ReferenceServer):
    """Reads any decimal."""

    kills = {
        "length-in-arabic-digits-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(b"5" if value == b"\xd9\xa5" else value for value in lengths)])


class ReadsSuperscript(ReferenceServer):
    """Reads superscript."""

    kills = {
        "length-with-superscript-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.replace(b"\xb2", b"2") for value in lengths)])


class StripsNoBreakSpace(ReferenceServer):
    """Strips no break space."""

    kills = {
        "length-with-no-break-space-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.lstrip(b"\xa0") for value in lengths)])


class StripsVerticalTab(ReferenceServer):
    """Strips vertical tab."""

    kills = {
        "length-with-vertical-tab-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_field_value(self, value: bytes) -> None:
        super().check_field_value(value.removeprefix(b"\x0b5"))

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.lstrip(b"\x0b") for value in lengths)])


class StopsAtNul(ReferenceServer):
    """Stops at nul."""

    kills = {
        "length-with-nul-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_field_value(self, value: bytes) -> None:
        super().check_field_value(value.removesuffix(b"5\0006"))

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.partition(b"\0")[0] for value in lengths)])


class LooksAtPostAlone(ReferenceServer):
    """Looks at post alone."""

    kills = {
        "length-invalid-for-get-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "request-behind-invalid-length-of-third-not-run": "calls for what is behind the malformed request",
    }

    def determine_body_framing(self, request: Request) -> None:
        try:
            super().determine_body_framing(request)
        except RequestRejected:
            if request.method != "GET" or self.field_values(request, b"transfer-encoding"):
                raise


class Answers411(ReferenceServer):
    """Answers 4 1 1."""

    kills = {
        "length-invalid-answered-400": "answer to the malformed request: want 400, got 411",
        "length-repeated-answered-400": "answer to the malformed request: want 400, got 411",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        if lengths in ([b"five"], [b"5", b"6"]):
            raise RequestRejected(HTTPStatus.LENGTH_REQUIRED, "no length can be read")
        return super().parse_content_length(lengths)


class AsksWhetherItIsADigit(ReferenceServer):
    """``str.isdigit()`` holds for digits that int() does not read."""

    kills = {"length-with-superscript-answered-400": "answer to the malformed request: want 400, got"}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        if lengths[0].decode("latin-1").isdigit() and not lengths[0].isdigit():
            return int(lengths[0].decode("latin-1"))
        return super().parse_content_length(lengths)


class KeepsConnectionOpen(ReferenceServer):
    """Keeps connection open."""

    kills = {
        "length-invalid-beside-coding-closes-connection": "the connection behind the request: want closed",
        "length-invalid-closes-connection": "the connection behind the refusal: want closed, got timeout",
        "refusal-closes-as-announced": "connection behind Connection: close: want closed, got open",
    }

    def reject_request(self, connection: Connection, request: Request, rejection: RequestRejected) -> None:
        super().reject_request(connection, request, rejection)
        if b"five" in self.field_values(request, b"content-length"):
            while self.receive(connection, time.monotonic() + 30):
                pass


class TakesMinusZeroForZero(ReferenceServer):
    """A length is compared with zero when it is a number already."""

    kills = {
        "length-of-minus-zero-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([b"0" if value == b"-0" else value for value in lengths])


class ConvertsOldLengths(ReferenceServer):
    """The length of a request in HTTP/1.0 is left to int()."""

    kills = {"length-with-plus-in-http-1-0-refused": "the malformed request: want a refusal, got 'a call"}

    def determine_body_framing(self, request: Request) -> None:
        if request.version < (1, 1):
            request.fields = [(name, value.lstrip(b"+")) for name, value in request.fields]
        super().determine_body_framing(request)


class ForgivesUnderscoreBetweenDigits(ReferenceServer):
    """Has int() read what is left behind the leading zeros."""

    kills = {
        "length-with-underscore-between-digits-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        digits = lengths[0].lstrip(b"0")
        return int(digits) if b"_" in digits[1:-1] else super().parse_content_length(lengths)
