"""How a connection over TLS ends (RFC 9112 9.8)."""

from __future__ import annotations

from ...authoring import (
    Beside,
    FinishSending,
    HttpExchange,
    Octets,
    Receive,
    check,
    expect,
    expect_content,
    inconclusive,
    needs_tls,
    response_of,
)
from ...spec import rfc9110, rfc9112

PRACTICE = "most clients find the end of a response by its length or its chunks, and ask for no alert"
FIELDS = b"Host: {authority}\r\nX-Wsgicheck-Ticket: {ticket}\r\n"
CLOSED = Octets(b"GET / HTTP/1.1\r\n" + FIELDS + b"Connection: close\r\n\r\n")
REFUSED = Octets(b"GET / HTTP/1.1\r\n" + FIELDS + b"no colon\r\n\r\n")
LEFT = Octets(
    b"GET / HTTP/1.1\r\n" + FIELDS + b"\r\n", then=(Receive(b"wsgicheck"), FinishSending(alert=False))
)


def _alert_sent(exchange: HttpExchange) -> None:
    """Expect a closure alert from a server that closed the connection."""
    if exchange.wire.ended not in ("eof", "reset"):
        inconclusive("the server did not close the connection")
    got = "a closure alert" if exchange.wire.alerted else "none"
    expect(bool(exchange.wire.alerted), "before the connection was closed", want="a closure alert", got=got)


@check("closure-alert-sent", requires=rfc9112.CLOSURE_ALERT, send=CLOSED, tempered=PRACTICE)
def closure_alert_sent(exchange: HttpExchange) -> None:
    """A server that closes a connection over TLS sends a closure alert first.

    Without it nobody can tell the end of a response from an attacker who cut it off.
    """
    needs_tls(exchange)
    response_of(exchange)
    _alert_sent(exchange)


@check(
    "closure-alert-sent-after-refusal",
    requires=rfc9112.CLOSURE_ALERT,
    send=REFUSED,
    control=CLOSED,
    tempered=PRACTICE,
)
def closure_alert_sent_after_refusal(exchange: HttpExchange) -> None:
    """A server that closes behind a refusal sends its closure alert there, too.

    Errors take another way out of most servers, and what is tidied up on the usual way is forgotten there.
    """
    needs_tls(exchange)
    if response_of(exchange).status < 400:
        inconclusive("the request was not refused")
    _alert_sent(exchange)


@check("incomplete-close-survived", requires=rfc9112.INCOMPLETE_CLOSE, send=LEFT)
def incomplete_close_survived(exchange: HttpExchange) -> None:
    """A client that leaves without a closure alert, when it has its response, does the server no harm.

    Browsers leave like that every day.
    """
    needs_tls(exchange)
    expect_content(exchange, b"wsgicheck")


ONE_AT_A_TIME = "a server may take its connections one at a time"
GET = b"GET / HTTP/1.1\r\n" + FIELDS + b"Connection: close\r\n\r\n"
BESIDE_GREETED = Octets(GET, beside=Beside(greets=True))
"""A server that serves nobody beside an idle connection with its handshake done takes one at a time."""
CUT_HELLO = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"


def _served_beside(exchange: HttpExchange) -> None:
    """Expect that a request over TLS is served although another client keeps its handshake waiting."""
    needs_tls(exchange)
    response = exchange.response
    got = response.status if response is not None else f"nothing ({exchange.wire.ended})"
    words = "a request over TLS beside a connection that does not shake hands"
    expect(response is not None and response.status == 200, words, want=200, got=got)


@check(
    "tls-request-served-beside-silent-connection",
    requires=rfc9110.ONE_FINAL_RESPONSE,
    send=Octets(GET, beside=Beside()),
    control=BESIDE_GREETED,
    tempered=ONE_AT_A_TIME,
)
def tls_request_served_beside_silent_connection(exchange: HttpExchange) -> None:
    """A client that connects, and does not begin its handshake, keeps nobody else from being served.

    A handshake within accept() waits for the slowest client of all: one silent connection ends the service.
    Shake hands in the thread of the connection, or with a limit in time.
    """
    _served_beside(exchange)


@check(
    "tls-request-served-beside-half-a-hello",
    requires=rfc9110.ONE_FINAL_RESPONSE,
    send=Octets(GET, beside=Beside(CUT_HELLO)),
    control=BESIDE_GREETED,
    tempered=ONE_AT_A_TIME,
)
def tls_request_served_beside_half_a_hello(exchange: HttpExchange) -> None:
    """A client that breaks off its handshake in the first message keeps nobody else from being served.

    See ``tls-request-served-beside-silent-connection``: to look whether anything has come is not enough.
    """
    _served_beside(exchange)


@check(
    "tls-request-served-beside-plain-http",
    requires=rfc9110.ONE_FINAL_RESPONSE,
    send=Octets(GET, beside=Beside(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")),
    control=BESIDE_GREETED,
    tempered=ONE_AT_A_TIME,
)
def tls_request_served_beside_plain_http(exchange: HttpExchange) -> None:
    """A client that speaks HTTP to the port of TLS, and stays, keeps nobody else from being served.

    Health checks that were set up before the certificate do that every few seconds.
    """
    _served_beside(exchange)
