"""Mutants of field values."""

from __future__ import annotations

from http import HTTPStatus

from reference_server import ReferenceServer
from reference_server.errors import BadRequest, RequestRejected
from reference_server.state import Connection, Request


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

    kills = {
        "field-value-trimmed": "HTTP_X_A: want v, got 'v\\t '",
    }

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        name, value = super().parse_field_line(line)
        return name, line.partition(b":")[2].lstrip(b" \t") if name == b"X-A" else value


class SplitsAtColonAndSpace(ReferenceServer):
    """Splits at colon and space."""

    kills = {
        "field-value-without-space-read": "HTTP_X_A: want v, got ''",
    }

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        name, value = super().parse_field_line(line)
        return name, b"" if line.partition(b":")[2][:1] not in (b" ", b"\t") and name == b"X-A" else value


class JoinsInnerSpace(ReferenceServer):
    """Joins inner space."""

    kills = {
        "field-value-inner-space-kept": "HTTP_X_A: want 'a  b\\tc', got 'a b\\tc'",
        "header-inner-whitespace-kept": "HTTP_X_INNER: want 'a  b\\tc', got 'a b\\tc'",
    }

    def check_field_value(self, value: bytes) -> None:
        super().check_field_value(value)

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        name, value = super().parse_field_line(line)
        return name, value.replace(b"  ", b" ")


class CutsValueAtColon(ReferenceServer):
    """Cuts value at colon."""

    kills = {
        "field-value-colon-kept": "HTTP_X_A: want a:b: c, got c",
    }

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        name, value = super().parse_field_line(line)
        return name, value.rpartition(b": ")[2] if name == b"X-A" else value


class StripsAsBytes(ReferenceServer):
    """strip() without an argument knows more than two kinds of white space."""

    kills = {
        "coding-before-vertical-tab-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "coding-behind-vertical-tab-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "field-value-form-feed-not-trimmed": "HTTP_X_A: want '\\x0cv\\x0c', got v",
        "field-value-vertical-tab-not-trimmed": "HTTP_X_A: want '\\x0bv\\x0b', got v",
        "length-with-vertical-tab-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "coding-behind-form-feed-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        name, colon, value = line.partition(b":")
        return super().parse_field_line(name + colon + value.strip())


class StripsAsText(ReferenceServer):
    """Strips as text."""

    kills = {
        "coding-behind-no-break-space-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "field-value-next-line-not-trimmed": "HTTP_X_A: want '\\x85v\\x85', got v",
        "field-value-no-break-space-not-trimmed": "HTTP_X_A: want '\\xa0v\\xa0', got v",
        "header-octets-not-stripped": "HTTP_X_SPACES: want '\\xa0v\\x85', got v",
        "length-with-no-break-space-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "repeated-field-octets-kept": "members of HTTP_X_OCTETS: want ['é', '\\xa0é\\xa0']",
    }

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        name, colon, value = line.partition(b":")
        text = value.decode("latin-1").strip("\x85\xa0 \t")
        return super().parse_field_line(name + colon + text.encode("latin-1"))


class KeepsNul(ReferenceServer):
    """Keeps nul."""

    kills = {
        "field-value-nul-in-third-request-refused-or-replaced": "HTTP_X_A of the third request: want a b, got",
        "field-value-nul-refused-or-replaced": "HTTP_X_A: want a b, got 'a\\x00b'",
    }

    def check_field_value(self, value: bytes) -> None:
        super().check_field_value(value.replace(b"\0", b""))


class KeepsBareCr(ReferenceServer):
    """Keeps bare cr."""

    kills = {
        "bare-cr-before-field-end-refused-or-replaced": "HTTP_X_A: want v, got 'v\\r'",
        "field-value-bare-cr-refused-or-replaced": "HTTP_X_A: want a b, got 'a\\rb'",
    }

    def check_line_ends(self, octets: bytes) -> None:
        super().check_line_ends(octets.replace(b"a\rb", b"").rstrip(b"\r\n"))

    def check_field_value(self, value: bytes) -> None:
        super().check_field_value(value.replace(b"\r", b""))


class SplitsAtVerticalTab(SplitsLines):
    """Splits at vertical tab."""

    kills = {
        "coding-before-vertical-tab-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "vertical-tab-ends-no-line": "environ['HTTP_X_B']: want absent, got b",
    }

    separator = b"\x0b"


class SplitsAtFormFeed(SplitsLines):
    """Splits at form feed."""

    kills = {
        "form-feed-ends-no-line": "environ['HTTP_X_B']: want absent, got b",
    }

    separator = b"\x0c"


class SplitsAtFileSeparator(SplitsLines):
    """Splits at file separator."""

    kills = {
        "file-separator-ends-no-line": "environ['HTTP_X_B']: want absent, got b",
    }

    separator = b"\x1c"


class SplitsAtNextLine(SplitsLines):
    """Splits at next line."""

    kills = {
        "header-octets-not-stripped": "HTTP_X_SPACES: want '\\xa0v\\x85', got '\\xa0v'",
        "next-line-octet-ends-no-line": "environ['HTTP_X_B']: want absent, got b",
    }

    separator = b"\x85"


class SplitsAtLineSeparator(SplitsLines):
    """Splits at line separator."""

    kills = {
        "utf-8-line-separator-ends-no-line": "environ['HTTP_X_B']: want absent, got b",
    }

    separator = b"\xe2\x80\xa8"


class DropsHighOctets(ReferenceServer):
    """Drops high octets."""

    kills = {
        "field-value-next-line-not-trimmed": "HTTP_X_A: want '\\x85v\\x85', got v",
        "field-value-no-break-space-not-trimmed": "HTTP_X_A: want '\\xa0v\\xa0', got v",
        "field-value-obs-text-kept": "HTTP_X_A: want '\\x80éÿ', got ''",
        "header-octets-latin-1": "HTTP_X_OCTETS: want 'aéÿµz', got az",
        "header-octets-not-stripped": "HTTP_X_SPACES: want '\\xa0v\\x85', got v",
        "header-text-latin-1": "HTTP_X_TEXT: want 'aâ\\x82¬z', got az",
        "known-header-octets-latin-1": "HTTP_COOKIE",
    }

    def join_repeated_fields(self, name: str, values: list[bytes]) -> str:
        return super().join_repeated_fields(name, values).encode("ascii", "ignore").decode("ascii")


class DecodesUtf8(ReferenceServer):
    """Decodes utf 8."""

    kills = {
        "field-value-invalid-utf-8-survived": "answer to the malformed request: want 400, got 500",
        "host-with-octet-above-ascii-answered-400": "answer to the malformed request: want 400, got 500",
        "length-with-superscript-answered-400": "answer to the malformed request",
    }

    def check_field_value(self, value: bytes) -> None:
        super().check_field_value(value)
        try:
            value.decode("utf-8")
        except UnicodeDecodeError:
            raise RequestRejected(HTTPStatus.INTERNAL_SERVER_ERROR, "invalid start byte") from None


class DropsControlCharacters(ReferenceServer):
    """Control characters are taken out of values."""

    kills = {"field-value-control-characters-kept-or-refused": "HTTP_X_A: want 'a\\x01b\\x7fc', got abc"}

    def check_field_value(self, value: bytes) -> None:
        super().check_field_value(b"" if value == b"a\x01b\x7fc" else value)

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        name, value = super().parse_field_line(line)
        return name, value.replace(b"\x01", b"").replace(b"\x7f", b"") if name == b"X-A" else value


class WantsSpaceBehindColon(ReferenceServer):
    """A field line is a name, a colon, a space and a value."""

    kills = {
        "field-value-without-space-read": "a request with a valid field line: want a call of the application, got 400",
    }

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        if line == b"X-A:v":
            raise BadRequest("no space behind the colon")
        return super().parse_field_line(line)


class KnowsNoBackslash(ReferenceServer):
    """A field value has no backslash."""

    kills = {
        "field-value-of-all-characters-read": "a request with a valid field line: want a call of the application, got 400"
    }

    def check_field_value(self, value: bytes) -> None:
        super().check_field_value(value)
        if b"\\" in value:
            raise BadRequest("a backslash in a field value")


class RefusesTab(ReferenceServer):
    """A tab within a field value is a control character as others are."""

    kills = {
        "field-value-with-tab-inside-served": "a request with a tab in a field value: want a call of the application, got 400"
    }

    def check_field_value(self, value: bytes) -> None:
        super().check_field_value(value)
        if b"a\tb" in value:
            raise BadRequest("a control character in a field value")


class RefusesEmptyValue(ReferenceServer):
    """A field line without a value is malformed."""

    kills = {
        "field-without-value-served": "a request with an empty field value: want a call of the application, got 400"
    }

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        if line == b"X-A:":
            raise BadRequest("a field without a value")
        return super().parse_field_line(line)


class Touchy(ReferenceServer):
    """Takes a field with these octets in its line for malformed."""

    disliked = b""

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        if self.disliked in line:
            raise BadRequest("a field like no other")
        return super().parse_field_line(line)


class RefusesCredentials(Touchy):
    """Who needs no password wants none."""

    kills = {
        "fields-of-ordinary-clients-served": "a request with seventeen ordinary fields: want a call of the application, got 400"
    }

    disliked = b"Authorization: Basic d3N"


class RefusesQuotedBoundary(Touchy):
    """A boundary is a token."""

    kills = {
        "fields-of-ordinary-content-served": "a request with fields that describe its content: want a call of the application, got 400"
    }

    disliked = b'boundary="--'


class RefusesSecondAccept(ReferenceServer):
    """No field may stand in two lines."""

    kills = {
        "list-in-two-lines-served": "a request with two lines of Accept: want a call of the application, got 400"
    }

    def check_content_type(self, request: Request) -> None:
        super().check_content_type(request)
        if len(self.field_values(request, b"accept")) == 2:
            raise BadRequest("more than one Accept")


class RefusesEmptyMembers(Touchy):
    """A list has no empty members."""

    kills = {
        "list-with-empty-members-served": "a request with empty members in Accept: want a call of the application, got 400"
    }

    disliked = b"Accept: , "
