"""Responses whose application fails on the way (RFC 9112 8)."""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    HttpExchange,
    Octets,
    Play,
    called_once,
    check,
    ended_by_server,
    expect,
    fail,
    inapplicable,
    inconclusive,
    octets,
    raises,
    response_of,
    writes,
)
from ...authoring.requests import GET_KEPT, GET_KEPT_BY_HTTP_1_0
from ...spec import rfc9110, rfc9112

FAILS_HALFWAY = Play(chunks=(b"first ", raises("halfway")))
FAILS_DECLARED = Play(headers=(*PLAIN_TEXT, ("Content-Length", "12")), chunks=(b"first ", raises("halfway")))


def _expect_closed_behind(exchange: HttpExchange) -> None:
    """Expect that the connection ended where a response that had begun was cut off."""
    called_once(exchange)
    response = response_of(exchange)
    if response.status == 200 and not response.complete:
        closed = ended_by_server(exchange)
        expect(closed, "connection behind a failed response", want="closed", got=exchange.wire.ended)


@check("failed-response-incomplete", requires=rfc9112.ABORTED_INCOMPLETE, send=GET_KEPT, play=FAILS_HALFWAY)
def failed_response_incomplete(exchange: HttpExchange) -> None:
    """A chunked response whose application fails halfway gets no last chunk.

    With it, half an answer looks like a whole one, and is cached as such.
    """
    called_once(exchange)
    response = response_of(exchange)
    if response.status == 200 and response.framing != "chunked":
        inapplicable(f"the response is framed by {response.framing}")
    if response.status == 200 and response.complete:
        fail("the chunked response of a failed application is ended with a last chunk")


@check(
    "failed-response-closes-connection",
    requires=rfc9112.ABORTED_INCOMPLETE,
    send=GET_KEPT,
    play=FAILS_HALFWAY,
)
def failed_response_closes_connection(exchange: HttpExchange) -> None:
    """The connection ends where an application fails halfway through a streamed response.

    Only this tells the client that nothing more comes.
    """
    _expect_closed_behind(exchange)


@check(
    "failed-declared-response-closes-connection",
    requires=rfc9112.ABORTED_SHORT,
    send=GET_KEPT,
    play=FAILS_DECLARED,
)
def failed_declared_response_closes_connection(exchange: HttpExchange) -> None:
    """The connection ends where an application fails before its Content-Length is reached.

    Otherwise the client waits for octets that nobody has.
    """
    _expect_closed_behind(exchange)


def _expect_one_status_line(exchange: HttpExchange) -> None:
    called_once(exchange)
    response = response_of(exchange)
    behind = exchange.wire.octets_received.partition(response.head)[2]
    if b"HTTP/1." in behind:
        fail(
            "a second response follows in the middle of the first: "
            f"{behind[behind.find(b'HTTP/1.') :][:40]!r}"
        )


@check(
    "failed-response-not-followed-by-another",
    requires=rfc9110.ONE_FINAL_RESPONSE,
    send=GET_KEPT,
    play=FAILS_HALFWAY,
)
def failed_response_not_followed_by_another(exchange: HttpExchange) -> None:
    """No second status line follows where an application fails halfway.

    A page about the error, head and all, arrives in the middle of the content.
    """
    _expect_one_status_line(exchange)


@check(
    "failed-declared-response-not-followed-by-another",
    requires=rfc9110.ONE_FINAL_RESPONSE,
    send=GET_KEPT,
    play=FAILS_DECLARED,
)
def failed_declared_response_not_followed_by_another(exchange: HttpExchange) -> None:
    """No second status line follows where an application fails before its Content-Length is reached.

    See ``failed-response-not-followed-by-another``: here it even fills the gap.
    """
    _expect_one_status_line(exchange)


@check(
    "failed-response-to-kept-http-1-0-closes-connection",
    requires=rfc9112.ABORTED_SHORT,
    send=GET_KEPT_BY_HTTP_1_0,
    play=FAILS_DECLARED,
)
def failed_response_to_kept_http_1_0_closes_connection(exchange: HttpExchange) -> None:
    """The connection ends where an application fails early, to HTTP/1.0 with keep-alive too.

    See ``failed-declared-response-closes-connection``.
    """
    _expect_closed_behind(exchange)


@check(
    "failed-written-response-closes-connection",
    requires=rfc9112.ABORTED_SHORT,
    send=GET_KEPT,
    play=Play(
        headers=(*PLAIN_TEXT, ("Content-Length", "12")),
        after=(writes(b"first "), raises("halfway")),
        chunks=(),
    ),
)
def failed_written_response_closes_connection(exchange: HttpExchange) -> None:
    """The connection ends where an application fails behind ``write()``, short of its Content-Length.

    There is nothing that was returned, and so no end of an iteration at which a server would notice.
    """
    _expect_closed_behind(exchange)


@check(
    "failed-response-to-head-without-content",
    requires=rfc9110.HEAD_NO_CONTENT,
    send=Octets(octets("HEAD", "Connection: close"), methods=("HEAD",)),
    play=Play(after=(writes(b"first "), raises("behind the head"))),
)
def failed_response_to_head_without_content(exchange: HttpExchange) -> None:
    """Nothing follows the header section of a response to HEAD whose application fails behind it.

    The way of an error that comes late (a word about it, a last chunk) often does not ask for the method.
    """
    called_once(exchange)
    if not exchange.app.of("raising"):
        inconclusive("the application did not get to its error")
    response_of(exchange)
    got = exchange.surplus
    if b"first " in got:
        inconclusive("what the application wrote is sent too, which head-without-written-content judges")
    expect(not got, "octets behind the header section of a response to HEAD", want=b"", got=got)
