"""Content-Length fields that are no number (RFC 9112 6.3, RFC 9110 8.6)."""

from __future__ import annotations

from ...authoring import HttpExchange, Octets, check, refused
from ...authoring.length_fields import VALID_LENGTH, with_lengths
from ...spec import rfc9110, rfc9112

INVALID = (rfc9112.LENGTH_INVALID, rfc9110.CONTENT_LENGTH_SYNTAX)


@check(
    "length-with-plus-refused",
    requires=INVALID,
    send=with_lengths(b"+5"),
    control=VALID_LENGTH,
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
    send=with_lengths(b"-5"),
    control=VALID_LENGTH,
)
def length_with_minus_refused(exchange: HttpExchange) -> None:
    """A negative Content-Length is refused.

    A read of minus five octets reads everything, a count that goes below zero never ends.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-with-underscore-refused",
    requires=INVALID,
    send=with_lengths(b"0_5"),
    control=VALID_LENGTH,
)
def length_with_underscore_refused(exchange: HttpExchange) -> None:
    """A Content-Length with an underscore is refused.

    int() reads 0_5 as 5, everybody else reads 0: what is content for one is a request for the other.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-in-hexadecimal-refused",
    requires=INVALID,
    send=with_lengths(b"0x5"),
    control=VALID_LENGTH,
)
def length_in_hexadecimal_refused(exchange: HttpExchange) -> None:
    """A Content-Length in hexadecimal is refused.

    strtol() with any base reads 5, with base ten 0.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-in-octal-notation-refused",
    requires=INVALID,
    send=with_lengths(b"0o5"),
    control=VALID_LENGTH,
)
def length_in_octal_notation_refused(exchange: HttpExchange) -> None:
    """A Content-Length in the notation of octal numbers is refused.

    int(value, 0) forgives it.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-with-inner-space-refused",
    requires=INVALID,
    send=with_lengths(b"5 5"),
    control=VALID_LENGTH,
)
def length_with_inner_space_refused(exchange: HttpExchange) -> None:
    """A Content-Length of two numbers with a space between them is refused.

    sscanf() stops at the space, a filter that drops spaces reads 55.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-with-fraction-refused",
    requires=INVALID,
    send=with_lengths(b"5.0"),
    control=VALID_LENGTH,
)
def length_with_fraction_refused(exchange: HttpExchange) -> None:
    """A Content-Length with a fraction is refused.

    float() forgives it, and atoi() stops at the point.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-with-exponent-refused",
    requires=INVALID,
    send=with_lengths(b"5e0"),
    control=VALID_LENGTH,
)
def length_with_exponent_refused(exchange: HttpExchange) -> None:
    """A Content-Length with an exponent is refused.

    float() forgives it, and atoi() stops at the letter.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-in-words-refused",
    requires=INVALID,
    send=with_lengths(b"five"),
    control=VALID_LENGTH,
)
def length_in_words_refused(exchange: HttpExchange) -> None:
    """A Content-Length that is a word is refused.

    A server that ignores it leaves the content for the next request.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-with-trailing-letter-refused",
    requires=INVALID,
    send=with_lengths(b"5a"),
    control=VALID_LENGTH,
)
def length_with_trailing_letter_refused(exchange: HttpExchange) -> None:
    """A Content-Length with a letter behind its digits is refused.

    atoi() and a pattern without an end read 5.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-with-trailing-semicolon-refused",
    requires=INVALID,
    send=with_lengths(b"5;"),
    control=VALID_LENGTH,
)
def length_with_trailing_semicolon_refused(exchange: HttpExchange) -> None:
    """A Content-Length with a semicolon behind its digits is refused.

    The field has no parameters, even where a parser for others is used.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-in-quotes-refused",
    requires=INVALID,
    send=with_lengths(b'"5"'),
    control=VALID_LENGTH,
)
def length_in_quotes_refused(exchange: HttpExchange) -> None:
    """A Content-Length in quotes is refused.

    Whoever unquotes every value reads 5, others read nothing.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-empty-refused",
    requires=INVALID,
    send=with_lengths(b""),
    control=VALID_LENGTH,
)
def length_empty_refused(exchange: HttpExchange) -> None:
    """An empty Content-Length is refused.

    Whoever takes it for absent leaves the content for the next request.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-in-arabic-digits-refused",
    requires=INVALID,
    send=with_lengths(b"\xd9\xa5"),
    control=VALID_LENGTH,
)
def length_in_arabic_digits_refused(exchange: HttpExchange) -> None:
    """A Content-Length in other digits than those of ASCII is refused.

    int() reads the digits of every script once the field has been decoded.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-with-superscript-refused",
    requires=INVALID,
    send=with_lengths(b"\xb2"),
    control=VALID_LENGTH,
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
    send=with_lengths(b"\x0b5"),
    control=VALID_LENGTH,
)
def length_with_vertical_tab_refused(exchange: HttpExchange) -> None:
    """A Content-Length behind a vertical tab is refused.

    int() and str.strip() take the tab for white space.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-with-no-break-space-refused",
    requires=INVALID,
    send=with_lengths(b"\xa05"),
    control=VALID_LENGTH,
)
def length_with_no_break_space_refused(exchange: HttpExchange) -> None:
    """A Content-Length behind a no-break space is refused.

    int() and str.strip() take it for white space once the field has been decoded.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-with-nul-refused",
    requires=INVALID,
    send=with_lengths(b"5\x006"),
    control=VALID_LENGTH,
)
def length_with_nul_refused(exchange: HttpExchange) -> None:
    """A Content-Length with a NUL among its digits is refused.

    What is written in C reads the number up to the NUL. (A space in its place makes no number either.)
    """
    refused(exchange, by_any_error=True)


@check(
    "length-of-minus-zero-refused",
    requires=INVALID,
    send=with_lengths(b"-0"),
    control=VALID_LENGTH,
)
def length_of_minus_zero_refused(exchange: HttpExchange) -> None:
    """A Content-Length of minus zero is refused.

    int() makes 0 of it, which no test for negative numbers finds, and the content becomes a request.
    """
    refused(exchange, by_any_error=True)


def _old(value: bytes) -> Octets:
    """Return a request of HTTP/1.0 with such a Content-Length."""
    return Octets(
        VALID_LENGTH.octets.partition(b"GET")[0]
        .replace(b"HTTP/1.1", b"HTTP/1.0")
        .replace(b": 5", b": " + value)
    )


@check("length-with-plus-in-http-1-0-refused", requires=INVALID, send=_old(b"+5"), control=_old(b"5"))
def length_with_plus_in_http_1_0_refused(exchange: HttpExchange) -> None:
    """A Content-Length with a plus sign is refused in HTTP/1.0 too.

    Many proxies speak HTTP/1.0 with the server behind them.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-with-underscore-between-digits-refused",
    requires=INVALID,
    send=with_lengths(b"1_0"),
    control=VALID_LENGTH,
)
def length_with_underscore_between_digits_refused(exchange: HttpExchange) -> None:
    """A Content-Length with an underscore is refused where no zero stands before it, too.

    Who strips leading zeros first leaves "_5" of 0_5, which even int() refuses. See
    ``length-with-underscore-refused``.
    """
    refused(exchange, by_any_error=True)
