"""Content-Length fields that are no number (RFC 9112 6.3, RFC 9110 8.6)."""

from __future__ import annotations

from ...authoring import HttpExchange, Octets, check, expect, inconclusive, refused
from ...spec import rfc9110, rfc9112

BEHIND = b"GET /?{ticket}-2 HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n"


def _fields(*values: bytes, method: bytes = b"POST") -> Octets:
    lines = b"".join(b"Content-Length: " + value + b"\r\n" for value in values)
    head = method + b" /?{ticket} HTTP/1.1\r\nHost: {authority}\r\n" + lines + b"\r\n"
    return Octets(head + b"hello" + BEHIND, ("POST", "GET"))


VALID = _fields(b"5")
INVALID = (rfc9112.LENGTH_INVALID, rfc9110.CONTENT_LENGTH_SYNTAX)


def _answered_400(exchange: HttpExchange) -> None:
    if exchange.app.of("called"):
        inconclusive("the request was not refused at all")
    refused(exchange, 400)


@check(
    "length-with-plus-refused",
    requires=INVALID,
    send=_fields(b"+5"),
    control=VALID,
)
def length_with_plus_refused(exchange: HttpExchange) -> None:
    """A Content-Length with a plus sign is refused.

    int() forgives it, a proxy in C may read 0 from it: what is content for one is a request for the
    other.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-with-minus-refused",
    requires=INVALID,
    send=_fields(b"-5"),
    control=VALID,
)
def length_with_minus_refused(exchange: HttpExchange) -> None:
    """A negative Content-Length is refused.

    A read of minus five octets reads everything, a count that goes below zero never ends.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-with-underscore-refused",
    requires=INVALID,
    send=_fields(b"0_5"),
    control=VALID,
)
def length_with_underscore_refused(exchange: HttpExchange) -> None:
    """A Content-Length with an underscore is refused.

    int() reads 0_5 as 5, everybody else reads 0: what is content for one is a request for the other.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-in-hexadecimal-refused",
    requires=INVALID,
    send=_fields(b"0x5"),
    control=VALID,
)
def length_in_hexadecimal_refused(exchange: HttpExchange) -> None:
    """A Content-Length in hexadecimal is refused.

    strtol() with any base reads 5, with base ten 0.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-in-octal-notation-refused",
    requires=INVALID,
    send=_fields(b"0o5"),
    control=VALID,
)
def length_in_octal_notation_refused(exchange: HttpExchange) -> None:
    """A Content-Length in the notation of octal numbers is refused.

    int(value, 0) forgives it.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-with-inner-space-refused",
    requires=INVALID,
    send=_fields(b"5 5"),
    control=VALID,
)
def length_with_inner_space_refused(exchange: HttpExchange) -> None:
    """A Content-Length of two numbers with a space between them is refused.

    sscanf() stops at the space, a filter that drops spaces reads 55.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-with-fraction-refused",
    requires=INVALID,
    send=_fields(b"5.0"),
    control=VALID,
)
def length_with_fraction_refused(exchange: HttpExchange) -> None:
    """A Content-Length with a fraction is refused.

    float() forgives it, and atoi() stops at the point.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-with-exponent-refused",
    requires=INVALID,
    send=_fields(b"5e0"),
    control=VALID,
)
def length_with_exponent_refused(exchange: HttpExchange) -> None:
    """A Content-Length with an exponent is refused.

    float() forgives it, and atoi() stops at the letter.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-in-words-refused",
    requires=INVALID,
    send=_fields(b"five"),
    control=VALID,
)
def length_in_words_refused(exchange: HttpExchange) -> None:
    """A Content-Length that is a word is refused.

    A server that ignores it leaves the content for the next request.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-with-trailing-letter-refused",
    requires=INVALID,
    send=_fields(b"5a"),
    control=VALID,
)
def length_with_trailing_letter_refused(exchange: HttpExchange) -> None:
    """A Content-Length with a letter behind its digits is refused.

    atoi() and a pattern without an end read 5.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-with-trailing-semicolon-refused",
    requires=INVALID,
    send=_fields(b"5;"),
    control=VALID,
)
def length_with_trailing_semicolon_refused(exchange: HttpExchange) -> None:
    """A Content-Length with a semicolon behind its digits is refused.

    The field has no parameters, even where a parser for others is used.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-in-quotes-refused",
    requires=INVALID,
    send=_fields(b'"5"'),
    control=VALID,
)
def length_in_quotes_refused(exchange: HttpExchange) -> None:
    """A Content-Length in quotes is refused.

    Whoever unquotes every value reads 5, others read nothing.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-empty-refused",
    requires=INVALID,
    send=_fields(b""),
    control=VALID,
)
def length_empty_refused(exchange: HttpExchange) -> None:
    """An empty Content-Length is refused.

    Whoever takes it for absent leaves the content for the next request.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-in-arabic-digits-refused",
    requires=INVALID,
    send=_fields(b"\xd9\xa5"),
    control=VALID,
)
def length_in_arabic_digits_refused(exchange: HttpExchange) -> None:
    """A Content-Length in other digits than those of ASCII is refused.

    int() reads the digits of every script once the field has been decoded.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-with-superscript-refused",
    requires=INVALID,
    send=_fields(b"\xb2"),
    control=VALID,
)
def length_with_superscript_refused(exchange: HttpExchange) -> None:
    """A Content-Length of a superscript two is refused.

    str.isdigit() holds for it and int() fails: an error where a refusal was due, or a length of
    nothing.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-with-vertical-tab-refused",
    requires=INVALID,
    send=_fields(b"\x0b5"),
    control=VALID,
)
def length_with_vertical_tab_refused(exchange: HttpExchange) -> None:
    """A Content-Length behind a vertical tab is refused.

    int() and str.strip() take the tab for white space.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-with-no-break-space-refused",
    requires=INVALID,
    send=_fields(b"\xa05"),
    control=VALID,
)
def length_with_no_break_space_refused(exchange: HttpExchange) -> None:
    """A Content-Length behind a no-break space is refused.

    int() and str.strip() take it for white space once the field has been decoded.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-with-nul-refused",
    requires=INVALID,
    send=_fields(b"5\x00"),
    control=VALID,
)
def length_with_nul_refused(exchange: HttpExchange) -> None:
    """A Content-Length with a NUL behind its digits is refused.

    What is written in C reads the number up to the NUL.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-list-with-difference-refused",
    requires=INVALID,
    send=_fields(b"5, 6"),
    control=VALID,
)
def length_list_with_difference_refused(exchange: HttpExchange) -> None:
    """A list of two different numbers as Content-Length is refused.

    Whoever takes the first and whoever takes the last differ about where the request ends.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-list-with-empty-member-refused",
    requires=INVALID,
    send=_fields(b"5,"),
    control=VALID,
)
def length_list_with_empty_member_refused(exchange: HttpExchange) -> None:
    """A Content-Length with a comma behind it is refused.

    A recipient that drops empty members reads 5, another one reads nothing.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-repeated-with-difference-refused",
    requires=INVALID,
    send=_fields(b"5", b"6"),
    control=VALID,
)
def length_repeated_with_difference_refused(exchange: HttpExchange) -> None:
    """Two different Content-Length fields are refused.

    Whoever takes the first and whoever takes the last differ about where the request ends: this is how
    requests are smuggled.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-repeated-with-difference-refused-in-other-order",
    requires=INVALID,
    send=_fields(b"6", b"5"),
    control=VALID,
)
def length_repeated_with_difference_refused_in_other_order(exchange: HttpExchange) -> None:
    """Two different Content-Length fields are refused whichever stands first.

    A server that keeps the smaller, or the last, passes the check for one order only.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-invalid-for-get-refused",
    requires=INVALID,
    send=_fields(b"five", method=b"GET"),
    control=VALID,
)
def length_invalid_for_get_refused(exchange: HttpExchange) -> None:
    """An invalid Content-Length is refused for GET too.

    The framing does not depend on the method; where nobody looks, the content is the next request.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-invalid-answered-400",
    requires=rfc9112.LENGTH_INVALID_400,
    send=_fields(b"five"),
    control=VALID,
)
def length_invalid_answered_400(exchange: HttpExchange) -> None:
    """An invalid Content-Length is answered with 400.

    The client learns that it was its own fault, and does not try again.
    """
    _answered_400(exchange)


@check(
    "length-repeated-answered-400",
    requires=rfc9112.LENGTH_INVALID_400,
    send=_fields(b"5", b"6"),
    control=VALID,
)
def length_repeated_answered_400(exchange: HttpExchange) -> None:
    """Two different Content-Length fields are answered with 400.

    The client learns that it was its own fault, and does not try again.
    """
    _answered_400(exchange)


@check(
    "length-invalid-closes-connection",
    requires=rfc9112.LENGTH_INVALID_400,
    send=_fields(b"five"),
    control=VALID,
)
def length_invalid_closes_connection(exchange: HttpExchange) -> None:
    """Behind an invalid Content-Length the connection is closed.

    Nobody knows where the next request begins.
    """
    if exchange.app.of("called"):
        inconclusive("the request was not refused")
    got = exchange.wire.ended
    expect(got in ("eof", "reset"), "the connection behind the refusal", want="closed", got=got)
