"""The values of header fields, octet by octet (RFC 9112 2.2, 5.1, RFC 9110 5.5)."""

from __future__ import annotations

from ...authoring import HttpExchange, Octets, check, environ_of, expect, inconclusive, refused
from ...spec import rfc9110, rfc9112


def _value(value: bytes) -> Octets:
    return Octets(
        b"GET /?{ticket} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n"
        b"X-A:" + value + b"\r\nX-After: v\r\n\r\n"
    )


PLAIN = _value(b" v")


def _exact(exchange: HttpExchange, *wanted: str) -> None:
    """Expect one of these values."""
    got = environ_of(exchange)["HTTP_X_A"]
    expect(got in wanted, "HTTP_X_A", want=wanted[0], got=got)


def _read(exchange: HttpExchange, wanted: str) -> None:
    """Expect this value, of a field line that is valid: the control has shown that its twin is read."""
    if not exchange.app.of("called"):
        got = exchange.response.status if exchange.response else "a closed connection"
        expect(False, "a request with a valid field line", want="a call of the application", got=got)
    _exact(exchange, wanted)


def _exact_or_refused(exchange: HttpExchange, *wanted: str) -> None:
    """Expect one of these values, or a refusal."""
    if exchange.app.of("called"):
        _exact(exchange, *wanted)
    else:
        refused(exchange, by_any_error=True)


def _untrimmed(exchange: HttpExchange, *wanted: str) -> None:
    """Expect one of these values, or a refusal; where the value is not passed on at all nothing is known."""
    if exchange.app.of("called") and not environ_of(exchange).get("HTTP_X_A"):
        inconclusive("the value did not reach the application at all")
    _exact_or_refused(exchange, *wanted)


@check(
    "field-value-trimmed",
    requires=rfc9112.FIELD_WHITESPACE,
    send=_value(b" \t v\t "),
    control=PLAIN,
)
def field_value_trimmed(exchange: HttpExchange) -> None:
    """White space around a field value is no part of it.

    Values are compared: "close " is not "close", and a token with a space is no token.
    """
    _read(exchange, "v")


@check(
    "field-value-without-space-read",
    requires=rfc9112.FIELD_LINE,
    send=_value(b"v"),
    control=PLAIN,
)
def field_value_without_space_read(exchange: HttpExchange) -> None:
    """A field value needs no space before it.

    A split at ": " finds no field in such a line.
    """
    _read(exchange, "v")


@check(
    "field-value-inner-space-kept",
    requires=rfc9112.FIELD_WHITESPACE,
    send=_value(b" a  b\tc"),
    control=PLAIN,
)
def field_value_inner_space_kept(exchange: HttpExchange) -> None:
    """White space within a field value stays as it is.

    Signatures are computed over values; one space less, and they fail.
    """
    _read(exchange, "a  b\tc")


@check(
    "field-value-colon-kept",
    requires=rfc9112.FIELD_LINE,
    send=_value(b" a:b: c"),
    control=PLAIN,
)
def field_value_colon_kept(exchange: HttpExchange) -> None:
    """A field line is split at its first colon alone.

    URLs, times and IPv6 addresses have colons.
    """
    _read(exchange, "a:b: c")


@check(
    "field-value-vertical-tab-not-trimmed",
    requires=rfc9112.FIELD_WHITESPACE,
    send=_value(b" \x0bv\x0b"),
    control=PLAIN,
)
def field_value_vertical_tab_not_trimmed(exchange: HttpExchange) -> None:
    """A vertical tab is not trimmed from a field value.

    Only SP and HTAB are white space here; str.strip() knows more of it, and makes "chunked" of what
    others took for something else.
    """
    _untrimmed(exchange, "\x0bv\x0b", " v ")


@check(
    "field-value-form-feed-not-trimmed",
    requires=rfc9112.FIELD_WHITESPACE,
    send=_value(b" \x0cv\x0c"),
    control=PLAIN,
)
def field_value_form_feed_not_trimmed(exchange: HttpExchange) -> None:
    """A form feed is not trimmed from a field value.

    Only SP and HTAB are white space here; str.strip() knows more of it, and makes "chunked" of what
    others took for something else.
    """
    _untrimmed(exchange, "\x0cv\x0c", " v ")


@check(
    "field-value-no-break-space-not-trimmed",
    requires=rfc9112.FIELD_WHITESPACE,
    send=_value(b" \xa0v\xa0"),
    control=PLAIN,
)
def field_value_no_break_space_not_trimmed(exchange: HttpExchange) -> None:
    """A no-break space is not trimmed from a field value.

    Only SP and HTAB are white space here; str.strip() knows more of it, and makes "chunked" of what
    others took for something else.
    """
    _untrimmed(exchange, "\xa0v\xa0")


@check(
    "field-value-next-line-not-trimmed",
    requires=rfc9112.FIELD_WHITESPACE,
    send=_value(b" \x85v\x85"),
    control=PLAIN,
)
def field_value_next_line_not_trimmed(exchange: HttpExchange) -> None:
    """An octet 0x85 is not trimmed from a field value.

    Only SP and HTAB are white space here; str.strip() knows more of it, and makes "chunked" of what
    others took for something else.
    """
    _untrimmed(exchange, "\x85v\x85")


@check(
    "field-value-obs-text-kept",
    requires=rfc9110.FIELD_VALUE_OBS_TEXT,
    send=_value(b" \x80\xe9\xff"),
    control=PLAIN,
)
def field_value_obs_text_kept(exchange: HttpExchange) -> None:
    """Octets above US-ASCII in a field value arrive as they are, or the request is refused.

    Names of users and files come in whatever encoding; lost or replaced octets cannot be had back.
    """
    _exact_or_refused(exchange, "\x80\xe9\xff")


@check(
    "field-value-control-characters-kept-or-refused",
    requires=rfc9110.FIELD_VALUE_CONTROL,
    send=_value(b" a\x01b\x7fc"),
    control=PLAIN,
)
def field_value_control_characters_kept_or_refused(exchange: HttpExchange) -> None:
    """Control characters in a field value arrive as they are (or as spaces), or the request is refused.

    A value that loses some of its octets is another value than the one that a filter has seen.
    """
    _exact_or_refused(exchange, "a\x01b\x7fc", "a b c")
