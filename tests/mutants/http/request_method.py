"""Mutants of the method."""

from __future__ import annotations

from http import HTTPStatus

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

    kills = {}

    def check_method(self, request: Request, method: bytes) -> None:
        super().check_method(request, method.upper())


class FailsForUnknownMethod(ReferenceServer):
    """A method that is in no table is an error of the server."""

    kills = {}

    def check_method(self, request: Request, method: bytes) -> None:
        super().check_method(request, method)
        if method == b"BREW":
            raise RequestRejected(HTTPStatus.INTERNAL_SERVER_ERROR, "no such key")


class CutsMethodAtHyphen(ReferenceServer):
    """A pattern of letters alone finds the beginning of a method."""

    kills = {}

    def check_method(self, request: Request, method: bytes) -> None:
        super().check_method(request, method.partition(b"-")[0])


class CutsLongMethod(ReferenceServer):
    """A buffer of 32 octets holds the method."""

    kills = {}

    def check_method(self, request: Request, method: bytes) -> None:
        super().check_method(request, method[:32])


class ForgivesParenthesis(Lenient):
    """Forgives parenthesis."""

    kills = {}

    forgiven = b"("


class ForgivesColon(Lenient):
    """Forgives colon."""

    kills = {}

    forgiven = b":"


class ForgivesNul(Lenient):
    """Forgives nul."""

    kills = {}

    forgiven = b"\0"


class ForgivesDelete(Lenient):
    """Forgives delete."""

    kills = {}

    forgiven = b"\x7f"


class ForgivesHighOctets(Lenient):
    """Forgives high octets."""

    kills = {}

    forgiven = bytes(range(0x80, 0x100))


class TakesMissingMethodForGet(Lenient):
    """Takes missing method for get."""

    kills = {}

    def check_method(self, request: Request, method: bytes) -> None:
        super().check_method(request, method or b"GET")


class AcceptsConnectWithoutPort(ReferenceServer):
    """Accepts connect without port."""

    kills = {}

    def refuse_connect(self, request: Request) -> None:
        if request.target.endswith(b":"):
            request.path = b"/"
        else:
            super().refuse_connect(request)


class AcceptsConnectToHugePort(ReferenceServer):
    """Accepts connect to huge port."""

    kills = {}

    def refuse_connect(self, request: Request) -> None:
        if request.target.endswith(b":99999"):
            request.path = b"/"
        else:
            super().refuse_connect(request)
