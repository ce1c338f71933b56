"""The request-line as a whole, and what stands before it (RFC 9112 2.2, 3)."""

from __future__ import annotations

from ...authoring import (
    AwaitApp,
    FinishSending,
    HttpExchange,
    Octets,
    Play,
    Send,
    called_once,
    calls_of,
    check,
    content,
    environ_of,
    expect,
    inapplicable,
    refused,
)
from ...spec import rfc9110, rfc9112

HEAD = b"Host: {authority}\r\nX-Wsgicheck-Ticket: {ticket}\r\nConnection: close\r\n\r\n"
PLAIN = Octets(b"GET /seen HTTP/1.1\r\n" + HEAD)


def _line(line: bytes) -> Octets:
    return Octets(line + b"\r\n" + HEAD)


def _seen_or_refused(exchange: HttpExchange) -> None:
    """Expect that a request that may be read or refused was not read as anything else."""
    if not exchange.app.of("called"):
        refused(exchange, by_any_error=True)
        return
    environ = environ_of(exchange)
    for key, want in (("REQUEST_METHOD", "GET"), ("PATH_INFO", "/seen")):
        expect(environ.get(key) == want, key, want=want, got=environ.get(key))
    version = environ.get("SERVER_PROTOCOL")
    expect(version in ("HTTP/1.1", "HTTP/1.0"), "SERVER_PROTOCOL", want="HTTP/1.1", got=version)
    found = "HTTP_X_WSGICHECK_TICKET" in environ
    expect(found, "the fields behind the request-line", want="in the environ", got="lost")


@check(
    "empty-line-before-request-ignored",
    requires=rfc9112.EMPTY_LINE_IGNORED,
    send=Octets(b"\r\nGET /seen HTTP/1.1\r\n" + HEAD),
    control=PLAIN,
)
def empty_line_before_request_ignored(exchange: HttpExchange) -> None:
    """An empty line before the request-line is ignored.

    Clients of old send one behind the content of a POST; the request after it is lost where that is an
    error.
    """
    if not exchange.app.of("called"):
        got = exchange.response.status if exchange.response else "a closed connection"
        expect(False, "a request behind an empty line", want="a call of the application", got=got)


@check(
    "empty-line-between-requests-ignored",
    requires=rfc9112.EMPTY_LINE_IGNORED,
    send=Octets(
        b"POST /?{ticket} HTTP/1.1\r\nHost: {authority}\r\nContent-Length: 5\r\n\r\nhello\r\n"
        b"GET /?{ticket}-2 HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n",
        ("POST", "GET"),
    ),
    play=Play(before=(content(),)),
)
def empty_line_between_requests_ignored(exchange: HttpExchange) -> None:
    """An empty line between two requests of one connection is ignored.

    Clients of old send one behind the content of a POST, where Content-Length does not count it.
    """
    first = called_once(exchange)
    if not calls_of(exchange, "2") and len(exchange.responses) < 2:
        inapplicable(f"the server closes the connection behind the first request ({first.label or 1})")
    got = exchange.responses[1].status if len(exchange.responses) > 1 else 200
    expect(got < 400, "answer to the request behind an empty line", want=200, got=got)


@check(
    "request-line-with-fourth-word-refused",
    requires=rfc9112.REQUEST_LINE_INVALID,
    send=_line(b"GET /seen HTTP/1.1 extra"),
    control=PLAIN,
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
    send=_line(b"GET HTTP/1.1"),
    control=PLAIN,
)
def request_line_without_target_refused(exchange: HttpExchange) -> None:
    """A request-line without a target is refused.

    The version is no target.
    """
    refused(exchange)


@check(
    "request-line-with-empty-target-refused",
    requires=rfc9112.REQUEST_LINE_INVALID,
    send=_line(b"GET  HTTP/1.1"),
    control=PLAIN,
)
def request_line_with_empty_target_refused(exchange: HttpExchange) -> None:
    """A request-line with nothing between its two spaces is refused.

    A split at each space finds three words, and one of them is empty: no request has such a target.
    """
    refused(exchange)


@check(
    "request-line-of-method-alone-refused",
    requires=rfc9112.REQUEST_LINE_INVALID,
    send=_line(b"GET"),
    control=PLAIN,
)
def request_line_of_method_alone_refused(exchange: HttpExchange) -> None:
    """A request-line that is only a method is refused.

    A list of one word fails with an error of the server instead of an answer.
    """
    refused(exchange)


@check(
    "status-line-as-request-refused",
    requires=rfc9112.NOT_HTTP_REJECTED,
    send=_line(b"HTTP/1.1 200 OK"),
    control=PLAIN,
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
    control=PLAIN,
)
def tls_hello_refused(exchange: HttpExchange) -> None:
    """A TLS handshake on a connection without TLS is refused at once.

    A browser that asks the wrong port waits until somebody gives up.
    """
    refused(exchange)


@check(
    "h2-preface-not-run",
    requires=rfc9112.NOT_HTTP_REJECTED,
    send=Octets(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00"),
    control=PLAIN,
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
    send=_line(b"GET  /seen  HTTP/1.1"),
    control=PLAIN,
)
def double_space_read_or_refused(exchange: HttpExchange) -> None:
    """Double spaces in the request-line are taken for one, or refused.

    Whoever takes one of them into a word calls the application for another resource.
    """
    _seen_or_refused(exchange)


@check(
    "tab-separator-read-or-refused",
    requires=(rfc9112.TARGET_WHITESPACE, rfc9112.REQUEST_LINE_WHITESPACE),
    send=_line(b"GET\t/seen\tHTTP/1.1"),
    control=PLAIN,
)
def tab_separator_read_or_refused(exchange: HttpExchange) -> None:
    """Tabs in the request-line are taken for spaces, or refused.

    Whoever takes one of them into a word calls the application for another resource.
    """
    _seen_or_refused(exchange)


@check(
    "trailing-space-read-or-refused",
    requires=(rfc9112.HTTP_VERSION_SYNTAX, rfc9112.REQUEST_LINE_WHITESPACE),
    send=_line(b"GET /seen HTTP/1.1 "),
    control=PLAIN,
)
def trailing_space_read_or_refused(exchange: HttpExchange) -> None:
    """A space behind the version is ignored, or refused.

    It must not become a part of SERVER_PROTOCOL.
    """
    _seen_or_refused(exchange)


@check(
    "bare-lf-read-or-refused",
    requires=(rfc9112.MESSAGE_FORMAT, rfc9112.BARE_LF_RECEIVED),
    send=Octets(b"GET /seen HTTP/1.1\n" + HEAD.replace(b"\r\n", b"\n") + b"\r\n\r\n"),
    control=PLAIN,
)
def bare_lf_read_or_refused(exchange: HttpExchange) -> None:
    """Lines that end in LF alone are read as lines, or refused.

    Both are allowed; a third way, such as taking them into a value, hands over fields that nobody
    checked.
    """
    _seen_or_refused(exchange)


@check(
    "bare-cr-line-ends-refused",
    requires=rfc9112.BARE_CR_RECEIVED,
    send=Octets(b"GET /seen HTTP/1.1\r" + HEAD.replace(b"\r\n", b"\r")[:-2] + b"\r\n\r\n"),
    control=PLAIN,
)
def bare_cr_line_ends_refused(exchange: HttpExchange) -> None:
    """Lines that end in CR alone make no request.

    With each CR read as a space, as the law allows, this is one line of many words: whoever reads lines
    from it reads what nobody else does.
    """
    refused(exchange, by_any_error=True)


@check(
    "bare-cr-in-target-refused",
    requires=rfc9112.BARE_CR_RECEIVED,
    send=_line(b"GET /se\ren HTTP/1.1"),
    control=PLAIN,
)
def bare_cr_in_target_refused(exchange: HttpExchange) -> None:
    """A target with a bare CR is refused.

    Read as a space, as the law allows, the CR makes a fourth word. In an environ it forges lines of
    logs and header fields.
    """
    refused(exchange, by_any_error=True)


@check(
    "bare-cr-before-line-end-read-or-refused",
    requires=rfc9112.BARE_CR_RECEIVED,
    send=Octets(b"GET /seen HTTP/1.1\r\r\n" + HEAD),
    control=PLAIN,
)
def bare_cr_before_line_end_read_or_refused(exchange: HttpExchange) -> None:
    """A second CR at the end of the request-line is read as a space, or refused.

    It must not become a part of SERVER_PROTOCOL.
    """
    _seen_or_refused(exchange)


@check(
    "head-incomplete-not-run",
    requires=rfc9110.HEADER_SECTION_COMPLETE,
    send=Octets(PLAIN.octets[:-2], then=(FinishSending(),)),
    control=PLAIN,
)
def head_incomplete_not_run(exchange: HttpExchange) -> None:
    """A request whose head is cut off does not run.

    The missing field may have been the one that forbids it.
    """
    got = len(exchange.app.of("called"))
    expect(got == 0, "calls of the application for half a head", want=0, got=got)


@check(
    "head-awaited-before-call",
    requires=rfc9110.HEADER_SECTION_COMPLETE,
    send=Octets(PLAIN.octets[:-2], then=(AwaitApp("called", seconds=0.2), Send(b"\r\n"))),
)
def head_awaited_before_call(exchange: HttpExchange) -> None:
    """The application is not called before the head has ended.

    The missing field may be the one that forbids the request.
    """
    call = called_once(exchange)
    early = call.at < exchange.wire.sent[1].at
    expect(not early, "the call of the application", want="after the end of the head", got="before it")
