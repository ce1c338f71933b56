"""Content that the application leaves unread is never run as a request (RFC 9112 9.3)."""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    HttpExchange,
    Octets,
    Play,
    calls_of,
    check,
    expect,
    perform,
    raises,
)
from ...spec import rfc9112

SMUGGLED = b"GET /?{ticket}-2 HTTP/1.1\r\nHost: x\r\n\r\n"
SIZE = len(SMUGGLED) + len("wct-0123456789abcdef") - len("{ticket}")
"""How long the request is when its ticket has been filled in."""
BEHIND = b"GET /?{ticket}-3 HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n"
LENGTH = b"Content-Length: %d" % SIZE
CHUNKED = b"Transfer-Encoding: chunked"
CHUNK = b"%x\r\n" % SIZE + SMUGGLED + b"\r\n0\r\n\r\n"


def _request(method: bytes, *lines: bytes, content: bytes = SMUGGLED, version: bytes = b"HTTP/1.1") -> Octets:
    head = method + b" /?{ticket} " + version + b"\r\nHost: {authority}\r\n"
    head += b"".join(line + b"\r\n" for line in lines) + b"\r\n"
    return Octets(head + content + BEHIND, (method.decode(), "GET"))


HEADERS = (*PLAIN_TEXT, ("Content-Length", "9"))
FRAMED = Play(headers=HEADERS)
"""A response after which any server can keep the connection: what comes next on it is what is on trial."""
CLOSING = b"POST /?{ticket} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n"
PLAIN = Octets(CLOSING + b"Content-Length: 0\r\n\r\n")
READ_WHOLE = Octets(CLOSING + b"Content-Length: 5\r\n\r\nhello")


def _not_smuggled(exchange: HttpExchange) -> None:
    """Expect that the request within the request was not run."""
    got = len(calls_of(exchange, "2"))
    expect(got == 0, "calls for the request within the content", want=0, got=got)


@check(
    "unread-content-of-get-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=_request(b"GET", LENGTH),
    play=FRAMED,
    control=PLAIN,
)
def unread_content_of_get_not_run(exchange: HttpExchange) -> None:
    """The content of a GET request that nobody reads is not run as a request.

    The application does not read it. Left on the connection, it is the next request, which no filter
    has seen.
    """
    _not_smuggled(exchange)


@check(
    "unread-content-of-head-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=_request(b"HEAD", LENGTH),
    play=FRAMED,
    control=PLAIN,
)
def unread_content_of_head_not_run(exchange: HttpExchange) -> None:
    """The content of a HEAD request that nobody reads is not run as a request.

    The application does not read it. Left on the connection, it is the next request, which no filter
    has seen.
    """
    _not_smuggled(exchange)


@check(
    "unread-content-of-delete-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=_request(b"DELETE", LENGTH),
    play=FRAMED,
    control=PLAIN,
)
def unread_content_of_delete_not_run(exchange: HttpExchange) -> None:
    """The content of a DELETE request that nobody reads is not run as a request.

    The application does not read it. Left on the connection, it is the next request, which no filter
    has seen.
    """
    _not_smuggled(exchange)


@check(
    "unread-content-of-options-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=_request(b"OPTIONS", LENGTH),
    play=FRAMED,
    control=PLAIN,
)
def unread_content_of_options_not_run(exchange: HttpExchange) -> None:
    """The content of a OPTIONS request that nobody reads is not run as a request.

    The application does not read it. Left on the connection, it is the next request, which no filter
    has seen.
    """
    _not_smuggled(exchange)


@check(
    "unread-content-of-post-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=_request(b"POST", LENGTH),
    play=FRAMED,
    control=PLAIN,
)
def unread_content_of_post_not_run(exchange: HttpExchange) -> None:
    """The content of a POST request that nobody reads is not run as a request.

    The application does not read it. Left on the connection, it is the next request, which no filter
    has seen.
    """
    _not_smuggled(exchange)


@check(
    "unread-content-of-put-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=_request(b"PUT", LENGTH),
    play=FRAMED,
    control=PLAIN,
)
def unread_content_of_put_not_run(exchange: HttpExchange) -> None:
    """The content of a PUT request that nobody reads is not run as a request.

    The application does not read it. Left on the connection, it is the next request, which no filter
    has seen.
    """
    _not_smuggled(exchange)


@check(
    "unread-chunks-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=_request(b"POST", CHUNKED, content=CHUNK),
    play=FRAMED,
    control=PLAIN,
)
def unread_chunks_not_run(exchange: HttpExchange) -> None:
    """Chunked content that nobody reads is not run as a request.

    The application does not read it. Left on the connection, it is the next request, which no filter
    has seen.
    """
    _not_smuggled(exchange)


@check(
    "partly-read-content-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=_request(b"POST", b"Content-Length: %d" % (SIZE + 5), content=b"hello" + SMUGGLED),
    play=Play(before=(perform("read", 5),), headers=HEADERS),
    control=READ_WHOLE,
)
def partly_read_content_not_run(exchange: HttpExchange) -> None:
    """The part of the content that the application leaves is not run as a request.

    An application that stops early, at a limit or an error, leaves the rest.
    """
    _not_smuggled(exchange)


@check(
    "unread-expected-content-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=_request(b"POST", LENGTH, b"Expect: 100-continue"),
    play=FRAMED,
    control=PLAIN,
)
def unread_expected_content_not_run(exchange: HttpExchange) -> None:
    """Content sent without waiting for 100 is not run as a request.

    The server refuses to wait for it, but it is there already.
    """
    _not_smuggled(exchange)


@check(
    "content-of-refused-application-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=_request(b"POST", LENGTH),
    play=Play(before=(raises("before reading"),)),
)
def content_of_refused_application_not_run(exchange: HttpExchange) -> None:
    """Content is not run as a request where the application failed before it read it.

    Error paths are those where reading past the content is forgotten.
    """
    _not_smuggled(exchange)


@check(
    "unread-content-of-unknown-method-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=_request(b"FROBNICATE", LENGTH),
    play=FRAMED,
    control=PLAIN,
)
def unread_content_of_unknown_method_not_run(exchange: HttpExchange) -> None:
    """The content of a request with an unknown method is not run as a request.

    Whether there is content is said by Content-Length, not by the method. A list of the methods that may
    have some is never complete.
    """
    _not_smuggled(exchange)
