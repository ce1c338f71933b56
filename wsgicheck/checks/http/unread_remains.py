"""Unread content is no request, whatever the response is made of and however it ends (RFC 9112 9.3).

A server has many ways to the end of a response. Each has to come by the place where the rest of the request
is thrown away, or lead to the end of the connection.
"""

from __future__ import annotations

from ...authoring import (
    BEHIND_SMUGGLED,
    NINE_OCTETS,
    NOTHING_SMUGGLED,
    PLAIN_TEXT,
    SMUGGLED,
    SMUGGLED_LENGTH,
    SMUGGLED_SIZE,
    HttpExchange,
    Octets,
    Play,
    Receive,
    Send,
    called_once,
    check,
    expect_not_smuggled,
    inapplicable,
    octets,
    perform,
    raises,
    smuggling,
    starts,
    writes,
)
from ...spec import rfc9112

UNREAD = smuggling(b"POST", SMUGGLED_LENGTH)
HEADERS = NINE_OCTETS.headers
NO_CONTENT = Play(status="204 No Content", headers=(), chunks=(), shape="list", later=(NINE_OCTETS,))
NOT_MODIFIED = Play(status="304 Not Modified", headers=(), chunks=(), shape="list", later=(NINE_OCTETS,))
FILE = Play(
    headers=HEADERS,
    before=(perform("file", "disk", b"wsgicheck"), perform("wrap")),
    shape="wrapped",
    later=(NINE_OCTETS,),
)
WRITTEN = Play(headers=HEADERS, after=(writes(b"wsgicheck"),), chunks=(), later=(NINE_OCTETS,))
OF_LENGTH_ZERO = Play(
    headers=(*PLAIN_TEXT, ("Content-Length", "0")), chunks=(), shape="list", later=(NINE_OCTETS,)
)
EXCESSIVE = Play(headers=HEADERS, chunks=(b"wsgicheck", b"and more"), later=(NINE_OCTETS,))
FAILS_IN_CLOSE = Play(headers=HEADERS, closing=(raises("wsgicheck: in close()"),), later=(NINE_OCTETS,))


@check(
    "unread-content-behind-204-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=UNREAD,
    control=NOTHING_SMUGGLED,
    play=NO_CONTENT,
)
def unread_content_behind_204_not_run(exchange: HttpExchange) -> None:
    """Content that nobody reads is not run as a request behind a 204.

    That the response has no content says nothing of the request.
    """
    expect_not_smuggled(exchange)


@check(
    "unread-content-behind-304-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=UNREAD,
    control=NOTHING_SMUGGLED,
    play=NOT_MODIFIED,
)
def unread_content_behind_304_not_run(exchange: HttpExchange) -> None:
    """Content that nobody reads is not run as a request behind a 304.

    See ``unread-content-behind-204-not-run``.
    """
    expect_not_smuggled(exchange)


@check(
    "unread-content-behind-length-of-zero-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=UNREAD,
    control=NOTHING_SMUGGLED,
    play=OF_LENGTH_ZERO,
)
def unread_content_behind_length_of_zero_not_run(exchange: HttpExchange) -> None:
    """Content that nobody reads is not run as a request behind a response with a Content-Length of 0.

    See ``unread-content-behind-204-not-run``.
    """
    expect_not_smuggled(exchange)


@check(
    "unread-content-behind-file-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=UNREAD,
    control=NOTHING_SMUGGLED,
    play=FILE,
)
def unread_content_behind_file_not_run(exchange: HttpExchange) -> None:
    """Content that nobody reads is not run as a request behind a wrapped file.

    A fast way past the iteration is no way past the rest of the request.
    """
    expect_not_smuggled(exchange)


@check(
    "unread-content-behind-written-response-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=UNREAD,
    control=NOTHING_SMUGGLED,
    play=WRITTEN,
)
def unread_content_behind_written_response_not_run(exchange: HttpExchange) -> None:
    """Content that nobody reads is not run as a request behind a response that was made by ``write()``.

    See ``unread-content-behind-file-not-run``.
    """
    expect_not_smuggled(exchange)


@check(
    "unread-content-behind-excess-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=UNREAD,
    control=NOTHING_SMUGGLED,
    play=EXCESSIVE,
)
def unread_content_behind_excess_not_run(exchange: HttpExchange) -> None:
    """Content that nobody reads is not run as a request where the response had more than its Content-Length.

    The iteration is left early there, and with it perhaps all that follows.
    """
    expect_not_smuggled(exchange)


@check(
    "unread-content-behind-error-in-close-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=UNREAD,
    control=NOTHING_SMUGGLED,
    play=FAILS_IN_CLOSE,
)
def unread_content_behind_error_in_close_not_run(exchange: HttpExchange) -> None:
    """Content that nobody reads is not run as a request where ``close()`` raised.

    The response is complete and the connection may be kept: but what the error skips has to be made up for.
    """
    expect_not_smuggled(exchange)


@check(
    "unread-content-of-kept-http-1-0-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=smuggling(b"POST", b"Connection: keep-alive", SMUGGLED_LENGTH, version=b"HTTP/1.0"),
    control=NOTHING_SMUGGLED,
    play=NINE_OCTETS,
)
def unread_content_of_kept_http_1_0_not_run(exchange: HttpExchange) -> None:
    """Content that nobody reads is not run as a request where a connection of HTTP/1.0 is kept.

    It is kept by another rule, and often in another place.
    """
    expect_not_smuggled(exchange)


@check(
    "rest-of-expected-content-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=Octets(
        octets("POST", "Expect: 100-continue", f"Content-Length: {SMUGGLED_SIZE + 5}"),
        methods=("POST", "GET"),
        then=(
            *(Receive(b"HTTP/1.", 0.5, owed=True), Send(b"hello")),
            *(Receive(b"\r\n\r\nwsgicheck", 0.5), Send(SMUGGLED + BEHIND_SMUGGLED)),
        ),
    ),
    play=Play(headers=HEADERS, before=(perform("read", 5),), later=(NINE_OCTETS,)),
)
def rest_of_expected_content_not_run(exchange: HttpExchange) -> None:
    """The rest of content that was asked for by 100, and read in part, is not run as a request.

    See ``rest-of-body-that-comes-late-not-a-request``: who was told to go on sends all of it.
    """
    called_once(exchange)
    if not exchange.app.of("returned"):
        inapplicable("the application did not come to its end")
    expect_not_smuggled(exchange)


def _answers(status: str, *headers: tuple[str, str]) -> Play:
    return Play(status=status, headers=(*HEADERS, *headers), later=(NINE_OCTETS,))


@check(
    "unread-content-behind-404-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=UNREAD,
    play=_answers("404 Not Found"),
)
def unread_content_behind_404_not_run(exchange: HttpExchange) -> None:
    """Content that nobody reads is not run as a request behind an error that the application answers.

    Who refuses an upload seldom reads it. The application has not failed: it said so in a response like any
    other, behind which the connection may be kept.
    """
    expect_not_smuggled(exchange)


@check(
    "unread-content-behind-503-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=UNREAD,
    play=_answers("503 Service Unavailable"),
)
def unread_content_behind_503_not_run(exchange: HttpExchange) -> None:
    """Content that nobody reads is not run as a request behind a 503 of the application.

    See ``unread-content-behind-404-not-run``.
    """
    expect_not_smuggled(exchange)


@check(
    "unread-content-behind-redirect-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=UNREAD,
    control=NOTHING_SMUGGLED,
    play=_answers("303 See Other", ("Location", "/")),
)
def unread_content_behind_redirect_not_run(exchange: HttpExchange) -> None:
    """Content that nobody reads is not run as a request behind a redirect.

    A form whose session has run out is answered so, whatever it holds.
    """
    expect_not_smuggled(exchange)


@check(
    "unread-content-behind-exc-info-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=UNREAD,
    play=Play(
        headers=HEADERS, after=(starts("503 Replaced", HEADERS, exc="wsgicheck"),), later=(NINE_OCTETS,)
    ),
)
def unread_content_behind_exc_info_not_run(exchange: HttpExchange) -> None:
    """Content that nobody reads is not run as a request where exc_info replaced the response.

    The application has trapped its error itself: the response is whole, and the connection may be kept.
    """
    expect_not_smuggled(exchange)


@check(
    "unread-expected-content-behind-204-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=smuggling(b"POST", SMUGGLED_LENGTH, b"Expect: 100-continue"),
    control=NOTHING_SMUGGLED,
    play=NO_CONTENT,
)
def unread_expected_content_behind_204_not_run(exchange: HttpExchange) -> None:
    """Content that was sent without waiting for 100 is not run as a request behind a 204.

    See ``unread-expected-content-not-run``: that nobody asked for it does not mean that it is not there.
    """
    expect_not_smuggled(exchange)


@check(
    "unread-expected-content-of-head-not-run",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=smuggling(b"HEAD", SMUGGLED_LENGTH, b"Expect: 100-continue"),
    control=NOTHING_SMUGGLED,
    play=NINE_OCTETS,
)
def unread_expected_content_of_head_not_run(exchange: HttpExchange) -> None:
    """Content of a HEAD request that was sent without waiting for 100 is not run as a request.

    See ``unread-expected-content-behind-204-not-run``.
    """
    expect_not_smuggled(exchange)
