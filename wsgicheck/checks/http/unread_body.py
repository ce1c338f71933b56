"""What becomes of a request body that the application leaves unread (RFC 9112 9.3, 9.6)."""

from __future__ import annotations

from ...authoring import (
    AwaitApp,
    HttpExchange,
    Octets,
    Play,
    Send,
    called_once,
    calls_of,
    check,
    ended_by_server,
    expect,
    fail,
    inapplicable,
    octets,
    perform,
    raises,
    response_of,
)
from ...authoring.smuggled import TICKET_GROWTH
from ...spec import rfc9110, rfc9112

SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: a\r\nX-Wsgicheck-Ticket: {ticket}-2\r\n\r\n"
LENGTH = len(SMUGGLED) + TICKET_GROWTH
LAST = octets("GET", "Connection: close", label="3")
FILLED = b"x" * 5
PARTIAL_LENGTH = LENGTH + len(FILLED)

UNREAD = Octets(octets("POST", f"Content-Length: {LENGTH}", body=SMUGGLED) + LAST, methods=("POST", "GET"))
UNREAD_CHUNKED = Octets(
    octets(
        "POST",
        "Transfer-Encoding: chunked",
        body=b"%x\r\n" % LENGTH + SMUGGLED + b"\r\n0\r\n\r\n",
    )
    + LAST,
    methods=("POST", "GET"),
)
PARTIAL = Octets(
    octets("POST", f"Content-Length: {PARTIAL_LENGTH}", body=FILLED + SMUGGLED) + LAST,
    methods=("POST", "GET"),
)
PARTIAL_CHUNKED = Octets(
    octets(
        "POST",
        "Transfer-Encoding: chunked",
        body=b"5\r\n" + FILLED + b"\r\n%x\r\n" % LENGTH + SMUGGLED + b"\r\n0\r\n\r\n",
    )
    + LAST,
    methods=("POST", "GET"),
)
PARTIAL_LATE = Octets(
    octets("POST", f"Content-Length: {PARTIAL_LENGTH}", body=FILLED),
    methods=("POST", "GET"),
    then=(AwaitApp("returned", seconds=0.3), Send(SMUGGLED + LAST)),
)
LARGE = Octets(
    octets("POST", "Content-Length: 1500000", body=SMUGGLED + b"x" * (1500000 - LENGTH)) + LAST,
    methods=("POST", "GET"),
)

SECOND = Play(chunks=(b"answer three",), shape="list")
IGNORES = Play(shape="list", later=(SECOND,))
STREAMS = Play(later=(SECOND,))
READS_SOME = Play(before=(perform("read", 5),), shape="list", later=(SECOND,))
FAILS_HALFWAY = Play(before=(perform("read", 5), raises("halfway")), later=(SECOND,))


def _expect_no_smuggled(exchange: HttpExchange) -> None:
    called_once(exchange)
    got = len(calls_of(exchange, "2"))
    expect(got == 0, "calls for the request within the unread body", want=0, got=got)


def _expect_next_found(exchange: HttpExchange) -> None:
    """Whatever is answered behind the first response is the request behind the body."""
    if not calls_of(exchange, ""):
        called_once(exchange)
    response_of(exchange)
    served = bool(calls_of(exchange, "3"))
    if len(exchange.responses) > 1 and not served:
        second = exchange.responses[1]
        fail(f"what follows an unread body is answered with {second.status} {second.reason}")
    if not served and not ended_by_server(exchange):
        fail("the request behind an unread body is lost on a kept connection")


@check(
    "unread-body-not-a-request-when-streamed", requires=rfc9112.BODY_READ_OR_CLOSED, send=UNREAD, play=STREAMS
)
def unread_body_not_a_request_when_streamed(exchange: HttpExchange) -> None:
    """A body left unread is not taken for the next request behind a streamed response.

    Whoever can fill in a form can then send requests in the name of a proxy's other users.
    """
    _expect_no_smuggled(exchange)


@check(
    "half-read-chunked-body-not-a-request",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=PARTIAL_CHUNKED,
    play=READS_SOME,
)
def half_read_chunked_body_not_a_request(exchange: HttpExchange) -> None:
    """The chunks behind those that an application has read are not taken for the next request.

    Nobody knows how many come before they are read: drain them, or close.
    """
    _expect_no_smuggled(exchange)


@check(
    "half-read-body-not-a-request-after-error",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=PARTIAL,
    play=FAILS_HALFWAY,
)
def half_read_body_not_a_request_after_error(exchange: HttpExchange) -> None:
    """The rest of a body that an application has read in part before it failed is not taken for a request.

    The way of an error often goes past the place where bodies are drained.
    """
    _expect_no_smuggled(exchange)


@check("large-unread-body-not-a-request", requires=rfc9112.BODY_READ_OR_CLOSED, send=LARGE, play=IGNORES)
def large_unread_body_not_a_request(exchange: HttpExchange) -> None:
    """A large body that is left unread is drained or the connection closed, and nothing in between.

    Servers drain up to a limit; what is behind it must not be parsed, nor answered as a malformed request.
    """
    _expect_no_smuggled(exchange)
    if len(exchange.responses) > 1 and not calls_of(exchange, "3"):
        fail(f"what is left of a large body is answered with {exchange.responses[1].status}")


@check("request-behind-unread-body-found", requires=rfc9112.BODY_READ_OR_CLOSED, send=UNREAD, play=IGNORES)
def request_behind_unread_body_found(exchange: HttpExchange) -> None:
    """Where a connection is kept behind an unread body, the next request begins behind that body.

    Otherwise its rest is answered as a malformed request, or the next request is swallowed.
    """
    _expect_next_found(exchange)


@check(
    "request-behind-unread-chunked-body-found",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=UNREAD_CHUNKED,
    play=IGNORES,
)
def request_behind_unread_chunked_body_found(exchange: HttpExchange) -> None:
    """Where a connection is kept behind unread chunks, the next request begins behind the last of them.

    See ``request-behind-unread-body-found``.
    """
    _expect_next_found(exchange)


@check(
    "request-behind-half-read-body-found", requires=rfc9112.BODY_READ_OR_CLOSED, send=PARTIAL, play=READS_SOME
)
def request_behind_half_read_body_found(exchange: HttpExchange) -> None:
    """Where a connection is kept behind a body read in part, the next request begins behind its rest.

    A server that drains the whole length again takes the next request along.
    """
    _expect_next_found(exchange)


@check(
    "request-behind-half-read-chunked-body-found",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=PARTIAL_CHUNKED,
    play=READS_SOME,
)
def request_behind_half_read_chunked_body_found(exchange: HttpExchange) -> None:
    """Where a connection is kept behind chunks read in part, the next request begins behind the last.

    See ``request-behind-half-read-body-found``.
    """
    _expect_next_found(exchange)


@check("response-readable-before-body-is-read", requires=rfc9112.STAGED_CLOSE, send=LARGE, play=IGNORES)
def response_readable_before_body_is_read(exchange: HttpExchange) -> None:
    """The response to a large upload that the application does not read reaches the client.

    A server that closes at once makes the kernel reset the connection, and the response is lost with it.
    """
    if not exchange.app.called:
        inapplicable("the application was not called")
    response = exchange.response
    got = "no response" if response is None else f"{len(response.content)} octets of content"
    whole = response is not None and response.complete
    expect(whole, "response to an upload that is not read", want="whole", got=got)


@check(
    "rest-of-body-that-comes-late-not-a-request",
    requires=rfc9112.BODY_READ_OR_CLOSED,
    send=PARTIAL_LATE,
    play=READS_SOME,
)
def rest_of_body_that_comes_late_not_a_request(exchange: HttpExchange) -> None:
    """The rest of a body that comes when the application is done is not taken for a request.

    Who only throws away what has arrived so far leaves what is still on its way.
    """
    _expect_no_smuggled(exchange)


UNREAD_TRAILED = Octets(
    octets(
        "POST",
        "Transfer-Encoding: chunked",
        body=b"5;a=b\r\n" + FILLED + b"\r\n0\r\nX-Trailer: t\r\nX-Second: u\r\n\r\n",
    )
    + LAST,
    methods=("POST", "GET"),
)


@check(
    "request-behind-unread-trailers-found",
    requires=(rfc9112.BODY_READ_OR_CLOSED, rfc9112.TRAILERS_CONSUMED),
    send=UNREAD_TRAILED,
    play=IGNORES,
)
def request_behind_unread_trailers_found(exchange: HttpExchange) -> None:
    """Where a connection is kept behind unread chunks with trailers, the next request begins behind these.

    What drains the rest of a body must know all that a body may have, as what reads it does.
    """
    _expect_next_found(exchange)


def _chunks(size: bytes) -> Octets:
    body = b"5\r\nhello\r\n" + size + b"\r\nworld\r\n0\r\n\r\n"
    return Octets(octets("POST", "Transfer-Encoding: chunked", body=body) + LAST, methods=("POST", "GET"))


@check(
    "malformed-unread-body-answered-once",
    requires=rfc9110.ONE_FINAL_RESPONSE,
    send=_chunks(b"five"),
    control=_chunks(b"5"),
    play=IGNORES,
    tempered="what is behind the fault can be taken for a request of its own, which is answered as no HTTP",
)
def malformed_unread_body_answered_once(exchange: HttpExchange) -> None:
    """A request whose body turns out to be malformed behind its response gets no second response.

    Whoever answers once more, with 400, answers what nobody asked: a proxy gives that to its next client.
    Where the rest of a body is read that nobody wanted, all that is left to do is to close the connection.
    """
    response_of(exchange)
    statuses = [response.status for response in exchange.responses]
    to_the_last = len(calls_of(exchange, "3"))  # which a server may find that looks for it behind the fault
    got = ", ".join(map(str, statuses))
    expect(len(statuses) <= 1 + to_the_last, "responses to the one request", want=1, got=got)
