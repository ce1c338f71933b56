"""Requests in HTTP/1.0 (RFC 9112 6.1, 9.3; RFC 9110 15.2)."""

from __future__ import annotations

from ...authoring import (
    HARDLY_ANY_PIPELINES,
    NO_INTERIM_IN_WSGI,
    AwaitApp,
    AwaitEnd,
    HttpExchange,
    Octets,
    Play,
    Send,
    announces_close,
    body,
    called_once,
    calls_of,
    check,
    ended_by_server,
    environ_of,
    expect,
    expect_no_fault,
    expect_octets,
    inapplicable,
    octets,
    response_of,
    writes,
)
from ...authoring.requests import GET_KEPT_BY_HTTP_1_0
from ...authoring.responses import expect_delimited_where_kept
from ...spec import pep3333, rfc9110, rfc9112

OLD = Octets(octets("GET", version="HTTP/1.0"), then=(AwaitEnd(),))
OLD_EXPECTING = Octets(
    octets("POST", "Content-Length: 5", "Expect: 100-continue", version="HTTP/1.0"),
    methods=("POST",),
    then=(AwaitApp("reading", seconds=0.3), Send(b"hello")),
)

LISTED = Play(shape="list")
BLOCKS = Play(chunks=(b"first ", b"second"))
WRITTEN = Play(after=(writes(b"first "), writes(b"second")), chunks=())
INTERIM = Play(status="103 Early Hints", headers=(("Link", "</a>; rel=preload"),), chunks=(), shape="list")


def _expect_no_coding(exchange: HttpExchange) -> None:
    called_once(exchange)
    got = response_of(exchange).values("transfer-encoding")
    expect(not got, "Transfer-Encoding to HTTP/1.0", want="absent", got=", ".join(got))


@check(
    "chunked-not-sent-to-http-1-0",
    requires=(rfc9112.CHUNKED_ONLY_TO_HTTP_1_1, pep3333.CHUNKED_BOTH_1_1),
    send=OLD,
    play=BLOCKS,
)
def chunked_not_sent_to_http_1_0(exchange: HttpExchange) -> None:
    """A streamed response to HTTP/1.0 is not chunked.

    The client takes the chunk sizes for content; nginx in front of a server speaks HTTP/1.0 by default.
    """
    _expect_no_coding(exchange)


@check(
    "chunked-not-sent-to-http-1-0-kept",
    requires=rfc9112.CHUNKED_ONLY_TO_HTTP_1_1,
    send=GET_KEPT_BY_HTTP_1_0,
    play=BLOCKS,
)
def chunked_not_sent_to_http_1_0_kept(exchange: HttpExchange) -> None:
    """A streamed response to HTTP/1.0 is not chunked for the sake of keep-alive either.

    Where the length is not known, the connection has to be closed behind it.
    """
    _expect_no_coding(exchange)


@check(
    "chunked-not-sent-to-http-1-0-by-write", requires=rfc9112.CHUNKED_ONLY_TO_HTTP_1_1, send=OLD, play=WRITTEN
)
def chunked_not_sent_to_http_1_0_by_write(exchange: HttpExchange) -> None:
    """A response made by ``write()`` to HTTP/1.0 is not chunked.

    See ``chunked-not-sent-to-http-1-0``.
    """
    if not exchange.app.of("wrote"):
        inapplicable("write() did not take the octets")
    _expect_no_coding(exchange)


@check("http-1-0-response-well-formed", requires=rfc9112.MESSAGE_FORMAT, send=OLD, play=BLOCKS)
def http_1_0_response_well_formed(exchange: HttpExchange) -> None:
    """The response to HTTP/1.0 is well-formed, with a status line.

    Its head is often made by another branch of the server.
    """
    called_once(exchange)
    expect_no_fault(response_of(exchange))


@check("http-1-0-content-intact", requires=rfc9112.CLOSE_DELIMITED, send=OLD, play=BLOCKS)
def http_1_0_content_intact(exchange: HttpExchange) -> None:
    """A streamed response to HTTP/1.0 is the octets of the application, up to the close.

    Nothing else marks its end, so what stands before the close is all content.
    """
    called_once(exchange)
    response = response_of(exchange)
    if response.framing != "close" or response.status != 200:
        inapplicable(f"the response is framed by {response.framing}")
    expect_octets("content to HTTP/1.0", want=b"first second", got=response.content)


def _expect_closed(exchange: HttpExchange) -> None:
    """Expect that the server ended the connection behind its response."""
    called_once(exchange)
    response_of(exchange)
    expect(
        ended_by_server(exchange),
        "connection behind a response to HTTP/1.0",
        want="closed",
        got=exchange.wire.ended,
    )


@check("http-1-0-connection-closed", requires=rfc9112.HTTP_1_0_CLOSES, send=OLD, play=LISTED)
def http_1_0_connection_closed(exchange: HttpExchange) -> None:
    """The server closes the connection behind a response to HTTP/1.0.

    Without keep-alive such a client reads until the end, whatever the Content-Length says.
    """
    _expect_closed(exchange)


@check("http-1-0-streamed-connection-closed", requires=rfc9112.HTTP_1_0_CLOSES, send=OLD, play=BLOCKS)
def http_1_0_streamed_connection_closed(exchange: HttpExchange) -> None:
    """The server closes the connection behind a streamed response to HTTP/1.0.

    The close is the only end that this response has.
    """
    _expect_closed(exchange)


@check(
    "http-1-0-kept-response-delimited",
    requires=rfc9112.CLOSE_DELIMITED,
    send=GET_KEPT_BY_HTTP_1_0,
    play=BLOCKS,
)
def http_1_0_kept_response_delimited(exchange: HttpExchange) -> None:
    """Where a connection of HTTP/1.0 is kept, the response has a Content-Length.

    Otherwise the client waits for the close, which does not come.
    """
    expect_delimited_where_kept(exchange)


@check(
    "http-1-0-kept-connection-announced",
    requires=rfc9112.HTTP_1_0_CLOSES,
    send=GET_KEPT_BY_HTTP_1_0,
    play=Play(headers=(("Content-Length", "9"),), shape="list"),
)
def http_1_0_kept_connection_announced(exchange: HttpExchange) -> None:
    """A connection that is kept behind a response in HTTP/1.0 says so with ``keep-alive``.

    A client that reads HTTP/1.0 without it waits for the close. A response in HTTP/1.1 says it by its
    version.
    """
    called_once(exchange)
    response = response_of(exchange)
    if ended_by_server(exchange) or response.version != "HTTP/1.0":
        return
    options = ",".join(response.values("connection")).lower()
    expect(
        "keep-alive" in options, "Connection of a kept connection", want="keep-alive", got=options or "absent"
    )


@check(
    "http-1-0-kept-connection-not-both", requires=rfc9112.CLOSE_SENT, send=GET_KEPT_BY_HTTP_1_0, play=LISTED
)
def http_1_0_kept_connection_not_both(exchange: HttpExchange) -> None:
    """A response to HTTP/1.0 that says ``close`` is followed by the close, though keep-alive was asked for.

    The client believes what it is told.
    """
    called_once(exchange)
    response = response_of(exchange)
    if announces_close(response):
        expect(
            ended_by_server(exchange),
            "connection behind Connection: close",
            want="closed",
            got=exchange.wire.ended,
        )


def _expect_no_interim(exchange: HttpExchange) -> None:
    """Expect a final response alone."""
    called_once(exchange)
    got = [interim.status for interim in exchange.interim]
    expect(not got, "interim responses to HTTP/1.0", want="none", got=got)


@check(
    "interim-not-sent-to-http-1-0",
    requires=rfc9110.EXPECT_HTTP_1_0,
    send=OLD_EXPECTING,
    play=Play(before=(body(),)),
)
def interim_not_sent_to_http_1_0(exchange: HttpExchange) -> None:
    """No 100 (Continue) goes to an HTTP/1.0 client, though it expects one.

    Its version knows no 1xx: it takes the interim response for the final one.
    """
    _expect_no_interim(exchange)


@check(
    "interim-status-of-application-not-sent-to-http-1-0",
    requires=rfc9110.INTERIM_HTTP_1_0,
    send=OLD,
    play=INTERIM,
    tempered=NO_INTERIM_IN_WSGI,
)
def interim_status_of_application_not_sent_to_http_1_0(exchange: HttpExchange) -> None:
    """An interim status of an application does not go to an HTTP/1.0 client.

    See ``interim-not-sent-to-http-1-0``.
    """
    _expect_no_interim(exchange)


@check(
    "http-1-0-close-beside-keep-alive-honoured",
    requires=(rfc9112.CLOSE_RECEIVED, rfc9112.CLOSE_NOT_PERSISTENT),
    send=Octets(
        octets("GET", "Connection: keep-alive, close", version="HTTP/1.0"),
        then=(AwaitEnd(asking=octets("GET", label="9")),),
    ),
    play=LISTED,
)
def http_1_0_close_beside_keep_alive_honoured(exchange: HttpExchange) -> None:
    """A request of HTTP/1.0 that says keep-alive and close is the last one of its connection.

    A proxy of old passes on what a client had to say to it, and adds its own word.
    """
    _expect_closed(exchange)


@check(
    "http-1-0-connection-closed-for-head",
    requires=rfc9112.HTTP_1_0_CLOSES,
    send=Octets(octets("HEAD", version="HTTP/1.0"), methods=("HEAD",), then=(AwaitEnd(),)),
    play=LISTED,
)
def http_1_0_connection_closed_for_head(exchange: HttpExchange) -> None:
    """The server closes the connection behind a response to HEAD in HTTP/1.0.

    See ``http-1-0-connection-closed``: there is no content that would end by itself.
    """
    _expect_closed(exchange)


@check(
    "interim-not-sent-to-kept-http-1-0",
    requires=(rfc9110.INTERIM_HTTP_1_0, rfc9110.EXPECT_HTTP_1_0),
    send=Octets(
        octets(
            "POST", "Content-Length: 5", "Expect: 100-continue", "Connection: keep-alive", version="HTTP/1.0"
        ),
        methods=("POST",),
        then=(AwaitApp("reading", seconds=0.3), Send(b"hello")),
    ),
    play=Play(before=(body(),)),
)
def interim_not_sent_to_kept_http_1_0(exchange: HttpExchange) -> None:
    """No 100 (Continue) goes to an HTTP/1.0 client that wants to keep its connection either.

    See ``interim-not-sent-to-http-1-0``: keep-alive makes no HTTP/1.1 of a client.
    """
    _expect_no_interim(exchange)


@check(
    "server-protocol-of-kept-http-1-0",
    requires=pep3333.SERVER_PROTOCOL_VALUE,
    send=GET_KEPT_BY_HTTP_1_0,
    play=LISTED,
)
def server_protocol_of_kept_http_1_0(exchange: HttpExchange) -> None:
    """SERVER_PROTOCOL of a request in HTTP/1.0 is HTTP/1.0, though it asks to keep the connection.

    An application that may stream to HTTP/1.1 alone goes by it.
    """
    got = environ_of(exchange).get("SERVER_PROTOCOL")
    expect(got == "HTTP/1.0", "SERVER_PROTOCOL", want="HTTP/1.0", got=got)


@check(
    "request-behind-kept-http-1-0-found",
    requires=(rfc9112.REQUEST_WITHOUT_BODY, rfc9112.PIPELINED_ORDER),
    send=Octets(
        octets("GET", "Connection: keep-alive", version="HTTP/1.0")
        + octets("GET", "Connection: close", label="2"),
        methods=("GET", "GET"),
    ),
    play=Play(headers=(("Content-Length", "9"),), shape="list"),
    tempered=HARDLY_ANY_PIPELINES,
)
def request_behind_kept_http_1_0_found(exchange: HttpExchange) -> None:
    """A request that came along with one of HTTP/1.0 is answered, where the connection is kept.

    Thrown away, it is waited for by a client that has been told that the connection lasts.
    """
    called_once(exchange)
    if len(exchange.responses) < 2 and not calls_of(exchange, "2") and ended_by_server(exchange):
        inapplicable("the server closes the connection behind the request in HTTP/1.0")
    got = exchange.responses[1].status if len(exchange.responses) > 1 else "nothing"
    expect(got == 200, "answer to the request behind one of HTTP/1.0", want=200, got=got)
