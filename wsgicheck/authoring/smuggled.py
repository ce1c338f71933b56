"""A request that stands where the content of another one is (RFC 9112 11.2)."""

from __future__ import annotations

from ..model.exchange import HttpExchange
from ..model.play import PLAIN_TEXT, Play
from ..model.stimulus import Octets
from .calls import calls_of
from .judgement import expect

SMUGGLED = b"GET /?{ticket}-2 HTTP/1.1\r\nHost: x\r\n\r\n"
TICKET_GROWTH = len("wct-0123456789abcdef") - len("{ticket}")
"""How much longer octets are when a ticket has been filled in."""
SMUGGLED_SIZE = len(SMUGGLED) + TICKET_GROWTH
SMUGGLED_LENGTH = b"Content-Length: %d" % SMUGGLED_SIZE
SMUGGLED_CHUNK = b"%x\r\n" % SMUGGLED_SIZE + SMUGGLED + b"\r\n0\r\n\r\n"
BEHIND_SMUGGLED = b"GET /?{ticket}-3 HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n"
NINE_OCTETS = Play(headers=(*PLAIN_TEXT, ("Content-Length", "9")))
"""A response after which any server can keep the connection: what comes next on it is what is on trial."""
NOTHING_SMUGGLED = Octets(
    b"POST /?{ticket} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
)
"""The control of all of these: a request without content."""


def smuggling(
    method: bytes,
    *lines: bytes,
    content: bytes = SMUGGLED,
    target: bytes = b"/?{ticket}",
    version: bytes = b"HTTP/1.1",
    host: bytes = b"Host: {authority}",
) -> Octets:
    """Return a request with field lines and content, and an honest one behind it; without Host for b""."""
    head = b" ".join((method, target, version)) + b"\r\n"
    head += b"".join(line + b"\r\n" for line in (host, *lines) if line) + b"\r\n"
    return Octets(head + content + BEHIND_SMUGGLED, (method.decode(), "GET"))


def expect_not_smuggled(exchange: HttpExchange) -> None:
    """Fail where the request within the request was run."""
    got = len(calls_of(exchange, "2"))
    expect(got == 0, "calls for the request within the content", want=0, got=got)
