"""Request lines, before the same field lines (RFC 9112 3)."""

from __future__ import annotations

from ..model.exchange import HttpExchange
from ..model.stimulus import Octets
from .environs import environ_of
from .judgement import expect
from .refusals import refused

HEAD_BEHIND_LINE = b"Host: {authority}\r\nX-Wsgicheck-Ticket: {ticket}\r\nConnection: close\r\n\r\n"


def request_line(line: bytes) -> Octets:
    """Return a request with this line."""
    return Octets(line + b"\r\n" + HEAD_BEHIND_LINE)


def with_method(method: bytes, target: bytes = b"/?{ticket}") -> Octets:
    """Return a request with this method."""
    return request_line(method + b" " + target + b" HTTP/1.1")


def with_target(target: bytes, method: bytes = b"GET") -> Octets:
    """Return a request for this target."""
    return with_method(method, target)


VALID_REQUEST_LINE = request_line(b"GET /seen HTTP/1.1")


def expect_seen_or_refused(exchange: HttpExchange) -> None:
    """Expect that a request that may be read or refused was not read as anything else."""
    if not exchange.app.called:
        refused(exchange, by_any_error=True)
        return
    environ = environ_of(exchange)
    for key, want in (("REQUEST_METHOD", "GET"), ("PATH_INFO", "/seen")):
        expect(environ.get(key) == want, key, want=want, got=environ.get(key))
    version = environ.get("SERVER_PROTOCOL")
    expect(version in ("HTTP/1.1", "HTTP/1.0"), "SERVER_PROTOCOL", want="HTTP/1.1", got=version)
    found = "HTTP_X_WSGICHECK_TICKET" in environ
    expect(found, "the fields behind the request-line", want="in the environ", got="lost")
