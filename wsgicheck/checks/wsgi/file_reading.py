"""What a wrapped file gives by ``read()``, which is what counts (PEP 3333, File Handling)."""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    Exchange,
    HttpExchange,
    Octets,
    Play,
    check,
    expect,
    expect_octets,
    inapplicable,
    inconclusive,
    octets,
    perform,
    response_of,
)
from ...authoring.wrapped_files import FILE_CONTENT, needs_wrapper
from ...spec import pep3333, rfc9110, rfc9112

OPENED = "servers take a descriptor for what its file gives, as the PEP has them look for one"


def _wrapped(kind: str, length: int | None = None) -> Play:
    return Play(
        headers=PLAIN_TEXT if length is None else (*PLAIN_TEXT, ("Content-Length", str(length))),
        before=(perform("file", kind, FILE_CONTENT), perform("wrap")),
        shape="wrapped",
    )


# ---- a descriptor that has something else ---------------------------------------------------------------


def _expect_unpacked(exchange: Exchange) -> None:
    needs_wrapper(exchange)
    response = response_of(exchange)
    expect(response.status == 200, "response of a wrapped file", want=200, got=response.status)
    expect_octets("content", want=FILE_CONTENT, got=response.content)


@check(
    "file-with-other-descriptor-sent-as-read",
    requires=pep3333.FILE_WRAPPER_SEMANTICS,
    play=_wrapped("gzip"),
    tempered=OPENED,
)
def file_with_other_descriptor_sent_as_read(exchange: Exchange) -> None:
    """Of a file that is unpacked while it is read, the unpacked content is sent.

    ``gzip.open()`` returns one: its ``fileno()`` is that of the packed file, whose octets nobody asked for.
    """
    _expect_unpacked(exchange)


@check(
    "file-with-other-descriptor-and-length-sent-as-read",
    requires=pep3333.FILE_WRAPPER_SEMANTICS,
    play=_wrapped("gzip", len(FILE_CONTENT)),
    tempered=OPENED,
)
def file_with_other_descriptor_and_length_sent_as_read(exchange: Exchange) -> None:
    """Of a file that is unpacked while it is read, the unpacked content is sent where its length is declared.

    With a length many servers choose sendfile(), and then the packed file is too short for it, too.
    """
    _expect_unpacked(exchange)


# ---- a file that fails ----------------------------------------------------------------------------------


def _expect_cut(exchange: HttpExchange) -> None:
    needs_wrapper(exchange)
    if not exchange.app.of("raising"):
        inconclusive("the file was not read a second time")
    response = exchange.response
    if response is None or response.status >= 400:
        return
    if response.framing == "close":
        inapplicable("without chunks or a length the end of the connection is the end of any response")
    got = "complete" if response.complete else "cut off"
    expect(got == "cut off", f"the response ({response.framing})", want="cut off", got=got)


@check(
    "file-read-error-cuts-response",
    requires=rfc9112.ABORTED_INCOMPLETE,
    send=Octets(octets("GET")),
    play=_wrapped("breaks-off"),
)
def file_read_error_cuts_response(exchange: HttpExchange) -> None:
    """A response whose file cannot be read any further can be told from a whole one.

    Half of a download passes for all of it, and is cached and unpacked.
    """
    _expect_cut(exchange)


@check(
    "file-disk-error-cuts-response",
    requires=rfc9112.ABORTED_INCOMPLETE,
    send=Octets(octets("GET")),
    play=_wrapped("disk-fails"),
)
def file_disk_error_cuts_response(exchange: HttpExchange) -> None:
    """An OSError of the file is not the end of the file, nor that of the client's connection.

    Around sendfile() and send() an OSError means other things than around ``read()``.
    """
    _expect_cut(exchange)


@check(
    "file-disk-error-short-of-length-cuts-response",
    requires=rfc9110.CONTENT_LENGTH_CORRECT,
    send=Octets(octets("GET")),
    play=_wrapped("disk-fails", len(FILE_CONTENT) + 20),
)
def file_disk_error_short_of_length_cuts_response(exchange: HttpExchange) -> None:
    """An error of the file short of the Content-Length ends the connection, and no octets are made up.

    The client would wait for the rest for ever, or take the next head for it.
    """
    _expect_cut(exchange)
    if exchange.response is not None and exchange.response.status < 400:
        expect(
            exchange.wire.ended in ("eof", "reset"), "the connection", want="closed", got=exchange.wire.ended
        )
