"""Errors of an application behind the content of its request, or behind its whole response (RFC 9110 15)."""

from __future__ import annotations

from ...authoring import (
    NINE_OCTETS,
    PLAIN_TEXT,
    Exchange,
    HttpExchange,
    Octets,
    Play,
    Request,
    called_once,
    check,
    content,
    expect,
    inapplicable,
    inconclusive,
    octets,
    raises,
    with_status,
    writes,
)
from ...authoring.requests import GET_KEPT
from ...spec import rfc9110, rfc9112

LATE = (writes(b"wsgicheck"), raises("wsgicheck: behind the whole response"))


def _expect_nothing_more(exchange: HttpExchange, status: int, whole: bytes = b"") -> None:
    """Fail where anything follows the response that was whole before the application failed."""
    called_once(exchange)
    if not exchange.app.of("raising"):
        inconclusive("the application did not get to its error")
    response = with_status(exchange, status)
    if whole and not (response.framing == "content-length" and response.content == whole):
        inapplicable("the response was not whole before the error")
    got = exchange.surplus
    if got.startswith((b"wsgicheck", b"9\r\n")):
        inconclusive(f"content is sent with a {status}, which other checks judge")
    expect(not got, f"octets behind a whole {status} whose application failed", want=b"", got=got)


@check(
    "nothing-follows-204-of-failed-application",
    requires=(rfc9110.NO_CONTENT, rfc9110.ONE_FINAL_RESPONSE),
    send=GET_KEPT,
    play=Play(status="204 No Content", headers=(), after=LATE, chunks=()),
)
def nothing_follows_204_of_failed_application(exchange: HttpExchange) -> None:
    """No octet follows a 204 whose application fails behind it: no page about the error, no last chunk.

    The way of an error that comes late often does not ask for the status. A client takes what follows for
    the answer to its next request.
    """
    _expect_nothing_more(exchange, 204)


@check(
    "nothing-follows-304-of-failed-application",
    requires=(rfc9112.NO_BODY, rfc9110.ONE_FINAL_RESPONSE),
    send=GET_KEPT,
    play=Play(status="304 Not Modified", headers=(("ETag", '"a"'),), after=LATE, chunks=()),
)
def nothing_follows_304_of_failed_application(exchange: HttpExchange) -> None:
    """No octet follows a 304 whose application fails behind it: no page about the error, no last chunk.

    See ``nothing-follows-204-of-failed-application``.
    """
    _expect_nothing_more(exchange, 304)


@check(
    "nothing-follows-whole-content-of-failed-application",
    requires=rfc9110.ONE_FINAL_RESPONSE,
    send=GET_KEPT,
    play=Play(headers=NINE_OCTETS.headers, after=LATE, chunks=()),
)
def nothing_follows_whole_content_of_failed_application(exchange: HttpExchange) -> None:
    """No octet follows a response that has all of its Content-Length when its application fails.

    The client has its response. A page about the error would be a second one, to a request that nobody sent.
    """
    _expect_nothing_more(exchange, 200, b"wsgicheck")


def _expect_answer(exchange: Exchange) -> None:
    called_once(exchange)
    if not exchange.app.of("raising"):
        inconclusive("the application did not get to its error")
    if exchange.response is None and exchange.ended in ("eof", "reset"):
        expect(False, "behind an error of the application", want="an error response", got="the end")


READ_AND_FAILED = Play(headers=PLAIN_TEXT, before=(content(), raises("wsgicheck: behind the content")))
NEEDS_NO_ANSWER = "PEP 3333 leaves it to the server what the client of a failed application gets"


@check(
    "error-behind-content-answered",
    requires=rfc9110.FAILURE_ANSWERED,
    send=Request(method="POST", body=b"hello"),
    play=READ_AND_FAILED,
    tempered=NEEDS_NO_ANSWER,
)
def error_behind_content_answered(exchange: Exchange) -> None:
    """An application that fails when it has read the content leaves the client with a response.

    See ``error-before-output-gets-response``. Most errors of real applications come here: behind the form.
    """
    _expect_answer(exchange)


@check(
    "error-behind-chunked-content-answered",
    requires=rfc9110.FAILURE_ANSWERED,
    send=Octets(
        octets("POST", "Transfer-Encoding: chunked", "Connection: close", body=b"5\r\nhello\r\n0\r\n\r\n"),
        methods=("POST",),
    ),
    play=READ_AND_FAILED,
    tempered=NEEDS_NO_ANSWER,
)
def error_behind_chunked_content_answered(exchange: HttpExchange) -> None:
    """An application that fails when it has read chunked content leaves the client with a response.

    See ``error-behind-content-answered``.
    """
    called_once(exchange)
    if not exchange.app.of("raising"):
        inconclusive("the application did not get to its error")
    if exchange.response is None and exchange.wire.ended in ("eof", "reset"):
        expect(False, "behind an error of the application", want="an error response", got="the end")
