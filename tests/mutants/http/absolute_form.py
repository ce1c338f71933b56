"""Mutants of the absolute-form."""

from __future__ import annotations

from reference_server import ReferenceServer
from reference_server.errors import BadRequest, RequestRejected
from reference_server.state import Connection, Request, Transaction


class RefusesAbsoluteForm(ReferenceServer):
    """ "Absolute URI not allowed if server is not a proxy"."""

    kills = {
        "absolute-form-accepted": "a request in absolute-form: want a call of the application, got 400",
    }

    def take_absolute_form(self, request: Request) -> None:
        raise BadRequest("this is not a proxy")


class KeepsAuthorityInPath(ReferenceServer):
    """Keeps authority in path."""

    kills = {
        "absolute-form-path-split-off": "PATH_INFO: want /p",
        "absolute-form-scheme-in-any-case": "PATH_INFO: want /p",
    }

    def take_absolute_form(self, request: Request) -> None:
        super().take_absolute_form(request)
        if request.path == b"/p":
            request.path = request.target.partition(b"?")[0]


class TakesAuthorityForPathWithoutOne(ReferenceServer):
    """Takes authority for path without one."""

    kills = {
        "absolute-form-of-host-alone-is-root": "PATH_INFO: want /",
        "absolute-form-without-path-is-root": "PATH_INFO: want /",
    }

    def take_absolute_form(self, request: Request) -> None:
        super().take_absolute_form(request)
        if request.target.count(b"/") == 2 and request.authority:
            request.path = b"/" + request.authority


class KnowsSchemeInSmallLettersAlone(ReferenceServer):
    """Knows scheme in small letters alone."""

    kills = {
        "absolute-form-scheme-in-any-case": "a request in absolute-form: want a call of the application, got 400",
    }

    def take_absolute_form(self, request: Request) -> None:
        if request.target.startswith(b"HTTP:"):
            raise BadRequest("an unknown scheme")
        super().take_absolute_form(request)


class PrefersHostField(ReferenceServer):
    """Prefers host field."""

    kills = {
        "absolute-form-overrides-host": "the host that the application sees: want one.example, got two.example",
    }

    def host_variable(self, transaction: Transaction) -> dict[str, str]:
        return {}


class ForgivesEmptyHost(ReferenceServer):
    """Forgives empty host."""

    kills = {
        "absolute-form-with-empty-host-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "absolute-form-with-port-alone-refused": "the malformed request",
    }

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority, may_be_empty=True)


class DropsUserinfo(ReferenceServer):
    """Drops userinfo."""

    kills = {
        "absolute-form-with-userinfo-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "host-with-userinfo-answered-400": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority.rpartition(b"@")[2], may_be_empty=may_be_empty)


class AcceptsInvalidPort(ReferenceServer):
    """The port of a target is not looked at."""

    kills = {
        "absolute-form-with-invalid-port-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def take_absolute_form(self, request: Request) -> None:
        if request.target.partition(b"?")[0].endswith(b":8o/p"):
            request.path = b"/p"
            return
        super().take_absolute_form(request)


class ServesHttpsInTheClear(ReferenceServer):
    """Serves https in the clear."""

    kills = {
        "https-in-capitals-over-plain-connection-refused": "the malformed request: want a refusal",
        "https-over-plain-connection-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_scheme(self, scheme: bytes) -> None:
        super().check_scheme(scheme.replace(b"https", b"http"))


class LooksAtAuthorityAlone(ReferenceServer):
    """An authority that is not empty has a host."""

    kills = {
        "absolute-form-with-port-alone-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        super().check_authority(authority, may_be_empty=authority != b"")


class RedirectsWithThePassword(ReferenceServer):
    """A target with userinfo is redirected to itself."""

    kills = {
        "redirect-without-userinfo": "Location of a redirect: want no userinfo, got",
    }

    def reject_request(self, connection: Connection, request: Request, rejection: RequestRejected) -> None:
        if b"@" not in request.target:
            super().reject_request(connection, request, rejection)
            return
        head = (
            b"HTTP/1.1 301 Moved Permanently\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 0\r\n"
        )
        self.send(connection, head + b"Connection: close\r\nLocation: " + request.target + b"\r\n\r\n")


class LosesPortOfTarget(ReferenceServer):
    """The host of a target is its name alone."""

    kills = {"absolute-form-port-kept": "HTTP_HOST: want one.example:8123, got one.example"}

    def take_absolute_form(self, request: Request) -> None:
        super().take_absolute_form(request)
        request.authority = (request.authority or b"").partition(b":8123")[0]


class BelievesHostOfOld(ReferenceServer):
    """An absolute-form in HTTP/1.0 comes from a client that takes us for a proxy: Host is nearer the truth."""

    kills = {
        "absolute-form-overrides-host-in-http-1-0": "the host that the application sees: want one.example"
    }

    def host_variable(self, transaction: Transaction) -> dict[str, str]:
        return super().host_variable(transaction) if transaction.request.version >= (1, 1) else {}


class KnowsNoBrackets(ReferenceServer):
    """The host of a target is a name."""

    kills = {"absolute-form-of-ipv6-address-accepted": "a request in absolute-form: want a call of the app"}

    def take_absolute_form(self, request: Request) -> None:
        super().take_absolute_form(request)
        if (request.authority or b"").startswith(b"["):
            raise BadRequest("an invalid host")


class DecodesOriginFormAlone(ReferenceServer):
    """Whoever sends a whole URL wants it as it is."""

    kills = {"absolute-form-path-percent-decoded": "PATH_INFO: want"}

    def path_info(self, transaction: Transaction) -> str:
        if transaction.request.authority is None:
            return super().path_info(transaction)
        return self.native_string(transaction.request.path)


class KnowsHttpsInSmallLetters(ReferenceServer):
    """HTTPS is some other scheme, and no concern of ours."""

    kills = {
        "https-in-capitals-over-plain-connection-refused": "the malformed request: want a refusal, got 'a call"
    }

    def take_absolute_form(self, request: Request) -> None:
        if request.target.startswith(b"HTTPS"):
            request.target = b"http" + request.target[5:]
        super().take_absolute_form(request)


class TakesHostAloneForServer(ReferenceServer):
    """A target that is a host alone is about the server as a whole, whatever the method is."""

    kills = {"absolute-form-of-host-alone-is-root": "a request in absolute-form: want a call of the app"}

    def take_absolute_form(self, request: Request) -> None:
        if request.target.count(b"/") == 2 and b"?" not in request.target:
            self.take_asterisk_form(request)
        super().take_absolute_form(request)


class AsksServerForOptions(ReferenceServer):
    """OPTIONS in absolute-form is about the server as a whole, whatever its path is."""

    kills = {"absolute-form-of-options-has-its-path": "PATH_INFO: want /p, got ''"}

    def take_absolute_form(self, request: Request) -> None:
        super().take_absolute_form(request)
        if request.method == "OPTIONS":
            self.take_asterisk_form(request)


class TakesAbsoluteFormOfGetAlone(ReferenceServer):
    """Whoever sends a POST to a proxy is at the wrong address."""

    kills = {"absolute-form-of-post-accepted": "a request in absolute-form: want a call of the app"}

    def take_absolute_form(self, request: Request) -> None:
        if request.method == "POST":
            raise BadRequest("this is not a proxy")
        super().take_absolute_form(request)
