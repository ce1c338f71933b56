"""Mutants of what a server answers by itself."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from reference_server import ReferenceServer
from reference_server.errors import RequestRejected


class Tunnels(ReferenceServer):
    """CONNECT goes to the application, and its response out as any other, with its coding."""

    kills = {
        "connect-success-without-coding": "Transfer-Encoding in a 2xx to CONNECT: want absent, got chunked",
        "connect-success-without-length": "Content-Length in a 2xx to CONNECT: want absent, got 9",
    }

    def refuse_connect(self, request: Any) -> None:
        try:
            super().refuse_connect(request)
        except RequestRejected as rejection:
            if rejection.status != HTTPStatus.NOT_IMPLEMENTED:
                raise


class _Answers(ReferenceServer):
    """The ground of some others: answers a method by itself."""

    answered = "TRACE"
    status = b"405 Method Not Allowed"
    content = b"no"

    def run_in_turn(self, transaction: Any) -> None:
        if transaction.request.method != self.answered:
            super().run_in_turn(transaction)
            return
        content = self.answer(transaction)
        head = b"HTTP/1.1 %b\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Type: text/plain\r\n"
        tail = b"Connection: close\r\nContent-Length: %d\r\n\r\n"
        self.send(transaction.connection, (head + tail) % (self.status, len(content)) + content)

    def answer(self, transaction: Any) -> bytes:
        return self.content


class ReflectsEverything(_Answers):
    """TRACE is answered with all fields of the request."""

    kills = {"trace-without-secrets": "content of the answer to TRACE: want no credentials, got"}
    status = b"200 OK"

    def answer(self, transaction: Any) -> bytes:
        return b"".join(b"%b: %b\r\n" % field for field in transaction.request.fields)


class RefusesTraceSilently(_Answers):
    """The 405 for TRACE does not say what is allowed."""

    kills = {"trace-refusal-lists-methods": "Allow in a 405: want present, got absent"}


class RefusesMethodSilently(_Answers):
    """The 405 for an unknown method does not say what is allowed."""

    kills = {
        "method-refusal-lists-methods": "Allow in a 405: want present, got absent",
    }
    answered = "BREW"


class RefusesVersionSilently(ReferenceServer):
    """A 505 has no content."""

    kills = {"version-refusal-explains": "content of a 505: want an explanation, got nothing"}

    def send(self, connection: Any, octets: bytes) -> None:
        if octets.startswith(b"HTTP/1.1 505"):
            octets = b"HTTP/1.1 505 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        super().send(connection, octets)


class RefusesInNoType(ReferenceServer):
    """A refusal does not say what its content is."""

    kills = {"refusal-names-its-type": "Content-Type of a refusal: want present, got absent"}

    def send_error(self, connection: Any, request: Any, status: HTTPStatus, detail: str) -> None:
        self.refusing = True
        try:
            super().send_error(connection, request, status, detail)
        finally:
            del self.refusing

    def format_headers(self, headers: Any) -> bytes:
        if hasattr(self, "refusing"):
            headers = [header for header in headers if header[0] != "Content-Type"]
        return super().format_headers(headers)


class CrashesForOtherHosts(ReferenceServer):
    """A host that is not in the table is an error."""

    kills = {"host-of-no-site-served-or-refused": "answer for an unknown host: want"}

    def check_host(self, request: Any) -> None:
        super().check_host(request)
        if self.field_values(request, b"host") == [b"no-site-of-yours.example"]:
            raise RequestRejected(HTTPStatus.INTERNAL_SERVER_ERROR, "KeyError")


class CrashesForExpectations(ReferenceServer):
    """An expectation that is not in the table is an error."""

    kills = {"expectation-unknown-served-or-417": "answer to an unknown expectation: want"}

    def check_expectation(self, request: Any) -> None:
        try:
            super().check_expectation(request)
        except RequestRejected as rejection:
            raise RequestRejected(HTTPStatus.INTERNAL_SERVER_ERROR, "KeyError") from rejection


class RefusesUnknownFields(ReferenceServer):
    """A field that is in no registry is refused."""

    kills = {"field-unknown-ignored": "answer to a request with an unknown field: want 200, got 400"}

    def check_field_name(self, name: bytes) -> None:
        super().check_field_name(name)
        if name == b"Frobnicate":
            raise RequestRejected(HTTPStatus.BAD_REQUEST, "no such field")


class ForgetsHostOfHttp10(ReferenceServer):
    """HTTP/1.0 has no Host, so it is dropped there."""

    kills = {"host-read-from-http-1-0": "HTTP_HOST of a request in HTTP/1.0: want"}

    def check_host(self, request: Any) -> None:
        super().check_host(request)
        if request.version < (1, 1):
            request.fields = [field for field in request.fields if field[0].lower() != b"host"]
