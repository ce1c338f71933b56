"""What ends no field line, and what a CR or NUL within one becomes (RFC 9112 2.2, RFC 9110 5.5)."""

from __future__ import annotations

from ...authoring import HttpExchange, check, environ_of, expect, refused
from ...authoring.field_lines import VALID_VALUE, expect_value_or_refused, with_value
from ...spec import rfc9110, rfc9112


def _in_one_piece(exchange: HttpExchange) -> None:
    """Expect that nothing in the value was taken for a line end, or a refusal."""
    if not exchange.app.called:
        refused(exchange, by_any_error=True)
        return
    environ = environ_of(exchange)
    expect("HTTP_X_B" not in environ, "environ['HTTP_X_B']", want="absent", got=environ.get("HTTP_X_B"))
    expect(environ.get("HTTP_X_A") != "a", "HTTP_X_A", want="the value in one piece", got="a")
    expect("HTTP_X_AFTER" in environ, "the field behind it", want="in the environ", got="lost")


@check(
    "field-value-nul-refused-or-replaced",
    requires=rfc9110.FIELD_VALUE_CR_LF_NUL,
    send=with_value(b" a\x00b"),
    control=VALID_VALUE,
)
def field_value_nul_refused_or_replaced(exchange: HttpExchange) -> None:
    """A NUL in a field value is refused, or replaced by a space.

    What is written in C sees the value up to the NUL.
    """
    expect_value_or_refused(exchange, "a b")


@check(
    "field-value-bare-cr-refused-or-replaced",
    requires=(rfc9110.FIELD_VALUE_CR_LF_NUL, rfc9112.BARE_CR_RECEIVED),
    send=with_value(b" a\rb"),
    control=VALID_VALUE,
)
def field_value_bare_cr_refused_or_replaced(exchange: HttpExchange) -> None:
    """A bare CR in a field value is refused, or replaced by a space.

    Wherever the value is written again, a CR may end the line.
    """
    expect_value_or_refused(exchange, "a b")


@check(
    "bare-cr-begins-no-field",
    requires=(rfc9112.BARE_CR_RECEIVED, rfc9110.FIELD_VALUE_CR_LF_NUL),
    send=with_value(b" a\rX-B: b"),
    control=VALID_VALUE,
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
    send=with_value(b" v\r"),
    control=VALID_VALUE,
)
def bare_cr_before_field_end_refused_or_replaced(exchange: HttpExchange) -> None:
    """A second CR at the end of a field line is no part of the value.

    Wherever the value is written again, it ends a line.
    """
    expect_value_or_refused(exchange, "v", "v ")


@check(
    "vertical-tab-ends-no-line",
    requires=rfc9112.PARSED_AS_OCTETS,
    send=with_value(b" a\x0bX-B: b"),
    control=VALID_VALUE,
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
    send=with_value(b" a\x0cX-B: b"),
    control=VALID_VALUE,
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
    send=with_value(b" a\x1cX-B: b"),
    control=VALID_VALUE,
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
    send=with_value(b" a\x85X-B: b"),
    control=VALID_VALUE,
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
    send=with_value(b" a\xe2\x80\xa8X-B: b"),
    control=VALID_VALUE,
)
def utf_8_line_separator_ends_no_line(exchange: HttpExchange) -> None:
    """A LINE SEPARATOR in UTF-8 does not end a field line.

    str.splitlines() cuts there: a header decoded before it is split has fields that no other recipient
    sees.
    """
    _in_one_piece(exchange)


@check(
    "field-value-invalid-utf-8-survived",
    requires=rfc9112.PARSED_AS_OCTETS,
    send=with_value(b" a\xe2\x28\xa1"),
    control=VALID_VALUE,
)
def field_value_invalid_utf_8_survived(exchange: HttpExchange) -> None:
    """A field value that is no UTF-8 does not upset the server.

    A decoder that raises answers 500, or closes every connection of its thread.
    """
    if exchange.app.called:
        expect(
            "HTTP_X_AFTER" in environ_of(exchange), "the field behind it", want="in the environ", got="lost"
        )
    else:
        refused(exchange)
