"""The close option of a request (RFC 9112 9.3, 9.6)."""

from __future__ import annotations

from ...authoring import (
    AwaitEnd,
    HttpExchange,
    Octets,
    Play,
    announces_close,
    called_once,
    calls_of,
    check,
    content,
    ended_by_server,
    expect,
    inapplicable,
    octets,
    raises,
    response_of,
)
from ...spec import pep3333, rfc9112

ASKED_AGAIN = (AwaitEnd(asking=octets("GET", label="9")),)
"""A server that answers a further request has kept the connection: no longer wait is needed to see that."""
CLOSING = Octets(octets("GET", "Connection: close"), then=ASKED_AGAIN)
CLOSING_IN_LIST = Octets(octets("GET", "Connection: x-other , CLOSE"), then=ASKED_AGAIN)
CLOSING_IN_LINES = Octets(octets("GET", "Connection: close", "Connection: x-other"), then=ASKED_AGAIN)
CLOSING_IN_LAST_LINE = Octets(octets("GET", "Connection: x-other", "Connection: close"), then=ASKED_AGAIN)
CLOSING_BESIDE_KEEP_ALIVE = Octets(octets("GET", "Connection: keep-alive, close"), then=ASKED_AGAIN)
CLOSING_HEAD = Octets(octets("HEAD", "Connection: close"), methods=("HEAD",), then=ASKED_AGAIN)
CLOSING_POST = Octets(
    octets("POST", "Content-Length: 5", "Connection: close", body=b"hello"),
    methods=("POST",),
    then=ASKED_AGAIN,
)
CLOSING_THEN_GET = Octets(octets("GET", "Connection: close") + octets("GET", label="2"), then=(AwaitEnd(),))
CLOSING_IN_LIST_THEN_GET = Octets(
    octets("GET", "Connection: x-other , CLOSE") + octets("GET", label="2"), then=(AwaitEnd(),)
)
OLD_THEN_GET = Octets(octets("GET", version="HTTP/1.0") + octets("GET", label="2"), then=(AwaitEnd(),))
LISTED = Play(shape="list")
BLOCKS = Play(chunks=(b"first ", b"second"))
FAILING = Play(before=(raises("before start"),), later=(LISTED,))
EMPTY = Play(status="204 No Content", headers=(), chunks=(), shape="list")
UNCHANGED = Play(status="304 Not Modified", headers=(("ETag", '"a"'),), chunks=(), shape="list")


def _expect_closed(exchange: HttpExchange) -> None:
    called_once(exchange)
    response_of(exchange)
    expect(
        ended_by_server(exchange),
        "connection behind the last response",
        want="closed",
        got=exchange.wire.ended,
    )


@check(
    "close-honoured",
    requires=(rfc9112.CLOSE_RECEIVED, rfc9112.CLOSE_NOT_PERSISTENT, pep3333.HOP_BY_HOP_INBOUND),
    send=CLOSING,
    play=LISTED,
)
def close_honoured(exchange: HttpExchange) -> None:
    """The server closes the connection behind the response to a request with ``Connection: close``.

    The client waits for that, or the connection stays open for nothing until a timeout.
    """
    _expect_closed(exchange)


@check("close-honoured-when-streamed", requires=rfc9112.CLOSE_RECEIVED, send=CLOSING, play=BLOCKS)
def close_honoured_when_streamed(exchange: HttpExchange) -> None:
    """The server closes the connection behind a streamed response, where the request says close.

    See ``close-honoured``.
    """
    _expect_closed(exchange)


@check("close-honoured-without-content", requires=rfc9112.CLOSE_RECEIVED, send=CLOSING, play=EMPTY)
def close_honoured_without_content(exchange: HttpExchange) -> None:
    """The server closes the connection behind a 204, where the request says close.

    See ``close-honoured``.
    """
    _expect_closed(exchange)


@check("close-honoured-for-head", requires=rfc9112.CLOSE_RECEIVED, send=CLOSING_HEAD, play=LISTED)
def close_honoured_for_head(exchange: HttpExchange) -> None:
    """The server closes the connection behind the response to HEAD, where the request says close.

    See ``close-honoured``.
    """
    _expect_closed(exchange)


@check("close-honoured-behind-body", requires=rfc9112.CLOSE_RECEIVED, send=CLOSING_POST, play=LISTED)
def close_honoured_behind_body(exchange: HttpExchange) -> None:
    """The server closes the connection where a request with a body says close.

    See ``close-honoured``; the application leaves the body unread.
    """
    _expect_closed(exchange)


@check("close-honoured-after-error", requires=rfc9112.CLOSE_RECEIVED, send=CLOSING, play=FAILING)
def close_honoured_after_error(exchange: HttpExchange) -> None:
    """The server closes the connection where the application failed and the request says close.

    See ``close-honoured``.
    """
    _expect_closed(exchange)


@check("close-honoured-in-list", requires=rfc9112.CLOSE_RECEIVED, send=CLOSING_IN_LIST, play=LISTED)
def close_honoured_in_list(exchange: HttpExchange) -> None:
    """``close`` counts in any case, and as one of several connection options.

    Connection is a list; a server that compares the whole value misses all but the plainest.
    """
    _expect_closed(exchange)


@check("close-honoured-in-lines", requires=rfc9112.CLOSE_RECEIVED, send=CLOSING_IN_LINES, play=LISTED)
def close_honoured_in_lines(exchange: HttpExchange) -> None:
    """``close`` counts in the first of two Connection lines.

    A server that keeps the last line of a name misses it.
    """
    _expect_closed(exchange)


@check("close-answered", requires=rfc9112.CLOSE_ANSWERED, send=CLOSING, play=LISTED)
def close_answered(exchange: HttpExchange) -> None:
    """The response to a request that says close says so, too.

    A proxy learns from it that the connection is not to be used again.
    """
    _expect_answered(exchange)


@check("close-answered-to-head", requires=rfc9112.CLOSE_ANSWERED, send=CLOSING_HEAD, play=LISTED)
def close_answered_to_head(exchange: HttpExchange) -> None:
    """The response to a HEAD request that says close says so, too.

    See ``close-answered``.
    """
    _expect_answered(exchange)


@check("close-answered-when-streamed", requires=rfc9112.CLOSE_ANSWERED, send=CLOSING, play=BLOCKS)
def close_answered_when_streamed(exchange: HttpExchange) -> None:
    """The streamed response to a request that says close says so, too.

    See ``close-answered``.
    """
    _expect_answered(exchange)


@check("close-answered-without-content", requires=rfc9112.CLOSE_ANSWERED, send=CLOSING, play=EMPTY)
def close_answered_without_content(exchange: HttpExchange) -> None:
    """The 204 to a request that says close says so, too.

    See ``close-answered``: without content there is no framing to decide on, and close is easily forgotten.
    """
    _expect_answered(exchange)


@check("close-answered-behind-not-modified", requires=rfc9112.CLOSE_ANSWERED, send=CLOSING, play=UNCHANGED)
def close_answered_behind_not_modified(exchange: HttpExchange) -> None:
    """The 304 to a request that says close says so, too.

    See ``close-answered-without-content``.
    """
    _expect_answered(exchange)


def _expect_answered(exchange: HttpExchange) -> None:
    called_once(exchange)
    response = response_of(exchange)
    if response.version == "HTTP/1.0":
        return  # which says it by its version
    got = ", ".join(response.values("connection")) or "absent"
    expect(announces_close(response), "Connection of the response", want="close", got=got)


def _expect_last(exchange: HttpExchange) -> None:
    called_once(exchange)
    if not calls_of(exchange, ""):
        inapplicable("the first request did not reach the application")
    further = calls_of(exchange, "2")
    expect(not further, "calls for a request behind the last", want=0, got=len(further))


@check("close-is-last", requires=rfc9112.CLOSE_RECEIVED_IS_LAST, send=CLOSING_THEN_GET, play=LISTED)
def close_is_last(exchange: HttpExchange) -> None:
    """No request behind one that says close is processed.

    The client has said that there is none: whatever follows was put there by somebody else.
    """
    _expect_last(exchange)


@check(
    "close-in-list-is-last",
    requires=rfc9112.CLOSE_RECEIVED_IS_LAST,
    send=CLOSING_IN_LIST_THEN_GET,
    play=LISTED,
)
def close_in_list_is_last(exchange: HttpExchange) -> None:
    """No request behind one that says close is processed, in any case and as one of several options.

    See ``close-is-last`` and ``close-honoured-in-list``.
    """
    _expect_last(exchange)


@check("http-1-0-is-last", requires=rfc9112.HTTP_1_0_CLOSES, send=OLD_THEN_GET, play=LISTED)
def http_1_0_is_last(exchange: HttpExchange) -> None:
    """No request behind one in HTTP/1.0 without keep-alive is processed.

    The connection will close behind its response.
    """
    _expect_last(exchange)


@check("close-honoured-in-last-line", requires=rfc9112.CLOSE_RECEIVED, send=CLOSING_IN_LAST_LINE, play=LISTED)
def close_honoured_in_last_line(exchange: HttpExchange) -> None:
    """``close`` counts in the last of two Connection lines.

    A server that takes the first line of a name misses it.
    """
    _expect_closed(exchange)


@check(
    "close-honoured-beside-keep-alive",
    requires=rfc9112.CLOSE_RECEIVED,
    send=CLOSING_BESIDE_KEEP_ALIVE,
    play=LISTED,
)
def close_honoured_beside_keep_alive(exchange: HttpExchange) -> None:
    """``close`` counts where the client says keep-alive as well.

    Whatever else is said, a client that says close sends nothing more.
    """
    _expect_closed(exchange)


# ---- whatever else the request says -----------------------------------------------------------------

CLOSING_CHUNKS = Octets(
    octets("POST", "Transfer-Encoding: chunked", "Connection: close", body=b"5\r\nhello\r\n0\r\n\r\n"),
    methods=("POST",),
    then=ASKED_AGAIN,
)
CLOSING_EXPECTING = Octets(
    octets("POST", "Content-Length: 5", "Expect: 100-continue", "Connection: close", body=b"hello"),
    methods=("POST",),
    then=ASKED_AGAIN,
)
READS = Play(before=(content(b"hello"),), shape="list", later=(LISTED,))


@check("close-honoured-behind-chunks", requires=rfc9112.CLOSE_RECEIVED, send=CLOSING_CHUNKS, play=READS)
def close_honoured_behind_chunks(exchange: HttpExchange) -> None:
    """The server closes the connection where a request with chunked content says close.

    See ``close-honoured``; the application has read the content to its end.
    """
    _expect_closed(exchange)


@check(
    "close-honoured-beside-expectation", requires=rfc9112.CLOSE_RECEIVED, send=CLOSING_EXPECTING, play=READS
)
def close_honoured_beside_expectation(exchange: HttpExchange) -> None:
    """The server closes the connection where a request says close and expects 100-continue.

    See ``close-honoured``; the interim response is not the last one.
    """
    _expect_closed(exchange)


@check("close-honoured-behind-not-modified", requires=rfc9112.CLOSE_RECEIVED, send=CLOSING, play=UNCHANGED)
def close_honoured_behind_not_modified(exchange: HttpExchange) -> None:
    """The server closes the connection behind a 304, where the request says close.

    See ``close-honoured``.
    """
    _expect_closed(exchange)


# ---- whatever became of the request -----------------------------------------------------------------

OLD = Octets(octets("GET", version="HTTP/1.0"), then=ASKED_AGAIN)
FAILS_WHEN_READ = Play(before=(content(b"hello"), raises("behind the content")), later=(LISTED,))


@check("close-honoured-after-error-to-head", requires=rfc9112.CLOSE_RECEIVED, send=CLOSING_HEAD, play=FAILING)
def close_honoured_after_error_to_head(exchange: HttpExchange) -> None:
    """The server closes the connection where the application failed for HEAD and the request says close.

    See ``close-honoured-after-error``.
    """
    _expect_closed(exchange)


@check(
    "close-honoured-after-error-behind-content",
    requires=rfc9112.CLOSE_RECEIVED,
    send=CLOSING_POST,
    play=FAILS_WHEN_READ,
)
def close_honoured_after_error_behind_content(exchange: HttpExchange) -> None:
    """The server closes the connection where the application read its content and failed, and close was said.

    See ``close-honoured-after-error``.
    """
    _expect_closed(exchange)


@check("http-1-0-connection-closed-after-error", requires=rfc9112.HTTP_1_0_CLOSES, send=OLD, play=FAILING)
def http_1_0_connection_closed_after_error(exchange: HttpExchange) -> None:
    """The server closes the connection behind the page about an error for a client of HTTP/1.0.

    That client did not ask for more, and often reads up to the close.
    """
    _expect_closed(exchange)
