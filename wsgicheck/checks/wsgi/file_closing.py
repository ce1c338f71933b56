"""Who closes a wrapped file, and when (PEP 3333, Optional Platform-Specific File Handling)."""

from __future__ import annotations

from ...authoring import (
    AwaitApp,
    Exchange,
    HangUp,
    HttpExchange,
    Octets,
    Play,
    Receive,
    Request,
    check,
    expect,
    gate_passed,
    inconclusive,
    octets,
    perform,
    whole_response,
)
from ...authoring.wrapped_files import FILE_CONTENT, FROM_DISK, FROM_MEMORY, needs_wrapper, wrapped
from ...spec import pep3333

PATTERN = bytes(range(251))


def closed_once(exchange: Exchange) -> None:
    """Expect that the file was closed."""
    needs_wrapper(exchange)
    expect(bool(exchange.app.of("file-closed")), "close() of the file", want="called", got="not called")


@check("file-closed-after-response", requires=pep3333.FILE_WRAPPER_CLOSE, play=FROM_DISK)
def file_closed_after_response(exchange: Exchange) -> None:
    """A file from the disk is closed when it has been sent.

    A server that runs out of file descriptors serves nobody any more.
    """
    whole_response(exchange)
    closed_once(exchange)


@check("file-in-memory-closed-after-response", requires=pep3333.FILE_WRAPPER_CLOSE, play=FROM_MEMORY)
def file_in_memory_closed_after_response(exchange: Exchange) -> None:
    """A file without a descriptor is closed when it has been sent.

    Behind it may be a connection to a database, or a temporary file.
    """
    whole_response(exchange)
    closed_once(exchange)


@check("file-closed-only-once", requires=pep3333.CLOSE_ONCE, play=FROM_DISK)
def file_closed_only_once(exchange: Exchange) -> None:
    """A wrapped file is closed once, not again and again.

    close() of an object that is no file may well do something each time.
    """
    needs_wrapper(exchange)
    closings = exchange.app.of("file-closed")
    if not closings:
        inconclusive("the file was not closed")
    expect(len(closings) == 1, "calls of close() of the file", want=1, got=len(closings))


@check(
    "file-closed-after-not-modified",
    requires=pep3333.FILE_WRAPPER_CLOSE,
    play=Play(
        status="304 Not Modified",
        headers=(),
        before=(perform("file", "disk", FILE_CONTENT, 1), perform("wrap")),
        shape="wrapped",
    ),
)
def file_closed_after_not_modified(exchange: Exchange) -> None:
    """A file that was returned with 304 is closed.

    It was opened to look at its age, and nobody reads it.
    """
    closed_once(exchange)


@check(
    "file-closed-after-head",
    requires=pep3333.FILE_WRAPPER_CLOSE,
    send=Request("HEAD"),
    play=FROM_DISK,
)
def file_closed_after_head(exchange: Exchange) -> None:
    """A wrapped file is closed when the answer to HEAD left it unread.

    It was opened all the same.
    """
    closed_once(exchange)


@check(
    "file-closed-after-content-length",
    requires=pep3333.FILE_WRAPPER_CLOSE,
    play=wrapped("disk", length=12),
)
def file_closed_after_content_length(exchange: Exchange) -> None:
    """A wrapped file of which only a part is sent is closed.

    That is how every request for a range ends.
    """
    closed_once(exchange)


@check(
    "file-closed-after-read-error",
    requires=pep3333.FILE_WRAPPER_CLOSE,
    play=wrapped("breaks-off"),
)
def file_closed_after_read_error(exchange: Exchange) -> None:
    """A wrapped file whose read() raises halfway is closed.

    The disk fails, the network file system goes away: each try would leak a file.
    """
    closed_once(exchange)


@check(
    "file-closed-after-hang-up",
    requires=(pep3333.FILE_WRAPPER_CLOSE, pep3333.CLOSE_ON_DISCONNECT),
    send=Request(then=(Receive(b"\r\n\r\n"), HangUp())),
    play=wrapped("disk", content=PATTERN * 64, times=1024),
)
def file_closed_after_hang_up(exchange: Exchange) -> None:
    """A wrapped file of which the client did not want the rest is closed.

    People stop their downloads; 16 MiB do not fit into what the system buffers.
    """
    closed_once(exchange)


@check(
    "file-closed-while-connection-idle",
    requires=(pep3333.CLOSE, pep3333.FILE_WRAPPER_CLOSE),
    send=Octets(octets(), then=(Receive(b"line 049", owed=True), AwaitApp("file-closed", seconds=1.5))),
    play=FROM_DISK,
)
def file_closed_while_connection_idle(exchange: HttpExchange) -> None:
    """A wrapped file is closed when it has been sent, though its connection stays open.

    See ``iterable-closed-while-connection-idle``: each idle connection would hold two descriptors.
    """
    needs_wrapper(exchange)
    if not gate_passed(exchange, "receive line 049"):
        inconclusive("the client did not see the content in time")
    done = gate_passed(exchange, "await file-closed")
    expect(done, "close() of the file, while the connection is idle", want="called", got="not within 1.5 s")
