"""Correct servers that repair what may be repaired, or refuse what may be refused."""

from __future__ import annotations

import re
from http import HTTPStatus

from reference_server import ReferenceServer
from reference_server.errors import BadRequest, RequestRejected
from reference_server.state import Connection, Request
from tests.lenient.freedom import rfc3875, rfc9110, rfc9112


class ReplacesBareCr(ReferenceServer):
    """A bare CR in a line of the head is read as a space."""

    freedom = rfc9112("2.2", "or replace each bare CR with SP before processing the element")

    def receive_line(self, connection: Connection, limit: int, deadline: float) -> bytes | None:
        if limit > self.MAX_CHUNK_LINE:
            connection.buffer[:] = self.replaced(bytes(connection.buffer))
        return super().receive_line(connection, limit, deadline)

    def replaced(self, octets: bytes) -> bytes:
        line, end, rest = octets.partition(b"\r\n")
        return re.sub(rb"\r(?=[^\n])", b" ", line) + end + rest


class TakesBareLf(ReferenceServer):
    """A line of the head may end with LF alone."""

    freedom = rfc9112("2.2", "a recipient MAY recognize a single LF as a line terminator")

    def receive_line(self, connection: Connection, limit: int, deadline: float) -> bytes | None:
        if limit > self.MAX_CHUNK_LINE:
            while b"\n" not in connection.buffer and len(connection.buffer) <= limit:
                if not self.receive(connection, deadline):
                    raise BadRequest("the message ends within a line")
            line, end, rest = bytes(connection.buffer).partition(b"\n")
            if end and not line.endswith(b"\r"):
                connection.buffer[:] = line + b"\r\n" + rest
        return super().receive_line(connection, limit, deadline)


class UnfoldsLines(ReferenceServer):
    """Obsolete line folding is read as a space."""

    freedom = rfc9112(
        "5.2",
        "or replace each received obs-fold with one or more SP octets prior to interpreting the field value",
    )

    def read_field_lines(self, connection: Connection, deadline: float) -> list[tuple[bytes, bytes]]:
        return self.unfold(super().read_field_lines(connection, deadline))

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        if line[:1] in (b" ", b"\t"):
            value = line.strip(b" \t")
            self.check_field_value(value)
            return b" ", value
        return super().parse_field_line(line)

    def unfold(self, fields: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        unfolded: list[tuple[bytes, bytes]] = []
        for name, value in fields:
            if name != b" ":
                unfolded.append((name, value))
            elif not unfolded:
                raise BadRequest("white space before the first field")
            else:
                first, before = unfolded[-1]
                unfolded[-1] = first, (before + b" " + value).strip()
        return unfolded


class SkipsLinesBeforeFields(ReferenceServer):
    """Lines that begin with white space, before the first field, are thrown away."""

    freedom = rfc9112("2.2", "consume each whitespace-preceded line without further processing of it")

    def read_field_lines(self, connection: Connection, deadline: float) -> list[tuple[bytes, bytes]]:
        if not connection.buffer:
            self.receive(connection, deadline)
        while connection.buffer[:1] in (b" ", b"\t"):
            self.receive_line(connection, self.MAX_FIELD_OCTETS, deadline)
        return super().read_field_lines(connection, deadline)


class ReplacesNul(ReferenceServer):
    """A NUL in a value is read as a space."""

    freedom = rfc9110("5.5", "replace each of those characters with SP before further processing")

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        name, colon, value = line.partition(b":")
        return super().parse_field_line(name + colon + value.replace(b"\0", b" "))


class KeepsControls(ReferenceServer):
    """Control characters other than CR, LF and NUL stay in the value."""

    freedom = rfc9110("5.5", "recipients MAY retain such characters for the sake of robustness")

    def check_field_value(self, value: bytes) -> None:
        super().check_field_value(re.sub(rb"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]", b" ", value))


class SplitsAtWhitespace(ReferenceServer):
    """The words of a request line may be separated by any white space."""

    freedom = rfc9112("3", "recipients MAY instead parse on whitespace-delimited word boundaries")

    def parse_request_line(self, request: Request, line: bytes) -> None:
        super().parse_request_line(request, b" ".join(re.split(rb"[ \t\v\f\r]+", line.strip(b" \t\v\f\r"))))


class TakesOddTargets(ReferenceServer):
    """What no URI may hold is passed on, undecoded where it cannot be decoded."""

    freedom = rfc9112("3.2", "Recipients of an invalid request-line SHOULD respond with either a 400")
    warns = {
        "query-with-*-refused": "an invalid target should be refused",
        "target-*": "an invalid target should be refused",
    }

    def take_origin_form(self, request: Request, target: bytes) -> None:
        path, _, query = target.partition(b"?")
        if re.search(rb"[\x00-\x20\x7f]", target):
            raise BadRequest("a control character in the target")
        request.path, request.query = path, query


class RefusesDoubtfulPaths(ReferenceServer):
    """A path with NUL, or with an encoded slash or backslash, is nobody's page."""

    freedom = rfc3875("4.1.5", "MAY reject the request with an error if it encounters any values considered")

    def take_origin_form(self, request: Request, target: bytes) -> None:
        super().take_origin_form(request, target)
        if re.search(rb"%(00|2f|5c)", request.path, re.IGNORECASE):
            raise RequestRejected(HTTPStatus.NOT_FOUND, "no such path")


class RefusesUnknownMethods(ReferenceServer):
    """A method that the server does not know is not implemented."""

    freedom = rfc9110(
        "9.1",
        "An origin server that receives a request method that is unrecognized or not implemented SHOULD "
        "respond with the 501 (Not Implemented) status code.",
    )
    KNOWN = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT")

    def check_method(self, request: Request, method: bytes) -> None:
        super().check_method(request, method)
        if request.method not in self.KNOWN:
            raise RequestRejected(HTTPStatus.NOT_IMPLEMENTED, "an unknown method")


class RefusesForeignHosts(ReferenceServer):
    """A request for another authority than the server's own is misdirected."""

    freedom = rfc9110(
        "15.5.20",
        "a server that is unable or unwilling to produce an authoritative response",
    )

    def read_request_head(self, connection: Connection, request: Request) -> None:
        super().read_request_head(connection, request)
        hosts = [request.authority] if request.authority is not None else self.field_values(request, b"host")
        if hosts and hosts[0] and b"example" in hosts[0].lower():
            raise RequestRejected(HTTPStatus.MISDIRECTED_REQUEST, "this host lives elsewhere")


class RefusesWithoutWords(ReferenceServer):
    """Where the law only says that a message is invalid, the connection just ends."""

    freedom = rfc9112("2.2", "MUST consider that element to be invalid")

    def reject_request(self, connection: Connection, request: Request, rejection: RequestRejected) -> None:
        if "CR or LF have no other place" not in rejection.detail:
            super().reject_request(connection, request, rejection)


class HasSmallLimits(ReferenceServer):
    """Fields, methods and bodies are limited to what is seen in practice."""

    freedom = rfc9110("17.5", "Recipients ought to carefully limit the extent to which they process")
    MAX_REQUEST_LINE = 8000
    MAX_METHOD = 20
    MAX_FIELD_OCTETS = 8192
    MAX_FIELDS = 50
    MAX_CHUNK_LINE = 64
    MAX_CHUNK_EXTENSIONS = 512
    MAX_EMPTY_LINES = 1


class ToleratesUnknownExpectations(ReferenceServer):
    """An expectation that nobody knows is ignored."""

    freedom = rfc9110("10.1.1", "MAY respond with a 417 (Expectation Failed) status code")

    def check_expectation(self, request: Request) -> None:
        pass


class TakesFirstContentType(ReferenceServer):
    """Of two Content-Type lines the first counts."""

    freedom = rfc9110("2.4", "a recipient MAY attempt to recover a usable protocol element")

    def check_content_type(self, request: Request) -> None:
        pass


class RefusesObsText(ReferenceServer):
    """A value beyond ASCII is refused."""

    freedom = rfc9110("5.5", "SHOULD limit their values to visible US-ASCII octets")

    def check_field_value(self, value: bytes) -> None:
        super().check_field_value(value)
        if not value.isascii():
            raise BadRequest("a value beyond ASCII")
