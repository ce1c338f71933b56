"""The request-line as a whole, and what stands before it (RFC 9112 2.2, 3)."""

from __future__ import annotations

from ...authoring import (
    FinishSending,
    HttpExchange,
    Octets,
    check,
    inapplicable,
    needs_plain,
    refused,
)
from ...authoring.request_lines import VALID_REQUEST_LINE, expect_seen_or_refused, request_line
from ...spec import rfc9112


@check(
    "request-line-with-fourth-word-refused",
    requires=rfc9112.REQUEST_LINE_INVALID,
    send=request_line(b"GET /seen HTTP/1.1 extra"),
    control=VALID_REQUEST_LINE,
)
def request_line_with_fourth_word_refused(exchange: HttpExchange) -> None:
    """A request-line with a fourth word is refused.

    Whoever takes the last word for the version, and whoever takes the third, read two different
    targets.
    """
    refused(exchange)


@check(
    "request-line-without-target-refused",
    requires=rfc9112.REQUEST_LINE_INVALID,
    send=request_line(b"GET HTTP/1.1"),
    control=VALID_REQUEST_LINE,
)
def request_line_without_target_refused(exchange: HttpExchange) -> None:
    """A request-line without a target is refused.

    The version is no target.
    """
    refused(exchange)


@check(
    "request-line-with-empty-target-refused",
    requires=rfc9112.REQUEST_LINE_INVALID,
    send=request_line(b"GET  HTTP/1.1"),
    control=VALID_REQUEST_LINE,
)
def request_line_with_empty_target_refused(exchange: HttpExchange) -> None:
    """A request-line with nothing between its two spaces is refused.

    A split at each space finds three words, and one of them is empty: no request has such a target.
    """
    refused(exchange)


@check(
    "request-line-of-method-alone-refused",
    requires=rfc9112.REQUEST_LINE_INVALID,
    send=request_line(b"GET"),
    control=VALID_REQUEST_LINE,
)
def request_line_of_method_alone_refused(exchange: HttpExchange) -> None:
    """A request-line that is only a method is refused.

    A list of one word fails with an error of the server instead of an answer.
    """
    refused(exchange)


@check(
    "status-line-as-request-refused",
    requires=rfc9112.NOT_HTTP_REJECTED,
    send=request_line(b"HTTP/1.1 200 OK"),
    control=VALID_REQUEST_LINE,
)
def status_line_as_request_refused(exchange: HttpExchange) -> None:
    """A status line in the place of a request-line is refused.

    What comes back to a server from itself, or from a confused proxy, must not run.
    """
    refused(exchange)


@check(
    "tls-hello-refused",
    requires=rfc9112.NOT_HTTP_REJECTED,
    send=Octets(b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03wsgicheck\r\n\r\n"),
    control=VALID_REQUEST_LINE,
)
def tls_hello_refused(exchange: HttpExchange) -> None:
    """A TLS handshake on a connection without TLS is refused at once.

    A browser that asks the wrong port waits until somebody gives up.
    """
    needs_plain(exchange)
    refused(exchange)


@check(
    "h2-preface-not-run",
    requires=rfc9112.NOT_HTTP_REJECTED,
    send=Octets(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00"),
    control=VALID_REQUEST_LINE,
)
def h2_preface_not_run(exchange: HttpExchange) -> None:
    """The preface of HTTP/2 is not run as a request, unless the server speaks HTTP/2.

    It was made so that a server of HTTP/1.1 refuses it; an application has nothing to say to the method
    PRI.
    """
    if exchange.wire.octets_received[3:4] == b"\x04":
        inapplicable("the server speaks HTTP/2: it answers with a SETTINGS frame")
    refused(exchange)


@check(
    "double-space-read-or-refused",
    requires=(rfc9112.TARGET_WHITESPACE, rfc9112.REQUEST_LINE_WHITESPACE),
    send=request_line(b"GET  /seen  HTTP/1.1"),
    control=VALID_REQUEST_LINE,
)
def double_space_read_or_refused(exchange: HttpExchange) -> None:
    """Double spaces in the request-line are taken for one, or refused.

    Whoever takes one of them into a word calls the application for another resource.
    """
    expect_seen_or_refused(exchange)


@check(
    "tab-separator-read-or-refused",
    requires=(rfc9112.TARGET_WHITESPACE, rfc9112.REQUEST_LINE_WHITESPACE),
    send=request_line(b"GET\t/seen\tHTTP/1.1"),
    control=VALID_REQUEST_LINE,
)
def tab_separator_read_or_refused(exchange: HttpExchange) -> None:
    """Tabs in the request-line are taken for spaces, or refused.

    Whoever takes one of them into a word calls the application for another resource.
    """
    expect_seen_or_refused(exchange)


@check(
    "trailing-space-read-or-refused",
    requires=(rfc9112.HTTP_VERSION_SYNTAX, rfc9112.REQUEST_LINE_WHITESPACE),
    send=request_line(b"GET /seen HTTP/1.1 "),
    control=VALID_REQUEST_LINE,
)
def trailing_space_read_or_refused(exchange: HttpExchange) -> None:
    """A space behind the version is ignored, or refused.

    It must not become a part of SERVER_PROTOCOL.
    """
    expect_seen_or_refused(exchange)


@check(
    "request-line-of-white-space-refused",
    requires=rfc9112.REQUEST_LINE_INVALID,
    send=Octets(b"  \t \r\n\r\n", then=(FinishSending(),)),
    control=VALID_REQUEST_LINE,
)
def request_line_of_white_space_refused(exchange: HttpExchange) -> None:
    """A request-line of white space alone is refused.

    Split into words, there are none of them, and the first is asked for all the same.
    """
    refused(exchange)


@check(
    "connection-without-request-survived",
    requires=rfc9112.NOT_HTTP_REJECTED,
    send=Octets(b"", then=(FinishSending(),)),
    control=VALID_REQUEST_LINE,
)
def connection_without_request_survived(exchange: HttpExchange) -> None:
    """A connection that is closed before anything was sent gets no response, or a 4xx.

    Browsers open connections in advance, and health checks open them only to see whether they can.
    """
    if exchange.app.called or exchange.response is not None:
        refused(exchange)
