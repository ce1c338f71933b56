"""Whether a connection lasts, and who says so (RFC 9112 9.3, 9.6)."""

from __future__ import annotations

from ...authoring import (
    AwaitEnd,
    FinishSending,
    HttpExchange,
    Octets,
    Play,
    announces_close,
    called_once,
    calls_of,
    check,
    ended_by_server,
    expect,
    fail,
    inapplicable,
    octets,
    raises,
    response_of,
    whole_response,
)
from ...spec import rfc9112

KEPT = Octets(octets("GET"))
CLOSING = Octets(octets("GET", "Connection: close"), then=(AwaitEnd(),))
CLOSING_IN_LIST = Octets(octets("GET", "Connection: x-other , CLOSE"), then=(AwaitEnd(),))
CLOSING_IN_LINES = Octets(octets("GET", "Connection: close", "Connection: x-other"), then=(AwaitEnd(),))
CLOSING_HEAD = Octets(octets("HEAD", "Connection: close"), methods=("HEAD",), then=(AwaitEnd(),))
CLOSING_POST = Octets(
    octets("POST", "Content-Length: 5", "Connection: close", body=b"hello"),
    methods=("POST",),
    then=(AwaitEnd(),),
)
CLOSING_THEN_GET = Octets(octets("GET", "Connection: close") + octets("GET", label="2"), then=(AwaitEnd(),))
CLOSING_IN_LIST_THEN_GET = Octets(
    octets("GET", "Connection: x-other , CLOSE") + octets("GET", label="2"), then=(AwaitEnd(),)
)
OLD_THEN_GET = Octets(octets("GET", version="HTTP/1.0") + octets("GET", label="2"), then=(AwaitEnd(),))
TWICE = Octets(octets("GET") + octets("GET", "Connection: close", label="2"), methods=("GET", "GET"))
HALF_CLOSED = Octets(octets("GET"), then=(FinishSending(),))

LISTED = Play(shape="list")
BLOCKS = Play(chunks=(b"first ", b"second"))
FAILING = Play(before=(raises("before start"),))
EMPTY = Play(status="204 No Content", headers=(), chunks=(), shape="list")


# ---- the client says close --------------------------------------------------------------------------


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
    requires=(rfc9112.CLOSE_RECEIVED, rfc9112.CLOSE_NOT_PERSISTENT),
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


# ---- the server says close --------------------------------------------------------------------------


def _expect_announced(exchange: HttpExchange) -> None:
    called_once(exchange)
    response = whole_response(exchange)
    if response.version == "HTTP/1.0" or not ended_by_server(exchange):
        return
    got = ", ".join(response.values("connection")) or "absent"
    expect(announces_close(response), "Connection of a response that is closed behind", want="close", got=got)


@check(
    "not-persistent-announced",
    requires=(rfc9112.NOT_PERSISTENT_ANNOUNCED, rfc9112.CLOSE_ANNOUNCED),
    send=KEPT,
    play=LISTED,
)
def not_persistent_announced(exchange: HttpExchange) -> None:
    """A server that closes behind the response to a plain request announces it with ``Connection: close``.

    To a client of HTTP/1.1 a response without it means that the connection lasts: it sends its next
    request into a closed one, and must not repeat every method.
    """
    _expect_announced(exchange)


@check("close-announced-when-streamed", requires=rfc9112.CLOSE_ANNOUNCED, send=KEPT, play=BLOCKS)
def close_announced_when_streamed(exchange: HttpExchange) -> None:
    """A server that closes behind a streamed response announces it.

    See ``not-persistent-announced``.
    """
    _expect_announced(exchange)


@check("close-announced-after-error", requires=rfc9112.CLOSE_ANNOUNCED, send=KEPT, play=FAILING)
def close_announced_after_error(exchange: HttpExchange) -> None:
    """A server that closes behind the page about an application's error announces it.

    See ``not-persistent-announced``.
    """
    _expect_announced(exchange)


def _expect_said_and_done(exchange: HttpExchange) -> None:
    called_once(exchange)
    response = whole_response(exchange)
    if not announces_close(response):
        inapplicable("the response does not say close")
    expect(
        ended_by_server(exchange),
        "connection behind Connection: close",
        want="closed",
        got=exchange.wire.ended,
    )


@check("announced-close-done", requires=rfc9112.CLOSE_SENT, send=KEPT, play=LISTED)
def announced_close_done(exchange: HttpExchange) -> None:
    """A server that answers a plain request with ``Connection: close`` closes.

    The client reads on until it does.
    """
    _expect_said_and_done(exchange)


@check("announced-close-done-after-error", requires=rfc9112.CLOSE_SENT, send=KEPT, play=FAILING)
def announced_close_done_after_error(exchange: HttpExchange) -> None:
    """A server that says ``Connection: close`` with the page about an application's error closes.

    See ``announced-close-done``.
    """
    _expect_said_and_done(exchange)


def _expect_announced_last(exchange: HttpExchange) -> None:
    called_once(exchange)
    if not calls_of(exchange, "") or not announces_close(response_of(exchange)):
        inapplicable("no response to the first request says close")
    further = calls_of(exchange, "2")
    expect(not further, "calls for a request behind Connection: close", want=0, got=len(further))


@check("announced-close-is-last", requires=rfc9112.CLOSE_SENT_IS_LAST, send=TWICE, play=LISTED)
def announced_close_is_last(exchange: HttpExchange) -> None:
    """No request is processed behind a response that says close.

    The client will send it again on another connection: then an order is placed twice.
    """
    _expect_announced_last(exchange)


@check("announced-close-is-last-after-error", requires=rfc9112.CLOSE_SENT_IS_LAST, send=TWICE, play=FAILING)
def announced_close_is_last_after_error(exchange: HttpExchange) -> None:
    """No request is processed behind the page about an application's error that says close.

    See ``announced-close-is-last``.
    """
    _expect_announced_last(exchange)


# ---- nobody says close ------------------------------------------------------------------------------


@check(
    "connection-persists",
    requires=(rfc9112.PERSISTENT, rfc9112.HTTP_1_1_PERSISTS),
    send=KEPT,
    play=LISTED,
    tempered="persistence is optional, and servers behind a proxy do without it",
)
def connection_persists(exchange: HttpExchange) -> None:
    """The connection lasts behind the response to a plain request.

    Every connection costs a round trip, and with TLS several.
    """
    called_once(exchange)
    if response_of(exchange).version == "HTTP/1.0":
        inapplicable("the server answers in HTTP/1.0, which does not persist")
    expect(not ended_by_server(exchange), "connection behind a plain response", want="kept", got="closed")


@check(
    "half-closed-client-answered",
    requires=rfc9112.HALF_CLOSE,
    send=HALF_CLOSED,
    play=LISTED,
    tempered="many servers take the end of the client's sending for the end of its interest",
)
def half_closed_client_answered(exchange: HttpExchange) -> None:
    """A client that has finished sending is answered.

    ``nc`` and simple scripts shut down their sending side and wait.
    """
    response = exchange.response
    if response is None or not response.complete:
        fail("the client that shut down its sending side got no whole response")
