"""Chunked responses (RFC 9112 7.1)."""

from __future__ import annotations

from ...authoring import (
    HttpExchange,
    Play,
    Response,
    called_once,
    check,
    expect,
    expect_no_fault,
    expect_octets,
    inapplicable,
    response_of,
    writes,
)
from ...authoring.requests import GET_KEPT
from ...spec import rfc9112

BLOCKS = (b"abcdefghijklmnopqrstuvwxyz", b"", b"0\r\n\r\n", b"\x00\xff" * 5000, b"x")
"""A size with a hexadecimal letter, an empty block, one that looks like the end, a large one, a small one."""
STREAM = Play(chunks=BLOCKS)
WRITTEN = Play(after=tuple(writes(block) for block in BLOCKS if block), chunks=())
WHOLE = b"".join(BLOCKS)


def _chunked(exchange: HttpExchange) -> Response:
    called_once(exchange)
    response = response_of(exchange)
    if response.framing != "chunked":
        inapplicable(f"the response is framed by {response.framing}, not by chunks")
    return response


@check("chunks-well-formed", requires=rfc9112.CHUNKED_FORMAT, send=GET_KEPT, play=STREAM)
def chunks_well_formed(exchange: HttpExchange) -> None:
    """Every chunk is its size in hexadecimal digits, CRLF, that many octets, CRLF.

    Behind a wrong size the client reads content as sizes, and gives up.
    """
    expect_no_fault(_chunked(exchange), "no chunk size", "chunk data", "a chunk line")


@check("chunk-size-without-padding", requires=rfc9112.CHUNKED_FORMAT, send=GET_KEPT, play=STREAM)
def chunk_size_without_padding(exchange: HttpExchange) -> None:
    """No white space follows a chunk size.

    Old servers filled a field of fixed width; strict parsers refuse it.
    """
    expect_no_fault(_chunked(exchange), "white space follows")


@check("chunks-carry-content", requires=rfc9112.CHUNKED_FORMAT, send=GET_KEPT, play=STREAM)
def chunks_carry_content(exchange: HttpExchange) -> None:
    """Decoded, the chunks are the octets of the application.

    An empty block sent as a chunk ends the response: what follows is lost, and nobody notices.
    """
    response = _chunked(exchange)
    if response.complete:
        expect_octets("content in chunks", want=WHOLE, got=response.content)


@check("last-chunk-sent", requires=rfc9112.LAST_CHUNK, send=GET_KEPT, play=STREAM)
def last_chunk_sent(exchange: HttpExchange) -> None:
    """A chunked response ends in a chunk of size zero and an empty line.

    Without them it is incomplete, and the client has to throw it away, or waits.
    """
    response = _chunked(exchange)
    if response.complete or any(
        fault.startswith(("no chunk size", "chunk data")) for fault in response.faults
    ):
        return
    expect(False, "end of a chunked response", want="a last chunk", got=exchange.wire.octets_received[-20:])


@check("last-chunk-sent-after-nothing", requires=rfc9112.LAST_CHUNK, send=GET_KEPT, play=Play(chunks=()))
def last_chunk_sent_after_nothing(exchange: HttpExchange) -> None:
    """A chunked response without content ends in a last chunk, too.

    See ``last-chunk-sent``; here no chunk comes before it.
    """
    response = _chunked(exchange)
    expect(response.complete, "end of a chunked response", want="a last chunk", got=exchange.wire.ended)


@check("written-chunks-well-formed", requires=rfc9112.CHUNKED_FORMAT, send=GET_KEPT, play=WRITTEN)
def written_chunks_well_formed(exchange: HttpExchange) -> None:
    """What is passed to ``write()`` goes out in well-formed chunks.

    ``write()`` bypasses the loop in which a server makes its chunks.
    """
    if not exchange.app.of("wrote"):
        inapplicable("write() did not take the octets")
    response = _chunked(exchange)
    expect_no_fault(response, "no chunk size", "chunk data", "a chunk line")
    if response.complete:
        expect_octets("content in chunks", want=WHOLE, got=response.content)


@check("trailer-section-empty", requires=rfc9112.CHUNKED_FORMAT, send=GET_KEPT, play=STREAM)
def trailer_section_empty(exchange: HttpExchange) -> None:
    """The trailer section is well-formed; WSGI has no trailers, so it is usually empty.

    The last line must be empty: the client reads on until it comes.
    """
    expect_no_fault(_chunked(exchange), "trailer section")
