"""Content that the application leaves unread is never run as a request (RFC 9112 9.3)."""

from __future__ import annotations

from ...authoring import (
    NINE_OCTETS,
    NOTHING_SMUGGLED,
    PLAIN_TEXT,
    SMUGGLED,
    SMUGGLED_CHUNK,
    SMUGGLED_LENGTH,
    SMUGGLED_SIZE,
    HttpExchange,
    Octets,
    Play,
    check,
    expect_not_smuggled,
    perform,
    raises,
    smuggling,
)
from ...authoring.requests import LAST_POST
from ...spec import rfc9112

CHUNKED = b"Transfer-Encoding: chunked"

HEADERS = (*PLAIN_TEXT, ("Content-Length", "9"))
READ_WHOLE = Octets(LAST_POST + b"Content-Length: 5\r\n\r\nhello")


@check(
    "unread-content-of-get-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=smuggling(b"GET", SMUGGLED_LENGTH),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def unread_content_of_get_not_run(exchange: HttpExchange) -> None:
    """The content of a GET request that nobody reads is not run as a request.

    The application does not read it. Left on the connection, it is the next request, which no filter
    has seen.
    """
    expect_not_smuggled(exchange)


@check(
    "unread-content-of-head-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=smuggling(b"HEAD", SMUGGLED_LENGTH),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def unread_content_of_head_not_run(exchange: HttpExchange) -> None:
    """The content of a HEAD request that nobody reads is not run as a request.

    The application does not read it. Left on the connection, it is the next request, which no filter
    has seen.
    """
    expect_not_smuggled(exchange)


@check(
    "unread-content-of-delete-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=smuggling(b"DELETE", SMUGGLED_LENGTH),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def unread_content_of_delete_not_run(exchange: HttpExchange) -> None:
    """The content of a DELETE request that nobody reads is not run as a request.

    The application does not read it. Left on the connection, it is the next request, which no filter
    has seen.
    """
    expect_not_smuggled(exchange)


@check(
    "unread-content-of-options-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=smuggling(b"OPTIONS", SMUGGLED_LENGTH),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def unread_content_of_options_not_run(exchange: HttpExchange) -> None:
    """The content of an OPTIONS request that nobody reads is not run as a request.

    The application does not read it. Left on the connection, it is the next request, which no filter
    has seen.
    """
    expect_not_smuggled(exchange)


@check(
    "unread-content-of-post-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=smuggling(b"POST", SMUGGLED_LENGTH),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def unread_content_of_post_not_run(exchange: HttpExchange) -> None:
    """The content of a POST request that nobody reads is not run as a request.

    The application does not read it. Left on the connection, it is the next request, which no filter
    has seen.
    """
    expect_not_smuggled(exchange)


@check(
    "unread-content-of-put-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=smuggling(b"PUT", SMUGGLED_LENGTH),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def unread_content_of_put_not_run(exchange: HttpExchange) -> None:
    """The content of a PUT request that nobody reads is not run as a request.

    The application does not read it. Left on the connection, it is the next request, which no filter
    has seen.
    """
    expect_not_smuggled(exchange)


@check(
    "unread-chunks-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=smuggling(b"POST", CHUNKED, content=SMUGGLED_CHUNK),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def unread_chunks_not_run(exchange: HttpExchange) -> None:
    """Chunked content that nobody reads is not run as a request.

    The application does not read it. Left on the connection, it is the next request, which no filter
    has seen.
    """
    expect_not_smuggled(exchange)


@check(
    "partly-read-content-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=smuggling(b"POST", b"Content-Length: %d" % (SMUGGLED_SIZE + 5), content=b"hello" + SMUGGLED),
    play=Play(before=(perform("read", 5),), headers=HEADERS),
    control=READ_WHOLE,
)
def partly_read_content_not_run(exchange: HttpExchange) -> None:
    """The part of the content that the application leaves is not run as a request.

    An application that stops early, at a limit or an error, leaves the rest.
    """
    expect_not_smuggled(exchange)


@check(
    "unread-expected-content-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=smuggling(b"POST", SMUGGLED_LENGTH, b"Expect: 100-continue"),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def unread_expected_content_not_run(exchange: HttpExchange) -> None:
    """Content sent without waiting for 100 is not run as a request.

    The server refuses to wait for it, but it is there already.
    """
    expect_not_smuggled(exchange)


@check(
    "content-of-refused-application-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=smuggling(b"POST", SMUGGLED_LENGTH),
    play=Play(before=(raises("before reading"),)),
)
def content_of_refused_application_not_run(exchange: HttpExchange) -> None:
    """Content is not run as a request where the application failed before it read it.

    Error paths are those where reading past the content is forgotten.
    """
    expect_not_smuggled(exchange)


@check(
    "unread-content-of-unknown-method-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=smuggling(b"FROBNICATE", SMUGGLED_LENGTH),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def unread_content_of_unknown_method_not_run(exchange: HttpExchange) -> None:
    """The content of a request with an unknown method is not run as a request.

    Whether there is content is said by Content-Length, not by the method. A list of the methods that may
    have some is never complete.
    """
    expect_not_smuggled(exchange)
