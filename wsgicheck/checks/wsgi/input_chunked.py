"""``wsgi.input`` of a request in chunks (PEP 3333, Other HTTP Features)."""

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
    environ_of,
    expect,
    expect_octets,
    inapplicable,
    inconclusive,
    perform,
    reads_of,
    tries,
)
from ...authoring.input_readers import PLAYED, UNTIL_PLAYED
from ...authoring.practices import READS_MAY_BE_SHORT
from ...spec import pep3333, rfc3875

CHUNKED = (("Transfer-Encoding", "chunked"),)

CONTENT = b"first line\nsecond line\nthe third"
FRAMED = b"5\r\nfirst\r\n8\r\n line\nse\r\nC\r\ncond line\nth\r\n7\r\ne third\r\n0\r\n\r\n"
DECORATED = (
    b'5;x="0\\"";y\r\nfirst\r\n01B;z=1\r\n line\nsecond line\nthe third\r\n'
    b"0;last\r\nX-Sum: 1\r\nX-End: 2\r\n\r\n"
)
LARGE = bytes(range(256)) * 1024  # 256 KiB
LARGE_FRAMED = b"".join(
    b"%x\r\n%b\r\n" % (len(LARGE[at : at + 5003]), LARGE[at : at + 5003]) for at in range(0, len(LARGE), 5003)
)

IN_CHUNKS = Request("POST", headers=CHUNKED, body=FRAMED, then=UNTIL_PLAYED)
WITH_DECORATION = Request("POST", headers=CHUNKED, body=DECORATED, then=UNTIL_PLAYED)
CUT_UP = Request(
    "POST",
    headers=CHUNKED,
    then=(
        *(Pause(), Send(b"5\r"), Pause(), Send(b"\nfir"), Pause(), Send(b"st\r"), Pause(), Send(b"\n1")),
        *(Pause(), Send(b"B\r\n line\nsecond line\nthe third"), Pause(), Send(b"\r\n0"), Pause()),
        *(Send(b"\r\n\r"), Pause(), Send(b"\n"), *UNTIL_PLAYED),
    ),
)
TO_THE_END = Play(before=(tries("read"), tries("read")), chunks=(PLAYED,))
IN_BLOCKS = Play(before=(perform("rest"),), chunks=(PLAYED,))
IN_PIECES = Play(before=(*(tries("read", 3),) * 12,), chunks=(PLAYED,))


def chunked_read(exchange: Exchange) -> tuple[Reading, ...]:
    """Return what was read of a request in chunks, from a server that took it.

    A server may want a length (411), and one of HTTP/1.0 need not know chunks; one that refuses them
    otherwise is the business of the checks of RFC 9112.
    """
    response = exchange.response
    if not exchange.app.called and response is not None and response.status >= 400:
        inapplicable(f"the server refuses a request in chunks ({response.status})")
    called_once(exchange)
    if response is not None and response.version == "HTTP/1.0":
        inapplicable("the server implements HTTP/1.0, which knows no chunks")
    reads = reads_of(exchange)
    if not any(reading.octets or reading.error for reading in reads):
        inconclusive("nothing of the content was read")
    return reads


def content_of(exchange: Exchange) -> bytes:
    """Return all of the content that was read of a request in chunks; fail where reading it raised."""
    reads = chunked_read(exchange)
    for reading in reads:
        expect(not reading.error, reading.call, want="the content", got=reading.error)
    return b"".join(reading.octets for reading in reads)


@check(
    "chunked-input-delivered",
    requires=pep3333.TRANSFER_ENCODING_DECODED,
    send=IN_CHUNKS,
    play=TO_THE_END,
    tempered='the PEP wants chunked decoded "if applicable", and does not say how its end is told',
)
def chunked_input_delivered(exchange: Exchange) -> None:
    """The content of a request in chunks is there to be read; it does not come out empty.

    An upload that is accepted with 200 and lost: nobody hears of it.
    """
    response = exchange.response
    if not exchange.app.called and response is not None and response.status >= 400:
        inapplicable(f"the server refuses a request in chunks ({response.status})")
    called_once(exchange)
    if response is not None and response.version == "HTTP/1.0":
        inapplicable("the server implements HTTP/1.0, which knows no chunks")
    reads = reads_of(exchange)
    expect(not reads[0].error, "read() of content in chunks", want="bytes", got=reads[0].error)
    expect(reads[0].octets != b"", "read() of content in chunks", want="the content", got=b"")


@check(
    "chunked-input-decoded",
    requires=(pep3333.TRANSFER_ENCODING_DECODED, rfc3875.TRANSFER_CODINGS_REMOVED),
    send=IN_CHUNKS,
    play=TO_THE_END,
)
def chunked_input_decoded(exchange: Exchange) -> None:
    """What the application reads of a request in chunks is the content, without the framing.

    Chunk sizes within a JSON document are a syntax error; within an archive they are corruption.
    """
    reads = chunked_read(exchange)
    if any(reading.error for reading in reads):
        inconclusive("a read() raised")
    expect_octets("content", want=CONTENT, got=b"".join(reading.octets for reading in reads))


@check("chunked-input-ends", requires=pep3333.INPUT_EXHAUSTED, send=IN_CHUNKS, play=TO_THE_END)
def chunked_input_ends(exchange: Exchange) -> None:
    """read() returns at the last chunk, and returns nothing behind it: no length tells the end.

    The application cannot know where content in chunks ends unless the stream says so.
    """
    for reading in chunked_read(exchange):
        expect(not reading.waited, f"{reading.call} of content in chunks", want="returns", got="waits")
    first, last = reads_of(exchange)[0], reads_of(exchange)[-1]
    if first.error or not first.octets:
        inconclusive("the content was not read")
    expect(not last.error, "read() behind the end", want=b"", got=last.error)
    expect(last.octets == b"", "read() behind the end", want=b"", got=last.octets)


@check(
    "chunked-input-decorations-removed",
    requires=pep3333.TRANSFER_ENCODING_DECODED,
    send=WITH_DECORATION,
    play=IN_BLOCKS,
)
def chunked_input_decorations_removed(exchange: Exchange) -> None:
    """Chunk extensions, leading zeros and trailer fields do not get into the content.

    They belong to the framing as much as the sizes do.
    """
    expect_octets("content", want=CONTENT, got=content_of(exchange))


@check("chunked-input-read-in-pieces", requires=pep3333.INPUT_READ_SIZE, send=IN_CHUNKS, play=IN_PIECES)
def chunked_input_read_in_pieces(exchange: Exchange) -> None:
    """read(size) across the borders of chunks returns at most size bytes, and loses none.

    The borders are an accident of the sender; the position must survive them.
    """
    reads = chunked_read(exchange)
    got = b""
    for reading in reads:
        if reading.error:
            inconclusive(f"{reading.call} raised {reading.error}")
        expect(len(reading.octets) <= 3, f"bytes from {reading.call}", want=3, got=len(reading.octets))
        if len(got) < len(CONTENT):
            expect(bool(reading.octets), f"{reading.call} at octet {len(got)}", want="bytes", got=b"")
        got += reading.octets
    expect_octets("content", want=CONTENT[: len(got) or None], got=got)


@check(
    "chunked-input-lines-whole",
    requires=pep3333.INPUT_LINES,
    send=IN_CHUNKS,
    play=Play(before=(*(tries("readline"),) * 4,), chunks=(PLAYED,)),
)
def chunked_input_lines_whole(exchange: Exchange) -> None:
    """readline() returns whole lines, also where a chunk ends within one.

    A line that ends where a chunk does breaks every parser of forms, now and then.
    """
    for reading, want in zip(
        chunked_read(exchange), (b"first line\n", b"second line\n", b"the third", b""), strict=False
    ):
        if reading.error:
            inconclusive(f"readline() raised {reading.error}")
        whole = want in (reading.octets, reading.octets + b"\n")  # whether LF is kept is judged elsewhere
        expect(whole, "readline()", want=want, got=reading.octets)


@check(
    "chunked-input-iterable",
    requires=pep3333.INPUT_ITER,
    send=IN_CHUNKS,
    play=Play(before=(tries("iterate"), perform("rest")), chunks=(PLAYED,)),
)
def chunked_input_iterable(exchange: Exchange) -> None:
    """The stream of a request in chunks can be iterated, line by line, as any other.

    It is often another class than the usual one, and then lacks a method.
    """
    reading = chunked_read(exchange)[0]
    expect(not reading.error, "iteration of content in chunks", want="lines", got=reading.error)
    want = (b"first line\n", b"second line\n", b"the third")
    expect(reading.lines == want, "lines of content in chunks", want=want, got=reading.lines)


@check(
    "chunked-input-readlines",
    requires=pep3333.INPUT_READLINES,
    send=IN_CHUNKS,
    play=Play(before=(tries("readlines"), perform("rest")), chunks=(PLAYED,)),
)
def chunked_input_readlines(exchange: Exchange) -> None:
    """readlines() works on the stream of a request in chunks, as on any other.

    It is often another class than the usual one, and then lacks a method.
    """
    reading = chunked_read(exchange)[0]
    expect(not reading.error, "readlines() of content in chunks", want="lines", got=reading.error)
    want = (b"first line\n", b"second line\n", b"the third")
    expect(reading.lines == want, "lines of content in chunks", want=want, got=reading.lines)


@check(
    "chunked-input-cut-up-whole",
    requires=pep3333.TRANSFER_ENCODING_DECODED,
    send=CUT_UP,
    play=IN_BLOCKS,
)
def chunked_input_cut_up_whole(exchange: Exchange) -> None:
    """Content in chunks is decoded as well where segments end within a size, a CRLF or the last chunk.

    A decoder that expects whole lines in each segment works until the network is slow.
    """
    expect_octets("content", want=CONTENT, got=content_of(exchange))


@check(
    "chunked-input-large-whole",
    requires=pep3333.TRANSFER_ENCODING_DECODED,
    send=Request("POST", headers=CHUNKED, body=LARGE_FRAMED + b"0\r\n\r\n", then=UNTIL_PLAYED),
    play=Play(before=(perform("rest", 4096),), chunks=(PLAYED,)),
)
def chunked_input_large_whole(exchange: Exchange) -> None:
    """256 KiB of all octets in odd chunks are octet for octet what was sent.

    Sizes that fit no buffer, and octets that look like framing, show what small examples do not.
    """
    if environ_of(exchange).get("CONTENT_LENGTH") not in ("", str(len(LARGE))):
        inconclusive("CONTENT_LENGTH is not that of the content, and was believed")
    expect_octets("content", want=LARGE, got=content_of(exchange))


LATE_ENDINGS = (b"first", b"\n" + b"x" * 65536, b"\nthe last")
"""Each line ends with the first octet of the next chunk; the second fills the usual buffer to its end."""


@check(
    "chunked-input-line-ending-in-next-chunk",
    requires=pep3333.INPUT_LINES,
    send=Request(
        "POST",
        headers=CHUNKED,
        body=b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in LATE_ENDINGS) + b"0\r\n\r\n",
        then=UNTIL_PLAYED,
    ),
    play=Play(before=(tries("iterate"),), chunks=(PLAYED,)),
)
def chunked_input_line_ending_in_next_chunk(exchange: Exchange) -> None:
    """A line of a request in chunks ends at its LF, though that is the first octet of another chunk.

    The search goes on behind what was searched before more was read: an octet too far, and two
    lines are one.
    """
    reading = chunked_read(exchange)[0]
    if reading.error:
        inconclusive("iteration raised")
    if reading.octets != b"".join(LATE_ENDINGS):
        inconclusive("the content was not read whole")
    lengths = [len(line) for line in reading.lines]
    expect(lengths == [6, 65537, 8], "lengths of lines", want=[6, 65537, 8], got=lengths)


@check(
    "chunked-input-read-over-chunks-whole",
    requires=pep3333.INPUT_READ_WHOLE,
    send=IN_CHUNKS,
    play=Play(before=(tries("read", 10), tries("rest")), chunks=(PLAYED,)),
    tempered=READS_MAY_BE_SHORT,
)
def chunked_input_read_over_chunks_whole(exchange: Exchange) -> None:
    """read(size) returns size octets of a content in chunks that has them, wherever its chunks end.

    See ``input-read-of-late-content-whole``. The chunks are the client's choice, or that of a proxy.
    """
    reading = chunked_read(exchange)[0]
    if reading.error or not reading.kind:
        inconclusive(f"{reading.call} did not return")
    got = len(reading.octets)
    expect(got >= 10, "octets of read(10), before the end", want=10, got=got)
