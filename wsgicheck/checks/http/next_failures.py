"""What goes wrong in a second response goes wrong as in the first (RFC 9112 8; RFC 9110 8.6, 15)."""

from __future__ import annotations

from ...authoring import (
    NINE_OCTETS,
    PLAIN_TEXT,
    HttpExchange,
    Octets,
    Play,
    Receive,
    Response,
    Send,
    announces_close,
    calls_of,
    check,
    ended_by_server,
    expect,
    inapplicable,
    inconclusive,
    octets,
    raises,
    writes,
)
from ...spec import pep3333, rfc9110, rfc9112

ANSWER = Receive(b"\r\n\r\nwsgicheck")
TWO = Octets(octets("GET", label="1"), ("GET", "GET"), then=(ANSWER, Send(octets("GET", label="2"))))
THREE = Octets(
    octets("GET", label="1"),
    ("GET", "GET", "GET"),
    then=(
        ANSWER,
        Send(octets("GET", label="2") + octets("GET", "Connection: close", label="3")),
    ),
)


def _behind_one(play: Play) -> Play:
    """Return this play as that of the second request, between two that do nothing of note."""
    return Play(headers=NINE_OCTETS.headers, later=(play, NINE_OCTETS))


def _second(exchange: HttpExchange) -> Response | None:
    """Return the second response, if one came; inapplicable where the connection was not kept for it."""
    first = exchange.responses[:1]
    if not first or announces_close(first[0]) or not calls_of(exchange, "2"):
        inapplicable("the server does not serve another request on the connection")
    return exchange.responses[1] if len(exchange.responses) > 1 else None


@check(
    "failed-next-response-incomplete",
    requires=rfc9112.ABORTED_INCOMPLETE,
    send=TWO,
    play=_behind_one(Play(chunks=(b"first ", raises("halfway")))),
)
def failed_next_response_incomplete(exchange: HttpExchange) -> None:
    """The second response of a connection gets no last chunk either where its application fails halfway.

    See ``failed-response-incomplete``.
    """
    second = _second(exchange)
    if second is None or second.status != 200 or second.framing != "chunked":
        inapplicable("the second response is not chunked")
    expect(not second.complete, "a chunked response whose application failed", want="cut off", got="complete")
    got = exchange.wire.ended
    expect(ended_by_server(exchange), "connection behind a failed response", want="closed", got=got)


@check(
    "error-in-next-request-answered",
    requires=rfc9110.FAILURE_ANSWERED,
    send=TWO,
    play=_behind_one(Play(after=(raises("behind start_response()"),))),
    tempered="PEP 3333 leaves it to the server what the client of a failed application gets",
)
def error_in_next_request_answered(exchange: HttpExchange) -> None:
    """An application that fails in the second request of a connection leaves the client with a response, too.

    See ``error-before-output-gets-response``. A close without a word looks like the idle timeout of a kept
    connection: the client sends its request again.
    """
    second = _second(exchange)
    if not exchange.app.of("raising"):
        inconclusive("the application did not get to its error")
    got = second.status if second else "nothing"
    expect(isinstance(got, int) and got >= 400, "behind an error", want="an error response", got=got)


@check(
    "excess-of-next-response-not-sent",
    requires=(rfc9110.CONTENT_LENGTH_CORRECT, pep3333.EXCESS_NOT_SENT),
    send=THREE,
    play=_behind_one(Play(headers=NINE_OCTETS.headers, chunks=(b"wsgicheck", b"excess"))),
)
def excess_of_next_response_not_sent(exchange: HttpExchange) -> None:
    """What the second response of a connection has beyond its Content-Length does not stand before the third.

    See ``excess-not-sent-on-kept-connection``: the count of octets begins anew with each response.
    """
    _second(exchange)
    mixed = b"excessHTTP/1." in exchange.wire.octets_received
    expect(not mixed, "before the third status line", want="nothing", got="excess" if mixed else "")


@check(
    "shortfall-of-next-response-not-filled",
    requires=rfc9110.CONTENT_LENGTH_CORRECT,
    send=THREE,
    play=_behind_one(
        Play(headers=(*PLAIN_TEXT, ("Content-Length", "100")), after=(writes(b"first "),), chunks=())
    ),
)
def shortfall_of_next_response_not_filled(exchange: HttpExchange) -> None:
    """What the second response lacks of its Content-Length, here by ``write()``, is not taken from the third.

    See ``shortfall-not-filled``: whoever keeps the connection sends the next head in place of the content.
    """
    second = _second(exchange)
    if second is None or second.status != 200 or second.framing != "content-length":
        inapplicable("the second request was not answered with what the application declared")
    got = second.content
    expect(b"HTTP/1." not in got, "content that fell short", want="no other response in it", got=got)
