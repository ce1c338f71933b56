"""readline() of ``wsgi.input`` (PEP 3333, Input and Error Streams)."""

from __future__ import annotations

from ...authoring import (
    Exchange,
    Pause,
    Play,
    Reading,
    Request,
    Send,
    called_once,
    check,
    expect,
    expect_octets,
    inconclusive,
    perform,
    reads_of,
    tries,
)
from ...authoring.input_readers import (
    ANYHOW,
    FOUR_LINES,
    LONG_LINE,
    ODD_LINE,
    PLAYED,
    POST_FOUR_LINES,
    expect_supported,
)
from ...spec import pep3333

READLINES = Play(before=(*(tries("readline"),) * 4,), chunks=(PLAYED,))


# ---- readline() -------------------------------------------------------------------------------------


@check("input-readline-supported", requires=pep3333.INPUT_READLINE, send=POST_FOUR_LINES, play=READLINES)
def input_readline_supported(exchange: Exchange) -> None:
    """readline() of wsgi.input can be called.

    Parsers of multipart forms read the boundaries with it.
    """
    expect_supported(exchange, "readline")


def line(exchange: Exchange, number: int) -> Reading:
    """Return the reading of one line; inconclusive where an earlier one already went wrong."""
    reads = reads_of(exchange)
    for reading, want in zip(reads[: number - 1], FOUR_LINES, strict=False):
        if reading.lines != (want,):
            inconclusive("an earlier line was read wrongly")
    if len(reads) < number or reads[number - 1].error or not reads[number - 1].kind:
        inconclusive(f"line {number} was not read")
    return reads[number - 1]


@check("input-readline-splits-at-lf-only", requires=pep3333.INPUT_LINES, send=POST_FOUR_LINES, play=READLINES)
def input_readline_splits_at_lf_only(exchange: Exchange) -> None:
    """readline() ends a line at LF, keeps its CRLF, and takes CR, VT, FF, NEL and NUL for data.

    In an uploaded picture they are data; a reader in text mode cuts it up, or changes it.
    """
    got = line(exchange, 1).octets
    expect(got == ODD_LINE, "first line", want=ODD_LINE, got=got)


@check("input-readline-keeps-empty-lines", requires=pep3333.INPUT_LINES, send=POST_FOUR_LINES, play=READLINES)
def input_readline_keeps_empty_lines(exchange: Exchange) -> None:
    """readline() returns an empty line with its line ending, not as an empty bytestring.

    An empty bytestring says that the body has ended: each form ends at its first empty line then.
    """
    got = line(exchange, 2).octets
    expect(got == b"\n", "an empty line", want=b"\n", got=got)


@check("input-readline-last-line-as-sent", requires=pep3333.INPUT_LINES, send=POST_FOUR_LINES, play=READLINES)
def input_readline_last_line_as_sent(exchange: Exchange) -> None:
    """readline() returns a last line without a line ending as it was sent.

    One that the server adds is an octet that nobody sent.
    """
    got = line(exchange, 4).octets
    expect(got == b"last", "a last line without LF", want=b"last", got=got)


@check("input-readline-stops-at-end", requires=pep3333.INPUT_EOF, send=POST_FOUR_LINES, play=READLINES)
def input_readline_stops_at_end(exchange: Exchange) -> None:
    """readline() returns a last line without a line ending at the end of the body, and does not wait.

    Hardly any body ends with a line ending.
    """
    for reading in reads_of(exchange):
        expect(not reading.waited, "readline() of the last line", want="returns", got="waits for more")


@check("input-lines-are-bytes", requires=pep3333.INPUT_BYTES, send=POST_FOUR_LINES, play=READLINES)
def input_lines_are_bytes(exchange: Exchange) -> None:
    """What readline() returns is of type bytes.

    Applications compare lines with literals; a bytearray cannot even be a key.
    """
    for reading in reads_of(exchange):
        if not reading.error and reading.kind:
            expect(reading.kind == "bytes", f"type of {reading.call}", want="bytes", got=reading.kind)


@check(
    "input-long-line-whole",
    requires=pep3333.INPUT_LINES,
    send=Request("POST", body=LONG_LINE + b"next\n", then=ANYHOW),
    play=Play(before=(tries("readline"), tries("readline")), chunks=(PLAYED,)),
)
def input_long_line_whole(exchange: Exchange) -> None:
    """readline() returns a line of 70,000 octets in one piece.

    It is longer than any buffer; a JSON document is one such line.
    """
    reads = reads_of(exchange)
    if reads[0].error:
        inconclusive("readline() raised")
    expect_octets("long line", want=LONG_LINE.rstrip(), got=reads[0].octets.rstrip(b"\n"))


@check(
    "input-line-across-segments-whole",
    requires=pep3333.INPUT_LINES,
    send=Request(
        "POST",
        headers=(("Content-Length", "12"),),
        then=(
            *(Pause(), Send(b"fi"), Pause(), Send(b"rst\r"), Pause(), Send(b"\nseco"), Pause(), Send(b"\n")),
            *ANYHOW,
        ),
    ),
    play=Play(before=(tries("readline"), tries("readline")), chunks=(PLAYED,)),
)
def input_line_across_segments_whole(exchange: Exchange) -> None:
    """readline() returns whole lines, however the network cuts them up.

    A line that ends where a segment does works on one machine, and fails on a network.
    """
    reads = reads_of(exchange)
    if any(reading.error for reading in reads) or len(reads) < 2:
        inconclusive("readline() raised")
    for number, (reading, want) in enumerate(zip(reads, (b"first\r\n", b"seco\n"), strict=False)):
        whole = want in (reading.octets, reading.octets + b"\n")  # whether LF is kept is judged elsewhere
        expect(whole, ("first line", "second line")[number], want=want, got=reading.octets)


# ---- readline(size) ---------------------------------------------------------------------------------


SIZED_BODY = b"abcdef\nghi\njk\n"
SIZED = Request("POST", body=SIZED_BODY, then=ANYHOW)
SIZED_LINES = Play(
    before=(
        tries("readline", 3),
        tries("readline", 3),
        tries("readline", 1),
        tries("readline", 100),
        tries("readline", 0),
        perform("rest"),
    ),
    chunks=(PLAYED,),
)


@check(
    "input-readline-honours-size",
    requires=pep3333.INPUT_READLINE_SIZE,
    send=SIZED,
    play=SIZED_LINES,
    tempered='the PEP itself allows servers "to omit support for it"',
)
def input_readline_honours_size(exchange: Exchange) -> None:
    """readline(size) returns at most size bytes of a line, and goes on from there.

    It is how a parser protects itself against a line of a gigabyte.
    """
    if "readline" not in called_once(exchange).facts["input_methods"]:
        inconclusive("wsgi.input has no readline()")
    reads = [reading for reading in reads_of(exchange) if reading.method == "readline"]
    for reading, want in zip(reads, (b"abc", b"def", b"\n", b"ghi\n", b""), strict=False):
        expect(not reading.error, reading.call, want=want, got=reading.error)
        expect(reading.octets == want, reading.call, want=want, got=reading.octets)


@check("input-readline-size-loses-nothing", requires=pep3333.INPUT_ONE_POSITION, send=SIZED, play=SIZED_LINES)
def input_readline_size_loses_nothing(exchange: Exchange) -> None:
    """What readline(size) leaves of a line is still there, whether or not the size is honoured.

    The rest of a line that is thrown away is missing in the middle of an upload.
    """
    reads = reads_of(exchange)
    if reads[-1].method != "rest" or reads[-1].error or not reads[-1].kind:
        inconclusive("the rest of the body was not read")
    expect_octets("body", want=SIZED_BODY, got=b"".join(reading.octets for reading in reads))
