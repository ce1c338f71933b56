"""Mutants of the request-line and what stands before it."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import ClassVar
from weakref import WeakSet

from reference_server import ReferenceServer
from reference_server.errors import BadRequest, RequestRejected
from reference_server.state import Connection, Request


class RefusesEmptyLineAtFirst(ReferenceServer):
    """An empty line at the beginning of a connection is an error."""

    kills = {
        "empty-line-before-request-ignored": "a request behind an empty line: want a call of the application, got 400",
        "empty-line-between-requests-ignored": "answer to the request behind an empty line: want 200, got 400",
    }

    def request_has_begun(self, connection: Connection) -> bool:
        return super().request_has_begun(connection)

    def await_request(self, connection: Connection) -> bool:
        self.MAX_EMPTY_LINES = 0
        return super().await_request(connection)


class RefusesEmptyLineBetween(ReferenceServer):
    """Only the first request of a connection may have an empty line before it."""

    kills = {
        "empty-line-between-requests-ignored": "answer to the request behind an empty line: want 200, got 400",
    }

    def serve_request(self, connection: Connection) -> bool:
        kept = super().serve_request(connection)
        connection.empty_lines = self.MAX_EMPTY_LINES
        return kept


class DropsFourthWord(ReferenceServer):
    """Drops fourth word."""

    kills = {
        "request-line-with-fourth-word-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_request_line(self, request: Request, line: bytes) -> None:
        super().parse_request_line(request, b" ".join(line.split(b" ")[:3]))


class RepairsMissingTarget(ReferenceServer):
    """Repairs missing target."""

    kills = {
        "request-line-without-target-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_request_line(self, request: Request, line: bytes) -> None:
        super().parse_request_line(request, line.replace(b"GET HTTP/", b"GET / HTTP/"))


class RepairsEmptyTarget(ReferenceServer):
    """Repairs empty target."""

    kills = {
        "request-line-with-empty-target-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_request_line(self, request: Request, line: bytes) -> None:
        super().parse_request_line(request, line.replace(b"GET  HTTP/", b"GET / HTTP/"))


class RepairsLoneMethod(ReferenceServer):
    """Repairs lone method."""

    kills = {
        "request-line-of-method-alone-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_first_octets(self, connection: Connection) -> None:
        if not connection.buffer.startswith(b"GET\r\n"):
            super().check_first_octets(connection)

    def parse_request_line(self, request: Request, line: bytes) -> None:
        super().parse_request_line(request, line + b" / HTTP/1.1" if line == b"GET" else line)


class RunsStatusLine(ReferenceServer):
    """Runs status line."""

    kills = {
        "status-line-as-request-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_first_octets(self, connection: Connection) -> None:
        """A status line passes."""
        if not connection.buffer.startswith(b"HTTP/"):
            super().check_first_octets(connection)

    def parse_request_line(self, request: Request, line: bytes) -> None:
        super().parse_request_line(request, b"GET / HTTP/1.1" if line.startswith(b"HTTP/") else line)


class FailsForTls(ReferenceServer):
    """The record of TLS is an error of the server."""

    kills = {
        "tls-hello-refused": "answer to the malformed request: want 400, got 500",
    }

    def check_first_octets(self, connection: Connection) -> None:
        if connection.buffer.startswith(b"\x16"):
            raise RequestRejected(HTTPStatus.INTERNAL_SERVER_ERROR, "index out of range")
        super().check_first_octets(connection)


class RunsPreface(ReferenceServer):
    """The preface of HTTP/2 is a request with an unknown method."""

    kills = {
        "h2-preface-not-run": "answer to the malformed request: want 400, got 200",
    }

    def parse_request_line(self, request: Request, line: bytes) -> None:
        super().parse_request_line(request, line.replace(b"PRI * HTTP/2.0", b"PRI / HTTP/1.0"))


class TakesSpaceIntoTarget(ReferenceServer):
    """The method ends at the first space, and the version begins behind the last one."""

    kills = {
        "double-space-read-or-refused": "PATH_INFO: want /seen, got '/ /seen '",
        "target-with-space-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_request_line(self, request: Request, line: bytes) -> None:
        method, _, rest = line.partition(b" ")
        target, _, version = rest.rpartition(b" ")
        super().parse_request_line(request, b" ".join((method, target.replace(b" ", b"%20"), version)))

    def take_origin_form(self, request: Request, target: bytes) -> None:
        super().take_origin_form(request, target)

    def take_absolute_form(self, request: Request) -> None:
        if request.target.startswith(b"%20/"):
            request.target = b"/" + request.target
            self.take_origin_form(request, request.target)
        else:
            super().take_absolute_form(request)


class TakesTabIntoTarget(ReferenceServer):
    """Takes tab into target."""

    kills = {
        "tab-separator-read-or-refused": "PATH_INFO: want /seen, got '/seen\\t'",
    }

    def check_first_octets(self, connection: Connection) -> None:
        """The method ends wherever white space is."""
        if not connection.buffer.startswith(b"GET\t"):
            super().check_first_octets(connection)

    def parse_request_line(self, request: Request, line: bytes) -> None:
        super().parse_request_line(request, line.replace(b"GET\t", b"GET ").replace(b"\tHTTP", b"%09 HTTP"))


class TakesSpaceIntoVersion(ReferenceServer):
    """Takes space into version."""

    kills = {
        "trailing-space-read-or-refused": "SERVER_PROTOCOL: want HTTP/1.1, got 'HTTP/1.1 '",
    }

    def parse_request_line(self, request: Request, line: bytes) -> None:
        super().parse_request_line(request, line.rstrip(b" "))
        request.protocol += " " * line.endswith(b" ")


class LosesFieldsBehindBareLf(ReferenceServer):
    """The first line ends at LF, the others are looked for behind CRLF."""

    kills = {
        "bare-lf-read-or-refused": "the fields behind the request-line: want in the environ, got lost",
    }

    def check_line_ends(self, octets: bytes) -> None:
        super().check_line_ends(octets.replace(b"\n", b"") if octets.startswith(b"GET ") else octets)

    def parse_request_line(self, request: Request, line: bytes) -> None:
        super().parse_request_line(request, line.partition(b"\n")[0])
        if b"\n" in line:
            request.version = (1, 0)
            request.query = re.findall(rb"wct-[0-9a-f]+", line)[0]


class EndsLinesAtBareCr(ReferenceServer):
    """A CR is a line end wherever it stands."""

    kills = {
        "absolute-form-served-in-pieces": "calls for the request cut between CR and LF",
        "bare-cr-begins-no-field": "environ['HTTP_X_B']: want absent, got b",
        "bare-cr-behind-request-line-refused": "the malformed request",
        "bare-cr-line-ends-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "chunk-extensions-and-trailers-served-in-pieces": "calls for the request cut between CR and LF",
        "chunks-served-cut-at-lines": "calls for the request cut between CR and LF",
        "content-served-cut-at-lines": "calls for the request cut between CR and LF",
        "expecting-request-served-in-pieces": "calls for the request cut between CR and LF",
        "get-served-cut-at-lines": "calls for the request cut between CR and LF",
        "head-served-in-pieces": "calls for the request cut between CR and LF",
        "http-1-0-request-served-in-pieces": "calls for the request cut between CR and LF",
        "long-field-served-in-pieces": "calls for the request cut between CR and LF",
        "next-request-served-in-pieces": "calls for the request cut between CR and LF",
        "request-behind-chunks-served-in-pieces": "calls for the request cut between CR and LF",
        "request-behind-content-served-in-pieces": "calls for the request cut between CR and LF",
        "request-behind-empty-line-served-in-pieces": "calls for the request cut between CR and LF",
    }

    def check_first_octets(self, connection: Connection) -> None:
        head, end, rest = bytes(connection.buffer).partition(b"\r\n\r\n")
        connection.buffer[:] = re.sub(rb"\r(?!\n)", b"\r\n", head) + end + rest
        super().check_first_octets(connection)


class ForgivesBareCrInTarget(ReferenceServer):
    """Forgives bare cr in target."""

    kills = {
        "bare-cr-in-target-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_line_ends(self, octets: bytes) -> None:
        super().check_line_ends(octets.replace(b"\r", b"") if octets.startswith(b"GET /se\r") else octets)

    def parse_request_line(self, request: Request, line: bytes) -> None:
        super().parse_request_line(request, line.replace(b"\r", b"%0D"))


class TakesBareCrIntoVersion(ReferenceServer):
    """Takes bare cr into version."""

    kills = {
        "bare-cr-before-line-end-read-or-refused": "SERVER_PROTOCOL: want HTTP/1.1, got 'HTTP/1.1\\r'",
    }

    def check_line_ends(self, octets: bytes) -> None:
        super().check_line_ends(octets.rstrip(b"\r\n"))

    def parse_request_line(self, request: Request, line: bytes) -> None:
        super().parse_request_line(request, line.rstrip(b"\r"))
        request.protocol += "\r" * line.endswith(b"\r")


class RunsHalfHead(ReferenceServer):
    """The end of the connection ends the head."""

    kills = {
        "head-incomplete-not-run": "calls of the application for half a head: want 0, got 1",
    }

    def receive_line(self, connection: Connection, limit: int, deadline: float) -> bytes | None:
        try:
            return super().receive_line(connection, limit, deadline)
        except BadRequest:
            if connection.ended and not connection.buffer:
                return b""
            raise


class CallsBeforeEndOfHead(ReferenceServer):
    """What arrived in one piece is taken for the whole head."""

    kills = {
        "chunk-extensions-and-trailers-served-in-pieces": "content of the request cut before the empty line",
        "chunks-served-cut-at-lines": "content of the request cut before the empty line",
        "content-served-cut-at-lines": "content of the request cut before the empty line",
        "expecting-request-served-in-pieces": "content of the request cut before the empty line",
        "head-awaited-before-call": "the call of the application: want after the end of the head, got before it",
        "head-incomplete-not-run": "calls of the application for half a head: want 0, got 1",
        "request-behind-chunks-served-in-pieces": "content of the request cut before the empty line",
        "request-behind-content-served-in-pieces": "content of the request cut before the empty line",
    }

    def read_field_lines(self, connection: Connection, deadline: float) -> list[tuple[bytes, bytes]]:
        if connection.buffer.endswith(b"\r\n") and b"\r\n\r\n" not in connection.buffer:
            connection.buffer += b"\r\n"
        return super().read_field_lines(connection, deadline)


class AnswersWhiteSpace(ReferenceServer):
    """A request-line without words is an error of the server's own."""

    kills = {
        "request-line-of-white-space-refused": "answer to the malformed request: want 400, got 500",
    }

    def check_first_octets(self, connection: Connection) -> None:
        if not bytes(connection.buffer[:4]).strip():
            raise RequestRejected(HTTPStatus.INTERNAL_SERVER_ERROR, "IndexError")
        super().check_first_octets(connection)


class AnswersNothing(ReferenceServer):
    """A connection that ends before its first request is an error of the server's own."""

    kills = {
        "connection-without-request-survived": "answer to the malformed request: want 400, got 500",
    }
    used: ClassVar[WeakSet[Connection]] = WeakSet()

    def await_request(self, connection: Connection) -> bool:
        first = connection not in self.used
        self.used.add(connection)
        begun = super().await_request(connection)
        if not begun and first and not connection.buffer:
            self.send(connection, b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        return begun


class EndsRequestLineAtBareCr(ReferenceServer):
    """A CR ends the request-line, and the line behind it is read as a field."""

    kills = {
        "bare-cr-behind-request-line-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def check_first_octets(self, connection: Connection) -> None:
        connection.buffer[:] = connection.buffer.replace(b"HTTP/1.1\rHost", b"HTTP/1.1\r\nHost")
        super().check_first_octets(connection)


class CountsEmptyLinesOfConnection(ReferenceServer):
    """A connection has four empty lines to spend."""

    kills = {"empty-line-before-each-request-ignored": "answer to request 5: want 200, got 400"}

    def read_request_line(self, connection: Connection, deadline: float) -> bytes:
        spent = connection.empty_lines
        line = super().read_request_line(connection, deadline)
        connection.empty_lines = spent
        return line
