"""read() of ``wsgi.input`` (PEP 3333, Input and Error Streams)."""

from __future__ import annotations

from ...authoring import (
    Exchange,
    FinishSending,
    Play,
    Reading,
    Receive,
    Request,
    called_once,
    check,
    expect,
    expect_octets,
    inconclusive,
    reads_of,
    tries,
)
from ...authoring.input_readers import PLAYED, UNTIL_PLAYED
from ...spec import pep3333

DIGITS = b"0123456789"

IN_PIECES = Request("POST", body=DIGITS)
PIECES = Play(before=tuple(tries("read", size) for size in (0, 1, 0, 2, 3, 4)))


@check("input-read-supported", requires=pep3333.INPUT_READ, send=IN_PIECES, play=PIECES)
def input_read_supported(exchange: Exchange) -> None:
    """read(size) of wsgi.input can be called.

    Without it no application gets at the body of a request.
    """
    called = called_once(exchange)
    expect("read" in called.facts["input_methods"], "wsgi.input.read", want="a method", got="missing")
    for reading in reads_of(exchange):
        expect(not reading.error, reading.call, want="bytes", got=reading.error)


@check("input-read-never-exceeds-size", requires=pep3333.INPUT_READ_SIZE, send=IN_PIECES, play=PIECES)
def input_read_never_exceeds_size(exchange: Exchange) -> None:
    """read(size) returns at most size bytes.

    Parsers of multipart uploads count on it: one byte more, and it belongs to nobody.
    """
    for reading in reads_of(exchange):
        size = reading.arguments[0]
        if size:  # what read(0) returns is judged by itself
            got = len(reading.octets)
            expect(got <= size, f"bytes from {reading.call}", want=size, got=got)


@check("input-read-empty-only-at-end", requires=pep3333.INPUT_READ_SIZE, send=IN_PIECES, play=PIECES)
def input_read_empty_only_at_end(exchange: Exchange) -> None:
    """read(size) of a positive size returns no empty bytestring before the end of the body.

    That is how a file says that it ends: the application stops, and the rest of the upload is lost.
    """
    got = 0
    for reading in reads_of(exchange):
        if reading.error:
            inconclusive(f"{reading.call} raised")
        if reading.arguments[0] and got < len(DIGITS):
            expect(bool(reading.octets), f"{reading.call} at octet {got} of 10", want="bytes", got=b"")
        got += len(reading.octets)


@check("input-read-in-order", requires=pep3333.WSGI_INPUT, send=IN_PIECES, play=PIECES)
def input_read_in_order(exchange: Exchange) -> None:
    """What several read() return, one behind the other, is the body: nothing lost, nothing twice.

    Everything that an application receives in pieces rests on it.
    """
    reads = reads_of(exchange)
    if any(reading.error for reading in reads):
        inconclusive("a read() raised")
    got = b"".join(reading.octets for reading in reads)
    whole = all(len(reading.octets) == reading.arguments[0] for reading in reads)
    expect_octets("body", want=DIGITS if whole else DIGITS[: len(got)], got=got)


@check("input-read-zero-takes-nothing", requires=pep3333.INPUT_SPECIAL_SIZES, send=IN_PIECES, play=PIECES)
def input_read_zero_takes_nothing(exchange: Exchange) -> None:
    """read(0) returns an empty bytestring, before the end too.

    A reader that computes its sizes asks for 0 bytes now and then; it must get neither all nor an error.
    """
    for reading in reads_of(exchange):
        if reading.arguments == (0,):
            if reading.error:
                inconclusive("read(0) raised")
            expect(reading.octets == b"", "read(0)", want=b"", got=reading.octets)


@check("input-read-gives-bytes", requires=pep3333.INPUT_BYTES, send=IN_PIECES, play=PIECES)
def input_read_gives_bytes(exchange: Exchange) -> None:
    """What read() returns is of type bytes, not a view, a bytearray or text.

    Applications hash it, use it as a key and compare it with literals.
    """
    for reading in reads_of(exchange):
        if not reading.error:
            expect(reading.kind == "bytes", f"type of {reading.call}", want="bytes", got=reading.kind)


# ---- up to the end, and beyond ----------------------------------------------------------------------


BEYOND = Play(before=(tries("read", 11),), chunks=(PLAYED,))
ALL_AT_ONCE = Play(before=(tries("read"),), chunks=(PLAYED,))
REMAINDER = Play(before=(tries("read", 3), tries("read")), chunks=(PLAYED,))
NEGATIVE = Play(before=(tries("read", 3), tries("read", -1)), chunks=(PLAYED,))
NONE = Play(before=(tries("read", 3), tries("read", None)), chunks=(PLAYED,))
TO_THE_END = Request("POST", body=DIGITS, then=UNTIL_PLAYED)
TO_THE_END_ANYHOW = Request("POST", body=DIGITS, then=(Receive(PLAYED, 0.3, owed=True), FinishSending()))
"""For judges of what is read, to whom it is the same whether it took our FIN to end it."""


def ends(reading: Reading) -> None:
    """Fail where a read only returned because the client gave up sending."""
    expect(not reading.waited, f"{reading.call} at the end of the body", want="returns", got="waits for more")


def returned(reading: Reading) -> Reading:
    """Return a reading that was not in vain."""
    if reading.error:
        inconclusive(f"{reading.call} raised {reading.error}")
    if not reading.kind:
        inconclusive(f"{reading.call} did not return")
    return reading


@check("input-read-beyond-end-stops", requires=pep3333.INPUT_EOF, send=TO_THE_END, play=BEYOND)
def input_read_beyond_end_stops(exchange: Exchange) -> None:
    """read(size) of one byte more than the body has returns the body, and does not wait.

    The client waits for its response, the application for a byte: both until a timeout, with a thread each.
    """
    ends(reads_of(exchange)[0])


@check("input-read-beyond-end-whole", requires=pep3333.WSGI_INPUT, send=TO_THE_END, play=BEYOND)
def input_read_beyond_end_whole(exchange: Exchange) -> None:
    """read(size) of more than the body has returns bytes of the body, and no others.

    An application that reads in blocks always asks for too much in its last call.
    """
    reading = returned(reads_of(exchange)[0])
    expect_octets("body", want=DIGITS[: len(reading.octets) or 10], got=reading.octets)


@check("input-read-without-size-ends", requires=pep3333.INPUT_READ_ALL, send=TO_THE_END, play=ALL_AT_ONCE)
def input_read_without_size_ends(exchange: Exchange) -> None:
    """read() without a size is allowed, and returns at the end of the body.

    It is what people write; on a socket it waits until the client goes away.
    """
    reading = reads_of(exchange)[0]
    expect(not reading.error, "read() without a size", want="bytes", got=reading.error)
    ends(reading)


@check("input-read-without-size-whole", requires=pep3333.INPUT_READ_ALL, send=TO_THE_END, play=ALL_AT_ONCE)
def input_read_without_size_whole(exchange: Exchange) -> None:
    """read() without a size returns the whole body, in one piece.

    Whoever calls it once takes what it returns for everything.
    """
    expect_octets("read()", want=DIGITS, got=returned(reads_of(exchange)[0]).octets)


@check(
    "input-read-without-size-whole-of-large-body",
    requires=pep3333.INPUT_READ_ALL,
    send=Request("POST", body=DIGITS * 15_000, then=UNTIL_PLAYED),
    play=ALL_AT_ONCE,
)
def input_read_without_size_whole_of_large_body(exchange: Exchange) -> None:
    """read() without a size returns the whole body also where that is larger than a buffer.

    One call of ``recv()`` gives 64 KiB at most: what is behind them is lost, and nothing says so.
    """
    got = returned(reads_of(exchange)[0]).octets
    expect(len(got) == 150_000, "octets of read() of a body of 150000", want=150_000, got=len(got))
    expect_octets("read()", want=DIGITS * 15_000, got=got)


@check("input-read-remainder", requires=pep3333.INPUT_READ_ALL, send=TO_THE_END, play=REMAINDER)
def input_read_remainder(exchange: Exchange) -> None:
    """read() without a size returns the remainder behind what was read before, and no more.

    A server that counts from the whole length waits for bytes that were read already.
    """
    first, *rest = reads_of(exchange)
    if first.octets != DIGITS[: len(first.octets)] or not first.octets:
        inconclusive("read(3) did not read the beginning of the body")
    expect(not rest[0].waited, "read() behind read(3)", want="returns", got="waits for more")
    expect_octets("read() behind read(3)", want=DIGITS[len(first.octets) :], got=returned(rest[0]).octets)


def reads_the_rest(exchange: Exchange) -> None:
    """Expect that the read behind read(3) returned all the rest."""
    first, *rest = reads_of(exchange)
    if first.octets != DIGITS[: len(first.octets)] or not first.octets:
        inconclusive("read(3) did not read the beginning of the body")
    if not rest or (not rest[0].kind and not rest[0].error):
        inconclusive(f"{rest[0].call if rest else 'the read'} did not return")
    expect(not rest[0].error, rest[0].call, want="the remainder", got=rest[0].error)
    expect_octets(rest[0].call, want=DIGITS[len(first.octets) :], got=rest[0].octets)


@check(
    "input-read-negative-reads-all",
    requires=pep3333.INPUT_SPECIAL_SIZES,
    send=TO_THE_END_ANYHOW,
    play=NEGATIVE,
    tempered="the PEP itself never mentions negative sizes",
)
def input_read_negative_reads_all(exchange: Exchange) -> None:
    """read(-1) reads the remainder, as every file of the library does.

    Libraries that wrap the stream pass -1 on where nobody gave a size.
    """
    reads_the_rest(exchange)


@check(
    "input-read-none-reads-all",
    requires=pep3333.INPUT_SPECIAL_SIZES,
    send=TO_THE_END_ANYHOW,
    play=NONE,
    tempered="the PEP itself never mentions None as a size",
)
def input_read_none_reads_all(exchange: Exchange) -> None:
    """read(None) reads the remainder, as every file of the library does.

    Libraries that wrap the stream pass None on where nobody gave a size.
    """
    reads_the_rest(exchange)
