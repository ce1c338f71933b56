"""Mutants of the value of Host."""

from __future__ import annotations

import re

from reference_server import ReferenceServer
from reference_server.errors import BadRequest
from reference_server.state import Request


class ForgivesSpace(ReferenceServer):
    """Forgives space."""

    kills = {
        "host-with-space-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority.replace(b" ", b""), may_be_empty=may_be_empty)


class CutsAtPath(ReferenceServer):
    """Cuts at path."""

    kills = {
        "host-invalid-beside-absolute-form-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "host-invalid-in-http-1-0-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "host-with-path-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority.partition(b"/p")[0], may_be_empty=may_be_empty)


class CutsAtQuery(ReferenceServer):
    """Cuts at query."""

    kills = {
        "host-with-query-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority.partition(b"?")[0], may_be_empty=may_be_empty)


class CutsAtFragment(ReferenceServer):
    """Cuts at fragment."""

    kills = {
        "host-with-fragment-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority.partition(b"#")[0], may_be_empty=may_be_empty)


class DropsScheme(ReferenceServer):
    """Drops scheme."""

    kills = {
        "host-with-scheme-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority.removeprefix(b"http://"), may_be_empty=may_be_empty)


class CutsPortAtLetter(ReferenceServer):
    """Cuts port at letter."""

    kills = {
        "absolute-form-with-invalid-port-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "host-with-invalid-port-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(re.sub(rb"(:[0-9]+)[a-z]$", rb"\1", authority), may_be_empty=may_be_empty)


class ForgivesOpenBracket(ReferenceServer):
    """Forgives open bracket."""

    kills = {
        "host-with-open-bracket-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(
            authority + b"]" if authority == b"[::1" else authority, may_be_empty=may_be_empty
        )


class ForgivesHighOctets(ReferenceServer):
    """Forgives high octets."""

    kills = {
        "host-with-octet-above-ascii-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority.replace(b"\xe9", b""), may_be_empty=may_be_empty)


class ForgivesControlCharacter(ReferenceServer):
    """Forgives control character."""

    kills = {
        "host-with-control-character-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_field_value(self, value: bytes) -> None:
        super().check_field_value(value.replace(b"h\x01", b""))

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority.replace(b"\x01", b""), may_be_empty=may_be_empty)


class WantsPortBehindColon(ReferenceServer):
    """Wants port behind colon."""

    kills = {
        "host-with-empty-port-accepted": "a request with a valid Host: want a call of the application, got 400",
    }

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority, may_be_empty=may_be_empty)
        if authority.endswith(b":"):
            raise BadRequest("an empty port")


class SplitsAtFirstColon(ReferenceServer):
    """Splits at first colon."""

    kills = {
        "absolute-form-of-ipv6-address-accepted": "a request in absolute-form: want a call of the application",
        "host-of-ipv6-address-accepted": "a request with a valid Host: want a call of the application, got 400",
    }

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority, may_be_empty=may_be_empty)
        if authority.startswith(b"["):
            raise BadRequest("an invalid port")


class RefusesUnderscore(ReferenceServer):
    """Refuses underscore."""

    kills = {
        "host-with-underscore-accepted": "a request with a valid Host: want a call of the application, got 400",
    }

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority.replace(b"_", b"/"), may_be_empty=may_be_empty)


class ReadsPortByInt(ReferenceServer):
    """The port is what int() makes a number of."""

    kills = {
        "host-with-signed-port-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority.replace(b":+", b":"), may_be_empty=may_be_empty)


class ForgivesBackslash(ReferenceServer):
    """Forgives a backslash."""

    kills = {
        "host-with-backslash-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority.replace(b"\\", b""), may_be_empty=may_be_empty)


class ForgivesAngleBrackets(ReferenceServer):
    """Forgives angle brackets."""

    kills = {
        "host-with-angle-bracket-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority.replace(b"<b>", b""), may_be_empty=may_be_empty)


class ForgivesBrokenPercentEncoding(ReferenceServer):
    """A percent sign is one character among others."""

    kills = {
        "host-with-broken-percent-encoding-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority.replace(b"%", b""), may_be_empty=may_be_empty)


class LooksAtHostBesideNoHostOfTarget(ReferenceServer):
    """With a host in the target, nobody looks at Host."""

    kills = {
        "host-invalid-beside-absolute-form-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_host(self, request: Request) -> None:
        if request.authority is None or len(self.field_values(request, b"host")) != 1:
            super().check_host(request)


class LooksAtHostInHttp11(ReferenceServer):
    """Nobody looks at Host in HTTP/1.0."""

    kills = {
        "host-invalid-in-http-1-0-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_host(self, request: Request) -> None:
        if request.version >= (1, 1) or len(self.field_values(request, b"host")) != 1:
            super().check_host(request)


class ForgivesTextBehindBracket(ReferenceServer):
    """An IPv6 address ends with its bracket, whatever stands behind it."""

    kills = {
        "host-with-text-behind-bracket-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority.replace(b"]x", b"]"), may_be_empty=may_be_empty)


class KnowsSmallDigitsOfIpv6(ReferenceServer):
    """An IPv6 address is made of colons and small hexadecimal digits."""

    kills = {"host-of-mapped-ipv6-address-accepted": "a request with a valid Host: want"}

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority, may_be_empty=may_be_empty)
        if authority.startswith(b"[") and not re.match(rb"\[[0-9a-f:]+\]", authority):
            raise BadRequest("an invalid host")
