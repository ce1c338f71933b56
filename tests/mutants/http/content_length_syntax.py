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


class TakesFirstOfList(ReferenceServer):
    """Takes first of list."""

    kills = {
        "length-list-alike-read-once-or-refused": "CONTENT_LENGTH: want 5, got '5, 5'",
        "length-list-with-difference-at-its-end-refused": "the malformed request",
        "length-list-with-difference-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.partition(b", ")[0] for value in lengths)])


class DropsEmptyMember(ReferenceServer):
    """Drops empty member."""

    kills = {
        "length-list-with-empty-member-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.removesuffix(b",") for value in lengths)])


class TakesFirstLength(ReferenceServer):
    """Takes first length."""

    kills = {
        "length-repeated-with-difference-at-the-end-refused": "the malformed request",
        "length-repeated-with-difference-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "length-repeated-with-difference-refused-in-other-order": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "request-behind-smaller-length-not-run": "calls for the request within the content: want 0, got 1",
        "length-repeated-in-other-letters-with-difference-refused": "the malformed request: want a refusal, got 'a call",
        "length-repeated-behind-zero-refused": "the malformed request: want a refusal, got 'a call",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([lengths[0]])


class TakesLastLength(ReferenceServer):
    """Takes last length."""

    kills = {
        "length-repeated-with-difference-at-the-end-refused": "the malformed request",
        "length-repeated-with-difference-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "length-repeated-with-difference-refused-in-other-order": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "request-behind-smaller-length-not-run-in-other-order": "calls for the request within the content: want 0, got 1",
        "length-repeated-in-other-letters-with-difference-refused": "the malformed request: want a refusal, got 'a call",
        "length-repeated-behind-zero-refused": "the malformed request: want a refusal, got 'a call",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([lengths[-1]])


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


class ForgivesLeadingComma(ReferenceServer):
    """An empty member before the number is dropped."""

    kills = {"length-list-with-leading-comma-refused": "the malformed request: want a refusal, got 'a call"}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([value.lstrip(b",") for value in lengths])


class ComparesTwoMembers(ReferenceServer):
    """A list whose first two numbers are equal is a repetition."""

    kills = {
        "length-list-with-difference-at-its-end-refused": "the malformed request: want a refusal, got 'a call"
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        members = lengths[0].split(b", ")
        return super().parse_content_length(members[:1] if len(members) > 2 else lengths)


class ComparesTwoFields(ReferenceServer):
    """Of several fields the first two are compared."""

    kills = {
        "length-repeated-with-difference-at-the-end-refused": "the malformed request: want a refusal, got 'a call"
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length(lengths[:1] if len(lengths) > 2 else lengths)


class ConvertsOldLengths(ReferenceServer):
    """The length of a request in HTTP/1.0 is left to int()."""

    kills = {"length-with-plus-in-http-1-0-refused": "the malformed request: want a refusal, got 'a call"}

    def determine_body_framing(self, request: Request) -> None:
        if request.version < (1, 1):
            request.fields = [(name, value.lstrip(b"+")) for name, value in request.fields]
        super().determine_body_framing(request)


class KeepsFieldsAsWritten(ReferenceServer):
    """The fields are in a dictionary by their names as written, and the first that fits is taken."""

    kills = {
        "coding-repeated-in-other-letters-without-chunked-last-refused": "the malformed request: want a refusal",
        "host-repeated-apart-answered-400": "the malformed request: want a refusal, got 'a call",
        "length-repeated-in-other-letters-with-difference-refused": "the malformed request: want a refusal",
    }

    def field_values(self, request: Request, name: bytes) -> list[bytes]:
        written = next((key for key, _ in request.fields if key.lower() == name), b"")
        return [value for key, value in request.fields if key == written]


class TakesZeroForNone(ReferenceServer):
    """A length that is false is none, and the next one is the first."""

    kills = {"length-repeated-behind-zero-refused": "the malformed request: want a refusal, got 'a call, and"}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length(lengths[1:] if lengths[0] == b"0" and lengths[1:] else lengths)
