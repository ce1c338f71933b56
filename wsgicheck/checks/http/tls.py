"""How a connection over TLS ends (RFC 9112 9.8)."""

from __future__ import annotations

from ...authoring import (
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
from ...spec import rfc9112

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
