"""Errors of the application when a part of its response is out (PEP 3333, Error Handling; RFC 9112 8)."""

from __future__ import annotations

from dataclasses import replace

from ...authoring import (
    MAY_END_WORKER,
    PLAIN_TEXT,
    Exchange,
    Play,
    Receive,
    Release,
    Repeated,
    Request,
    called_once,
    check,
    expect,
    fail,
    gate_passed,
    inapplicable,
    inconclusive,
    perform,
    raises,
    response_of,
    waits,
    writes,
)
from ...spec import pep3333, rfc9110, rfc9112

# ---- a part was sent: the client must see that it is a part -----------------------------------------

SEES_PART = Request(then=(Receive(b"part"), Release("go")))
HALFWAY = Play(chunks=(b"part", waits("go"), raises("wsgicheck: halfway in an iterator")))
HALFWAY_GENERATOR = Play(
    shape="generator", chunks=(b"part", waits("go"), raises("wsgicheck: halfway in a generator"))
)
HALFWAY_WRITE = Play(after=(writes(b"part"), waits("go"), raises("wsgicheck: after write")))
HALFWAY_LENGTH = Play(
    headers=(*PLAIN_TEXT, ("Content-Length", "40")),
    chunks=(b"part", waits("go"), raises("wsgicheck: short of the Content-Length")),
)
HALFWAY_BINARY = Play(
    headers=(("Content-Type", "application/octet-stream"),),
    chunks=(b"part", waits("go"), raises("wsgicheck: halfway in octets")),
)


def expect_cut(exchange: Exchange) -> None:
    """Expect that a response which began well cannot be taken for whole."""
    called_once(exchange)
    if not gate_passed(exchange, "receive part"):
        inconclusive("the client did not see the first block in time")
    response = response_of(exchange)
    if response.framing == "close":
        inapplicable("without chunks or a length the end of the connection is the end of any response")
    got = "complete" if response.complete else "cut off"
    expect(got == "cut off", f"the response ({response.framing})", want="cut off", got=got)


@check("error-halfway-cuts-response", requires=rfc9112.ABORTED_INCOMPLETE, send=SEES_PART, play=HALFWAY)
def error_halfway_cuts_response(exchange: Exchange) -> None:
    """A response that an error ended can be told from a whole one: it has no last chunk.

    Half of a download passes for all of it, and is cached and unpacked.
    """
    expect_cut(exchange)


@check(
    "error-halfway-in-generator-cuts-response",
    requires=rfc9112.ABORTED_INCOMPLETE,
    send=SEES_PART,
    play=HALFWAY_GENERATOR,
)
def error_halfway_in_generator_cuts_response(exchange: Exchange) -> None:
    """An error of a generator behind its first block leaves the response without a last chunk.

    A generator that failed is exhausted: asked once more, it ends as if all were well.
    """
    expect_cut(exchange)


@check(
    "error-after-write-cuts-response",
    requires=rfc9112.ABORTED_INCOMPLETE,
    send=SEES_PART,
    play=HALFWAY_WRITE,
)
def error_after_write_cuts_response(exchange: Exchange) -> None:
    """An error behind write() leaves the response without a last chunk.

    The headers are out although the application has not returned.
    """
    expect_cut(exchange)


@check(
    "error-short-of-length-cuts-response",
    requires=rfc9110.CONTENT_LENGTH_CORRECT,
    send=SEES_PART,
    play=HALFWAY_LENGTH,
)
def error_short_of_length_cuts_response(exchange: Exchange) -> None:
    """An error short of the Content-Length is followed by the end of the connection, and no padding.

    The client would wait for the rest, or take an error page for it.
    """
    expect_cut(exchange)
    response = response_of(exchange)
    expect(exchange.ended in ("eof", "reset"), "the connection", want="closed", got=exchange.ended)
    if len(response.content) > 30:
        fail("the missing octets were made up")


@check(
    "error-halfway-adds-no-second-head",
    requires=(rfc9110.ONE_FINAL_RESPONSE, pep3333.ERROR_TRAPPED_ITERATION),
    send=SEES_PART,
    play=HALFWAY,
)
def error_halfway_adds_no_second_head(exchange: Exchange) -> None:
    """An error halfway puts no second status line into the response.

    The client reads it as content, or as the answer to its next request.
    """
    called_once(exchange)
    response = response_of(exchange)
    if b"HTTP/1." in response.content or any("HTTP/1." in fault for fault in response.faults):
        fail("a second status line follows the first block")


@check(
    "error-after-write-adds-no-second-head",
    requires=(rfc9110.ONE_FINAL_RESPONSE, pep3333.ERROR_TRAPPED),
    send=SEES_PART,
    play=HALFWAY_WRITE,
)
def error_after_write_adds_no_second_head(exchange: Exchange) -> None:
    """An error behind a ``write()`` puts no second status line into the response.

    The application has not returned: whoever takes that for "nothing was sent" answers once more.
    """
    called_once(exchange)
    response = response_of(exchange)
    if b"HTTP/1." in response.content or any("HTTP/1." in fault for fault in response.faults):
        fail("a second status line follows what was written")


def _expect_part_alone(exchange: Exchange) -> None:
    """Expect the first block, which the client has seen, and nothing behind it."""
    called_once(exchange)
    if not gate_passed(exchange, "receive part"):
        inconclusive("the client did not see the first block in time")
    content = response_of(exchange).content
    expect(content == b"part", "content", want=b"part", got=content)


@check(
    "error-halfway-adds-nothing-to-octets",
    requires=pep3333.ERROR_MESSAGE_TEXT_ONLY,
    send=SEES_PART,
    play=HALFWAY_BINARY,
)
def error_halfway_adds_nothing_to_octets(exchange: Exchange) -> None:
    """To content that is no text nothing is added when an error ends it.

    An error message in the middle of a picture is not read, and spoils what could be resumed.
    """
    _expect_part_alone(exchange)


@check(
    "error-halfway-adds-nothing-to-octets-for-http-1-0",
    requires=pep3333.ERROR_MESSAGE_TEXT_ONLY,
    send=replace(SEES_PART, version="HTTP/1.0"),
    play=HALFWAY_BINARY,
)
def error_halfway_adds_nothing_to_octets_for_http_1_0(exchange: Exchange) -> None:
    """To content that is no text nothing is added for a client of HTTP/1.0 either.

    See ``error-halfway-adds-nothing-to-octets``. Here nothing tells what was added from what was meant: the
    content is whatever comes before the end.
    """
    _expect_part_alone(exchange)


# ---- behind a block that nobody keeps back for another one -------------------------------------------

LARGE = Repeated(b"part of a block\n", 4096)
"""64 KB: servers that collect small blocks pass this one on, and their checks above can say nothing."""
SEES_LARGE = Request(then=(Receive(b"part", 0.3, owed=True), Release("go")))
BEHIND_LARGE = Play(chunks=(LARGE, waits("go"), raises("wsgicheck: behind a large block")))


@check(
    "error-behind-large-block-cuts-response",
    requires=rfc9112.ABORTED_INCOMPLETE,
    send=SEES_LARGE,
    play=BEHIND_LARGE,
)
def error_behind_large_block_cuts_response(exchange: Exchange) -> None:
    """A response that an error ended behind 64 KB can be told from a whole one.

    A server that collects small blocks replaces such a response by an error page; this one it cannot.
    See ``error-halfway-cuts-response``.
    """
    expect_cut(exchange)


@check(
    "error-behind-large-write-cuts-response",
    requires=rfc9112.ABORTED_INCOMPLETE,
    send=SEES_LARGE,
    play=Play(after=(writes(LARGE), waits("go"), raises("wsgicheck: behind a large write"))),
)
def error_behind_large_write_cuts_response(exchange: Exchange) -> None:
    """An error behind a write() of 64 KB leaves the response without a last chunk.

    See ``error-after-write-cuts-response``.
    """
    expect_cut(exchange)


@check(
    "error-behind-large-block-short-of-length-cuts-response",
    requires=rfc9110.CONTENT_LENGTH_CORRECT,
    send=SEES_LARGE,
    play=Play(
        headers=(*PLAIN_TEXT, ("Content-Length", "100000")),
        chunks=(LARGE, waits("go"), raises("wsgicheck: a large block short of the Content-Length")),
    ),
)
def error_behind_large_block_short_of_length_cuts_response(exchange: Exchange) -> None:
    """An error behind 64 KB, short of the Content-Length, is followed by the end of the connection.

    See ``error-short-of-length-cuts-response``.
    """
    expect_cut(exchange)
    expect(exchange.ended in ("eof", "reset"), "the connection", want="closed", got=exchange.ended)


@check(
    "error-behind-large-block-adds-no-second-head",
    requires=(rfc9110.ONE_FINAL_RESPONSE, pep3333.ERROR_TRAPPED_ITERATION),
    send=SEES_LARGE,
    play=BEHIND_LARGE,
)
def error_behind_large_block_adds_no_second_head(exchange: Exchange) -> None:
    """An error behind 64 KB puts no second status line into the response.

    See ``error-halfway-adds-no-second-head``.
    """
    called_once(exchange)
    if not gate_passed(exchange, "receive part"):
        inconclusive("the client did not see the first block in time")
    response = response_of(exchange)
    if b"HTTP/1." in response.content or any("HTTP/1." in fault for fault in response.faults):
        fail("a second status line follows the first block")


# ---- errors that a server takes for something else ----------------------------------------------------


def _halfway(name: str, message: str) -> Play:
    """Return a play whose iterator raises a builtin error behind its first block."""
    return Play(chunks=(b"part", waits("go"), perform("raise_as", name, message)))


@check(
    "index-error-halfway-cuts-response",
    requires=rfc9112.ABORTED_INCOMPLETE,
    send=SEES_PART,
    play=_halfway("IndexError", "wsgicheck: an IndexError halfway"),
)
def index_error_halfway_cuts_response(exchange: Exchange) -> None:
    """An IndexError of an iterator is an error, and leaves the response without a last chunk.

    It ends an iteration by the old protocol of ``__getitem__`` alone, which ``iter()`` knows; whoever
    catches it around ``next()`` takes a page for whole that failed at the first empty list.
    """
    expect_cut(exchange)


@check(
    "escaped-stop-iteration-cuts-response",
    requires=rfc9112.ABORTED_INCOMPLETE,
    send=SEES_PART,
    play=_halfway("RuntimeError", "generator raised StopIteration"),
)
def escaped_stop_iteration_cuts_response(exchange: Exchange) -> None:
    """The RuntimeError that Python makes of a StopIteration within a generator is an error like any other.

    It says that a ``next()`` found nothing where there should have been something, not that all is done.
    """
    expect_cut(exchange)


@check(
    "connection-error-halfway-cuts-response",
    requires=rfc9112.ABORTED_INCOMPLETE,
    send=SEES_PART,
    play=_halfway("ConnectionResetError", "wsgicheck: the backend reset the connection"),
)
def connection_error_halfway_cuts_response(exchange: Exchange) -> None:
    """A ConnectionResetError of the application halfway leaves the response without a last chunk.

    It was its backend that went away, and not the client, who is there and takes what he gets for all.
    """
    expect_cut(exchange)


@check(
    "generator-exit-halfway-cuts-response",
    requires=rfc9112.ABORTED_INCOMPLETE,
    send=SEES_PART,
    play=_halfway("GeneratorExit", "wsgicheck: a GeneratorExit halfway"),
    tempered=MAY_END_WORKER,
)
def generator_exit_halfway_cuts_response(exchange: Exchange) -> None:
    """A response that an error outside the class Exception ends can be told from a whole one.

    What ``except Exception`` lets pass still goes through the ``finally`` that sends the last chunk.
    """
    expect_cut(exchange)
