"""The answers of a server's own: each has an end of its own, and a Date (RFC 9112 6.3; RFC 9110 6.6.1).

They are made in many corners, one for each status, and what holds of one need not hold of the others.
"""

from __future__ import annotations

from ...authoring import (
    PROXY_DATES,
    FinishSending,
    HttpExchange,
    Octets,
    Play,
    Response,
    check,
    expect,
    expect_no_fault,
    inapplicable,
    inconclusive,
    needs_plain,
    octets,
    response_of,
)
from ...spec import rfc9110, rfc9112

LISTED = Play(shape="list")
END = b"Host: {authority}\r\nX-Wsgicheck-Ticket: {ticket}\r\nConnection: close\r\n\r\n"
FRAMED = (rfc9112.CLOSE_DELIMITED, rfc9110.CONTENT_LENGTH_CORRECT, rfc9110.ONE_FINAL_RESPONSE)

PLAIN = Octets(octets("GET", "Connection: close"))
EXPECTING = Octets(octets("GET", "Expect: x-wsgicheck", "Connection: close"))
TOO_MUCH = Octets(b"GET / HTTP/1.1\r\n" + b"X-Many: " + b"v" * 300_000 + b"\r\n" + END)
TOO_LONG = Octets(b"GET /" + b"a" * 65_535 + b" HTTP/1.1\r\n" + END)
TOO_NEW = Octets(b"GET /?{ticket} HTTP/2.0\r\n" + END)
SECURED = Octets(b"GET https://{authority}/p?x=1 HTTP/1.1\r\n" + END)
CODED = Octets(
    octets("POST", "Transfer-Encoding: x-wsgicheck, chunked", "Connection: close", body=b"0\r\n\r\n"),
    methods=("POST",),
)
BREWING = Octets(octets("BREW", "Connection: close"), methods=("BREW",))
TUNNEL = Octets(b"CONNECT {ticket}.example:80 HTTP/1.1\r\n" + END, methods=("CONNECT",))
TRACING = Octets(octets("TRACE", "Connection: close"), methods=("TRACE",))


def _refusal(exchange: HttpExchange) -> Response:
    """Return the answer of the server's own; inapplicable where there is none."""
    if exchange.app.called:
        inapplicable("the server leaves the answer to the application")
    if exchange.response is None and not exchange.wire.octets_received:
        inapplicable("the server refuses the request without an answer")
    response = response_of(exchange)
    if not response.version or response.status < 400:
        inapplicable("the answer is no refusal with a head")
    return response


def _expect_framed(exchange: HttpExchange) -> None:
    """Expect that the answer is as long as it says, well-formed, and the only one."""
    response = _refusal(exchange)
    expect_no_fault(response)
    if exchange.wire.ended == "reset":
        inconclusive("the connection was reset, and the end of the answer may have been lost with it")
    ended = f"{len(response.content)} octets, and then {exchange.wire.ended}"
    expect(response.complete, f"end of a {response.status}", want="found", got=ended)
    expect(not exchange.surplus, f"octets behind a {response.status}", want=b"", got=exchange.surplus)


def _expect_dated(exchange: HttpExchange) -> None:
    response = _refusal(exchange)
    if not 400 <= response.status < 500:
        inapplicable(f"the server answers {response.status}, which need not have a Date")
    expect(bool(response.values("date")), f"Date of a {response.status}", want="present", got="absent")


@check(
    "expectation-refusal-well-framed", requires=FRAMED, send=EXPECTING, control=PLAIN, play=LISTED
)  # fmt: skip
def expectation_refusal_well_framed(exchange: HttpExchange) -> None:
    """The refusal of an unknown expectation (417) is as long as it says, and nothing follows it.

    A client that waits for the octet that is missing never learns that it may send its content.
    """
    _expect_framed(exchange)


@check("fields-refusal-well-framed", requires=FRAMED, send=TOO_MUCH, control=PLAIN, play=LISTED)
def fields_refusal_well_framed(exchange: HttpExchange) -> None:
    """The refusal of a head that is too large (431) is as long as it says, and nothing follows it.

    What was left of the head is no second request, and deserves no second answer.
    """
    _expect_framed(exchange)


@check("target-refusal-well-framed", requires=FRAMED, send=TOO_LONG, control=PLAIN, play=LISTED)
def target_refusal_well_framed(exchange: HttpExchange) -> None:
    """The refusal of a target that is too long (414) is as long as it says, and nothing follows it.

    See ``fields-refusal-well-framed``.
    """
    _expect_framed(exchange)


@check("version-refusal-well-framed", requires=FRAMED, send=TOO_NEW, control=PLAIN, play=LISTED)
def version_refusal_well_framed(exchange: HttpExchange) -> None:
    """The refusal of another major version (505) is as long as it says, and nothing follows it.

    It is all that a client of that version can go by.
    """
    _expect_framed(exchange)


@check("scheme-refusal-well-framed", requires=FRAMED, send=SECURED, control=PLAIN, play=LISTED)
def scheme_refusal_well_framed(exchange: HttpExchange) -> None:
    """The refusal of an https target on a connection without TLS (421) is as long as it says.

    A client repeats a misdirected request elsewhere once it has the whole answer.
    """
    needs_plain(exchange)
    _expect_framed(exchange)


@check("coding-refusal-well-framed", requires=FRAMED, send=CODED, control=PLAIN, play=LISTED)
def coding_refusal_well_framed(exchange: HttpExchange) -> None:
    """The refusal of an unknown transfer coding (501) is as long as it says, and nothing follows it.

    Nobody knows where that request ends: what comes behind it is not to be answered.
    """
    _expect_framed(exchange)


@check("method-refusal-well-framed", requires=FRAMED, send=BREWING, control=PLAIN, play=LISTED)
def method_refusal_well_framed(exchange: HttpExchange) -> None:
    """The refusal of an unknown method (501 or 405) is as long as it says, and nothing follows it.

    See ``expectation-refusal-well-framed``.
    """
    _expect_framed(exchange)


@check("connect-refusal-well-framed", requires=FRAMED, send=TUNNEL, control=PLAIN, play=LISTED)
def connect_refusal_well_framed(exchange: HttpExchange) -> None:
    """The refusal of CONNECT is as long as it says, and nothing follows it.

    Only a 2xx has no end: a refusal has one, like any other response.
    """
    _expect_framed(exchange)


@check("trace-refusal-well-framed", requires=FRAMED, send=TRACING, control=PLAIN, play=LISTED)
def trace_refusal_well_framed(exchange: HttpExchange) -> None:
    """The refusal of TRACE is as long as it says, and nothing follows it.

    See ``expectation-refusal-well-framed``.
    """
    _expect_framed(exchange)


@check(
    "expectation-refusal-dated",
    requires=rfc9110.DATE,
    send=EXPECTING,
    control=PLAIN,
    play=LISTED,
    tempered=PROXY_DATES,
)
def expectation_refusal_dated(exchange: HttpExchange) -> None:
    """The refusal of an unknown expectation (417) has a Date.

    Every 4xx has one, whichever corner of the server it comes from.
    """
    _expect_dated(exchange)


@check(
    "fields-refusal-dated",
    requires=rfc9110.DATE,
    send=TOO_MUCH,
    control=PLAIN,
    play=LISTED,
    tempered=PROXY_DATES,
)
def fields_refusal_dated(exchange: HttpExchange) -> None:
    """The refusal of a head that is too large (431) has a Date.

    See ``expectation-refusal-dated``.
    """
    _expect_dated(exchange)


@check(
    "target-refusal-dated",
    requires=rfc9110.DATE,
    send=TOO_LONG,
    control=PLAIN,
    play=LISTED,
    tempered=PROXY_DATES,
)
def target_refusal_dated(exchange: HttpExchange) -> None:
    """The refusal of a target that is too long (414) has a Date.

    See ``expectation-refusal-dated``.
    """
    _expect_dated(exchange)


@check(
    "length-refusal-well-framed",
    requires=FRAMED,
    send=Octets(
        octets("POST", "Content-Length: 999999999999999", "Connection: close", body=b"hello"),
        methods=("POST",),
        then=(FinishSending(),),
    ),
    control=PLAIN,
    play=LISTED,
)
def length_refusal_well_framed(exchange: HttpExchange) -> None:
    """The refusal of content that is too large (413) is as long as it says, and nothing follows it.

    What has come of the content is no second request, and deserves no second answer.
    """
    _expect_framed(exchange)
