"""The request-target and the authority: RFC 9112, section 3.2, and RFC 3986."""

from __future__ import annotations

import re
from http import HTTPStatus

from .errors import BadRequest, RequestRejected
from .fields import Fields
from .state import Request

PCHAR = rb"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})"
ABSOLUTE_PATH = re.compile(rb"(?:/" + PCHAR + rb"*)+")
QUERY = re.compile(rb"(?:" + PCHAR + rb"|[/?])*")
ABSOLUTE_URI = re.compile(rb"([A-Za-z][A-Za-z0-9+\-.]*)://([^/?#]*)(.*)", re.DOTALL)
REG_NAME = rb"(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})*"
IP_LITERAL = rb"\[(?:[0-9A-Fa-f:.]+|[vV][0-9A-Fa-f]+\.[A-Za-z0-9\-._~!$&'()*+,;=:]+)\]"
AUTHORITY = re.compile(rb"(" + IP_LITERAL + rb"|" + REG_NAME + rb")(?::([0-9]*))?")


class Target(Fields):
    """Where a request is directed."""

    def check_target(self, request: Request) -> None:
        """RFC 9112, 3.2: four forms, told apart by the method and the first octet.

        "Recipients of an invalid request-line SHOULD respond with either a 400 (Bad Request) error":
        nothing is repaired.
        """
        if request.method == "CONNECT":
            self.refuse_connect(request)
        elif request.target == b"*":
            self.take_asterisk_form(request)
        elif request.target.startswith(b"/"):
            self.take_origin_form(request, request.target)
        else:
            self.take_absolute_form(request)

    def refuse_connect(self, request: Request) -> None:
        """RFC 9110, 9.3.6: most origin servers do not implement CONNECT; a bad port is a bad request."""
        match = AUTHORITY.fullmatch(request.target)
        if not match or not match[1] or not match[2] or not 0 < int(match[2][:6]) < 65536:
            raise BadRequest("CONNECT needs a host and a port")
        raise RequestRejected(HTTPStatus.NOT_IMPLEMENTED, "this is an origin server: no CONNECT")

    def take_asterisk_form(self, request: Request) -> None:
        """RFC 9112, 3.2.4: "*" is only for OPTIONS, and its target URI has an empty path.

        So PATH_INFO is empty too, and URL reconstruction yields what section 3.3 calls for.
        """
        if request.method != "OPTIONS":
            raise BadRequest("the asterisk-form is only for OPTIONS")
        request.path = b""

    def take_origin_form(self, request: Request, target: bytes) -> None:
        """RFC 9112, 3.2.1: ``origin-form = absolute-path [ "?" query ]``; "//" stays as it is."""
        path, _, query = target.partition(b"?")
        if not ABSOLUTE_PATH.fullmatch(path) or not QUERY.fullmatch(query):
            raise BadRequest("the request-target holds octets that no URI may hold")
        request.path, request.query = path, query

    def take_absolute_form(self, request: Request) -> None:
        """RFC 9112, 3.2.2: a server MUST accept the absolute-form, and ignore Host in its favour."""
        match = ABSOLUTE_URI.fullmatch(request.target)
        if not match:
            raise BadRequest("the request-target has none of the four forms")
        scheme, authority, rest = match.groups()
        self.check_scheme(scheme.lower())
        self.check_authority(authority, may_be_empty=False)
        request.authority = authority
        if not rest and request.method == "OPTIONS":
            self.take_asterisk_form(request)  # 3.2.4: what a proxy would have made of it
        else:
            self.take_origin_form(request, rest if rest.startswith(b"/") else b"/" + rest)

    def check_scheme(self, scheme: bytes) -> None:
        """RFC 9110, 7.4: an https request over an unsecured connection MUST be rejected."""
        if scheme not in (b"http", b"https"):
            raise BadRequest("an unknown scheme in the request-target")
        if scheme != (b"https" if self.tls else b"http"):
            raise RequestRejected(HTTPStatus.MISDIRECTED_REQUEST, "this scheme lives on another connection")

    def check_authority(self, authority: bytes, *, may_be_empty: bool) -> None:
        """RFC 9110, 7.2: ``Host = uri-host [ ":" port ]``; 4.2.4: userinfo is an error."""
        match = AUTHORITY.fullmatch(authority)
        if not match or int(match[2] or b"0") > 65535:
            raise BadRequest("an invalid host or port")
        # RFC 9110, 4.2.1: an http URI with an empty host MUST be rejected as invalid.
        if not match[1] and not may_be_empty:
            raise BadRequest("an empty host")

    def check_host(self, request: Request) -> None:
        """RFC 9112, 3.2: 400 for any HTTP/1.1 request "that lacks a Host header field",

        and for any request "that contains more than one Host header field line or a Host header
        field with an invalid field value".
        """
        hosts = self.field_values(request, b"host")
        if len(hosts) > 1:
            raise BadRequest("more than one Host")
        if not hosts and request.version >= (1, 1):
            raise BadRequest("an HTTP/1.1 request without Host")
        for host in hosts:
            # An empty Host is grammatical; SERVER_NAME is then the default authority (3.3).
            self.check_authority(host, may_be_empty=host == b"")
