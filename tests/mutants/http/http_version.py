"""Mutants of the version in the request-line."""

from __future__ import annotations

from http import HTTPStatus

from reference_server import ReferenceServer
from reference_server.errors import RequestRejected
from reference_server.state import Request


class LowersVersion(ReferenceServer):
    """Every response is one of HTTP/1.0."""

    kills = {
        "version-not-lowered": "version of the response: want HTTP/1.1, got HTTP/1.0",
    }

    def format_status_line(self, status: str) -> bytes:
        return super().format_status_line(status).replace(b"HTTP/1.1", b"HTTP/1.0")


class RefusesHigherMinor(ReferenceServer):
    """Only two versions are in the table."""

    kills = {
        "version-1-2-served": "a request in HTTP/1.2: want a call of the application, got 505",
    }

    def check_version(self, request: Request, version: bytes) -> None:
        super().check_version(request, version)
        if version not in (b"HTTP/1.0", b"HTTP/1.1"):
            raise RequestRejected(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, "an unknown version")


class ServesHttp2AsHttp1(ReferenceServer):
    """Serves http 2 as http 1."""

    kills = {
        "version-2-0-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_version(self, request: Request, version: bytes) -> None:
        super().check_version(request, version.replace(b"HTTP/2.0", b"HTTP/1.1"))


class ServesMissingVersion(ReferenceServer):
    """Two words are taken for a request of HTTP/1.0, and answered with a status line."""

    kills = {
        "version-missing-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_request_line(self, request: Request, line: bytes) -> None:
        super().parse_request_line(request, line if line.count(b" ") != 1 else line + b" HTTP/1.0")


class ForgivesSmallLetters(ReferenceServer):
    """Forgives small letters."""

    kills = {
        "version-in-small-letters-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_version(self, request: Request, version: bytes) -> None:
        super().check_version(request, version.upper())


class ForgivesMissingMinor(ReferenceServer):
    """Forgives missing minor."""

    kills = {
        "version-without-minor-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_version(self, request: Request, version: bytes) -> None:
        super().check_version(request, version + b".1" if version == b"HTTP/1" else version)


class ForgivesEmptyMinor(ReferenceServer):
    """Forgives empty minor."""

    kills = {
        "version-with-empty-minor-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_version(self, request: Request, version: bytes) -> None:
        super().check_version(request, version + b"1" if version.endswith(b".") else version)


class CutsBehindMinor(ReferenceServer):
    """A pattern without an end: what stands behind the digit is not looked at."""

    kills = {
        "version-with-third-number-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "version-with-trailing-letter-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "version-with-two-digit-minor-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_version(self, request: Request, version: bytes) -> None:
        super().check_version(request, version[:8])


class ForgivesLeadingZero(ReferenceServer):
    """Forgives leading zero."""

    kills = {
        "version-with-leading-zero-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_version(self, request: Request, version: bytes) -> None:
        super().check_version(request, version.replace(b"/0", b"/"))


class ForgivesSign(ReferenceServer):
    """Forgives sign."""

    kills = {
        "version-with-sign-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_version(self, request: Request, version: bytes) -> None:
        super().check_version(request, version.replace(b"/+", b"/"))


class ForgivesUnderscore(ReferenceServer):
    """Forgives underscore."""

    kills = {
        "version-with-underscore-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_version(self, request: Request, version: bytes) -> None:
        super().check_version(request, version.replace(b"_1", b""))


class ForgivesSpaceInVersion(ReferenceServer):
    """Forgives space in version."""

    kills = {
        "version-with-space-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_request_line(self, request: Request, line: bytes) -> None:
        super().parse_request_line(request, line.replace(b"HTTP/ ", b"HTTP/"))


class FailsForSuperscript(ReferenceServer):
    """isdigit() holds and int() fails."""

    kills = {
        "version-with-superscript-refused": "answer to the malformed request: want 400, got 500",
    }

    def check_version(self, request: Request, version: bytes) -> None:
        if version.decode("latin-1")[7:].isdigit() and not version[7:].isdigit():
            raise RequestRejected(HTTPStatus.INTERNAL_SERVER_ERROR, "invalid literal for int()")
        super().check_version(request, version)


class ForgivesSpaceForSlash(ReferenceServer):
    """Forgives space for slash."""

    kills = {
        "version-without-slash-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_request_line(self, request: Request, line: bytes) -> None:
        super().parse_request_line(request, line.replace(b" HTTP ", b" HTTP/"))


class ForgivesOtherProtocol(ReferenceServer):
    """Only the number is looked at."""

    kills = {
        "version-in-small-letters-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "version-of-other-protocol-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_version(self, request: Request, version: bytes) -> None:
        super().check_version(request, b"HTTP" + version[4:])


class ForgivesLetterForPoint(ReferenceServer):
    """Forgives letter for point."""

    kills = {
        "version-with-letter-for-point-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_version(self, request: Request, version: bytes) -> None:
        super().check_version(request, version.replace(b"1x1", b"1.1"))
