"""What is too large is refused, never cut (RFC 9110 5.4)."""

from __future__ import annotations

from ...authoring import HttpExchange, Octets, check, environ_of, expect, inconclusive
from ...spec import rfc9110

PLAIN = Octets(b"GET /?{ticket} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\nX-A: v\r\n\r\n")
MANY = 1000


def _with(lines: bytes) -> Octets:
    return Octets(PLAIN.octets.replace(b"X-A: v\r\n", lines))


def _refused_4xx(exchange: HttpExchange) -> None:
    response = exchange.response
    if response is None and exchange.wire.ended == "reset":
        inconclusive("the connection was reset, and an answer may have been lost with it")
    got = response.status if response else "no answer"
    refusal = response is not None and 400 <= response.status < 500
    expect(refusal, "answer to what is too large", want="4xx", got=got)


def _whole_or_refused(exchange: HttpExchange, length: int) -> None:
    """Expect that a value of so many octets arrived, or a refusal."""
    if not exchange.app.called:
        _refused_4xx(exchange)
        return
    got = len(environ_of(exchange).get("HTTP_X_A"))
    expect(got == length, "length of the value", want=length, got=got)


@check(
    "field-value-of-64k-whole-or-refused",
    requires=rfc9110.FIELD_LIMITS,
    send=_with(b"X-A: " + b"v" * 65_536 + b"\r\n"),
    control=PLAIN,
    tempered="some servers close the connection without a word",
)
def field_value_of_64k_whole_or_refused(exchange: HttpExchange) -> None:
    """A field value of 65536 octets arrives whole, or is answered with 4xx.

    A value that is cut, or a field that is dropped, may be the one that forbids the request.
    """
    _whole_or_refused(exchange, 65_536)


@check(
    "field-name-of-64k-whole-or-refused",
    requires=rfc9110.FIELD_LIMITS,
    send=_with(b"X-" + b"A" * 65_536 + b": v\r\n"),
    control=PLAIN,
    tempered="some servers close the connection without a word",
)
def field_name_of_64k_whole_or_refused(exchange: HttpExchange) -> None:
    """A field name of 65536 octets arrives whole, or is answered with 4xx.

    A name that is cut is another name.
    """
    if not exchange.app.called:
        _refused_4xx(exchange)
        return
    got = max(len(key) for key in environ_of(exchange).values)
    expect(got == len("HTTP_X_") + 65_536, "length of the name", want=65_536 + 7, got=got)


@check(
    "fields-by-the-thousand-all-or-refused",
    requires=rfc9110.FIELD_LIMITS,
    send=_with(b"".join(b"X-N-%d: v\r\n" % number for number in range(MANY))),
    control=PLAIN,
    tempered="some servers close the connection without a word",
)
def fields_by_the_thousand_all_or_refused(exchange: HttpExchange) -> None:
    """A thousand header fields arrive all, or are answered with 4xx.

    Where the last ones are dropped, the one that forbids the request may be among them.
    """
    if not exchange.app.called:
        _refused_4xx(exchange)
        return
    got = sum(key.startswith("HTTP_X_N_") for key in environ_of(exchange).values)
    expect(got == MANY, "fields in the environ", want=MANY, got=got)


@check(
    "fields-up-to-the-limit-all-there",
    requires=rfc9110.FIELD_LIMITS,
    send=_with(b"".join(b"X-N-%d: v\r\n" % number for number in range(60))),
    control=PLAIN,
    tempered="some servers close the connection without a word",
)
def fields_up_to_the_limit_all_there(exchange: HttpExchange) -> None:
    """Sixty header fields are no trouble.

    Browsers behind a few proxies send as many.
    """
    if not exchange.app.called:
        _refused_4xx(exchange)
        return
    got = sum(key.startswith("HTTP_X_N_") for key in environ_of(exchange).values)
    expect(got == 60, "fields in the environ", want=60, got=got)


@check(
    "field-value-of-12000-octets-whole-or-refused",
    requires=rfc9110.FIELD_LIMITS,
    send=_with(b"X-A: " + b"v" * 12_000 + b"\r\n"),
    control=PLAIN,
    tempered="some servers close the connection without a word",
)
def field_value_of_12000_octets_whole_or_refused(exchange: HttpExchange) -> None:
    """A field value of 12000 octets arrives whole, or is answered with 4xx.

    Most limits lie at 8190 or 65536 octets: this value is above the one and below the other. A field that
    is dropped there may be the one that forbids the request.
    """
    _whole_or_refused(exchange, 12_000)
