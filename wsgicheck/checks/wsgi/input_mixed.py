"""``wsgi.input`` read in all ways in turn, and content that breaks off under some (PEP 3333, Streams).

Lines want octets in advance, sizes and iterators want to go on where the others stopped: what each way keeps
for itself is missing, or comes twice, in the next one.
"""

from __future__ import annotations

import re

from ...authoring import (
    PLAIN_TEXT,
    AwaitApp,
    Exchange,
    FinishSending,
    HttpExchange,
    Octets,
    Play,
    Reading,
    Receive,
    Request,
    Send,
    Step,
    called_once,
    check,
    content,
    expect,
    expect_octets,
    inapplicable,
    inconclusive,
    octets,
    reads_of,
    tries,
)
from ...authoring.input_readers import PLAYED, UNTIL_PLAYED
from ...spec import pep3333, rfc9112

LINES = (
    b"one\nthe second\n\nx\nthe fifth line is longer than most of the others, and is read in pieces\n"
    b"six\r\nsev\ren\nand eight\nnine\nten\nthe eleventh line\nthe twelfth\n13\n14\nthe last has no end"
)
FRAMED = b"".join(
    b"%x\r\n%b\r\n" % (len(piece), piece) for piece in re.findall(rb"[^\r]{1,12}\r|[^\r]{1,13}|\r", LINES)
)
"""In chunks of thirteen octets, and one that ends with each CR."""
WAYS: tuple[Step, ...] = (
    tries("read", 0),
    tries("readline"),
    tries("read", 0),
    tries("readline", 5),
    tries("readline", 40),
    tries("next_line"),
    tries("next_line"),
    tries("read", 9),
    tries("readline", 30),
    tries("readline"),
    tries("readlines", 3),
    tries("read", 1),
    tries("readline"),
    tries("readline", 200),
    tries("next_line"),
    tries("readline", 90),
    tries("readlines", 1),
)
MIXED = Play(before=(*WAYS, content()), chunks=(PLAYED,))
BY_LENGTH = Request("POST", body=LINES, then=UNTIL_PLAYED)
IN_CHUNKS = Request(
    "POST", headers=(("Transfer-Encoding", "chunked"),), body=FRAMED + b"0\r\n\r\n", then=UNTIL_PLAYED
)


def _all_read(exchange: Exchange) -> tuple[Reading, ...]:
    """Return what was read in turn; inconclusive where one of the ways is not there."""
    reads = reads_of(exchange)
    for reading in reads:
        if reading.error or reading.waited:
            inconclusive(f"{reading.call} did not return: {reading.error or 'it waited'}")
    return reads


def _expect_in_order(exchange: Exchange, total: bytes) -> None:
    reads = _all_read(exchange)
    got = b"".join(reading.octets for reading in reads)
    expect_octets("what was read in all ways", want=total[: len(got)], got=got)
    position = 0
    for reading in reads:
        position += len(reading.octets)
        if reading.method in ("readline", "next"):
            ends = reading.octets.count(b"\n")
            whole = not ends or (ends == 1 and reading.octets.endswith(b"\n"))
            expect(whole, f"{reading.call} among other ways", want="one line", got=reading.octets)
        if reading.method == "next" or (reading.method == "readline" and not reading.arguments):
            ended = reading.octets.endswith(b"\n") or position == len(total)
            expect(ended, f"{reading.call} among other ways", want="a whole line", got=reading.octets)
    rest = [seen for seen in exchange.app.of("content") if seen.facts["error"] is None]
    if not rest or rest[0].facts["ended_by"] != "stream":
        return
    left = rest[0].facts["content"].encode("latin-1")
    expect_octets("what was left behind all ways", want=total[len(got) :], got=left)


@check("input-read-in-all-ways-in-order", requires=pep3333.INPUT_ONE_POSITION, send=BY_LENGTH, play=MIXED)
def input_read_in_all_ways_in_order(exchange: Exchange) -> None:
    """Lines, lines of a size, blocks and iterators in turn give the content in its order, once, and whole.

    A parser of forms reads the boundary by lines and the files by blocks. A line that is shorter than what a
    size would allow leaves octets behind, which belong before those that are still to come.
    """
    _expect_in_order(exchange, LINES)


@check(
    "chunked-input-read-in-all-ways-in-order",
    requires=pep3333.INPUT_ONE_POSITION,
    send=IN_CHUNKS,
    play=MIXED,
)
def chunked_input_read_in_all_ways_in_order(exchange: Exchange) -> None:
    """Lines, blocks and iterators in turn give content in chunks in its order, too.

    See ``input-read-in-all-ways-in-order``; chunks end where no line does.
    """
    response = exchange.response
    if not exchange.app.called and response is not None and response.status >= 400:
        inapplicable(f"the server refuses a request in chunks ({response.status})")
    called_once(exchange)
    if response is not None and response.version == "HTTP/1.0":
        inapplicable("the server implements HTTP/1.0, which knows no chunks")
    if not any(reading.octets for reading in _all_read(exchange)):
        inconclusive("nothing of the content was read")
    _expect_in_order(exchange, LINES)


REST_BEHIND_LINE = Play(before=(tries("readline"), tries("read")), chunks=(PLAYED,))


@check(
    "input-read-behind-line-whole",
    requires=pep3333.INPUT_READ_ALL,
    send=Request(
        "POST",
        headers=(("Content-Length", str(len(LINES))),),
        then=(Send(LINES[:30]), AwaitApp("reading", 2, seconds=0.2), Send(LINES[30:]), *UNTIL_PLAYED),
    ),
    play=REST_BEHIND_LINE,
)
def input_read_behind_line_whole(exchange: Exchange) -> None:
    """read() behind readline() reads all that is left, and not what readline() has left of what it fetched.

    The rest of the content may not even have arrived: it is the length that says where it ends.
    """
    reads = _all_read(exchange)
    if len(reads) < 2 or not reads[0].octets:
        inconclusive("the application has not read twice")
    want = LINES[len(reads[0].octets) :]
    expect_octets("read() behind readline()", want=want, got=reads[1].octets)


# ---- content that breaks off --------------------------------------------------------------------------

CUT = octets("POST", "Transfer-Encoding: chunked", body=b"5\r\nhello\r\n9\r\n, wor")
WHOLE = octets("POST", "Transfer-Encoding: chunked", "Connection: close", body=b"5\r\nhello\r\n0\r\n\r\n")
UNTIL_ANSWERED = (Receive(b"wsgicheck", 0.3, owed=True), FinishSending())
"""Where chunks are not decoded, their end is that of what the client sends."""
ENDS_SILENTLY = "WSGI has no word for it, and some servers only end the stream"


def _takes_all(op: str) -> Play:
    return Play(headers=(*PLAIN_TEXT, ("Content-Length", "9")), before=(tries(op),))


def _expect_error(exchange: HttpExchange) -> None:
    """Fail where all that there was to read was handed out as if it were the whole."""
    for reading in reads_of(exchange):
        if not reading.error and not reading.octets:
            inconclusive("nothing of the content was read")
        if reading.octets.startswith(b"5\r\n"):
            inapplicable("the server does not decode chunks")
        if not reading.error:
            expect(False, f"{reading.call} of chunks that break off", want="an error", got=reading.octets)


@check(
    "chunks-that-break-off-not-read-at-once",
    requires=(rfc9112.LAST_CHUNK, rfc9112.BODY_INCOMPLETE),
    send=Octets(CUT, ("POST",), then=(FinishSending(),)),
    play=_takes_all("read"),
    control=Octets(WHOLE, ("POST",), then=UNTIL_ANSWERED),
    tempered=ENDS_SILENTLY,
)
def chunks_that_break_off_not_read_at_once(exchange: HttpExchange) -> None:
    """read() of chunks that break off raises, and does not return what had come by then.

    It is asked for all of the content, and that is not all. An application that reads once has no second read
    in which to hear of it.
    """
    _expect_error(exchange)


@check(
    "chunks-that-break-off-not-iterated-to-an-end",
    requires=(rfc9112.LAST_CHUNK, rfc9112.BODY_INCOMPLETE),
    send=Octets(CUT, ("POST",), then=(FinishSending(),)),
    play=_takes_all("iterate"),
    control=Octets(WHOLE, ("POST",), then=UNTIL_ANSWERED),
    tempered=ENDS_SILENTLY,
)
def chunks_that_break_off_not_iterated_to_an_end(exchange: HttpExchange) -> None:
    """The iteration of chunks that break off raises, and does not come to an end.

    See ``chunks-that-break-off-not-read-at-once``: a loop over the lines ends once, and well.
    """
    _expect_error(exchange)
