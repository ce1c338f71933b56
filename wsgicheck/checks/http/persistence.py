"""Whether a connection lasts, and what the server says of it (RFC 9112 9.3, 9.6)."""

from __future__ import annotations

from ...authoring import (
    FinishSending,
    HttpExchange,
    Octets,
    Pause,
    Play,
    Receive,
    Release,
    announces_close,
    called_once,
    calls_of,
    check,
    content,
    ended_by_server,
    expect,
    fail,
    inapplicable,
    octets,
    raises,
    response_of,
    waits,
    whole_response,
)
from ...authoring.requests import GET_KEPT, GET_TWICE
from ...spec import rfc9112

HALF_CLOSED = Octets(octets("GET"), then=(FinishSending(),))
LISTED = Play(shape="list")
BLOCKS = Play(chunks=(b"first ", b"second"))
FAILING = Play(before=(raises("before start"),))


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
    send=GET_KEPT,
    play=LISTED,
)
def not_persistent_announced(exchange: HttpExchange) -> None:
    """A server that closes behind the response to a plain request announces it with ``Connection: close``.

    To a client of HTTP/1.1 a response without it means that the connection lasts: it sends its next
    request into a closed one, and must not repeat every method.
    """
    _expect_announced(exchange)


@check("close-announced-when-streamed", requires=rfc9112.CLOSE_ANNOUNCED, send=GET_KEPT, play=BLOCKS)
def close_announced_when_streamed(exchange: HttpExchange) -> None:
    """A server that closes behind a streamed response announces it.

    See ``not-persistent-announced``.
    """
    _expect_announced(exchange)


@check(
    "close-announced-for-head-without-content",
    requires=rfc9112.CLOSE_ANNOUNCED,
    send=Octets(octets("HEAD"), methods=("HEAD",)),
    play=Play(headers=(("Content-Length", "9"),), chunks=(), shape="list"),
)
def close_announced_for_head_without_content(exchange: HttpExchange) -> None:
    """A server that closes behind a response to HEAD that has a length and no content announces it.

    See ``not-persistent-announced``. An application that leaves out for HEAD what it tells the length of is
    in order: a server that finds it too short closes, and the head that says nothing of it is already sent.
    """
    _expect_announced(exchange)


@check("close-announced-after-error", requires=rfc9112.CLOSE_ANNOUNCED, send=GET_KEPT, play=FAILING)
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


@check("announced-close-done", requires=rfc9112.CLOSE_SENT, send=GET_KEPT, play=LISTED)
def announced_close_done(exchange: HttpExchange) -> None:
    """A server that answers a plain request with ``Connection: close`` closes.

    The client reads on until it does.
    """
    _expect_said_and_done(exchange)


@check("announced-close-done-after-error", requires=rfc9112.CLOSE_SENT, send=GET_KEPT, play=FAILING)
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


@check("announced-close-is-last", requires=rfc9112.CLOSE_SENT_IS_LAST, send=GET_TWICE, play=LISTED)
def announced_close_is_last(exchange: HttpExchange) -> None:
    """No request is processed behind a response that says close.

    The client will send it again on another connection: then an order is placed twice.
    """
    _expect_announced_last(exchange)


@check(
    "announced-close-is-last-after-error", requires=rfc9112.CLOSE_SENT_IS_LAST, send=GET_TWICE, play=FAILING
)
def announced_close_is_last_after_error(exchange: HttpExchange) -> None:
    """No request is processed behind the page about an application's error that says close.

    See ``announced-close-is-last``.
    """
    _expect_announced_last(exchange)


@check(
    "connection-persists",
    requires=(rfc9112.PERSISTENT, rfc9112.HTTP_1_1_PERSISTS),
    send=GET_KEPT,
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


def _half_closed_post(*fields: str, content: bytes) -> Octets:
    return Octets(octets("POST", *fields, body=content), methods=("POST",), then=(FinishSending(),))


@check(
    "half-closed-client-with-content-answered",
    requires=rfc9112.HALF_CLOSE,
    send=_half_closed_post("Content-Length: 5", content=b"hello"),
    play=Play(before=(content(b"hello"),), shape="list"),
    tempered="many servers take the end of the client's sending for the end of its interest",
)
def half_closed_client_with_content_answered(exchange: HttpExchange) -> None:
    """A client that has finished sending behind the content of its request is answered.

    The content is all there: that nothing more comes says nothing against it.
    """
    response = exchange.response
    if response is None or not response.complete:
        fail("the client that shut down its sending side behind its content got no whole response")


@check(
    "half-closed-client-with-chunks-answered",
    requires=rfc9112.HALF_CLOSE,
    send=_half_closed_post("Transfer-Encoding: chunked", content=b"5\r\nhello\r\n0\r\n\r\n"),
    play=Play(before=(content(b"hello"),), shape="list"),
    tempered="many servers take the end of the client's sending for the end of its interest",
)
def half_closed_client_with_chunks_answered(exchange: HttpExchange) -> None:
    """A client that has finished sending behind its chunks is answered.

    See ``half-closed-client-with-content-answered``.
    """
    if any(seen.facts["content"] != "hello" for seen in exchange.app.of("content")):
        inapplicable("the server does not decode chunks")
    response = exchange.response
    if response is None or not response.complete:
        fail("the client that shut down its sending side behind its chunks got no whole response")


@check(
    "half-closed-client-gets-whole-stream",
    requires=rfc9112.HALF_CLOSE,
    send=Octets(
        octets("GET"),
        then=(Receive(b"first "), FinishSending(), Pause(), Release("go")),
    ),
    play=Play(chunks=(b"first ", waits("go"), b"second ", b"third")),
    tempered="many servers take the end of the client's sending for the end of its interest",
)
def half_closed_client_gets_whole_stream(exchange: HttpExchange) -> None:
    """A client that finishes sending while its response is streamed gets all of it, with its end.

    A response that ends there looks like a whole one, where its last chunk is sent.
    """
    called_once(exchange)
    response = response_of(exchange)
    whole = response.complete and response.content == b"first second third"
    expect(
        whole, "content of a stream to a half-closed client", want=b"first second third", got=response.content
    )
