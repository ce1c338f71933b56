"""Mutants of the value of Host."""

from __future__ import annotations

import re

from reference_server import ReferenceServer
from reference_server.errors import BadRequest


class ForgivesSpace(ReferenceServer):
    """Forgives space."""

    kills = {}

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority.replace(b" ", b""), may_be_empty=may_be_empty)


class CutsAtPath(ReferenceServer):
    """Cuts at path."""

    kills = {}

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority.partition(b"/p")[0], may_be_empty=may_be_empty)


class CutsAtQuery(ReferenceServer):
    """Cuts at query."""

    kills = {}

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority.partition(b"?")[0], may_be_empty=may_be_empty)


class CutsAtFragment(ReferenceServer):
    """Cuts at fragment."""

    kills = {}

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority.partition(b"#")[0], may_be_empty=may_be_empty)


class DropsScheme(ReferenceServer):
    """Drops scheme."""

    kills = {}

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority.removeprefix(b"http://"), may_be_empty=may_be_empty)


class CutsPortAtLetter(ReferenceServer):
    """Cuts port at letter."""

    kills = {}

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(re.sub(rb"(:[0-9]+)[a-z]$", rb"\1", authority), may_be_empty=may_be_empty)


class ForgivesOpenBracket(ReferenceServer):
    """Forgives open bracket."""

    kills = {}

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(
            authority + b"]" if authority == b"[::1" else authority, may_be_empty=may_be_empty
        )


class ForgivesHighOctets(ReferenceServer):
    """Forgives high octets."""

    kills = {}

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority.replace(b"\xe9", b""), may_be_empty=may_be_empty)


class ForgivesControlCharacter(ReferenceServer):
    """Forgives control character."""

    kills = {}

    def check_field_value(self, value: bytes) -> None:
        super().check_field_value(value.replace(b"h\x01", b""))

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority.replace(b"\x01", b""), may_be_empty=may_be_empty)


class WantsPortBehindColon(ReferenceServer):
    """Wants port behind colon."""

    kills = {}

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority, may_be_empty=may_be_empty)
        if authority.endswith(b":"):
            raise BadRequest("an empty port")


class SplitsAtFirstColon(ReferenceServer):
    """Splits at first colon."""

    kills = {}

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority, may_be_empty=may_be_empty)
        if authority.startswith(b"["):
            raise BadRequest("an invalid port")


class RefusesUnderscore(ReferenceServer):
    """Refuses underscore."""

    kills = {}

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority.replace(b"_", b"/"), may_be_empty=may_be_empty)
