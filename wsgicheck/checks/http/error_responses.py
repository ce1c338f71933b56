"""Responses of the server's own: refusals of malformed requests, and pages about errors (RFC 9112 2, 9.6)."""

from __future__ import annotations

from ...authoring import (
    AwaitEnd,
    HttpExchange,
    Octets,
    Play,
    Response,
    announces_close,
    called_once,
    calls_of,
    check,
    ended_by_server,
    expect,
    expect_no_fault,
    inapplicable,
    octets,
    raises,
    response_of,
)
from ...authoring.requests import GET_KEPT
from ...spec import rfc9110, rfc9112

BAD_LENGTH = Octets(octets("GET", "Content-Length: five"))
BAD_LENGTH_AWAITED = Octets(octets("GET", "Content-Length: five"), then=(AwaitEnd(),))
BAD_LENGTH_FOLLOWED = Octets(
    octets("GET", "Content-Length: five") + octets("GET", label="2"), then=(AwaitEnd(),)
)
GOOD_LENGTH = Octets(octets("GET", "Content-Length: 0", "Connection: close"))
BAD_LINE = Octets(octets("GET", version="HTTQ/1.1"))
GOOD_LINE = Octets(octets("GET", "Connection: close"))
NO_HOST = Octets(b"GET / HTTP/1.1\r\nX-Wsgicheck-Ticket: {ticket}\r\n\r\n")
BAD_CHUNK = Octets(
    octets("POST", "Transfer-Encoding: chunked", body=b"five\r\nhello\r\n0\r\n\r\n"), methods=("POST",)
)
GOOD_CHUNK = Octets(
    octets("POST", "Transfer-Encoding: chunked", "Connection: close", body=b"5\r\nhello\r\n0\r\n\r\n"),
    methods=("POST",),
)

LISTED = Play(shape="list")
FAILING = Play(before=(raises("before start"),))
FAILING_LATER = Play(chunks=(raises("before the first block"),))


def _refusal(exchange: HttpExchange) -> Response:
    if exchange.app.called:
        inapplicable("the server accepts the malformed request")
    if exchange.response is None and not exchange.wire.octets_received:
        inapplicable("the server refuses the malformed request without a response")
    return response_of(exchange)


def _expect_refusal_formed(exchange: HttpExchange) -> None:
    response = _refusal(exchange)
    expect_no_fault(response)
    good = response.version in ("HTTP/1.1", "HTTP/1.0") and 400 <= response.status < 600
    expect(
        good,
        "status line of a refusal",
        want="HTTP/1.1 and a 4xx",
        got=f"{response.version} {response.status}",
    )


@check(
    "refusal-well-formed", requires=rfc9112.MESSAGE_FORMAT, send=BAD_LENGTH, control=GOOD_LENGTH, play=LISTED
)
def refusal_well_formed(exchange: HttpExchange) -> None:
    """The refusal of a request with an invalid field is a well-formed response.

    It is often put together by hand, from a string, in a corner that nobody tests.
    """
    _expect_refusal_formed(exchange)


@check(
    "refusal-of-request-line-well-formed",
    requires=rfc9112.MESSAGE_FORMAT,
    send=BAD_LINE,
    control=GOOD_LINE,
    play=LISTED,
    tempered="servers take a version that they cannot read for HTTP/0.9, which has no head",
)
def refusal_of_request_line_well_formed(exchange: HttpExchange) -> None:
    """The refusal of an invalid request line is a well-formed response, status line and all.

    What cannot be read as HTTP/1.1 is answered by some servers in HTTP/0.9: content without a head.
    """
    _expect_refusal_formed(exchange)


@check(
    "refusal-for-host-well-formed",
    requires=rfc9112.MESSAGE_FORMAT,
    send=NO_HOST,
    control=GOOD_LINE,
    play=LISTED,
)
def refusal_for_host_well_formed(exchange: HttpExchange) -> None:
    """The refusal of a request without Host is a well-formed response.

    See ``refusal-well-formed``; this fault is found only after the whole head was read.
    """
    _expect_refusal_formed(exchange)


@check(
    "refusal-delimited", requires=rfc9112.CLOSE_DELIMITED, send=BAD_LENGTH, control=GOOD_LENGTH, play=LISTED
)
def refusal_delimited(exchange: HttpExchange) -> None:
    """The end of a refusal can be found.

    By its length, or by the close; otherwise the client waits.
    """
    response = _refusal(exchange)
    expect(response.complete, "end of a refusal", want="found", got=exchange.wire.ended)


@check(
    "refusal-of-request-line-delimited",
    requires=rfc9112.CLOSE_DELIMITED,
    send=BAD_LINE,
    control=GOOD_LINE,
    play=LISTED,
)
def refusal_of_request_line_delimited(exchange: HttpExchange) -> None:
    """The end of the refusal of an invalid request line can be found.

    See ``refusal-delimited``.
    """
    response = _refusal(exchange)
    if not response.version:
        inapplicable("the refusal has no status line")
    expect(response.complete, "end of a refusal", want="found", got=exchange.wire.ended)


@check(
    "nothing-follows-refusal",
    requires=rfc9110.ONE_FINAL_RESPONSE,
    send=BAD_LENGTH,
    control=GOOD_LENGTH,
    play=LISTED,
)
def nothing_follows_refusal(exchange: HttpExchange) -> None:
    """A malformed request is refused once.

    A second response, or octets beyond the length of the first, belong to no request.
    """
    response = _refusal(exchange)
    if not response.complete:
        inapplicable("the end of the refusal was not found")
    expect(not exchange.surplus, "octets behind a refusal", want=b"", got=exchange.surplus)


@check(
    "refusal-announces-close",
    requires=rfc9112.CLOSE_ANNOUNCED,
    send=BAD_LENGTH_AWAITED,
    control=GOOD_LENGTH,
    play=LISTED,
)
def refusal_announces_close(exchange: HttpExchange) -> None:
    """A server that closes behind a refusal announces it.

    A client of HTTP/1.1 goes on sending otherwise.
    """
    response = _refusal(exchange)
    if response.version != "HTTP/1.1" or not ended_by_server(exchange):
        return
    got = ", ".join(response.values("connection")) or "absent"
    expect(announces_close(response), "Connection of a refusal that is closed behind", want="close", got=got)


@check(
    "refusal-closes-as-announced",
    requires=rfc9112.CLOSE_SENT,
    send=BAD_LENGTH_AWAITED,
    control=GOOD_LENGTH,
    play=LISTED,
)
def refusal_closes_as_announced(exchange: HttpExchange) -> None:
    """A server that says ``Connection: close`` with a refusal closes.

    The client reads on until it does.
    """
    response = _refusal(exchange)
    if not announces_close(response):
        inapplicable("the refusal does not say close")
    expect(
        ended_by_server(exchange),
        "connection behind Connection: close",
        want="closed",
        got=exchange.wire.ended,
    )


@check(
    "refusal-is-last-as-announced",
    requires=rfc9112.CLOSE_SENT_IS_LAST,
    send=BAD_LENGTH_FOLLOWED,
    control=GOOD_LENGTH,
    play=LISTED,
)
def refusal_is_last_as_announced(exchange: HttpExchange) -> None:
    """No request is processed behind a refusal that says close.

    Behind a request whose length nobody knows, anything may be its content.
    """
    if calls_of(exchange, ""):
        inapplicable("the server accepts the malformed request")
    if not announces_close(response_of(exchange)):
        inapplicable("the refusal does not say close")
    further = calls_of(exchange, "2")
    expect(not further, "calls for a request behind Connection: close", want=0, got=len(further))


@check(
    "refusal-explains",
    requires=rfc9110.CLIENT_ERROR_EXPLAINED,
    send=BAD_LENGTH,
    control=GOOD_LENGTH,
    play=LISTED,
    tempered="an empty refusal is common, and discloses nothing",
)
def refusal_explains(exchange: HttpExchange) -> None:
    """A refusal has content that explains it.

    Whoever debugs the client has nothing else to go by.
    """
    response = _refusal(exchange)
    expect(bool(response.content), "content of a refusal", want="an explanation", got="nothing")


@check(
    "bad-chunk-answered-well-formed",
    requires=rfc9112.MESSAGE_FORMAT,
    send=BAD_CHUNK,
    control=GOOD_CHUNK,
    play=LISTED,
)
def bad_chunk_answered_well_formed(exchange: HttpExchange) -> None:
    """What answers a malformed chunk is one well-formed response.

    The fault may be found before the application runs, or when the body is drained behind its response:
    then nothing more can be said.
    """
    response = response_of(exchange)
    expect_no_fault(response)
    if response.complete:
        extra = exchange.surplus
        expect(not extra or extra.startswith(b"HTTP/1."), "octets behind the response", want=b"", got=extra)


# ---- errors of the application ----------------------------------------------------------------------


@check("error-response-well-formed", requires=rfc9112.MESSAGE_FORMAT, send=GET_KEPT, play=FAILING)
def error_response_well_formed(exchange: HttpExchange) -> None:
    """The page about an application's error is a well-formed response.

    It does not go the way of other responses, and takes its own head along.
    """
    called_once(exchange)
    expect_no_fault(response_of(exchange))


@check("late-error-response-well-formed", requires=rfc9112.MESSAGE_FORMAT, send=GET_KEPT, play=FAILING_LATER)
def late_error_response_well_formed(exchange: HttpExchange) -> None:
    """The page about an error between ``start_response`` and the first block is a well-formed response.

    The head that was already prepared must not be mixed with that of the page.
    """
    called_once(exchange)
    response = response_of(exchange)
    if 0 < response.status < 500:
        inapplicable("the head of the response was sent before the error")
    expect_no_fault(response)


@check("nothing-follows-error-response", requires=rfc9110.ONE_FINAL_RESPONSE, send=GET_KEPT, play=FAILING)
def nothing_follows_error_response(exchange: HttpExchange) -> None:
    """No octet follows the page about an application's error.

    It is the one response to its request.
    """
    called_once(exchange)
    response = response_of(exchange)
    if response.complete:
        expect(not exchange.surplus, "octets behind an error page", want=b"", got=exchange.surplus)


@check(
    "error-response-explains",
    requires=rfc9110.SERVER_ERROR_EXPLAINED,
    send=GET_KEPT,
    play=FAILING,
    tempered="an empty page is common, and discloses nothing",
)
def error_response_explains(exchange: HttpExchange) -> None:
    """The page about an application's error has content.

    A browser shows an empty window otherwise.
    """
    called_once(exchange)
    response = response_of(exchange)
    if response.status < 500:
        inapplicable(f"the server answers {response.status}")
    expect(bool(response.content), "content of an error page", want="an explanation", got="nothing")
