"""The next request behind content that the application has read by lines, or in the middle of a chunk.

(RFC 9112 9.3.) Whoever hands out lines has read further than that: what is left of the content is then in
two places, in a buffer of the stream and on the connection, and is easily counted twice, or not at all.
"""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    HttpExchange,
    Octets,
    Play,
    Receive,
    Send,
    announces_close,
    called_once,
    calls_of,
    check,
    ended_by_server,
    expect,
    inconclusive,
    octets,
    perform,
    raises,
)
from ...spec import rfc9112

LINES = b"the first line\nthe second line\nand the third"
CHUNKED_LINES = b"8\r\nthe firs\r\n17\r\nt line\nthe second line\n\r\n9\r\nthe third\r\n0\r\n\r\n"
NEXT = Send(octets("GET", "Connection: close", label="2"))
ANSWERED = Receive(b"\r\n\r\nwsgicheck")
LISTED = Octets(
    octets("POST", f"Content-Length: {len(LINES)}", body=LINES), ("POST", "GET"), then=(ANSWERED, NEXT)
)
CHUNKED = Octets(
    octets("POST", "Transfer-Encoding: chunked", body=CHUNKED_LINES), ("POST", "GET"), then=(ANSWERED, NEXT)
)
FAILED = Octets(
    octets("POST", f"Content-Length: {len(LINES)}", body=LINES),
    ("POST", "GET"),
    then=(Receive(b"\r\n\r\n"), NEXT),
)
SIZED = (*PLAIN_TEXT, ("Content-Length", "9"))
SECOND = (Play(status="202 Second", chunks=(b"second",)),)


def _reads(method: str, *arguments: int) -> Play:
    return Play(headers=SIZED, before=(perform(method, *arguments),), later=SECOND)


def _expect_next_found(exchange: HttpExchange) -> None:
    """Fail unless the next request of a connection that is kept reaches the application."""
    called_once(exchange)
    if not exchange.app.of("read"):
        inconclusive("the application has read nothing")
    if calls_of(exchange, "2"):
        return
    answers = exchange.responses
    if not answers:
        inconclusive("the client got no response that can be read")
    if len(answers) > 1:
        got = f"{answers[1].status} {answers[1].reason}"
        expect(False, "answer to the request behind content read in part", want="that of its own", got=got)
    kept = not ended_by_server(exchange) and not announces_close(answers[0])
    got = "neither called nor closed" if kept else "closed"
    expect(not kept, "the request behind content read in part", want="a call, or the end", got=got)


@check(
    "request-behind-line-read-found",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=LISTED,
    play=_reads("readline"),
)
def request_behind_line_read_found(exchange: HttpExchange) -> None:
    """Where a connection is kept behind content of which a line was read, the next request is found.

    What readline() has taken from the connection and not handed out is no longer there to be thrown away:
    who drains as many octets as were not handed out takes the head of the next request along.
    """
    _expect_next_found(exchange)


@check(
    "request-behind-iterated-line-found",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=LISTED,
    play=_reads("next_line"),
)
def request_behind_iterated_line_found(exchange: HttpExchange) -> None:
    """Where a connection is kept behind content whose iteration was left early, the next request is found.

    See ``request-behind-line-read-found``.
    """
    _expect_next_found(exchange)


@check(
    "request-behind-line-of-chunks-read-found",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=CHUNKED,
    play=_reads("readline"),
)
def request_behind_line_of_chunks_read_found(exchange: HttpExchange) -> None:
    """Where a connection is kept behind chunks of which a line was read, the next request is found.

    The line ends in the middle of a chunk. See ``request-behind-line-read-found``.
    """
    _expect_next_found(exchange)


@check(
    "request-behind-part-of-chunk-found",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=CHUNKED,
    play=_reads("read", 5),
)
def request_behind_part_of_chunk_found(exchange: HttpExchange) -> None:
    """Where a connection is kept behind a chunk that was read by half, the next request is found.

    What drains the rest begins in the middle of a chunk, and not where the size of one stands.
    """
    _expect_next_found(exchange)


@check(
    "request-behind-line-read-by-failed-call-found",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=FAILED,
    play=Play(before=(perform("readline"), raises("wsgicheck: behind a line")), later=SECOND),
)
def request_behind_line_read_by_failed_call_found(exchange: HttpExchange) -> None:
    """Where a connection is kept behind an application that failed having read a line, the next is found.

    See ``request-behind-line-read-found``; the way of an error has its own place for what is left.
    """
    _expect_next_found(exchange)
