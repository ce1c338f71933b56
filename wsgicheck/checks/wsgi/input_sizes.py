"""Sizes and hints that are special, and content beyond all buffers (PEP 3333, Input and Error Streams)."""

from __future__ import annotations

from hashlib import sha256

from ...authoring import (
    AwaitApp,
    Exchange,
    FinishSending,
    Pause,
    Play,
    Reading,
    Receive,
    Request,
    Send,
    Step,
    check,
    expect,
    expect_octets,
    inconclusive,
    reads_of,
    tries,
)
from ...authoring.input_readers import ANYHOW, LONG_LINE, PLAYED, POST_THREE_LINES, THREE_LINES
from ...authoring.practices import READS_MAY_BE_SHORT
from ...spec import pep3333


def _play(*steps: Step) -> Play:
    return Play(before=(*steps, tries("rest")), chunks=(PLAYED,))


def _reads(exchange: Exchange) -> tuple[Reading, ...]:
    """Return what was read; inconclusive where a method is missing, for which other checks fail."""
    for reading in reads_of(exchange):
        if "has no attribute" in reading.error:
            inconclusive(f"wsgi.input has no {reading.method}()")
    return reads_of(exchange)


def _returned(reading: Reading) -> Reading:
    """Return a reading; inconclusive where it never came back."""
    if not reading.error and not reading.kind:
        inconclusive(f"{reading.call} did not return")
    return reading


def _expect_line(reading: Reading, want: bytes) -> None:
    """Expect one whole line, as without the argument."""
    _returned(reading)
    expect(not reading.error, reading.call, want=want, got=reading.error)
    expect(reading.octets == want, reading.call, want=want, got=reading.octets)


def _expect_whole(exchange: Exchange, content: bytes) -> None:
    """Expect that all that was read, one behind the other, is the content."""
    reads = _reads(exchange)
    for reading in reads:
        if reading.error or not reading.kind:
            inconclusive(f"{reading.call} did not return")
    expect_octets("body", want=content, got=b"".join(reading.octets for reading in reads))


# ---- readline() -------------------------------------------------------------------------------------


SPECIAL_LINES = _play(tries("readline", 100), tries("readline", None), tries("readline", -1))


def _special(exchange: Exchange, number: int) -> Reading:
    """Return the reading of the second or third line; inconclusive where no size is taken at all."""
    reads = _reads(exchange)
    if reads[0].octets != b"one\n":
        inconclusive("readline() takes no size, as the PEP lets a server have it")
    for reading, want in zip(reads[1:number], THREE_LINES[1:], strict=False):
        if reading.octets != want:
            inconclusive(f"{reading.call} did not read a line")
    return reads[number]


@check(
    "input-readline-none-reads-line",
    requires=pep3333.INPUT_SPECIAL_SIZES,
    send=POST_THREE_LINES,
    play=SPECIAL_LINES,
    tempered="the PEP itself never mentions None as a size",
)
def input_readline_none_reads_line(exchange: Exchange) -> None:
    """readline(None) reads a line where a size is taken at all, as it does of any file.

    Wrappers of a stream pass on the default of their own argument.
    """
    _expect_line(_special(exchange, 1), b"two\n")


@check(
    "input-readline-negative-reads-line",
    requires=pep3333.INPUT_SPECIAL_SIZES,
    send=POST_THREE_LINES,
    play=SPECIAL_LINES,
)
def input_readline_negative_reads_line(exchange: Exchange) -> None:
    """readline(-1) reads a line, as it does of any file: -1 is the default of its size there.

    An empty bytestring for it says that the body has ended.
    """
    _expect_line(_special(exchange, 2), b"three\n")


@check(
    "input-readline-zero-reads-nothing",
    requires=(pep3333.INPUT_READLINE_SIZE, pep3333.INPUT_SPECIAL_SIZES),
    send=POST_THREE_LINES,
    play=_play(tries("readline", 2), tries("readline", 0)),
)
def input_readline_zero_reads_nothing(exchange: Exchange) -> None:
    """readline(0) reads nothing where the server supports sizes: zero is one, and not the lack of one.

    A parser that counts down what it may still read gets a line too much at the end of it.
    """
    reads = _reads(exchange)
    if reads[0].octets != b"on" or len(reads) < 2:
        inconclusive("readline(2) does not honour its size")
    _expect_line(reads[1], b"")


@check(
    "input-long-line-with-size-whole",
    requires=pep3333.INPUT_LINES,
    send=Request("POST", body=LONG_LINE + b"next\n", then=ANYHOW),
    play=_play(tries("readline", 100_000), tries("readline", 100_000)),
)
def input_long_line_with_size_whole(exchange: Exchange) -> None:
    """readline(size) returns a line that is shorter than the size in one piece.

    What comes without a line ending is either as long as was asked for or the last of the body; a parser
    of forms takes it for the content of a field.
    """
    first = _returned(_reads(exchange)[0])
    if first.error:
        inconclusive("readline(100000) raised")
    expect_octets("long line", want=LONG_LINE, got=first.octets)


# ---- readlines() ------------------------------------------------------------------------------------


def _expect_all_lines(exchange: Exchange) -> None:
    reading = _returned(_reads(exchange)[0])
    expect(not reading.error, reading.call, want="all lines", got=reading.error)
    expect(reading.lines == THREE_LINES, reading.call, want=THREE_LINES, got=reading.lines)


@check(
    "input-readlines-none-reads-all",
    requires=pep3333.INPUT_SPECIAL_SIZES,
    send=POST_THREE_LINES,
    play=_play(tries("readlines", None)),
    tempered="the PEP lets a caller leave the hint out, and does not say that None stands for that",
)
def input_readlines_none_reads_all(exchange: Exchange) -> None:
    """readlines(None) reads all lines: None is no hint.

    Wrappers of a stream pass on the default of their own argument.
    """
    _expect_all_lines(exchange)


@check(
    "input-readlines-zero-reads-all",
    requires=pep3333.INPUT_SPECIAL_SIZES,
    send=POST_THREE_LINES,
    play=_play(tries("readlines", 0)),
)
def input_readlines_zero_reads_all(exchange: Exchange) -> None:
    """readlines(0) reads all lines: of any file, a hint of 0 is none.

    An empty list for it says that there was no body.
    """
    _expect_all_lines(exchange)


@check(
    "input-readlines-exact-hint-loses-nothing",
    requires=pep3333.INPUT_ONE_POSITION,
    send=POST_THREE_LINES,
    play=_play(tries("readlines", 4), tries("readlines", 4)),
)
def input_readlines_exact_hint_loses_nothing(exchange: Exchange) -> None:
    """A line that reaches the hint of readlines() exactly is not lost.

    It is returned, or still there to be read, but neither counted nor forgotten.
    """
    _expect_whole(exchange, b"".join(THREE_LINES))


# ---- lines as long as a buffer ----------------------------------------------------------------------


BUFFERS = b"".join(bytes([65 + at]) * size + b"\n" for at, size in enumerate((65536, 8191, 8192, 4096, 1)))
MANY_LONG = b"first\n" + b"".join(b"%d" % number * 9000 + b"\n" for number in range(9))


@check(
    "input-iteration-of-buffer-sized-lines-whole",
    requires=pep3333.INPUT_LINES,
    send=Request("POST", body=BUFFERS, then=ANYHOW),
    play=Play(before=(tries("iterate"),), chunks=(PLAYED,)),
)
def input_iteration_of_buffer_sized_lines_whole(exchange: Exchange) -> None:
    """Iteration yields lines whole whose ending is the first octet, or the last, of a buffer.

    The search for the line ending goes on behind what was searched: one octet too far, and two lines are one.
    """
    reading = _returned(_reads(exchange)[0])
    if reading.error:
        inconclusive("iteration raised")
    lengths = [len(line) for line in reading.lines]
    expect(
        lengths == [65537, 8192, 8193, 4097, 2],
        "lengths of lines",
        want=[65537, 8192, 8193, 4097, 2],
        got=lengths,
    )
    expect_octets("body", want=BUFFERS, got=reading.octets)


@check(
    "input-iteration-behind-readline-whole",
    requires=pep3333.INPUT_ONE_POSITION,
    send=Request("POST", body=MANY_LONG, then=ANYHOW),
    play=_play(tries("readline"), tries("next_line"), tries("readline"), tries("iterate")),
)
def input_iteration_behind_readline_whole(exchange: Exchange) -> None:
    """Iteration goes on where readline() stopped, however much of the body that had already fetched.

    What was read ahead is the next of the stream, for every method of it.
    """
    _expect_whole(exchange, MANY_LONG)


NUMBERED = b"".join(b"%04d\n" % number for number in range(1500)) + b"the last line"


@check(
    "input-last-line-of-several-buffers-as-sent",
    requires=pep3333.INPUT_LINES,
    send=Request("POST", body=NUMBERED, then=ANYHOW),
    play=_play(tries("iterate")),
)
def input_last_line_of_several_buffers_as_sent(exchange: Exchange) -> None:
    """A last line without a line ending is as it was sent, behind more lines than a buffer holds.

    Nothing in it says where it ends. A server that fills its buffer again, and looks how long that is
    rather than how much it was filled with, returns the end of an earlier line behind it.
    """
    _expect_whole(exchange, NUMBERED)


# ---- more than two megabytes ------------------------------------------------------------------------


LARGE = bytes(range(251)) * 11_000
"""2.6 MiB: more than servers keep in memory, or in their own and the system's buffers together."""


def _expect_large(exchange: Exchange) -> None:
    reading = _returned(_reads(exchange)[0])
    if reading.error:
        inconclusive(f"{reading.call} raised")
    expect(reading.length == len(LARGE), f"octets of {reading.call}", want=len(LARGE), got=reading.length)
    same = reading.octets.decode() == sha256(LARGE).hexdigest()
    expect(same, f"octets of {reading.call}", want="those that were sent", got="others")


@check(
    "input-of-megabytes-read-at-once",
    requires=pep3333.INPUT_READ_ALL,
    send=Request("POST", body=LARGE, then=(Receive(PLAYED, 1.0, owed=True), FinishSending())),
    play=Play(before=(tries("weigh"),), chunks=(PLAYED,)),
)
def input_of_megabytes_read_at_once(exchange: Exchange) -> None:
    """read() without a size returns all of a content of 2.6 MiB.

    It is "the remainder of the client's input stream", not as much of it as was convenient.
    """
    _expect_large(exchange)


# ---- read(size) that returns less than there is -----------------------------------------------------


DIGITS = b"0123456789"
IN_SEGMENTS = Request(
    "POST",
    headers=(("Content-Length", "10"),),
    then=(AwaitApp("reading", seconds=0.3), Send(DIGITS[:4]), Pause(), Send(DIGITS[4:]), *ANYHOW),
)
HUNDRED_THOUSAND = LARGE[:100_000]


def _expect_size(exchange: Exchange) -> None:
    """Expect as many octets of the first read(size) as it asked for."""
    reading = _returned(_reads(exchange)[0])
    if reading.error:
        inconclusive(f"{reading.call} raised")
    want = reading.arguments[0]
    got = reading.length or len(reading.octets)
    expect(got >= want, f"octets of {reading.call}, before the end", want=want, got=got)


@check(
    "input-read-of-late-content-whole",
    requires=pep3333.INPUT_READ_WHOLE,
    send=IN_SEGMENTS,
    play=_play(tries("read", 10)),
    tempered=READS_MAY_BE_SHORT,
)
def input_read_of_late_content_whole(exchange: Exchange) -> None:
    """read(size) returns size octets where the body has them, also if they arrive one behind the other.

    Many applications say ``read(int(environ["CONTENT_LENGTH"]))``, and take what they get for the whole: at
    home, where it comes in one segment, it is.
    """
    _expect_size(exchange)


@check(
    "input-read-of-100000-octets-whole",
    requires=pep3333.INPUT_READ_WHOLE,
    send=Request("POST", body=HUNDRED_THOUSAND, then=ANYHOW),
    play=_play(tries("weigh", len(HUNDRED_THOUSAND))),
    tempered=READS_MAY_BE_SHORT,
)
def input_read_of_100000_octets_whole(exchange: Exchange) -> None:
    """read(100000) returns as many octets of a body that has them.

    See ``input-read-of-late-content-whole``; here no buffer is so large.
    """
    _expect_size(exchange)
