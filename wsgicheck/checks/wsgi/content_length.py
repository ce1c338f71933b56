"""The Content-Length of the application, or one that the server determines.

PEP 3333, Handling the ``Content-Length`` Header.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...authoring import (
    PLAIN_TEXT,
    Exchange,
    Play,
    Receive,
    Release,
    Request,
    Several,
    called_once,
    check,
    expect,
    expect_content,
    inconclusive,
    waits,
    writes,
)
from ...spec import pep3333, rfc9110

BUFFERS = (1024, 4096, 8192, 16384, 65536)


def _length(number: int, name: str = "Content-Length") -> tuple[tuple[str, str], ...]:
    return (*PLAIN_TEXT, (name, str(number)))


# ---- the exact length -------------------------------------------------------------------------------


@check(
    "content-length-passed-on",
    requires=(rfc9110.CONTENT_LENGTH_CORRECT, pep3333.HEADER_NOT_DUPLICATED),
    play=Play(headers=_length(9)),
)
def content_length_passed_on(exchange: Exchange) -> None:
    """The application's Content-Length is the response's, once, and delimits the content.

    A second one, or chunks beside it, leaves every recipient to its own guess.
    """
    _expect_one_length(exchange, 9, b"wsgicheck")


@check(
    "content-length-in-any-case",
    requires=pep3333.HEADER_NAMES_CASE,
    play=Play(headers=_length(9, "content-LENGTH"), shape="list"),
)
def content_length_in_any_case(exchange: Exchange) -> None:
    """A Content-Length is known in whatever case its name is written.

    A server that compares the name as it stands adds a length of its own to this one.
    """
    _expect_one_length(exchange, 9, b"wsgicheck")


@check(
    "content-length-in-any-case-of-stream",
    requires=pep3333.HEADER_NAMES_CASE,
    play=Play(headers=_length(9, "CONTENT-length"), shape="generator"),
)
def content_length_in_any_case_of_stream(exchange: Exchange) -> None:
    """A Content-Length of a stream is known in whatever case its name is written.

    A server that compares the name as it stands adds chunks to it, which HTTP forbids.
    """
    _expect_one_length(exchange, 9, b"wsgicheck")


@check(
    "content-length-zero-accepted",
    requires=rfc9110.CONTENT_LENGTH_CORRECT,
    play=Play(headers=_length(0), shape="list", chunks=(b"",)),
)
def content_length_zero_accepted(exchange: Exchange) -> None:
    """A Content-Length of 0 is a length.

    A server that tests it for truth takes it for absent, and frames the empty content a second time.
    """
    _expect_one_length(exchange, 0, b"")


def _expect_one_length(exchange: Exchange, number: int, content: bytes) -> None:
    response = expect_content(exchange, content)
    lengths = response.values("Content-Length")
    expect(lengths == (str(number),), "Content-Length", want=str(number), got=", ".join(lengths) or "none")
    codings = response.values("Transfer-Encoding")
    expect(not codings, "Transfer-Encoding beside it", want="none", got=", ".join(codings))
    expect(response.complete, "the response", want="complete", got="cut off")


@check(
    "last-octet-of-content-length-sent",
    requires=(rfc9110.CONTENT_LENGTH_CORRECT, pep3333.BLOCK_TRANSMISSION),
    play=Play(headers=_length(7), chunks=(b"123456", b"7")),
)
def last_octet_of_content_length_sent(exchange: Exchange) -> None:
    """A last block of one octet, which completes the Content-Length, is sent.

    Who stops one octet early lets the client wait for it.
    """
    _expect_one_length(exchange, 7, b"1234567")


# ---- no length: what the server makes of it ---------------------------------------------------------


@check(
    "length-of-single-block-right",
    requires=(pep3333.LENGTH_INFERRED, rfc9110.CONTENT_LENGTH_CORRECT),
    play=Play(shape="sized", chunks=(b"12345",)),
)
def length_of_single_block_right(exchange: Exchange) -> None:
    """A Content-Length that the server makes of a single block is that block's.

    It may leave it out; a wrong one cuts the content off, or makes the client wait.
    """
    _expect_right_length(exchange, b"12345")


@check(
    "length-of-buffer-sized-block-right",
    requires=(pep3333.LENGTH_INFERRED, rfc9110.CONTENT_LENGTH_CORRECT),
    send=Several(Request(), times=len(BUFFERS)),
    play=Play(
        shape="list",
        chunks=(b"x" * BUFFERS[0],),
        later=tuple(Play(shape="list", chunks=(b"x" * size,)) for size in BUFFERS[1:]),
    ),
)
def length_of_buffer_sized_block_right(exchange: Exchange) -> None:
    """A single block that is as large as a common buffer has the right length, and arrives whole.

    Where a buffer is full to the last octet is where loops go once too often, or not often enough.
    """
    called_once(exchange)
    if len(exchange.responses) < len(BUFFERS):
        inconclusive(f"not all of {len(BUFFERS)} requests were answered")
    for size, response in zip(BUFFERS, exchange.responses, strict=False):
        if response.status != 200:
            inconclusive(f"one of the requests was answered with {response.status}")
        lengths = response.values("Content-Length")
        expect(
            _are_right(lengths, size),
            f"Content-Length of a block of {size} octets",
            want=size,
            got=", ".join(lengths),
        )
        got = len(response.content)
        expect(got == size, f"octets of a block of {size}", want=size, got=got)


@check(
    "length-of-several-blocks-right",
    requires=(pep3333.LENGTH_INFERRED, rfc9110.CONTENT_LENGTH_CORRECT),
    play=Play(shape="list", chunks=(b"12345", b"", b"678")),
)
def length_of_several_blocks_right(exchange: Exchange) -> None:
    """A Content-Length that the server makes of a list is that of all its blocks.

    The length of the first block is right only where it is the only one.
    """
    _expect_right_length(exchange, b"12345678")


@check(
    "length-of-empty-first-block-right",
    requires=(pep3333.LENGTH_INFERRED, rfc9110.CONTENT_LENGTH_CORRECT),
    play=Play(shape="sized", chunks=(b"", b"12345")),
)
def length_of_empty_first_block_right(exchange: Exchange) -> None:
    """An empty block that comes first is not the length of the content.

    It says that nothing is there yet, and not that nothing will come.
    """
    _expect_right_length(exchange, b"12345")


@check(
    "length-not-inferred-after-write",
    requires=(pep3333.LENGTH_INFERRED, rfc9110.CONTENT_LENGTH_CORRECT),
    play=Play(after=(writes(b"12345"),), shape="list", chunks=(b"678",)),
)
def length_not_inferred_after_write(exchange: Exchange) -> None:
    """After ``write()`` the length of the only block is not the length of the content.

    The permission to take it holds only where ``write()`` was not called.
    """
    called_once(exchange)
    if not exchange.app.of("wrote"):
        inconclusive("write() did not return")
    _expect_right_length(exchange, b"12345678")


def _expect_right_length(exchange: Exchange, content: bytes) -> None:
    called_once(exchange)
    if exchange.response is not None and 200 <= exchange.response.status < 300:
        lengths = exchange.response.values("Content-Length")
        expect(_are_right(lengths, len(content)), "Content-Length", want=len(content), got=", ".join(lengths))
    expect_content(exchange, content)


def _are_right(lengths: Iterable[str], size: int) -> bool:
    """Return whether each of them is a number of octets that says so: leading zeros are of the grammar."""
    return all(re.fullmatch(f"0*{size}", length) for length in lengths)


HUGE = 2**32 + 3


@check(
    "content-of-huge-length-not-cut",
    requires=pep3333.BLOCK_TRANSMISSION,
    send=Request(then=(Receive(b"and six"), Release("go"))),
    play=Play(
        headers=(*PLAIN_TEXT, ("Content-Length", str(HUGE))), chunks=(b"four", b" and six", waits("go"))
    ),
)
def content_of_huge_length_not_cut(exchange: Exchange) -> None:
    """Blocks are sent where the Content-Length is beyond 32 bits, though its lower 32 say 3.

    Disk images and archives are as long as that. (That this one ends early is another affair, and not before
    the client has seen the blocks: for then a server may drop the connection with all that is under way.)
    """
    called_once(exchange)
    response = exchange.response
    if response is None or response.status >= 400:
        inconclusive("the client got no response of the application")
    want = b"four and six"
    got = response.content[: len(want)]
    expect(got == want, "content", want=want, got=got)
