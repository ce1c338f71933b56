"""What ``open()`` returns, exactly: only that do careful servers hand to sendfile()."""

from __future__ import annotations

from dataclasses import replace

from ...authoring import (
    PLAIN_TEXT,
    Exchange,
    HttpExchange,
    Play,
    Request,
    Step,
    check,
    expect,
    inconclusive,
    perform,
    writes,
)
from ...authoring.requests import GET_KEPT
from ...authoring.wrapped_files import FILE_CONTENT, expect_file_sent, expect_only_so_much
from ...spec import pep3333


def wrapped(*before: Step, length: int | None = None) -> Play:
    """Do something with a file, and return it wrapped."""
    return Play(
        headers=PLAIN_TEXT if length is None else (*PLAIN_TEXT, ("Content-Length", str(length))),
        before=(perform("file", "plain", FILE_CONTENT), *before, perform("wrap")),
        shape="wrapped",
    )


@check("ordinary-file-sent-to-its-end", requires=pep3333.FILE_WRAPPER_TO_END, play=wrapped())
def ordinary_file_sent_to_its_end(exchange: Exchange) -> None:
    """What ``open()`` returned is sent from its first octet to its last.

    Of a subclass, of which nearly all of these checks are, a server may have reason to doubt it.
    """
    expect_file_sent(exchange, FILE_CONTENT)


@check(
    "ordinary-file-sent-from-position-with-length",
    requires=pep3333.FILE_WRAPPER_POSITION,
    play=wrapped(perform("file_read", 5), length=len(FILE_CONTENT) - 5),
)
def ordinary_file_sent_from_position_with_length(exchange: Exchange) -> None:
    """What ``open()`` returned is sent from its position, of which its descriptor knows nothing.

    Reading is buffered: a descriptor whose file was read for 5 octets stands at the end of all 950.
    """
    expect_file_sent(exchange, FILE_CONTENT[5:])


@check(
    "ordinary-file-to-http-1-0-sent-from-position",
    requires=pep3333.FILE_WRAPPER_POSITION,
    send=Request(version="HTTP/1.0"),
    play=wrapped(perform("file_seek", 900)),
)
def ordinary_file_to_http_1_0_sent_from_position(exchange: Exchange) -> None:
    """To a client of HTTP/1.0 a file is sent from its position, and up to its end.

    Without chunks its length has to be found, which is less than its size from there.
    """
    expect_file_sent(exchange, FILE_CONTENT[900:])


@check(
    "ordinary-file-stops-at-content-length",
    requires=pep3333.FILE_WRAPPER_CONTENT_LENGTH,
    send=GET_KEPT,
    play=wrapped(length=12),
)
def ordinary_file_stops_at_content_length(exchange: HttpExchange) -> None:
    """Of what ``open()`` returned no more than Content-Length octets are sent.

    What follows would be read as the beginning of the next response.
    """
    expect_only_so_much(exchange)


# ---- behind write() ---------------------------------------------------------------------------------


def _behind_write(length: int | None) -> Play:
    return replace(wrapped(length=length), after=(writes(b"head, "),))


@check(
    "file-behind-write-sent-whole",
    requires=(pep3333.WRITE_AND_ITERABLE, pep3333.FILE_WRAPPER_SEMANTICS),
    play=_behind_write(None),
)
def file_behind_write_sent_whole(exchange: Exchange) -> None:
    """A wrapped file is sent to its end behind what was passed to ``write()``.

    The headers are out, and say nothing of a length that sendfile() could go by.
    """
    if exchange.app.of("started") and not exchange.app.of("wrote"):
        inconclusive("write() did not take the octets")
    expect_file_sent(exchange, b"head, " + FILE_CONTENT)


@check(
    "file-behind-write-stops-at-content-length",
    requires=(pep3333.FILE_WRAPPER_CONTENT_LENGTH, pep3333.WRITE_AS_YIELDED),
    send=GET_KEPT,
    play=_behind_write(18),
)
def file_behind_write_stops_at_content_length(exchange: HttpExchange) -> None:
    """Of a wrapped file only so much is sent as what was written has left of the Content-Length.

    What sends the file has to know how much was sent before, or it adds that much to the next response.
    """
    if exchange.app.of("started") and not exchange.app.of("wrote"):
        inconclusive("write() did not take the octets")
    expect_file_sent(exchange, b"head, " + FILE_CONTENT[:12])
    expect(exchange.surplus == b"", "behind the content", want="nothing", got=exchange.surplus[:40])
