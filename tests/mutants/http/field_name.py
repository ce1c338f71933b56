"""Mutants of field names and of the lines they begin."""

from __future__ import annotations

import re

from reference_server import ReferenceServer
from reference_server.errors import BadRequest
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

    kills = {
        "empty-continuation-ends-nothing": "HTTP_X_A: want \"'a b', or a refusal\", got a",
        "field-line-without-colon-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "folded-value-joined-or-refused": "HTTP_X_A: want \"'a b', or a refusal\", got a",
        "tab-folded-value-joined-or-refused": "HTTP_X_A: want \"'a b', or a refusal\", got a",
        "twice-folded-value-joined-or-refused": "HTTP_X_A: want \"'a b', or a refusal\", got a",
    }

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        return super().parse_field_line(line if b":" in line else b"X-Skipped: ")


class SkipsEmptyName(ReferenceServer):
    """Skips empty name."""

    kills = {
        "field-name-empty-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        return super().parse_field_line(b"X-Skipped" + line if line.startswith(b":") else line)


class ForgivesInnerSpace(ReferenceServer):
    """Forgives inner space."""

    kills = {
        "field-name-with-space-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        return super().parse_field_line(line.replace(b"X A:", b"X-A:"))


class ForgivesBrackets(Lenient):
    """Forgives brackets."""

    kills = {
        "field-name-with-bracket-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    forgiven = b"[]"


class ForgivesAtSign(Lenient):
    """Forgives at sign."""

    kills = {
        "field-name-with-at-sign-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    forgiven = b"@"


class ForgivesQuotes(Lenient):
    """Forgives quotes."""

    kills = {
        "field-name-with-quote-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    forgiven = b'"'


class ForgivesHighOctets(Lenient):
    """Forgives high octets."""

    kills = {
        "field-name-with-octet-above-ascii-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    forgiven = bytes(range(0x80, 0x100))


class ForgivesNul(Lenient):
    """Forgives nul."""

    kills = {
        "field-name-with-nul-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    forgiven = b"\0"


class ForgivesControlCharacter(Lenient):
    """Forgives control character."""

    kills = {
        "field-name-with-control-character-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    forgiven = b"\x01"


class StripsVerticalTab(ReferenceServer):
    """Strips vertical tab."""

    kills = {
        "field-name-with-vertical-tab-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        return super().parse_field_line(line.replace(b"\x0b:", b":"))


class EndsNameAtBareCr(ReferenceServer):
    """Ends name at bare cr."""

    kills = {
        "field-name-with-bare-cr-refused": "the field name with a bare CR: want a refusal, got a field in the environ",
    }

    def check_line_ends(self, octets: bytes) -> None:
        super().check_line_ends(octets.replace(b"X-Bad\r", b""))

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        return super().parse_field_line(line.removeprefix(b"X-Bad\r"))


class StripsSpaceBeforeColon(ReferenceServer):
    """Strips space before colon."""

    kills = {
        "space-before-colon-in-third-request-answered-400": "answer to the third request: want 400, got 'a call",
        "space-before-colon-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "space-before-colon-of-coding-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "space-before-colon-of-host-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "space-before-colon-of-length-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "trailer-with-space-before-colon-refused": "calls for what is behind a malformed trailer: want 0",
    }

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        return super().parse_field_line(re.sub(rb"^([!-9;-~]+) +:", rb"\1:", line))


class StripsTabBeforeColon(ReferenceServer):
    """Strips tab before colon."""

    kills = {
        "tab-before-colon-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        return super().parse_field_line(line.replace(b"\t:", b":"))


class TakesIndentedLineForField(ReferenceServer):
    """Takes indented line for field."""

    kills = {
        "folded-host-read-or-refused": "HTTP_HOST",
        "folded-line-makes-no-field": "HTTP_X_A: want \"'a b', or a refusal\", got a",
        "leading-space-line-ignored-or-refused": "environ['HTTP_X_BAD']: want absent, got 1",
    }

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        return super().parse_field_line(line.lstrip(b" "))


class TakesLineBehindTabForField(ReferenceServer):
    """Takes line behind tab for field."""

    kills = {
        "leading-tab-line-ignored-or-refused": "environ['HTTP_X_BAD']: want absent, got 1",
    }

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        return super().parse_field_line(line.lstrip(b"\t"))


class KnowsContentLengthInOneSpelling(ReferenceServer):
    """Knows content length in one spelling."""

    kills = {
        "field-name-in-any-case": "CONTENT_LENGTH: want 5, got ''",
    }

    def field_values(self, request: Request, name: bytes) -> list[bytes]:
        if name == b"content-length":
            return [value for key, value in request.fields if key == b"Content-Length"]
        return super().field_values(request, name)


class MissesHostInOtherSpellings(ReferenceServer):
    """Looks for Host as most clients write it, and misses it otherwise."""

    kills = {
        "field-name-in-any-case": "a request with field names in other cases: want a call of the application, got 400",
    }

    def field_values(self, request: Request, name: bytes) -> list[bytes]:
        if name == b"host":
            return [value for key, value in request.fields if key == b"Host"]
        return super().field_values(request, name)


class ForgivesInnerTab(ReferenceServer):
    """Forgives inner tab."""

    kills = {
        "field-name-with-tab-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        return super().parse_field_line(line.replace(b"X\tA:", b"X-A:"))


class ForgivesSlash(Lenient):
    """``.-9`` is a range."""

    kills = {
        "field-name-with-slash-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    forgiven = b"/"


class ForgivesCommaInName(Lenient):
    """``+-.`` is a range."""

    kills = {
        "field-name-with-comma-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    forgiven = b","


class ForgivesBrace(Lenient):
    """``a-~`` is a range."""

    kills = {
        "field-name-with-brace-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    forgiven = b"{"


class KnowsFewerCharacters(ReferenceServer):
    """A name has letters, digits and hyphens."""

    kills = {
        "field-name-of-all-token-characters-read": "a request with an odd field name: want a call, got 400",
    }

    def check_field_name(self, name: bytes) -> None:
        super().check_field_name(name)
        if b"`|~" in name:
            raise BadRequest("no such name")
