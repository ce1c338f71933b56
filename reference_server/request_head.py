"""The head of a request: RFC 9112, sections 2, 3 and 5."""

from __future__ import annotations

import re
import time
from http import HTTPStatus

from .errors import BadRequest, RequestRejected
from .fields import TOKEN
from .state import Connection, Request
from .target import Target

HTTP_VERSION = re.compile(rb"HTTP/([0-9])\.([0-9])")
METHOD_SO_FAR = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+(?: |\Z)")


class RequestHead(Target):
    """From octets to a ``Request``, or to a rejection."""

    def await_request(self, connection: Connection) -> bool:
        """Wait for the first octet of a request; false when none comes.

        RFC 9112, 9.5: a connection that stays idle is closed gracefully, without an answer to nothing.
        """
        deadline = time.monotonic() + self.IDLE_TIMEOUT
        connection.idle = True
        while not self.request_has_begun(connection):
            try:
                unwanted = self.stopping.is_set() or connection.dismissed
                if unwanted or not self.receive(connection, deadline):
                    return False
            except TimeoutError:
                if time.monotonic() >= deadline - 0.01 or connection.timed_by_kernel:
                    return False
        connection.idle = False
        return True

    def request_has_begun(self, connection: Connection) -> bool:
        """RFC 9112, 2.2: "ignore at least one empty line (CRLF) received prior to the request-line".

        Such a line alone is not the beginning of a request, and gets no answer.
        """
        buffer = connection.buffer
        while buffer.startswith(b"\r\n") and connection.empty_lines < self.MAX_EMPTY_LINES:
            del buffer[:2]
            connection.empty_lines += 1
        return bool(buffer) and buffer != b"\r"

    def read_request_head(self, connection: Connection, request: Request) -> None:
        """Fill in *request*, which keeps what was understood even if the rest is rejected."""
        deadline = time.monotonic() + self.HEADER_TIMEOUT
        try:
            line = self.read_request_line(connection, deadline)
            self.parse_request_line(request, line)
            request.fields = self.read_field_lines(connection, deadline)
        except TimeoutError:
            raise RequestRejected(HTTPStatus.REQUEST_TIMEOUT, "the request head took too long") from None
        self.check_host(request)
        self.check_content_type(request)
        self.check_expectation(request)

    def read_request_line(self, connection: Connection, deadline: float) -> bytes:
        """Take the line; what is too long for it is refused, not cut."""
        connection.empty_lines = 0
        self.check_first_octets(connection)
        line = self.receive_line(connection, self.MAX_REQUEST_LINE, deadline)
        if line is None:
            raise self.too_long(bytes(connection.buffer[: self.MAX_METHOD + 1]))
        return line

    def check_first_octets(self, connection: Connection) -> None:
        """RFC 9112, 2.2: what is no HTTP at all is answered 400 at once, though no line end may ever come."""
        start = bytes(connection.buffer[: self.MAX_METHOD])
        if start[:1] not in (b"", b"\r") and not METHOD_SO_FAR.match(start):
            raise BadRequest("this is not HTTP")

    def too_long(self, start: bytes) -> RequestRejected:
        """RFC 9112, 3: 501 (SHOULD) for a too long method, 414 (MUST) for a too long request-target."""
        if b" " not in start:
            return RequestRejected(HTTPStatus.NOT_IMPLEMENTED, "the method is too long")
        return RequestRejected(HTTPStatus.REQUEST_URI_TOO_LONG, "the request-target is too long")

    def parse_request_line(self, request: Request, line: bytes) -> None:
        """RFC 9112, 3: ``request-line = method SP request-target SP HTTP-version``, one SP each."""
        words = line.split(b" ")
        if len(words) != 3:
            raise BadRequest("a request-line has three words, separated by single spaces")
        method, request.target, version = words
        self.check_method(request, method)
        self.check_version(request, version)
        self.check_target(request)

    def check_method(self, request: Request, method: bytes) -> None:
        """RFC 9112, 3.1: a case-sensitive token. Which methods exist is for the application to say."""
        if not TOKEN.fullmatch(method):
            raise BadRequest("the method is not a token")
        request.method = method.decode("ascii")
        if len(method) > self.MAX_METHOD:
            raise self.too_long(method)

    def check_version(self, request: Request, version: bytes) -> None:
        """RFC 9112, 2.3: ``HTTP-version = HTTP-name "/" DIGIT "." DIGIT``, case-sensitive.

        RFC 9110, 6.2: a higher minor version is processed as the highest we know; 15.6.6: another
        major version is answered with 505.
        """
        match = HTTP_VERSION.fullmatch(version)
        if not match:
            raise BadRequest("a malformed HTTP version")
        request.protocol = version.decode("ascii")
        if match[1] != b"1":
            raise RequestRejected(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, "only HTTP/1.x is spoken here")
        request.version = min((1, int(match[2])), (1, 1))

    def check_content_type(self, request: Request) -> None:
        """RFC 9110, 5.3: Content-Type is no list, so two lines have no combined meaning."""
        if len(self.field_values(request, b"content-type")) > 1:
            raise BadRequest("more than one Content-Type")

    def check_expectation(self, request: Request) -> None:
        """RFC 9110, 10.1.1: an expectation other than 100-continue MAY be answered with 417."""
        unknown = set(self.list_members(request, b"expect")) - {b"100-continue"}
        if unknown and request.version >= (1, 1):
            raise RequestRejected(HTTPStatus.EXPECTATION_FAILED, "an unknown expectation")
