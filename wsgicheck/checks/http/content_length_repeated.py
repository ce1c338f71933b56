"""Content-Length fields that contradict each other, and how they are answered (RFC 9112 6.3)."""

from __future__ import annotations

from ...authoring import HttpExchange, Octets, check, expect, inconclusive, refused
from ...authoring.length_fields import VALID_LENGTH, with_lengths
from ...spec import rfc9110, rfc9112

INVALID = (rfc9112.LENGTH_INVALID, rfc9110.CONTENT_LENGTH_SYNTAX)


def _answered_400(exchange: HttpExchange) -> None:
    if exchange.app.called:
        inconclusive("the request was not refused at all")
    refused(exchange, 400)


@check(
    "length-list-with-difference-refused",
    requires=INVALID,
    send=with_lengths(b"5, 6"),
    control=VALID_LENGTH,
)
def length_list_with_difference_refused(exchange: HttpExchange) -> None:
    """A list of two different numbers as Content-Length is refused.

    Whoever takes the first and whoever takes the last differ about where the request ends.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-list-with-empty-member-refused",
    requires=INVALID,
    send=with_lengths(b"5,"),
    control=VALID_LENGTH,
)
def length_list_with_empty_member_refused(exchange: HttpExchange) -> None:
    """A Content-Length with a comma behind it is refused.

    A recipient that drops empty members reads 5, another one reads nothing.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-repeated-with-difference-refused",
    requires=INVALID,
    send=with_lengths(b"5", b"6"),
    control=VALID_LENGTH,
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
    send=with_lengths(b"6", b"5"),
    control=VALID_LENGTH,
)
def length_repeated_with_difference_refused_in_other_order(exchange: HttpExchange) -> None:
    """Two different Content-Length fields are refused whichever stands first.

    A server that keeps the smaller, or the last, passes the check for one order only.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-invalid-for-get-refused",
    requires=INVALID,
    send=with_lengths(b"five", method=b"GET"),
    control=VALID_LENGTH,
)
def length_invalid_for_get_refused(exchange: HttpExchange) -> None:
    """An invalid Content-Length is refused for GET too.

    The framing does not depend on the method; where nobody looks, the content is the next request.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-invalid-answered-400",
    requires=rfc9112.LENGTH_INVALID_400,
    send=with_lengths(b"five"),
    control=VALID_LENGTH,
)
def length_invalid_answered_400(exchange: HttpExchange) -> None:
    """An invalid Content-Length is answered with 400.

    The client learns that it was its own fault, and does not try again.
    """
    _answered_400(exchange)


@check(
    "length-with-superscript-answered-400",
    requires=rfc9112.LENGTH_INVALID_400,
    send=with_lengths(b"\xb2"),
    control=VALID_LENGTH,
)
def length_with_superscript_answered_400(exchange: HttpExchange) -> None:
    """A Content-Length of a superscript two is answered with 400.

    str.isdigit() holds for it and int() fails: what was not foreseen ends the connection without an answer,
    or is answered as the server's own fault, and the client tries again.
    """
    _answered_400(exchange)


@check(
    "length-repeated-answered-400",
    requires=rfc9112.LENGTH_INVALID_400,
    send=with_lengths(b"5", b"6"),
    control=VALID_LENGTH,
)
def length_repeated_answered_400(exchange: HttpExchange) -> None:
    """Two different Content-Length fields are answered with 400.

    The client learns that it was its own fault, and does not try again.
    """
    _answered_400(exchange)


@check(
    "length-invalid-closes-connection",
    requires=rfc9112.LENGTH_INVALID_400,
    send=with_lengths(b"five"),
    control=VALID_LENGTH,
)
def length_invalid_closes_connection(exchange: HttpExchange) -> None:
    """Behind an invalid Content-Length the connection is closed.

    Nobody knows where the next request begins.
    """
    if exchange.app.called:
        inconclusive("the request was not refused")
    got = exchange.wire.ended
    expect(got in ("eof", "reset"), "the connection behind the refusal", want="closed", got=got)


@check(
    "length-list-with-leading-comma-refused", requires=INVALID, send=with_lengths(b",5"), control=VALID_LENGTH
)
def length_list_with_leading_comma_refused(exchange: HttpExchange) -> None:
    """A Content-Length with a comma before it is refused.

    See ``length-list-with-empty-member-refused``.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-list-with-difference-at-its-end-refused",
    requires=INVALID,
    send=with_lengths(b"5, 5, 6"),
    control=VALID_LENGTH,
)
def length_list_with_difference_at_its_end_refused(exchange: HttpExchange) -> None:
    """A list whose third number differs is refused.

    Whoever compares the first two alone takes it for a repetition.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-repeated-with-difference-at-the-end-refused",
    requires=INVALID,
    send=with_lengths(b"5", b"5", b"6"),
    control=VALID_LENGTH,
)
def length_repeated_with_difference_at_the_end_refused(exchange: HttpExchange) -> None:
    """Three Content-Length fields are refused where the last one differs.

    Whoever compares the first two alone takes them for a repetition.
    """
    refused(exchange, by_any_error=True)


IN_OTHER_LETTERS = VALID_LENGTH.octets.replace(
    b"Content-Length: 5\r\n", b"Content-Length: 5\r\ncontent-length: 6\r\n"
)


@check(
    "length-repeated-in-other-letters-with-difference-refused",
    requires=(*INVALID, rfc9112.FIELD_NAME_CASE),
    send=Octets(IN_OTHER_LETTERS, VALID_LENGTH.methods),
    control=VALID_LENGTH,
)
def length_repeated_in_other_letters_with_difference_refused(exchange: HttpExchange) -> None:
    """Two different Content-Length fields are refused where their names are written in different letters.

    A server that keeps fields by their names as written counts one of each, and takes one of them.
    """
    refused(exchange, by_any_error=True)


@check(
    "length-repeated-behind-zero-refused",
    requires=INVALID,
    send=with_lengths(b"0", b"5"),
    control=VALID_LENGTH,
)
def length_repeated_behind_zero_refused(exchange: HttpExchange) -> None:
    """Two different Content-Length fields are refused where the first one is 0.

    A zero is easily taken for "none was there yet": then the second one counts, and a proxy before it may
    have counted the first.
    """
    refused(exchange, by_any_error=True)
