"""Content in a transfer coding, with another request behind it (RFC 9112 6.1)."""

from __future__ import annotations

from ..model.exchange import HttpExchange
from ..model.stimulus import Octets
from .judgement import expect, inconclusive
from .requests import NEXT_REQUEST

HELLO_IN_CHUNKS = b"5\r\nhello\r\n0\r\n\r\n"


def request_in_chunks(*lines: bytes, version: bytes = b"HTTP/1.1", method: bytes = b"POST") -> Octets:
    """Return a request with these field lines and ``hello`` in one chunk, and a GET behind it."""
    head = method + b" /?{ticket} " + version + b"\r\nHost: {authority}\r\n"
    body = b"".join(line + b"\r\n" for line in lines) + b"\r\n" + HELLO_IN_CHUNKS
    return Octets(head + body + NEXT_REQUEST, (method.decode(), "GET"))


def coded_as(value: bytes) -> Octets:
    """Return such a POST with one Transfer-Encoding, whose value stands right behind the colon."""
    return request_in_chunks(b"Transfer-Encoding:" + value)


VALID_CODING = coded_as(b" chunked")


def expect_decoded(exchange: HttpExchange) -> None:
    """Expect that the application read the decoded content."""
    if not exchange.app.called:
        got = exchange.response.status if exchange.response else "a closed connection"
        expect(False, "a request with chunked content", want="a call of the application", got=got)
    contents = [seen.facts["content"] for seen in exchange.app.of("content") if seen.label == ""]
    if not contents:
        inconclusive("the application did not come to the end of the content")
    expect(contents[0] == "hello", "the content", want="hello", got=contents[0])
