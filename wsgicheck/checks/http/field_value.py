"""The values of header fields, octet by octet (RFC 9112 2.2, 5.1, RFC 9110 5.5)."""

from __future__ import annotations

from ...authoring import (
    HttpExchange,
    Octets,
    check,
    environ_of,
    expect,
    inconclusive,
    refused,
)
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


def _in_one_piece(exchange: HttpExchange) -> None:
    """Expect that nothing in the value was taken for a line end, or a refusal."""
    if not exchange.app.of("called"):
        refused(exchange, by_any_error=True)
        return
    environ = environ_of(exchange)
    expect("HTTP_X_B" not in environ, "environ['HTTP_X_B']", want="absent", got=environ.get("HTTP_X_B"))
    expect(environ.get("HTTP_X_A") != "a", "HTTP_X_A", want="the value in one piece", got="a")
    expect("HTTP_X_AFTER" in environ, "the field behind it", want="in the environ", got="lost")


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
    _exact(exchange, "v")


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
    _exact(exchange, "v")


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
    _exact(exchange, "a  b\tc")


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
    _exact(exchange, "a:b: c")


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
    "field-value-nul-refused-or-replaced",
    requires=rfc9110.FIELD_VALUE_CR_LF_NUL,
    send=_value(b" a\x00b"),
    control=PLAIN,
)
def field_value_nul_refused_or_replaced(exchange: HttpExchange) -> None:
    """A NUL in a field value is refused, or replaced by a space.

    What is written in C sees the value up to the NUL.
    """
    _exact_or_refused(exchange, "a b")


@check(
    "field-value-bare-cr-refused-or-replaced",
    requires=(rfc9110.FIELD_VALUE_CR_LF_NUL, rfc9112.BARE_CR_RECEIVED),
    send=_value(b" a\rb"),
    control=PLAIN,
)
def field_value_bare_cr_refused_or_replaced(exchange: HttpExchange) -> None:
    """A bare CR in a field value is refused, or replaced by a space.

    Wherever the value is written again, a CR may end the line.
    """
    _exact_or_refused(exchange, "a b")


@check(
    "bare-cr-begins-no-field",
    requires=(rfc9112.BARE_CR_RECEIVED, rfc9110.FIELD_VALUE_CR_LF_NUL),
    send=_value(b" a\rX-B: b"),
    control=PLAIN,
)
def bare_cr_begins_no_field(exchange: HttpExchange) -> None:
    """What stands behind a bare CR in a field value is no field of its own.

    A proxy that passes the CR on and a server that ends the line there differ about every field behind
    it.
    """
    _in_one_piece(exchange)


@check(
    "bare-cr-before-field-end-refused-or-replaced",
    requires=(rfc9112.BARE_CR_RECEIVED, rfc9110.FIELD_VALUE_CR_LF_NUL),
    send=_value(b" v\r"),
    control=PLAIN,
)
def bare_cr_before_field_end_refused_or_replaced(exchange: HttpExchange) -> None:
    """A second CR at the end of a field line is no part of the value.

    Wherever the value is written again, it ends a line.
    """
    _exact_or_refused(exchange, "v", "v ")


@check(
    "vertical-tab-ends-no-line",
    requires=rfc9112.PARSED_AS_OCTETS,
    send=_value(b" a\x0bX-B: b"),
    control=PLAIN,
)
def vertical_tab_ends_no_line(exchange: HttpExchange) -> None:
    """A vertical tab does not end a field line.

    str.splitlines() cuts there: a header decoded before it is split has fields that no other recipient
    sees.
    """
    _in_one_piece(exchange)


@check(
    "form-feed-ends-no-line",
    requires=rfc9112.PARSED_AS_OCTETS,
    send=_value(b" a\x0cX-B: b"),
    control=PLAIN,
)
def form_feed_ends_no_line(exchange: HttpExchange) -> None:
    """A form feed does not end a field line.

    str.splitlines() cuts there: a header decoded before it is split has fields that no other recipient
    sees.
    """
    _in_one_piece(exchange)


@check(
    "file-separator-ends-no-line",
    requires=rfc9112.PARSED_AS_OCTETS,
    send=_value(b" a\x1cX-B: b"),
    control=PLAIN,
)
def file_separator_ends_no_line(exchange: HttpExchange) -> None:
    """An octet 0x1c does not end a field line.

    str.splitlines() cuts there: a header decoded before it is split has fields that no other recipient
    sees.
    """
    _in_one_piece(exchange)


@check(
    "next-line-octet-ends-no-line",
    requires=rfc9112.PARSED_AS_OCTETS,
    send=_value(b" a\x85X-B: b"),
    control=PLAIN,
)
def next_line_octet_ends_no_line(exchange: HttpExchange) -> None:
    """An octet 0x85 does not end a field line.

    str.splitlines() cuts there: a header decoded before it is split has fields that no other recipient
    sees.
    """
    _in_one_piece(exchange)


@check(
    "utf-8-line-separator-ends-no-line",
    requires=rfc9112.PARSED_AS_OCTETS,
    send=_value(b" a\xe2\x80\xa8X-B: b"),
    control=PLAIN,
)
def utf_8_line_separator_ends_no_line(exchange: HttpExchange) -> None:
    """A LINE SEPARATOR in UTF-8 does not end a field line.

    str.splitlines() cuts there: a header decoded before it is split has fields that no other recipient
    sees.
    """
    _in_one_piece(exchange)


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
    "field-value-invalid-utf-8-survived",
    requires=rfc9112.PARSED_AS_OCTETS,
    send=_value(b" a\xe2\x28\xa1"),
    control=PLAIN,
)
def field_value_invalid_utf_8_survived(exchange: HttpExchange) -> None:
    """A field value that is no UTF-8 does not upset the server.

    A decoder that raises answers 500, or closes every connection of its thread.
    """
    if exchange.app.of("called"):
        expect(
            "HTTP_X_AFTER" in environ_of(exchange), "the field behind it", want="in the environ", got="lost"
        )
    else:
        refused(exchange)
