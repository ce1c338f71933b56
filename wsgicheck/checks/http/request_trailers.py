"""The trailers of a request (RFC 9112 7.1.2, RFC 9110 6.5.1)."""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    HttpExchange,
    Octets,
    Play,
    calls_of,
    check,
    content,
    environ_of,
    expect,
    needs_kept_connection,
)
from ...authoring.chunked_content import (
    READS_HELLO,
    VALID_CHUNKS_ALONE,
    chunks_alone,
    expect_chunks_read,
)
from ...authoring.requests import NEXT_REQUEST
from ...spec import rfc9110, rfc9112

HEAD = b"POST /?{ticket} HTTP/1.1\r\nHost: {authority}\r\nTransfer-Encoding: chunked\r\n"
HEADERS = (*PLAIN_TEXT, ("Content-Length", "9"))
"""Of a response after which any server can keep the connection: what comes next is on trial."""


@check(
    "trailers-consumed",
    requires=rfc9112.TRAILERS_CONSUMED,
    send=chunks_alone(b"5\r\nhello\r\n0\r\nX-Trailer: t\r\n\r\n"),
    play=READS_HELLO,
    control=VALID_CHUNKS_ALONE,
)
def trailers_consumed(exchange: HttpExchange) -> None:
    """Trailers are read past.

    Taken for the next request, they make an error of it.
    """
    expect_chunks_read(exchange, b"hello")


@check(
    "trailers-not-merged",
    requires=(rfc9112.TRAILERS_NOT_MERGED, rfc9110.TRAILER_FIELD_NOT_MERGED, rfc9112.TRAILERS_SEPARATE),
    send=chunks_alone(
        b"5\r\nhello\r\n0\r\nX-Trailer: t\r\nHost: {ticket}.example\r\nContent-Length: 99\r\n\r\n"
    ),
    play=READS_HELLO,
    control=VALID_CHUNKS_ALONE,
)
def trailers_not_merged(exchange: HttpExchange) -> None:
    """Trailers are no header fields in the environ.

    They come behind the content, where no filter has looked: an identity, a host or a length forged
    there is believed.
    """
    if not exchange.app.called:
        return  # a refusal: these fields may not be trailers at all
    environ = environ_of(exchange)
    expect("HTTP_X_TRAILER" not in environ, "environ['HTTP_X_TRAILER']", want="absent", got="present")
    for key, forged in (("CONTENT_LENGTH", "99"), ("HTTP_HOST", ".example")):
        got = environ.get(key)
        expect(forged not in got, key, want="as in the header section", got=got)


@check(
    "request-behind-trailers-found",
    requires=rfc9112.TRAILERS_CONSUMED,
    send=Octets(
        HEAD + b"\r\n5\r\nhello\r\n0\r\nX-Trailer: t\r\nX-Second: u\r\n\r\n" + NEXT_REQUEST, ("POST", "GET")
    ),
    play=Play(before=(content(b"hello"),), headers=HEADERS, later=(Play(),)),
    control=VALID_CHUNKS_ALONE,
)
def request_behind_trailers_found(exchange: HttpExchange) -> None:
    """The next request begins behind the trailers.

    A server that does not read them takes them for the next request.
    """
    expect_chunks_read(exchange, b"hello")
    if calls_of(exchange, "2"):
        return
    if not exchange.surplus:
        needs_kept_connection(exchange)
    second = exchange.responses[1].status if len(exchange.responses) > 1 else 0
    got = second or "octets that are no response"
    expect(False, "answer to the request behind the trailers", want=200, got=got)


@check(
    "trailer-credentials-not-merged",
    requires=(rfc9112.TRAILERS_NOT_MERGED, rfc9110.TRAILER_FIELD_NOT_MERGED, rfc9112.TRAILERS_SEPARATE),
    send=chunks_alone(
        b"5\r\nhello\r\n0\r\nAuthorization: Basic dDp0\r\nCookie: t=1\r\nContent-Type: text/x-trailer\r\n"
        b"Transfer-Encoding: x-trailer\r\n\r\n"
    ),
    play=READS_HELLO,
    control=VALID_CHUNKS_ALONE,
)
def trailer_credentials_not_merged(exchange: HttpExchange) -> None:
    """Credentials, cookies, types and codings in trailers are no header fields in the environ.

    See ``trailers-not-merged``: a proxy that checks who asks has looked at the header section alone.
    """
    if not exchange.app.called:
        return  # a refusal: these fields may not be trailers at all
    environ = environ_of(exchange)
    for key in ("HTTP_AUTHORIZATION", "HTTP_COOKIE"):
        expect(key not in environ, f"environ[{key!r}]", want="absent", got=environ.get(key))
    for key in ("CONTENT_TYPE", "HTTP_TRANSFER_ENCODING"):
        got = environ.get(key)
        expect("x-trailer" not in got, key, want="as in the header section", got=got)


@check(
    "trailers-of-present-names-not-merged",
    requires=(rfc9112.TRAILERS_NOT_MERGED, rfc9110.TRAILER_FIELD_NOT_MERGED, rfc9112.TRAILERS_SEPARATE),
    send=Octets(
        HEAD + b"X-Twice: head\r\nCookie: head=1\r\nContent-Type: text/x-head\r\nConnection: close\r\n\r\n"
        b"5\r\nhello\r\n0\r\nX-Twice: tail\r\nCookie: tail=1\r\nContent-Type: text/x-tail\r\n\r\n"
    ),
    play=READS_HELLO,
    control=VALID_CHUNKS_ALONE,
)
def trailers_of_present_names_not_merged(exchange: HttpExchange) -> None:
    """A trailer is neither joined to the header field of its name nor put in its place.

    See ``trailers-not-merged``: a second line of a field is joined by whatever makes the environ.
    """
    if not exchange.app.called:
        return  # a refusal: these fields may not be trailers at all
    environ = environ_of(exchange)
    for key in ("HTTP_X_TWICE", "HTTP_COOKIE", "CONTENT_TYPE"):
        got = environ.get(key)
        expect("tail" not in got, key, want="as in the header section", got=got)
