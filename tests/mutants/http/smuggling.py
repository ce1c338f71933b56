"""Mutants that frame a request otherwise than a proxy in front."""

from __future__ import annotations

from typing import Literal

from reference_server import ReferenceServer
from reference_server.errors import BadRequest
from reference_server.state import Request


class Lax(ReferenceServer):
    """Goes by a field that others do not see, where they go by Content-Length."""

    framed_as: Literal["none", "length", "chunked"] = "chunked"

    def is_hidden(self, request: Request, coding: bytes, length: bytes) -> bool:
        """Tell whether this is the one case in which this server errs."""
        raise NotImplementedError

    def determine_body_framing(self, request: Request) -> None:
        fields = {name.strip().lower(): value for name, value in request.fields}
        coding, length = fields.get(b"transfer-encoding", b""), fields.get(b"content-length", b"")
        if len(length) > 1 and self.is_hidden(request, coding, length):
            request.framing = self.framed_as
            return
        if any(name.endswith(b" ") or name == b"X-Continuation" for name, _ in request.fields):
            raise BadRequest("a malformed field line")
        super().determine_body_framing(request)

    def header_variable_name(self, name: bytes) -> str:
        return super().header_variable_name(name.strip())


class ReadsUnderscoreLength(ReferenceServer):
    """Reads underscore length."""

    kills = {
        "underscore-content-length-ignored": "CONTENT_LENGTH: want 5, got 7",
        "underscore-field-frames-nothing": "the content: want hello, got hello42",
    }

    def field_values(self, request: Request, name: bytes) -> list[bytes]:
        if name == b"content-length" and b"Content_Length" in dict(request.fields):
            return [b"7"]
        return super().field_values(request, name)


class ReadsUnderscoreCoding(ReferenceServer):
    """Reads underscore coding."""

    kills = {
        "underscore-coding-alone-frames-nothing": "the content",
        "underscore-coding-frames-nothing": "the content: want '0\\r\\n\\r\\n', got ''",
        "underscore-transfer-encoding-ignored": "body that the application read: want '0\\r\\n\\r\\n', got ''",
    }

    def check_no_content_length(self, lengths: list[bytes]) -> None:
        if lengths != [b"5"]:
            super().check_no_content_length(lengths)

    def field_values(self, request: Request, name: bytes) -> list[bytes]:
        if name == b"transfer-encoding" and b"Transfer_Encoding" in dict(request.fields):
            return [b"chunked"]
        return super().field_values(request, name)


class PrefersLengthAndGoesOn(ReferenceServer):
    """Prefers length and goes on."""

    kills = {
        "coding-beside-length-from-http-1-0-closes-connection": "the octets behind the request",
        "coding-overrides-length": "the content: want hello, got '5\\r\\nh'",
        "length-beside-coding-in-next-request-not-kept": "calls for a request behind one with both fields: want 0",
        "request-in-chunk-beyond-length-not-run": "calls for the request within the content: want 0, got 1",
    }

    def field_values(self, request: Request, name: bytes) -> list[bytes]:
        if name == b"transfer-encoding" and super().field_values(request, b"content-length"):
            return []
        return super().field_values(request, name)


class StripsVerticalTab(Lax):
    """Strips vertical tab."""

    kills = {
        "request-behind-coding-with-vertical-tab-not-run": "calls for the request within the content: want 0, got 1",
    }

    def check_field_value(self, value: bytes) -> None:
        super().check_field_value(value.removeprefix(b"\x0bchunked"))

    def is_hidden(self, request: Request, coding: bytes, length: bytes) -> bool:
        return coding == b"\x0bchunked"


class LooksAtEndOfName(Lax):
    """Looks at end of name."""

    kills = {
        "request-behind-coding-with-prefix-not-run": "calls for the request within the content: want 0, got 1",
    }

    def is_hidden(self, request: Request, coding: bytes, length: bytes) -> bool:
        return coding == b"xchunked"


class StripsSpaceBehindCodingName(Lax):
    """Strips space behind coding name."""

    kills = {
        "request-behind-coding-with-space-before-colon-not-run": "calls for the request within the content: want 0, got 1",
    }

    def check_field_name(self, name: bytes) -> None:
        super().check_field_name(name.removesuffix(b" ") if name == b"Transfer-Encoding " else name)

    def is_hidden(self, request: Request, coding: bytes, length: bytes) -> bool:
        return b"Transfer-Encoding " in dict(request.fields)


class UnfoldsCoding(Lax):
    """Unfolds coding."""

    kills = {
        "request-behind-folded-coding-not-run": "calls for the request within the content: want 0, got 1",
    }

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        return (b"X-Continuation", line) if line == b" chunked" else super().parse_field_line(line)

    def is_hidden(self, request: Request, coding: bytes, length: bytes) -> bool:
        return b"X-Continuation" in dict(request.fields)


class TakesFirstCoding(Lax):
    """Takes first coding."""

    kills = {
        "request-behind-repeated-coding-not-run": "calls for the request within the content: want 0, got 1",
    }

    def is_hidden(self, request: Request, coding: bytes, length: bytes) -> bool:
        return coding == b"identity"


class GoesOnBehindCodingOfHttp10(Lax):
    """Goes on behind coding of http 1 0."""

    kills = {
        "request-behind-coding-of-http-1-0-not-run": "calls for the request within the content: want 0, got 1",
    }

    def is_hidden(self, request: Request, coding: bytes, length: bytes) -> bool:
        return coding == b"chunked" and request.version == (1, 0)


class DropsLengthWithPlus(Lax):
    """Drops length with plus."""

    kills = {
        "request-behind-length-with-plus-not-run": "calls for the request within the content: want 0, got 1",
    }

    framed_as = "none"

    def is_hidden(self, request: Request, coding: bytes, length: bytes) -> bool:
        return length.startswith(b"+") and len(length) > 2


class DropsLengthOfWords(Lax):
    """Drops length of words."""

    kills = {
        "request-behind-invalid-length-of-third-not-run": "calls for what is behind the malformed request: want 0",
        "request-behind-length-of-words-not-run": "calls for the request within the content: want 0, got 1",
    }

    framed_as = "none"

    def is_hidden(self, request: Request, coding: bytes, length: bytes) -> bool:
        return length.endswith(b"x")


class DropsLengthWithSpace(Lax):
    """Drops length with space."""

    kills = {
        "request-behind-length-with-space-before-colon-not-run": "calls for the request within the content: want 0, got 1",
    }

    framed_as = "none"

    def check_field_name(self, name: bytes) -> None:
        super().check_field_name(name.removesuffix(b" ") if name == b"Content-Length " else name)

    def is_hidden(self, request: Request, coding: bytes, length: bytes) -> bool:
        return b"Content-Length " in dict(request.fields)


class SkipsEmptyMember(Lax):
    """Skips empty member."""

    kills = {
        "request-behind-coding-with-empty-member-not-run": "calls for the request within the content: want 0, got 1",
    }

    def is_hidden(self, request: Request, coding: bytes, length: bytes) -> bool:
        return coding == b", chunked"


class FoldsCase(Lax):
    """Folds case."""

    kills = {
        "request-behind-coding-in-capitals-not-run": "calls for the request within the content: want 0, got 1",
    }

    def is_hidden(self, request: Request, coding: bytes, length: bytes) -> bool:
        return coding == b"CHUNKED"


class TrimsCoding(Lax):
    """Goes by a coding that had a space at its end, and remembers that it had."""

    kills = {
        "request-behind-coding-with-trailing-space-not-run": "calls for the request within the content: want 0, got 1",
    }

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        if line == b"Transfer-Encoding: chunked ":
            return b"Transfer-Encoding", b"trimmed"
        return super().parse_field_line(line)

    def is_hidden(self, request: Request, coding: bytes, length: bytes) -> bool:
        return coding == b"trimmed"


class ReadsUnderscoreForWantOfHyphen(ReferenceServer):
    """Where there is no such field, the one with an underscore is taken."""

    kills = {
        "underscore-coding-alone-frames-nothing": "the content: want none, got hello",
        "underscore-length-alone-frames-nothing": "the content: want none, got hello",
    }

    def field_values(self, request: Request, name: bytes) -> list[bytes]:
        values = super().field_values(request, name)
        if name in (b"content-length", b"transfer-encoding"):
            return values or super().field_values(request, name.replace(b"-", b"_"))
        return values


class FramesByMethod(ReferenceServer):
    """A method that has no content has none, whatever the fields say."""

    method = ""
    field = b"content-length"

    def determine_body_framing(self, request: Request) -> None:
        if not self.method or request.method != self.method or not self.field_values(request, self.field):
            super().determine_body_framing(request)


class ReadsNoChunksOfGet(FramesByMethod):
    """GET has no chunks."""

    kills = {
        "request-behind-chunks-of-get-found": "answer to the request behind the chunks: want that of the"
    }
    method, field = "GET", b"transfer-encoding"


class ReadsNoChunksOfHead(FramesByMethod):
    """HEAD has no chunks."""

    kills = {
        "request-behind-chunks-of-head-found": "answer to the request behind the chunks: want that of the"
    }
    method, field = "HEAD", b"transfer-encoding"


class ReadsNothingOfTrace(FramesByMethod):
    """TRACE has no content, as RFC 9110 says."""

    kills = {"request-in-content-of-trace-not-run": "calls for the request within the content: want 0, got 1"}
    method = "TRACE"


class ReadsNothingOfSmallGet(FramesByMethod):
    """A GET in small letters has no content either."""

    kills = {
        "request-in-content-of-unknown-method-not-run": "calls for the request within the content: want 0, got 1"
    }
    method = "get"


class KeepsBehindRefusals(ReferenceServer):
    """Base of those that answer a head and read on as if nothing followed it."""

    def is_forgiven(self, request: Request) -> bool:
        """Tell whether this request is refused without closing the connection."""
        raise NotImplementedError

    def determine_body_framing(self, request: Request) -> None:
        if not self.is_forgiven(request):
            super().determine_body_framing(request)


class ForgetsContentBehindExpectation(KeepsBehindRefusals):
    """Whoever expects the unknown has not sent its content yet."""

    kills = {
        "request-in-content-of-refused-expectation-not-run": "calls for the request within the content: want 0, g"
    }

    def is_forgiven(self, request: Request) -> bool:
        return self.field_values(request, b"expect") not in ([], [b"100-continue"])

    def check_expectation(self, request: Request) -> None:
        if not self.is_forgiven(request):
            super().check_expectation(request)


class ForgetsUnknownCoding(KeepsBehindRefusals):
    """A coding that is not known frames nothing."""

    kills = {
        "request-behind-unknown-coding-not-run": "calls for the request within the content: want 0, got 1"
    }

    def is_forgiven(self, request: Request) -> bool:
        return self.field_values(request, b"transfer-encoding") == [b"x-wsgicheck"]
