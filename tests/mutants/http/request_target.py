"""Mutants of the origin-form and the asterisk-form."""

from __future__ import annotations

from reference_server import ReferenceServer
from reference_server.errors import BadRequest, RequestRejected
from reference_server.state import Request


class Lenient(ReferenceServer):
    """Takes some octets in a target that no URI has."""

    forgiven = b""

    def take_origin_form(self, request: Request, target: bytes) -> None:
        super().take_origin_form(request, target.translate(None, self.forgiven))


class ForgivesSpace(ReferenceServer):
    """Forgives space."""

    kills = {}

    def parse_request_line(self, request: Request, line: bytes) -> None:
        super().parse_request_line(request, line.replace(b"/a b ", b"/a%20b "))


class ForgivesTab(Lenient):
    """Forgives tab."""

    kills = {}

    forgiven = b"\t"


class ForgivesNul(Lenient):
    """Forgives nul."""

    kills = {}

    forgiven = b"\0"


class ForgivesControlCharacter(Lenient):
    """Forgives control character."""

    kills = {}

    forgiven = b"\x01"


class ForgivesDelete(Lenient):
    """Forgives delete."""

    kills = {}

    forgiven = b"\x7f"


class ForgivesHighOctets(Lenient):
    """Forgives high octets."""

    kills = {}

    forgiven = bytes(range(0x80, 0x100))


class DropsFragment(ReferenceServer):
    """Drops fragment."""

    kills = {}

    def take_origin_form(self, request: Request, target: bytes) -> None:
        super().take_origin_form(request, target.partition(b"#")[0])


class AddsSlash(ReferenceServer):
    """Adds slash."""

    kills = {}

    def take_absolute_form(self, request: Request) -> None:
        if request.target == b"seen":
            self.take_origin_form(request, b"/seen")
        else:
            super().take_absolute_form(request)


class AddsSlashBeforeQuery(ReferenceServer):
    """Adds slash before query."""

    kills = {}

    def take_absolute_form(self, request: Request) -> None:
        if request.target.startswith(b"?"):
            self.take_origin_form(request, b"/" + request.target)
        else:
            super().take_absolute_form(request)


class TakesAuthorityForPath(ReferenceServer):
    """Takes authority for path."""

    kills = {}

    def take_absolute_form(self, request: Request) -> None:
        if request.target.endswith(b".example:80"):
            self.take_origin_form(request, b"/" + request.target)
        else:
            super().take_absolute_form(request)


class GetsAsterisk(ReferenceServer):
    """Gets asterisk."""

    kills = {}

    def take_asterisk_form(self, request: Request) -> None:
        request.path = b"*"


class AliasesAsterisk(ReferenceServer):
    """Aliases asterisk."""

    kills = {}

    def take_asterisk_form(self, request: Request) -> None:
        super().take_asterisk_form(request)
        request.path = b"/*"


class SplitsAtLastQuestionMark(ReferenceServer):
    """Splits at last question mark."""

    kills = {}

    def take_origin_form(self, request: Request, target: bytes) -> None:
        super().take_origin_form(request, target)
        if target.count(b"?") > 1:
            request.path, _, request.query = target.rpartition(b"?")


class HoldsOneOctetTooFew(ReferenceServer):
    """A request-line may have 7999 octets."""

    kills = {}

    MAX_REQUEST_LINE = 7999


class CutsLongTarget(ReferenceServer):
    """The last octet of a target does not fit into the buffer."""

    kills = {}

    MAX_REQUEST_LINE = 100_000

    def take_origin_form(self, request: Request, target: bytes) -> None:
        super().take_origin_form(request, target[:65_535])


class Answers400ForLongTarget(ReferenceServer):
    """Answers 4 0 0 for long target."""

    kills = {}

    def too_long(self, start: bytes) -> RequestRejected:
        return BadRequest("too long")
