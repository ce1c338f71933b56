"""Mutants of the method."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from reference_server import ReferenceServer
from reference_server.errors import RequestRejected
from reference_server.state import Connection, Request


class Lenient(ReferenceServer):
    """Takes some octets in a method that no token has."""

    forgiven = b""

    def check_first_octets(self, connection: Connection) -> None:
        """Nothing is refused before the line is complete."""

    def check_method(self, request: Request, method: bytes) -> None:
        super().check_method(request, method.translate(None, self.forgiven))


class FoldsMethodToCapitals(ReferenceServer):
    """A method in small letters becomes another one."""

    kills = {
        "method-case-kept": "REQUEST_METHOD: want get, got GET",
        "request-method-case-kept": "REQUEST_METHOD: want Get, got GET",
    }

    def check_method(self, request: Request, method: bytes) -> None:
        super().check_method(request, method.upper())


class FailsForUnknownMethod(ReferenceServer):
    """A method that is in no table is an error of the server."""

    kills = {
        "method-unknown-kept": "answer to the malformed request: want 400, got 500",
    }

    def check_method(self, request: Request, method: bytes) -> None:
        super().check_method(request, method)
        if method == b"BREW":
            raise RequestRejected(HTTPStatus.INTERNAL_SERVER_ERROR, "no such key")


class CutsMethodAtHyphen(ReferenceServer):
    """A pattern of letters alone finds the beginning of a method."""

    kills = {
        "method-of-all-token-characters-kept": 'REQUEST_METHOD: want "!#$%&\'*+-.^_`|~Z09"',
        "method-token-characters-kept": "REQUEST_METHOD: want M-SEARCH_1, got M",
        "request-method-unknown": "REQUEST_METHOD: want BREW-1, got BREW",
    }

    def check_method(self, request: Request, method: bytes) -> None:
        super().check_method(request, method.partition(b"-")[0])


class CutsLongMethod(ReferenceServer):
    """A buffer of 32 octets holds the method."""

    kills = {
        "method-long-not-cut": "REQUEST_METHOD: want AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA... (4096 characters), got AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    }

    def check_method(self, request: Request, method: bytes) -> None:
        super().check_method(request, method[:32])


class ForgivesParenthesis(Lenient):
    """Forgives parenthesis."""

    kills = {
        "method-with-parenthesis-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    forgiven = b"("


class ForgivesColon(Lenient):
    """Forgives colon."""

    kills = {
        "method-with-colon-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    forgiven = b":"


class ForgivesNul(Lenient):
    """Forgives nul."""

    kills = {
        "method-with-nul-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    forgiven = b"\0"


class ForgivesDelete(Lenient):
    """Forgives delete."""

    kills = {
        "method-with-delete-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    forgiven = b"\x7f"


class ForgivesHighOctets(Lenient):
    """Forgives high octets."""

    kills = {
        "method-with-octet-above-ascii-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    forgiven = bytes(range(0x80, 0x100))


class TakesMissingMethodForGet(Lenient):
    """Takes missing method for get."""

    kills = {
        "method-missing-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_method(self, request: Request, method: bytes) -> None:
        super().check_method(request, method or b"GET")


class AcceptsConnectWithoutPort(ReferenceServer):
    """Accepts connect without port."""

    kills = {
        "connect-without-port-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def refuse_connect(self, request: Request) -> None:
        if request.target.endswith(b":"):
            request.path = b"/"
        else:
            super().refuse_connect(request)


class AcceptsConnectToHugePort(ReferenceServer):
    """Accepts connect to huge port."""

    kills = {
        "connect-to-invalid-port-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def refuse_connect(self, request: Request) -> None:
        if request.target.endswith(b":99999"):
            request.path = b"/"
        else:
            super().refuse_connect(request)


class CutsMethodAtTilde(ReferenceServer):
    """A pattern that leaves out the rarer characters of a token."""

    kills = {"method-of-all-token-characters-kept": "REQUEST_METHOD: want"}

    def check_method(self, request: Request, method: bytes) -> None:
        super().check_method(request, method.partition(b"~")[0])


class ForgivesAtSign(Lenient):
    """The range of capitals begins one too early."""

    kills = {
        "method-with-at-sign-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'"
    }
    forgiven = b"@"


class ForgivesComma(Lenient):
    """``+-.`` is a range."""

    kills = {
        "method-with-comma-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'"
    }
    forgiven = b","


class ForgivesBracketInMethod(Lenient):
    """``A-z`` is a range."""

    kills = {
        "method-with-bracket-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'"
    }
    forgiven = b"["


class ForgivesSlashInMethod(Lenient):
    """``.-9`` is a range."""

    kills = {
        "method-with-slash-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'"
    }
    forgiven = b"/"


class TakesHeadInAnyCase(ReferenceServer):
    """``method.upper() == "HEAD"``."""

    kills = {
        "method-head-in-small-letters-is-none": "content of a response to head: want b'wsgicheck', got b''"
    }

    def may_have_content(self, transaction: Any) -> bool:
        return transaction.request.method != "head" and super().may_have_content(transaction)
