"""How a request begins and where its head ends (RFC 9112 2.2)."""

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
    expect,
    inapplicable,
    inconclusive,
    octets,
    refused,
)
from ...authoring.request_lines import (
    HEAD_BEHIND_LINE,
    VALID_REQUEST_LINE,
    expect_seen_or_refused,
    request_line,
)
from ...spec import rfc9110, rfc9112


@check(
    "empty-line-before-request-ignored",
    requires=rfc9112.EMPTY_LINE_IGNORED,
    send=Octets(b"\r\nGET /seen HTTP/1.1\r\n" + HEAD_BEHIND_LINE),
    control=VALID_REQUEST_LINE,
)
def empty_line_before_request_ignored(exchange: HttpExchange) -> None:
    """An empty line before the request-line is ignored.

    Clients of old send one behind the content of a POST; the request after it is lost where that is an
    error.
    """
    if not exchange.app.called:
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
    expect(0 < got < 400, "answer to the request behind an empty line", want=200, got=got)


@check(
    "bare-lf-read-or-refused",
    requires=(rfc9112.MESSAGE_FORMAT, rfc9112.BARE_LF_RECEIVED),
    send=Octets(b"GET /seen HTTP/1.1\n" + HEAD_BEHIND_LINE.replace(b"\r\n", b"\n") + b"\r\n\r\n"),
    control=VALID_REQUEST_LINE,
)
def bare_lf_read_or_refused(exchange: HttpExchange) -> None:
    """Lines that end in LF alone are read as lines, or refused.

    Both are allowed; a third way, such as taking them into a value, hands over fields that nobody
    checked.
    """
    expect_seen_or_refused(exchange)


@check(
    "bare-cr-line-ends-refused",
    requires=rfc9112.BARE_CR_RECEIVED,
    send=Octets(b"GET /seen HTTP/1.1\r" + HEAD_BEHIND_LINE.replace(b"\r\n", b"\r")[:-2] + b"\r\n\r\n"),
    control=VALID_REQUEST_LINE,
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
    send=request_line(b"GET /se\ren HTTP/1.1"),
    control=VALID_REQUEST_LINE,
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
    send=Octets(b"GET /seen HTTP/1.1\r\r\n" + HEAD_BEHIND_LINE),
    control=VALID_REQUEST_LINE,
)
def bare_cr_before_line_end_read_or_refused(exchange: HttpExchange) -> None:
    """A second CR at the end of the request-line is read as a space, or refused.

    It must not become a part of SERVER_PROTOCOL.
    """
    expect_seen_or_refused(exchange)


@check(
    "head-incomplete-not-run",
    requires=rfc9110.HEADER_SECTION_COMPLETE,
    send=Octets(VALID_REQUEST_LINE.octets[:-2], then=(FinishSending(),)),
    control=VALID_REQUEST_LINE,
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
    send=Octets(VALID_REQUEST_LINE.octets[:-2], then=(AwaitApp("called", seconds=0.2), Send(b"\r\n"))),
)
def head_awaited_before_call(exchange: HttpExchange) -> None:
    """The application is not called before the head has ended.

    The missing field may be the one that forbids the request.
    """
    call = called_once(exchange)
    early = call.at < exchange.wire.sent[1].at
    expect(not early, "the call of the application", want="after the end of the head", got="before it")


@check(
    "bare-cr-behind-request-line-refused",
    requires=rfc9112.BARE_CR_RECEIVED,
    send=Octets(b"GET /seen HTTP/1.1\r" + HEAD_BEHIND_LINE),
    control=VALID_REQUEST_LINE,
)
def bare_cr_behind_request_line_refused(exchange: HttpExchange) -> None:
    """A CR alone does not end the request-line.

    With the CR read as a space, as the law allows, the line goes on and has too many words; whoever ends it
    there sees a field that nobody else does.
    """
    refused(exchange, by_any_error=True)


SEVEN_BEHIND_EMPTY_LINES = Octets(
    b"".join(b"\r\n" + octets("GET", label=label) for label in ("", "2", "3", "4", "5", "6"))
    + b"\r\n"
    + octets("GET", "Connection: close", label="7"),
    ("GET",) * 7,
)


@check(
    "empty-line-before-each-request-ignored",
    requires=rfc9112.EMPTY_LINE_IGNORED,
    send=SEVEN_BEHIND_EMPTY_LINES,
)
def empty_line_before_each_request_ignored(exchange: HttpExchange) -> None:
    """An empty line is ignored before every request of a connection, and not only before the first few.

    Clients of old send one behind every POST. Who counts such lines has to begin anew with each request.
    """
    called_once(exchange)
    for number, response in enumerate(exchange.responses, 1):
        if response.status >= 400 and number <= 2:
            inconclusive("no such line is ignored: empty-line-between-requests-ignored fails for it")
        expect(response.status < 400, f"answer to request {number}", want=200, got=response.status)
