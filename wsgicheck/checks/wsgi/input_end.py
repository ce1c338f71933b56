"""The end of ``wsgi.input``: an empty body, an exhausted one, and what lies behind it."""

from __future__ import annotations

from ...authoring import (
    Exchange,
    FinishSending,
    HttpExchange,
    Octets,
    Play,
    Reading,
    Receive,
    Request,
    called_once,
    calls_of,
    check,
    expect,
    inconclusive,
    octets,
    readings,
    tries,
)
from ...authoring.input_readers import PLAYED, UNTIL_PLAYED
from ...spec import pep3333

AT_THE_END = (
    tries("read", 1),
    tries("readline"),
    tries("read"),
    tries("readlines"),
    tries("iterate"),
    tries("read", 0),
)
NOTHING_LEFT = Play(before=AT_THE_END, chunks=(PLAYED,))
EXHAUSTED = Play(before=(tries("read", 4), *AT_THE_END), chunks=(PLAYED,))
NO_CONTENT = Request(then=UNTIL_PLAYED)
ZERO_CONTENT = Request("POST", body=b"", then=UNTIL_PLAYED)
FOUR_OCTETS = Request("POST", body=b"body", then=UNTIL_PLAYED)


def readings_at_the_end(exchange: Exchange, consumed: int) -> tuple[Reading, ...]:
    """Return the readings behind the end of the body, of which some octets had to be read first."""
    called_once(exchange)
    found = readings(exchange)
    before = [reading for reading in found if reading.method == "read" and reading.arguments == (4,)]
    if consumed and (not before or len(before[0].octets) != consumed):
        inconclusive("the body was not read in one piece")
    return tuple(reading for reading in found if reading not in before)


def empty_at_once(exchange: Exchange, consumed: int = 0) -> None:
    """Expect that each reading behind the end returned nothing, and did not wait."""
    for reading in readings_at_the_end(exchange, consumed):
        expect(not reading.waited, f"{reading.call} at the end", want="returns at once", got="waits")
        expect(not reading.error, f"{reading.call} at the end", want="nothing", got=reading.error)
        if reading.method in ("readlines", "__iter__"):
            expect(not reading.lines, f"{reading.call} at the end", want="no lines", got=reading.lines)
        else:
            expect(reading.octets == b"", f"{reading.call} at the end", want=b"", got=reading.octets)
            expect(
                reading.kind == "bytes", f"type of {reading.call} at the end", want="bytes", got=reading.kind
            )


@check("input-without-content-empty", requires=pep3333.INPUT_EXHAUSTED, send=NO_CONTENT, play=NOTHING_LEFT)
def input_without_content_empty(exchange: Exchange) -> None:
    """Every way to read the input of a request without content returns nothing, at once.

    Form parsers read before they look at the method; where that waits, each GET holds a thread.
    """
    empty_at_once(exchange)


@check("input-of-zero-length-empty", requires=pep3333.INPUT_EXHAUSTED, send=ZERO_CONTENT, play=NOTHING_LEFT)
def input_of_zero_length_empty(exchange: Exchange) -> None:
    """Every way to read a body of the length 0 returns nothing, at once.

    Zero is a length like any other: a server that takes it for "unknown" waits.
    """
    empty_at_once(exchange)


@check("input-exhausted-stays-empty", requires=pep3333.INPUT_EXHAUSTED, send=FOUR_OCTETS, play=EXHAUSTED)
def input_exhausted_stays_empty(exchange: Exchange) -> None:
    """Every way to read on behind the end of the body returns nothing, at once, each time.

    Loops end with the first empty bytestring; one that comes late, or as None, ends them wrongly.
    """
    empty_at_once(exchange, consumed=4)


# ---- the next request on the connection -------------------------------------------------------------


PIPELINED = Octets(
    octets("POST", "Content-Length: 4", body=b"body") + octets("GET", "Connection: close", label="2"),
    methods=("POST", "GET"),
    then=(Receive(PLAYED, 0.3, owed=True), FinishSending()),
)


def not_of_the_next(exchange: HttpExchange) -> None:
    """Expect that nothing was read that belongs to the request behind the body."""
    called_once(exchange)
    if not calls_of(exchange, ""):
        inconclusive("the application was called for the next request alone")
    for reading in readings(exchange):
        expect(
            b"GET" not in reading.octets and b"HTTP" not in reading.octets,
            f"{reading.call}",
            want="nothing of the next request",
            got=reading.octets[:40],
        )


def pipelined(*steps: str, sizes: tuple[int, ...] = ()) -> Play:
    """Read a body of 4 octets in some way; the second request is answered plainly."""
    reads = tuple(tries(step, *sizes) for step in steps)
    return Play(before=reads, chunks=(PLAYED,), later=(Play(),))


@check(
    "input-read-spares-next-request",
    requires=pep3333.INPUT_EOF,
    send=PIPELINED,
    play=pipelined("read", "read", sizes=(400,)),
)
def input_read_spares_next_request(exchange: HttpExchange) -> None:
    """read(size) beyond the body returns nothing of the next request on the connection.

    It may carry somebody else's password, where a proxy shares the connection; and it goes unanswered.
    """
    not_of_the_next(exchange)


@check(
    "input-read-all-spares-next-request",
    requires=pep3333.INPUT_EOF,
    send=PIPELINED,
    play=pipelined("read", "read"),
)
def input_read_all_spares_next_request(exchange: HttpExchange) -> None:
    """read() without a size returns nothing of the next request on the connection.

    It may carry somebody else's password, where a proxy shares the connection; and it goes unanswered.
    """
    not_of_the_next(exchange)


@check(
    "input-readline-spares-next-request",
    requires=pep3333.INPUT_EOF,
    send=PIPELINED,
    play=pipelined("readline", "readline"),
)
def input_readline_spares_next_request(exchange: HttpExchange) -> None:
    """readline() of a body without a line ending returns nothing of the next request on the connection.

    The end of the body is the end of its last line, not the line ending in the next request line.
    """
    not_of_the_next(exchange)


@check(
    "input-readlines-spares-next-request",
    requires=pep3333.INPUT_EOF,
    send=PIPELINED,
    play=pipelined("readlines", "readlines"),
)
def input_readlines_spares_next_request(exchange: HttpExchange) -> None:
    """readlines() returns nothing of the next request on the connection.

    The end of the body is the end of its last line, not the line ending in the next request line.
    """
    not_of_the_next(exchange)


@check(
    "input-iteration-spares-next-request",
    requires=pep3333.INPUT_EOF,
    send=PIPELINED,
    play=pipelined("iterate", "iterate"),
)
def input_iteration_spares_next_request(exchange: HttpExchange) -> None:
    """Iteration returns nothing of the next request on the connection.

    A loop over the stream asks line after line, until there is nothing: that must be the body's end.
    """
    not_of_the_next(exchange)


# ---- the next request on the connection, behind one without content ---------------------------------


def without_length(method: str) -> Octets:
    """Return a request that has neither a length nor a coding, and the next one right behind it."""
    return Octets(
        octets(method) + octets("GET", "Connection: close", label="2"), (method, "GET"), then=UNTIL_PLAYED
    )


READ_IN_PIECES = Play(before=(tries("read", 5), tries("read", 400)), chunks=(PLAYED,), later=(Play(),))
READ_AS_LINES = pipelined("readline", "readlines", "iterate")


def nothing_read(exchange: HttpExchange) -> None:
    """Expect that the application read nothing: all that could be read is of the next request."""
    called_once(exchange)
    if not calls_of(exchange, ""):
        inconclusive("the application was called for the next request alone")
    for reading in readings(exchange):
        got = reading.octets[:40]
        expect(not got, f"{reading.call} without content", want="nothing of the next request", got=got)


@check(
    "input-read-without-length-spares-next-request",
    requires=(pep3333.INPUT_EOF, pep3333.INPUT_EXHAUSTED),
    send=without_length("POST"),
    play=READ_IN_PIECES,
)
def input_read_without_length_spares_next_request(exchange: HttpExchange) -> None:
    """read(size) of a POST without a length returns nothing of the next request on the connection.

    Such a request has no content (RFC 9112 6.3), and its end is where its head ends. A stream that is limited
    only where there is a length hands over the next request instead, which may be somebody else's.
    """
    nothing_read(exchange)


@check(
    "input-lines-without-length-spare-next-request",
    requires=(pep3333.INPUT_EOF, pep3333.INPUT_EXHAUSTED),
    send=without_length("POST"),
    play=READ_AS_LINES,
)
def input_lines_without_length_spare_next_request(exchange: HttpExchange) -> None:
    """readline(), readlines() and iteration of a POST without a length return nothing of the next request.

    See ``input-read-without-length-spares-next-request``: each method needs the limit for itself.
    """
    nothing_read(exchange)


@check(
    "input-of-get-spares-next-request",
    requires=(pep3333.INPUT_EOF, pep3333.INPUT_EXHAUSTED),
    send=without_length("GET"),
    play=READ_IN_PIECES,
)
def input_of_get_spares_next_request(exchange: HttpExchange) -> None:
    """read(size) of a GET returns nothing of the next request on the connection.

    Form parsers read before they look at the method. See ``input-read-without-length-spares-next-request``.
    """
    nothing_read(exchange)
