"""Blocks on their way to the client (PEP 3333, Buffering and Streaming).

A gate shows that nothing is held back: the application waits at it, and only a client that has received
what was yielded by then opens it. The last octet of such a block occurs nowhere else.
"""

from __future__ import annotations

from dataclasses import replace

from ...authoring import (
    PLAIN_TEXT,
    Exchange,
    HttpExchange,
    Octets,
    Play,
    Receive,
    Release,
    Request,
    Send,
    called_once,
    check,
    expect,
    gate_passed,
    inconclusive,
    needs_kept_connection,
    waits,
)
from ...spec import pep3333

GATED = (Receive(b"\x01"), Release("go"))
STEPWISE = (
    Receive(b"\x01"),
    Release("one"),
    Receive(b"\x02"),
    Release("two"),
    Receive(b"\x03"),
    Release("three"),
)
FIRST = b"the first block\x01"
REST = (waits("go"), b", the rest")
EVERY = Play(chunks=(b"\x01", waits("one"), b"\x02", waits("two"), b"\x03", waits("three"), b"end"))
LARGE = b"0123456789abcde\n" * 262_144


def _expect_sent(exchange: Exchange, octet: bytes = b"\x01", what: str = "the first block") -> None:
    """Fail unless a block reached the client while the application waited behind it."""
    called_once(exchange)
    if not exchange.app.of("waiting"):
        inconclusive("the application was not asked for anything behind that block")
    sent = gate_passed(exchange, "receive " + octet.decode("latin-1"))
    expect(sent, f"{what}, while the application waits", want="received", got="held back")


def _expect_every_block_sent(exchange: Exchange) -> None:
    """Fail unless each of three blocks reached the client while the application waited behind it."""
    _expect_sent(exchange)
    _expect_sent(exchange, b"\x02", "the second block")
    _expect_sent(exchange, b"\x03", "the third block")


@check(
    "block-sent-before-next",
    requires=(pep3333.BLOCK_NOT_DELAYED, pep3333.TRANSMIT_UNBUFFERED, pep3333.TRANSMIT_BEFORE_NEXT),
    send=Request(then=GATED),
    play=Play(shape="generator", chunks=(FIRST, *REST)),
)
def block_sent_before_next(exchange: Exchange) -> None:
    """A block reaches the client while the generator is still at work on the next one.

    Progress reports, event streams and long polling depend on it.
    """
    _expect_sent(exchange)


@check(
    "iterator-block-sent-before-next",
    requires=(pep3333.BLOCK_NOT_DELAYED, pep3333.TRANSMIT_UNBUFFERED),
    send=Request(then=GATED),
    play=Play(shape="iterable", chunks=(FIRST, *REST)),
)
def iterator_block_sent_before_next(exchange: Exchange) -> None:
    """A block of an iterable that is no generator reaches the client while the next one is not ready.

    A server that streams generators alone, and joins everything else, delays what middleware wraps.
    """
    _expect_sent(exchange)


@check(
    "block-sent-before-next-with-content-length",
    requires=(pep3333.BLOCK_NOT_DELAYED, pep3333.TRANSMIT_UNBUFFERED),
    send=Request(then=GATED),
    play=Play(headers=(*PLAIN_TEXT, ("Content-Length", "26")), shape="generator", chunks=(FIRST, *REST)),
)
def block_sent_before_next_with_content_length(exchange: Exchange) -> None:
    """A block reaches the client before the next one is ready, also where the length is known.

    Downloads have a length and must start at once all the same.
    """
    _expect_sent(exchange)


@check(
    "block-sent-before-next-to-http-1-0",
    requires=(pep3333.BLOCK_NOT_DELAYED, pep3333.TRANSMIT_UNBUFFERED),
    send=Request(version="HTTP/1.0", then=GATED),
    play=Play(shape="generator", chunks=(FIRST, *REST)),
)
def block_sent_before_next_to_http_1_0(exchange: Exchange) -> None:
    """A block reaches an HTTP/1.0 client before the next one is ready.

    Without chunks the end of the connection marks the end; that is no reason to wait for it.
    """
    _expect_sent(exchange)


@check(
    "every-block-sent-before-next",
    requires=(pep3333.BLOCK_NOT_DELAYED, pep3333.TRANSMIT_UNBUFFERED),
    send=Request(then=STEPWISE),
    play=EVERY,
)
def every_block_sent_before_next(exchange: Exchange) -> None:
    """Every block is sent before the next one is asked for, even one of a single octet.

    A server may flush headers and the first block, and then collect the small ones behind them.
    """
    _expect_every_block_sent(exchange)


@check(
    "every-block-sent-before-next-with-content-length",
    requires=(pep3333.BLOCK_NOT_DELAYED, pep3333.TRANSMIT_UNBUFFERED),
    send=Request(then=STEPWISE),
    play=replace(EVERY, headers=(*PLAIN_TEXT, ("Content-Length", "6"))),
)
def every_block_sent_before_next_with_content_length(exchange: Exchange) -> None:
    """Every block is sent before the next one is asked for, also where the length is known.

    That the end can be told from the head makes no block less urgent.
    """
    _expect_every_block_sent(exchange)


@check(
    "every-block-sent-before-next-to-http-1-0",
    requires=(pep3333.BLOCK_NOT_DELAYED, pep3333.TRANSMIT_UNBUFFERED),
    send=Request(version="HTTP/1.0", then=STEPWISE),
    play=EVERY,
)
def every_block_sent_before_next_to_http_1_0(exchange: Exchange) -> None:
    """Every block is sent to an HTTP/1.0 client before the next one is asked for.

    Behind nginx, whose requests are of HTTP/1.0 unless it is told otherwise, each event would be late.
    """
    _expect_every_block_sent(exchange)


@check(
    "block-sent-before-empty-block",
    requires=(pep3333.BLOCK_NOT_DELAYED, pep3333.EMPTY_BLOCK_HARMLESS),
    send=Request(then=GATED),
    play=Play(chunks=(b"", FIRST, b"", *REST)),
)
def block_sent_before_empty_block(exchange: Exchange) -> None:
    """A block between empty ones is sent before the next one is ready.

    Middleware yields empty blocks to say that nothing is there yet: that must hold nothing back.
    """
    _expect_sent(exchange)


@check(
    "last-block-sent-before-end",
    requires=(pep3333.BLOCK_NOT_DELAYED, pep3333.BLOCK_TRANSMISSION),
    send=Request(then=GATED),
    play=Play(chunks=(b"the only block\x01", waits("go"))),
)
def last_block_sent_before_end(exchange: Exchange) -> None:
    """The last block is sent before the iterable is found to be exhausted.

    A server that always keeps one block, to know which is the last, delays every one of them.
    """
    _expect_sent(exchange, what="the last block")


@check(
    "last-block-sent-before-close",
    requires=(pep3333.BLOCK_NOT_DELAYED, pep3333.BLOCK_TRANSMISSION),
    send=Request(then=GATED),
    play=Play(shape="sized", chunks=(b"the only block\x01",), closing=(waits("go"),)),
)
def last_block_sent_before_close(exchange: Exchange) -> None:
    """The content is sent before ``close()`` has returned.

    Cleaning up may take its time; the client has no part in it.
    """
    _expect_sent(exchange, what="the last block")


@check(
    "large-block-sent-before-next",
    requires=(pep3333.BLOCK_TRANSMISSION, pep3333.BLOCK_NOT_DELAYED),
    send=Request(then=GATED),
    play=Play(shape="generator", chunks=(LARGE + b"\x01", *REST)),
)
def large_block_sent_before_next(exchange: Exchange) -> None:
    """A block that is larger than any socket buffer is sent whole while the next one is not ready.

    A server that hands the system what it takes at once, and the remainder only after the application's
    next block, leaves the client with half of a picture.
    """
    _expect_sent(exchange, what="all of 4 MiB")


@check(
    "late-block-sent-before-next",
    requires=(pep3333.BLOCK_NOT_DELAYED, pep3333.TRANSMIT_BEFORE_NEXT),
    send=Request(then=GATED),
    play=Play(shape="generator", chunks=(*[b"tick "] * 40, FIRST, *REST)),
)
def late_block_sent_before_next(exchange: Exchange) -> None:
    """Behind forty small blocks a block is still sent before the next one is ready.

    A server that takes a stream of small blocks for a download, and begins to collect them, stops the clock.
    """
    _expect_sent(exchange, what="the 41st block")


NEXT_REQUEST = Octets(
    b"GET / HTTP/1.1\r\nHost: {authority}\r\nX-Wsgicheck-Ticket: {ticket}-1\r\n\r\n",
    methods=("GET", "GET"),
    then=(
        Receive(b"\r\n\r\nwsgicheck"),
        Send(
            b"GET / HTTP/1.1\r\nHost: {authority}\r\nX-Wsgicheck-Ticket: {ticket}-2\r\n"
            b"Connection: close\r\n\r\n"
        ),
        *GATED,
    ),
)


@check(
    "block-of-next-response-sent-before-next",
    requires=(pep3333.BLOCK_NOT_DELAYED, pep3333.TRANSMIT_BEFORE_NEXT),
    send=NEXT_REQUEST,
    play=Play(
        headers=(*PLAIN_TEXT, ("Content-Length", "9")),
        later=(Play(shape="generator", chunks=(FIRST, *REST)),),
    ),
)
def block_of_next_response_sent_before_next(exchange: HttpExchange) -> None:
    """In the second response on a connection too, a block is sent before the next one is ready.

    A browser's event stream is seldom the first thing that it asks for.
    """
    if not exchange.app.of("waiting"):
        needs_kept_connection(exchange)
    _expect_sent(exchange, what="the first block of the second response")


@check(
    "only-block-of-sized-iterable-sent-before-end",
    requires=(pep3333.BLOCK_NOT_DELAYED, pep3333.TRANSMIT_UNBUFFERED),
    send=Request(then=GATED),
    play=Play(shape="sized", chunks=(FIRST, waits("go"))),
)
def only_block_of_sized_iterable_sent_before_end(exchange: Exchange) -> None:
    """The only block of an iterable whose length is 1 reaches the client before the iterable has ended.

    That nothing follows is known from the start; what the application does behind its block may take long.
    """
    called_once(exchange)
    if exchange.app.of("waiting"):  # else it was not asked for more, and the block is all of the response
        sent = gate_passed(exchange, "receive \x01")
        expect(sent, "the only block, while the application waits", want="received", got="held back")
