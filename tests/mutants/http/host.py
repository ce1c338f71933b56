"""Mutants of the Host field."""

from __future__ import annotations

from http import HTTPStatus

from reference_server import ReferenceServer
from reference_server.errors import RequestRejected
from reference_server.state import Request


class ForgivesMissingHost(ReferenceServer):
    """Forgives missing host."""

    kills = {
        "host-missing-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "host-missing-beside-content-answered-400": "the malformed request: want a refusal",
        "host-missing-for-head-answered-400": "the malformed request: want a refusal",
        "host-missing-for-options-asterisk-answered-400": "the malformed request",
        "host-missing-in-http-1-2-answered-400": "the malformed request: want a refusal",
    }

    def check_host(self, request: Request) -> None:
        if self.field_values(request, b"host") or request.authority is not None:
            super().check_host(request)


class TakesHostOfTargetForHostField(ReferenceServer):
    """Takes host of target for host field."""

    kills = {
        "host-invalid-beside-absolute-form-answered-400": "the malformed request",
        "host-missing-beside-absolute-form-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "host-repeated-beside-absolute-form-answered-400": "the malformed request",
    }

    def check_host(self, request: Request) -> None:
        if request.authority is None:
            super().check_host(request)


class TakesLastHost(ReferenceServer):
    """Takes last host."""

    kills = {
        "host-repeated-alike-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "host-repeated-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "host-repeated-apart-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "host-repeated-behind-empty-one-answered-400": "the malformed request",
        "host-repeated-beside-absolute-form-answered-400": "the malformed request",
        "host-repeated-in-http-1-0-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def field_values(self, request: Request, name: bytes) -> list[bytes]:
        values = super().field_values(request, name)
        return values[-1:] if name == b"host" else values


class ForgivesEqualHosts(ReferenceServer):
    """Forgives equal hosts."""

    kills = {
        "host-repeated-alike-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def field_values(self, request: Request, name: bytes) -> list[bytes]:
        values = super().field_values(request, name)
        return sorted(set(values)) if name == b"host" else values


class LooksForNeighbours(ReferenceServer):
    """Two fields of one name are noticed where they stand side by side."""

    kills = {
        "host-repeated-apart-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_host(self, request: Request) -> None:
        names = [name for name, _ in request.fields]
        if names.count(b"Host") == 1 and b"hOST" in names:
            return
        super().check_host(request)


class ForgivesTwoHostsInHttp10(ReferenceServer):
    """Forgives two hosts in http 1 0."""

    kills = {
        "host-repeated-in-http-1-0-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_host(self, request: Request) -> None:
        if request.version >= (1, 1):
            super().check_host(request)


class FailsWithoutHost(ReferenceServer):
    """environ["HTTP_HOST"] is looked up unseen."""

    kills = {
        "host-missing-in-http-1-0-survived": "answer to the malformed request: want 400, got 500",
    }

    def check_host(self, request: Request) -> None:
        super().check_host(request)
        if not self.field_values(request, b"host"):
            raise RequestRejected(HTTPStatus.INTERNAL_SERVER_ERROR, "no such key")


class FailsForEmptyHost(ReferenceServer):
    """Fails for empty host."""

    kills = {
        "host-empty-survived": "answer to the malformed request: want 400, got 500",
    }

    def check_host(self, request: Request) -> None:
        super().check_host(request)
        if b"" in self.field_values(request, b"host"):
            raise RequestRejected(HTTPStatus.INTERNAL_SERVER_ERROR, "index out of range")


class ForgivesMissingHostForAsterisk(ReferenceServer):
    """Host is looked for where there is a path."""

    kills = {
        "host-missing-for-options-asterisk-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_host(self, request: Request) -> None:
        if request.target != b"*":
            super().check_host(request)


class ForgivesTwoHostsBesideAbsoluteForm(ReferenceServer):
    """With a host in the target, one Host field is looked at."""

    kills = {
        "host-repeated-beside-absolute-form-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def field_values(self, request: Request, name: bytes) -> list[bytes]:
        values = super().field_values(request, name)
        return values[:1] if name == b"host" and request.authority is not None else values


class NeedsHostInOneVersion(ReferenceServer):
    """HTTP/1.1 needs Host, says RFC 9112, and nothing of 1.2."""

    kills = {
        "host-missing-in-http-1-2-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_host(self, request: Request) -> None:
        if request.protocol != "HTTP/1.2" or self.field_values(request, b"host"):
            super().check_host(request)


class ForgivesZone(ReferenceServer):
    """An address is whatever is in brackets, with a zone behind it."""

    kills = {
        "host-with-zone-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }
    forgiven = b"%eth0"

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority.replace(self.forgiven, b""), may_be_empty=may_be_empty)


class ForgivesNameInBrackets(ReferenceServer):
    """What is in brackets is not looked at."""

    kills = {
        "host-with-name-in-brackets-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as",
    }

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority.replace(b"[h.example]", b"[::1]"), may_be_empty=may_be_empty)


class ForgetsEmptyHost(ReferenceServer):
    """A Host without a value is none."""

    kills = {
        "host-repeated-behind-empty-one-answered-400": "the malformed request: want a refusal, got 'a call"
    }

    def field_values(self, request: Request, name: bytes) -> list[bytes]:
        values = super().field_values(request, name)
        return [value for value in values if value] or values if name == b"host" else values


class ForgivesMissingHostForHead(ReferenceServer):
    """HEAD has an audience of its own."""

    kills = {
        "host-missing-for-head-answered-400": "the malformed request: want a refusal, got 'a call, and 200"
    }
    METHOD = "HEAD"

    def check_host(self, request: Request) -> None:
        if request.method != self.METHOD or self.field_values(request, b"host"):
            super().check_host(request)


class ForgivesMissingHostBesideContent(ForgivesMissingHostForHead):
    """What matters of a POST is its content."""

    kills = {
        "host-missing-beside-content-answered-400": "the malformed request: want a refusal, got 'a call, and 200"
    }
    METHOD = "POST"
