"""Empty blocks, which middleware may yield anywhere (PEP 3333, Middleware Handling of Block Boundaries)."""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    Exchange,
    HttpExchange,
    Octets,
    Play,
    Request,
    check,
    expect,
    expect_content,
)
from ...spec import pep3333

PLAIN_CLOSE = Octets(
    b"GET / HTTP/1.1\r\nHost: {authority}\r\nX-Wsgicheck-Ticket: {ticket}\r\nConnection: close\r\n\r\n"
)


@check(
    "empty-block-first-harmless",
    requires=pep3333.EMPTY_BLOCK_HARMLESS,
    play=Play(chunks=(b"", b"", b"content")),
)
def empty_block_first_harmless(exchange: Exchange) -> None:
    """Empty blocks before the first octet change nothing.

    Middleware yields them while it waits; a server that stops there sends an empty page.
    """
    expect_content(exchange, b"content")


@check(
    "hundred-empty-blocks-harmless",
    requires=pep3333.EMPTY_BLOCK_HARMLESS,
    play=Play(shape="generator", chunks=(*(b"",) * 50, b"con", *(b"",) * 50, b"tent")),
)
def hundred_empty_blocks_harmless(exchange: Exchange) -> None:
    """Empty blocks change nothing however many they are.

    Middleware yields one for each block that it takes, for as long as it has nothing to say.
    """
    expect_content(exchange, b"content")


@check(
    "empty-block-between-harmless",
    requires=(pep3333.EMPTY_BLOCK_NOT_LAST_CHUNK, pep3333.EMPTY_BLOCK_HARMLESS),
    play=Play(shape="generator", chunks=(b"con", b"", b"", b"tent")),
)
def empty_block_between_harmless(exchange: Exchange) -> None:
    """An empty block between others does not end the content.

    In the chunked coding a chunk of no octets is the last one: what follows is lost, or looks like a reply.
    """
    expect_content(exchange, b"content")


@check(
    "empty-block-between-harmless-with-content-length",
    requires=pep3333.EMPTY_BLOCK_HARMLESS,
    play=Play(headers=(*PLAIN_TEXT, ("Content-Length", "7")), chunks=(b"con", b"", b"tent")),
)
def empty_block_between_harmless_with_content_length(exchange: Exchange) -> None:
    """An empty block between others does not end a content whose length is declared.

    A loop that runs as long as blocks are true ends too early.
    """
    expect_content(exchange, b"content")


@check(
    "empty-block-between-harmless-to-http-1-0",
    requires=pep3333.EMPTY_BLOCK_HARMLESS,
    send=Request(version="HTTP/1.0"),
    play=Play(chunks=(b"con", b"", b"tent")),
)
def empty_block_between_harmless_to_http_1_0(exchange: Exchange) -> None:
    """An empty block between others does not end the content for an HTTP/1.0 client.

    A loop that runs as long as blocks are true ends too early.
    """
    expect_content(exchange, b"content")


@check(
    "empty-block-last-adds-nothing",
    requires=pep3333.EMPTY_BLOCK_NOT_LAST_CHUNK,
    send=PLAIN_CLOSE,
    play=Play(chunks=(b"content", b"")),
)
def empty_block_last_adds_nothing(exchange: HttpExchange) -> None:
    """An empty block at the end adds no octet behind the content.

    A second last chunk would stand where the next response begins.
    """
    expect_content(exchange, b"content")
    expect(not exchange.surplus, "octets behind the response", want="none", got=exchange.surplus)
