"""Content in chunks, alone or with another request behind it (RFC 9112 7.1)."""

from __future__ import annotations

from ..model.exchange import HttpExchange
from ..model.play import Play
from ..model.stimulus import FinishSending, Octets
from .judgement import expect, expect_octets, inconclusive
from .requests import NEXT_REQUEST
from .steps import content

READS_HELLO = Play(before=(content(b"hello"),))
_POST = b"POST /?{ticket} HTTP/1.1\r\nHost: {authority}\r\nTransfer-Encoding: chunked\r\n"
CHUNKED_HEAD = _POST + b"\r\n"


def chunks_and_next(chunks: bytes) -> Octets:
    """Return a request with these octets where its chunks are to be, and a GET behind it."""
    return Octets(CHUNKED_HEAD + chunks + NEXT_REQUEST, ("POST", "GET"))


def chunk_size_and_next(size: bytes) -> Octets:
    """Return a request with these octets where the size of its one chunk is to be, and a GET behind it."""
    return chunks_and_next(size + b"\r\nhello\r\n0\r\n\r\n")


VALID_CHUNKS = chunk_size_and_next(b"5")


def chunks_cut_off(chunks: bytes) -> Octets:
    """Return a request whose client ends its side behind these octets."""
    return Octets(CHUNKED_HEAD + chunks, then=(FinishSending(),))


def chunks_alone(chunks: bytes) -> Octets:
    """Return a request with these octets where its chunks are to be, which is the last one."""
    return Octets(_POST + b"Connection: close\r\n\r\n" + chunks)


VALID_CHUNKS_ALONE = chunks_alone(b"5\r\nhello\r\n0\r\n\r\n")


def expect_chunks_read(exchange: HttpExchange, want: bytes) -> None:
    """Expect that the application read this content, and then its end."""
    if not exchange.app.called:
        got = exchange.response.status if exchange.response else "a closed connection"
        expect(False, "a request with chunked content", want="a call of the application", got=got)
    contents = [seen.facts for seen in exchange.app.of("content") if seen.label == ""]
    if not contents:
        inconclusive("the application did not come to the end of the content")
    got = contents[0]["content"].encode("latin-1")
    error = contents[0]["error"]
    expect(error is None, "reading the content", want=want, got=error and error["type"])
    expect_octets("the content", want=want, got=got)
