"""Upgrade of the protocol, which a server may leave alone, and what a 101 must be (RFC 9110 7.6.1, 7.8)."""

from __future__ import annotations

from ...authoring import (
    HttpExchange,
    Octets,
    Play,
    Receive,
    Response,
    Send,
    called_once,
    check,
    expect,
    inapplicable,
    octets,
    response_of,
)
from ...spec import rfc9110

H2C = ("Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__")
WILLING = Octets(octets("GET", "Connection: Upgrade, HTTP2-Settings", *H2C), then=(Receive(b"\r\n\r\n"),))
UNKNOWN = Octets(
    octets("GET", "Connection: Upgrade, close", "Upgrade: x-wsgicheck/1"), then=(Receive(b"\r\n\r\n"),)
)
UNLISTED = Octets(octets("GET", "Connection: close", *H2C), then=(Receive(b"\r\n\r\n"),))
OLD = Octets(
    octets("GET", "Connection: Upgrade, HTTP2-Settings", *H2C, version="HTTP/1.0"),
    then=(Receive(b"\r\n\r\n"),),
)
PLAIN = Octets(octets("GET", "Connection: close"))
PLAIN_OLD = Octets(octets("GET", version="HTTP/1.0"))
EXPECTING = Octets(
    octets("POST", "Connection: Upgrade", "Upgrade: h2c", "Expect: 100-continue", "Content-Length: 5"),
    methods=("POST",),
    then=(Receive(b"HTTP/1.", 1.0), Send(b"hello")),
)
CAPITALS_FIRST = Octets(
    octets("GET", "Connection: Upgrade, HTTP2-Settings", "Upgrade: H2C", H2C[1]),
    methods=("GET", "GET"),
    then=(
        Receive(b"\r\n\r\n"),
        Send(octets("GET", "Connection: Upgrade, HTTP2-Settings", *H2C, label="2")),
    ),
)
LISTED = Play(shape="list")
SWITCHING = Play(status="101 Switching Protocols", headers=(), chunks=(), shape="list")


def _switch(exchange: HttpExchange) -> Response:
    response = response_of(exchange)
    if response.status != 101:
        inapplicable("the server does not switch to another protocol")
    return response


def _expect_no_switch(exchange: HttpExchange, what: str) -> None:
    got = response_of(exchange).status
    expect(got != 101, what, want="a response in HTTP/1.1", got=got)


@check("switch-names-protocol", requires=rfc9110.SWITCH_NAMED, send=WILLING, play=LISTED)
def switch_names_protocol(exchange: HttpExchange) -> None:
    """A 101 says in Upgrade which protocol follows.

    The client offered a list of them, and cannot tell from the octets which one was taken.
    """
    got = _switch(exchange).values("upgrade")
    expect(bool(got), "Upgrade of a 101", want="the new protocol", got="absent")


@check("switch-only-to-what-was-offered", requires=rfc9110.SWITCH_OFFERED, send=UNKNOWN, play=LISTED)
def switch_only_to_what_was_offered(exchange: HttpExchange) -> None:
    """A server does not switch for an offer that it does not know.

    The client would speak a protocol that exists in its request alone.
    """
    _expect_no_switch(exchange, "answer to an Upgrade to x-wsgicheck/1")
    called_once(exchange)


@check(
    "switch-of-application-not-sent-unasked",
    requires=rfc9110.SWITCH_OFFERED,
    send=Octets(octets("GET", "Connection: close"), then=(Receive(b"\r\n\r\n"),)),
    play=SWITCHING,
    tempered="PEP 3333 has no way to switch protocols, so it is the application that errs first",
)
def switch_of_application_not_sent_unasked(exchange: HttpExchange) -> None:
    """A 101 of the application is not sent to a client that offered no protocol.

    Behind it nobody knows what the octets of the connection mean.
    """
    called_once(exchange)
    if exchange.response is None:
        return
    _expect_no_switch(exchange, "answer to a request without Upgrade")


@check(
    "upgrade-without-connection-option-ignored",
    requires=rfc9110.CONNECTION_FIELD_UNLISTED,
    send=UNLISTED,
    control=PLAIN,
    play=LISTED,
)
def upgrade_without_connection_option_ignored(exchange: HttpExchange) -> None:
    """Upgrade that is not listed in Connection is ignored.

    An intermediary has passed it on without understanding it, and will not understand what follows.
    """
    _expect_no_switch(exchange, "answer to an Upgrade that Connection does not list")


@check(
    "upgrade-ignored-from-http-1-0",
    requires=rfc9110.UPGRADE_HTTP_1_0,
    send=OLD,
    control=PLAIN_OLD,
    play=LISTED,
)
def upgrade_ignored_from_http_1_0(exchange: HttpExchange) -> None:
    """Upgrade in a request of HTTP/1.0 changes nothing.

    A proxy of that age passes the field on with the rest, and takes the 101 for the final response.
    """
    _expect_no_switch(exchange, "answer to an Upgrade from HTTP/1.0")
    expect(exchange.app.called, "the application", want="called", got="not called")


@check("continue-sent-before-switch", requires=rfc9110.CONTINUE_BEFORE_SWITCH, send=EXPECTING, play=LISTED)
def continue_sent_before_switch(exchange: HttpExchange) -> None:
    """A server that switches sends the 100 that the client waits for before its 101.

    Behind the 101 there is no HTTP/1.1 in which it could be said.
    """
    _switch(exchange)
    got = [interim.status for interim in exchange.interim]
    expect(100 in got, "interim responses before a 101", want=100, got=got or "none")


@check("upgrade-name-in-any-case", requires=rfc9110.UPGRADE_CASE, send=CAPITALS_FIRST, play=LISTED)
def upgrade_name_in_any_case(exchange: HttpExchange) -> None:
    """A server that switches to ``h2c`` also does for ``H2C``.

    Names of protocols are registered in one spelling, and written in several.
    """
    statuses = [response.status for response in exchange.responses]
    if 101 not in statuses:
        inapplicable("the server does not switch to another protocol")
    expect(statuses[0] == 101, "answer to Upgrade: H2C", want=101, got=statuses[0])
