"""Lines of ``wsgi.input``: readlines(), iteration, and all methods mixed."""

from __future__ import annotations

from ...authoring import (
    Exchange,
    Play,
    Reading,
    Request,
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
    PLAYED,
    POST_FOUR_LINES,
    POST_THREE_LINES,
    THREE_LINES,
    expect_supported,
)
from ...spec import pep3333

ALL_LINES = Play(before=(tries("readlines"),), chunks=(PLAYED,))
SOME_LINES = Play(before=(tries("readlines", 1), perform("rest")), chunks=(PLAYED,))
ITERATED = Play(before=(tries("iterate"),), chunks=(PLAYED,))


def are_lines(reading: Reading, want: tuple[bytes, ...]) -> None:
    """Expect exactly these lines; inconclusive where the call raised or never returned."""
    if reading.error or not reading.kind:
        inconclusive(f"{reading.call} did not return")
    for number, (expected, got) in enumerate(zip(want, reading.lines, strict=False), 1):
        expect(got == expected, f"line {number} of {reading.call}", want=expected, got=got)
    expect(
        len(reading.lines) == len(want), f"lines of {reading.call}", want=len(want), got=len(reading.lines)
    )


# ---- readlines() ------------------------------------------------------------------------------------


@check("input-readlines-supported", requires=pep3333.INPUT_READLINES, send=POST_FOUR_LINES, play=ALL_LINES)
def input_readlines_supported(exchange: Exchange) -> None:
    """readlines() of wsgi.input can be called.

    It is one of the four methods that every input stream has.
    """
    expect_supported(exchange, "readlines")


@check(
    "input-readlines-splits-at-lf-only", requires=pep3333.INPUT_LINES, send=POST_FOUR_LINES, play=ALL_LINES
)
def input_readlines_splits_at_lf_only(exchange: Exchange) -> None:
    """readlines() returns the lines as they were sent, each with its ending, split at LF alone.

    It is often written anew in terms of splitlines(), which splits at ten other octets.
    """
    are_lines(reads_of(exchange)[0], FOUR_LINES)


@check("input-readlines-stops-at-end", requires=pep3333.INPUT_EOF, send=POST_FOUR_LINES, play=ALL_LINES)
def input_readlines_stops_at_end(exchange: Exchange) -> None:
    """readlines() returns at the end of the body, and does not wait.

    It always reads to the end, wherever the server thinks that is.
    """
    for reading in reads_of(exchange):
        expect(not reading.waited, "readlines() at the end of the body", want="returns", got="waits for more")


@check("input-readlines-takes-hint", requires=pep3333.INPUT_READLINES, send=POST_THREE_LINES, play=SOME_LINES)
def input_readlines_takes_hint(exchange: Exchange) -> None:
    """readlines(hint) can be called; it returns whole lines, at least one.

    The hint may be ignored, but not refused: it stands in the list of methods.
    """
    expect_supported(exchange, "readlines")
    reading = reads_of(exchange)[0]
    if not reading.kind:
        inconclusive("readlines(1) did not return")
    expect(reading.kind == "list", "readlines(1)", want="list", got=reading.kind)
    expect(bool(reading.lines), "lines of readlines(1)", want="at least one", got=0)
    want = THREE_LINES[: len(reading.lines)]
    expect(reading.lines == want, "readlines(1)", want=want, got=reading.lines)


@check(
    "input-readlines-hint-loses-nothing",
    requires=pep3333.INPUT_ONE_POSITION,
    send=POST_THREE_LINES,
    play=SOME_LINES,
)
def input_readlines_hint_loses_nothing(exchange: Exchange) -> None:
    """What readlines(hint) does not return is still there to be read.

    Lines that were read ahead and thrown away are missing in the middle of an upload.
    """
    reads = reads_of(exchange)
    if len(reads) < 2 or reads[0].error or reads[-1].error or not reads[-1].kind:
        inconclusive("readlines(1), or what follows, did not return")
    expect_octets("body", want=b"".join(THREE_LINES), got=b"".join(reading.octets for reading in reads))


MANY_LINES = tuple(b"%03d" % number * 333 + b"\n" for number in range(130))
"""Of 1000 octets each: more than 64 KiB together, and than any other buffer of one read."""


@check(
    "input-readlines-of-130000-octets-all",
    requires=pep3333.INPUT_LINES,
    send=Request("POST", body=b"".join(MANY_LINES), then=ANYHOW),
    play=ALL_LINES,
)
def input_readlines_of_130000_octets_all(exchange: Exchange) -> None:
    """readlines() without a hint returns all lines of the body, however many buffers they fill.

    Where it stops behind a buffer, the rest of a table is missing, and nothing tells that there was any.
    """
    reading = reads_of(exchange)[0]
    if reading.lines[:1] != MANY_LINES[:1]:
        inconclusive("readlines() returns no lines as they were sent: other checks fail for that")
    are_lines(reading, MANY_LINES)


# ---- iteration --------------------------------------------------------------------------------------


@check("input-iteration-supported", requires=pep3333.INPUT_ITER, send=POST_FOUR_LINES, play=ITERATED)
def input_iteration_supported(exchange: Exchange) -> None:
    """wsgi.input can be iterated.

    "for line in environ['wsgi.input']" is how one reads a file in Python.
    """
    expect_supported(exchange, "__iter__")


@check("input-iteration-splits-at-lf-only", requires=pep3333.INPUT_LINES, send=POST_FOUR_LINES, play=ITERATED)
def input_iteration_splits_at_lf_only(exchange: Exchange) -> None:
    """Iteration yields the lines as they were sent, each with its ending, split at LF alone.

    It must be the same lines as readline() gives.
    """
    are_lines(reads_of(exchange)[0], FOUR_LINES)


@check("input-iteration-stops-at-end", requires=pep3333.INPUT_EOF, send=POST_FOUR_LINES, play=ITERATED)
def input_iteration_stops_at_end(exchange: Exchange) -> None:
    """Iteration stops at the end of the body, and does not wait.

    It always reads to the end, wherever the server thinks that is.
    """
    for reading in reads_of(exchange):
        expect(not reading.waited, "iteration at the end of the body", want="stops", got="waits for more")


# ---- the type ---------------------------------------------------------------------------------------


def are_bytes(reading: Reading) -> None:
    """Expect that each line is exactly of type bytes; inconclusive where there is none."""
    if reading.error or not reading.kinds:
        inconclusive(f"{reading.call} gave no lines")
    wrong = sorted(set(reading.kinds) - {"bytes"})
    expect(not wrong, f"types of the lines of {reading.call}", want="bytes", got=", ".join(wrong))


@check("input-readlines-gives-bytes", requires=pep3333.INPUT_BYTES, send=POST_FOUR_LINES, play=ALL_LINES)
def input_readlines_gives_bytes(exchange: Exchange) -> None:
    """The lines of readlines() are of type bytes, each of them.

    A bytearray compares well and cannot be a key; a memoryview can hardly be searched.
    """
    are_bytes(reads_of(exchange)[0])


@check("input-iteration-gives-bytes", requires=pep3333.INPUT_BYTES, send=POST_FOUR_LINES, play=ITERATED)
def input_iteration_gives_bytes(exchange: Exchange) -> None:
    """The lines that iteration yields are of type bytes, each of them.

    Iteration is often the one method that is written anew, over a buffer of another type.
    """
    are_bytes(reads_of(exchange)[0])


# ---- mixed ------------------------------------------------------------------------------------------


MIXED_BODY = b"0123 first\nsecond\nthird\nfourth\nfifth\nsixth\n"


@check(
    "input-methods-share-one-position",
    requires=pep3333.INPUT_ONE_POSITION,
    send=Request("POST", body=MIXED_BODY, then=ANYHOW),
    play=Play(
        before=(
            tries("read", 5),
            tries("readline"),
            tries("read", 2),
            tries("next_line"),
            tries("readline"),
            tries("next_line"),
            tries("read", 1),
            perform("rest"),
        ),
        chunks=(PLAYED,),
    ),
)
def input_methods_share_one_position(exchange: Exchange) -> None:
    """All methods read on from one position: mixed, they lose nothing and give nothing twice.

    One that reads ahead into a buffer of its own starves the others.
    """
    reads = reads_of(exchange)
    for reading in reads:
        if reading.error or not reading.kind:
            inconclusive(f"{reading.call} did not return")
        if reading.method in ("readline", "next") and reading.octets and reading.octets[-1:] != b"\n":
            inconclusive(f"{reading.call} gave no whole line")
    got = b"".join(reading.octets for reading in reads)
    expect_octets("body", want=MIXED_BODY, got=got)
