"""What of a wrapped file is sent: from where, up to where, and who closes it."""

from __future__ import annotations

from ...authoring import (
    Exchange,
    HttpExchange,
    Octets,
    Play,
    check,
    expect,
    expect_octets,
    fail,
    inapplicable,
    inconclusive,
    octets,
    perform,
)
from ...authoring.requests import GET_KEPT
from ...authoring.wrapped_files import (
    FILE_CONTENT,
    FROM_DISK,
    FROM_MEMORY,
    expect_file_sent,
    expect_only_so_much,
    needs_wrapper,
    wrapped,
)
from ...spec import pep3333

PATTERN = bytes(range(251))
REPEATED = 6000
"""1.4 MiB of a pattern whose length divides no block: a block that is lost or doubled shows."""
PLAIN_TEXT = ("Content-Type", "text/plain; charset=utf-8")


# ---- from where -------------------------------------------------------------------------------------


@check("file-sent-to-its-end", requires=pep3333.FILE_WRAPPER_TO_END, play=FROM_DISK)
def file_sent_to_its_end(exchange: Exchange) -> None:
    """A file from the disk is sent from its first octet to its last.

    It is what the wrapper is for.
    """
    expect_file_sent(exchange, FILE_CONTENT)


@check("file-in-memory-sent-to-its-end", requires=pep3333.FILE_WRAPPER_TO_END, play=FROM_MEMORY)
def file_in_memory_sent_to_its_end(exchange: Exchange) -> None:
    """A file in memory is sent from its first octet to its last.

    There is no descriptor, so that another path of the server sends it.
    """
    expect_file_sent(exchange, FILE_CONTENT)


@check(
    "file-of-short-reads-sent-whole",
    requires=pep3333.FILE_WRAPPER_SEMANTICS,
    play=wrapped("short-reads"),
)
def file_of_short_reads_sent_whole(exchange: Exchange) -> None:
    """A file whose ``read()`` gives less than was asked for is sent to its end all the same.

    Only an empty block is the end: a pipe, a device or an archive has no more at the moment.
    """
    expect_file_sent(exchange, FILE_CONTENT)


@check(
    "file-status-and-headers-kept",
    requires=pep3333.FILE_WRAPPER_SEMANTICS,
    play=Play(
        status="404 Not Found",
        headers=(PLAIN_TEXT, ("X-Marked", "by the application")),
        before=(perform("file", "disk", FILE_CONTENT, 1), perform("wrap")),
        shape="wrapped",
    ),
)
def file_status_and_headers_kept(exchange: Exchange) -> None:
    """A wrapped file goes with the status and the headers that ``start_response`` was given.

    The page about a missing page is a file too, and whoever sends files has a status of his own at hand.
    """
    needs_wrapper(exchange)
    response = exchange.response
    if response is None:
        fail("a wrapped file: the client got no response that can be read")
    expect(response.status == 404, "status of a wrapped file", want=404, got=response.status)
    for name, want in (PLAIN_TEXT, ("X-Marked", "by the application")):
        got = ", ".join(response.values(name))
        expect(got == want, f"{name} of a wrapped file", want=want, got=got or "absent")
    expect_octets("content", want=FILE_CONTENT, got=response.content)


@check(
    "file-large-sent-whole",
    requires=pep3333.FILE_WRAPPER_TO_END,
    play=wrapped("disk", content=PATTERN, times=REPEATED),
)
def file_large_sent_whole(exchange: Exchange) -> None:
    """A file of 1.4 MiB arrives octet for octet.

    It does not go out in one call of the system: what sendfile() did not take has to be sent again.
    """
    expect_file_sent(exchange, PATTERN * REPEATED)


@check(
    "file-large-with-length-sent-whole",
    requires=pep3333.FILE_WRAPPER_TO_END,
    play=wrapped("disk", content=PATTERN, times=REPEATED, length=len(PATTERN) * REPEATED),
)
def file_large_with_length_sent_whole(exchange: Exchange) -> None:
    """A file of 1.4 MiB with a Content-Length arrives octet for octet.

    With a length many servers choose sendfile(), and without one they do not.
    """
    expect_file_sent(exchange, PATTERN * REPEATED)


@check(
    "file-sent-from-position-after-read",
    requires=pep3333.FILE_WRAPPER_POSITION,
    play=wrapped("disk", perform("file_read", 5)),
)
def file_sent_from_position_after_read(exchange: Exchange) -> None:
    """A file of which 5 octets were read is sent from the sixth.

    Its descriptor stands elsewhere, because reading is buffered: its offset, and 0, are both wrong.
    """
    expect_file_sent(exchange, FILE_CONTENT[5:])


@check(
    "file-sent-from-position-with-length",
    requires=pep3333.FILE_WRAPPER_POSITION,
    play=wrapped("disk", perform("file_read", 5), length=len(FILE_CONTENT) - 5),
)
def file_sent_from_position_with_length(exchange: Exchange) -> None:
    """A file with a Content-Length of which 5 octets were read is sent from the sixth.

    With a length many servers choose sendfile(), whose offset is not the file's position.
    """
    expect_file_sent(exchange, FILE_CONTENT[5:])


@check(
    "file-sent-from-sought-position",
    requires=pep3333.FILE_WRAPPER_POSITION,
    play=wrapped("disk", perform("file_seek", 900)),
)
def file_sent_from_sought_position(exchange: Exchange) -> None:
    """A file whose position was set before it was wrapped is sent from there.

    That is how an application answers a request for a range.
    """
    expect_file_sent(exchange, FILE_CONTENT[900:])


@check(
    "file-sent-from-late-position",
    requires=pep3333.FILE_WRAPPER_POSITION,
    play=wrapped("disk", behind=(perform("file_seek", 945),)),
)
def file_sent_from_late_position(exchange: Exchange) -> None:
    """A file whose position is set behind wrapping is sent from there.

    The position counts at the time that transmission begins, not when the wrapper is made.
    """
    expect_file_sent(exchange, FILE_CONTENT[945:])


@check(
    "file-in-memory-sent-from-late-position",
    requires=pep3333.FILE_WRAPPER_POSITION,
    play=wrapped("memory", perform("file_read", 5), behind=(perform("file_seek", 940),)),
)
def file_in_memory_sent_from_late_position(exchange: Exchange) -> None:
    """A file in memory is sent from its position at the time that transmission begins.

    A wrapper that takes the octets out at once, or rewinds, sends others.
    """
    expect_file_sent(exchange, FILE_CONTENT[940:])


# ---- up to where ------------------------------------------------------------------------------------


@check(
    "file-stops-at-content-length",
    requires=pep3333.FILE_WRAPPER_CONTENT_LENGTH,
    send=GET_KEPT,
    play=wrapped("disk", length=12),
)
def file_stops_at_content_length(exchange: HttpExchange) -> None:
    """Of a file from the disk no more than Content-Length octets are sent.

    What follows would be read as the beginning of the next response.
    """
    expect_only_so_much(exchange)


@check(
    "file-in-memory-stops-at-content-length",
    requires=pep3333.FILE_WRAPPER_CONTENT_LENGTH,
    send=GET_KEPT,
    play=wrapped("memory", length=12),
)
def file_in_memory_stops_at_content_length(exchange: HttpExchange) -> None:
    """Of a file in memory no more than Content-Length octets are sent.

    What follows would be read as the beginning of the next response.
    """
    expect_only_so_much(exchange)


@check(
    "file-too-short-not-completed",
    requires=pep3333.SHORTFALL_CLOSES,
    send=Octets(octets("GET") + octets("GET", label="2"), methods=("GET", "GET")),
    play=Play(
        headers=(PLAIN_TEXT, ("Content-Length", str(len(FILE_CONTENT) + 3))),
        before=(perform("file", "disk", FILE_CONTENT), perform("wrap")),
        shape="wrapped",
        later=(Play(),),
    ),
)
def file_too_short_not_completed(exchange: HttpExchange) -> None:
    """A file that is shorter than its Content-Length is followed by the end of the connection.

    Otherwise the client takes the head of the next response for the missing octets.
    """
    if exchange.app.of("no-file-wrapper"):
        inapplicable("the server offers no wsgi.file_wrapper")
    if exchange.response is None:
        inconclusive("the client got no response that can be read")
    missing = exchange.response.content[len(FILE_CONTENT) :]
    if exchange.response.content[: len(FILE_CONTENT)] != FILE_CONTENT:
        inconclusive("the file itself was not sent")
    expect(missing == b"", "behind the file", want="the end of the connection", got=missing)
    expect(exchange.wire.ended != "timeout", "the connection", want="closed", got="left open")
