"""Content-Length fields that are valid, alike or enormous (RFC 9112 6.3, RFC 9110 8.6)."""

from __future__ import annotations

from ...authoring import (
    FinishSending,
    HttpExchange,
    Octets,
    Play,
    check,
    content,
    environ_of,
    expect,
    inconclusive,
    refused,
)
from ...authoring.requests import NEXT_REQUEST
from ...spec import rfc9110, rfc9112

READ = Play(before=(content(b"hello"),))
POST = b"POST /?{ticket} HTTP/1.1\r\nHost: {authority}\r\n"


def _fields(*values: bytes) -> Octets:
    lines = b"".join(b"Content-Length:" + value + b"\r\n" for value in values)
    return Octets(POST + b"Connection: close\r\n" + lines + b"\r\nhello")


def _enormous(digits: bytes) -> Octets:
    head = POST + b"Content-Length: " + digits + b"\r\n\r\n"
    return Octets(head + b"hello" + NEXT_REQUEST, ("POST", "GET"), (FinishSending(),))


VALID = _fields(b" 5")
ZEROS = b"0" * 5000 + b"5"


def _read_as_five(exchange: HttpExchange) -> None:
    if not exchange.app.called:
        got = exchange.response.status if exchange.response else "a closed connection"
        expect(False, "a valid Content-Length", want="a call of the application", got=got)
    _expect_read(exchange, "hello")


def _expect_read(exchange: HttpExchange, want: str) -> None:
    contents = [seen.facts["content"] for seen in exchange.app.of("content")]
    if not contents:
        inconclusive("the application did not come to the end of the content")
    expect(contents[0] == want, "the content", want=want, got=contents[0])


def _not_wrapped(exchange: HttpExchange, digits: str) -> None:
    """Expect a refusal, an endless wait, or the number as it is; never a smaller one."""
    for call in exchange.app.of("called"):
        expect(call.label == "", "octets within the content", want="no call", got="a request of their own")
        got = environ_of(exchange).get("CONTENT_LENGTH")
        expect(got == digits, "CONTENT_LENGTH", want=digits, got=got)
    status = exchange.response.status if exchange.response else 0
    if not exchange.app.called:
        refusal = status == 0 or 400 <= status < 500 or status in (501, 503)
        expect(refusal, "answer to an enormous Content-Length", want="413, or another 4xx", got=status)


@check(
    "length-with-white-space-around-read",
    requires=(rfc9110.FIELD_VALUE_WHITESPACE, rfc9112.REQUEST_LENGTH),
    send=_fields(b"\t 5 \t"),
    play=READ,
    control=VALID,
)
def length_with_white_space_around_read(exchange: HttpExchange) -> None:
    """White space around a Content-Length is no part of it.

    Spaces and tabs around any value are to be dropped before it is looked at.
    """
    _read_as_five(exchange)


@check(
    "length-with-leading-zeros-read-as-decimal",
    requires=rfc9112.REQUEST_LENGTH,
    send=Octets(_fields(b" 0010").octets + b"world"),
    play=Play(before=(content(b"helloworld"),)),
    control=Octets(_fields(b" 10").octets + b"world"),
)
def length_with_leading_zeros_read_as_decimal(exchange: HttpExchange) -> None:
    """A Content-Length with leading zeros is a decimal number, or is refused.

    Read as octal it is another number, and the rest of the content is the next request.
    """
    if not exchange.app.called:
        refused(exchange, by_any_error=True)
        return
    _expect_read(exchange, "helloworld")


def _five_or_refused(exchange: HttpExchange) -> None:
    """Expect that equal lengths were read as one, or a refusal."""
    if not exchange.app.called:
        refused(exchange, by_any_error=True)
        return
    got = environ_of(exchange).get("CONTENT_LENGTH")
    expect(got == "5", "CONTENT_LENGTH", want="5", got=got)


@check(
    "length-repeated-alike-read-once-or-refused",
    requires=rfc9112.LENGTH_INVALID,
    send=_fields(b" 5", b" 5"),
    control=VALID,
)
def length_repeated_alike_read_once_or_refused(exchange: HttpExchange) -> None:
    """Two equal Content-Length fields are read as one, or refused.

    Joined by a comma they are no number, and int() fails on it in the application.
    """
    _five_or_refused(exchange)


@check(
    "length-list-alike-read-once-or-refused",
    requires=rfc9112.LENGTH_INVALID,
    send=_fields(b" 5, 5"),
    control=VALID,
)
def length_list_alike_read_once_or_refused(exchange: HttpExchange) -> None:
    """A Content-Length of the same number twice is read as that number, or refused.

    Joined by a comma they are no number, and int() fails on it in the application.
    """
    _five_or_refused(exchange)


@check(
    "length-above-64-bits-not-wrapped",
    requires=rfc9110.CONTENT_LENGTH_OVERFLOW,
    send=_enormous(b"18446744073709551621"),
    control=VALID,
)
def length_above_64_bits_not_wrapped(exchange: HttpExchange) -> None:
    """A Content-Length of 2^64 + 5 is not taken for 5.

    What is left over by the smaller number is run as the next request.
    """
    _not_wrapped(exchange, "18446744073709551621")


@check(
    "length-above-32-bits-not-wrapped",
    requires=rfc9110.CONTENT_LENGTH_OVERFLOW,
    send=_enormous(b"4294967301"),
    control=VALID,
)
def length_above_32_bits_not_wrapped(exchange: HttpExchange) -> None:
    """A Content-Length of 2^32 + 5 is not taken for 5.

    What is left over by the smaller number is run as the next request.
    """
    _not_wrapped(exchange, "4294967301")


@check(
    "length-of-2-to-the-63-not-negative",
    requires=rfc9110.CONTENT_LENGTH_OVERFLOW,
    send=_enormous(b"9223372036854775808"),
    control=VALID,
)
def length_of_2_to_the_63_not_negative(exchange: HttpExchange) -> None:
    """A Content-Length of 2^63 is not taken for a negative number.

    What is left over by the smaller number is run as the next request.
    """
    _not_wrapped(exchange, "9223372036854775808")


@check(
    "length-of-5000-digits-survived",
    requires=rfc9110.CONTENT_LENGTH_OVERFLOW,
    send=_enormous(b"5" * 5000),
    control=VALID,
)
def length_of_5000_digits_survived(exchange: HttpExchange) -> None:
    """A Content-Length of 5000 digits is refused without a crash.

    int() raises ValueError for more than 4300 digits, where nobody expects it after a check of the
    digits.
    """
    _not_wrapped(exchange, "5" * 5000)


@check(
    "length-of-5000-zeros-read-or-refused",
    requires=rfc9110.CONTENT_LENGTH_OVERFLOW,
    send=_fields(b" " + ZEROS),
    play=READ,
    control=Octets(POST + b"Connection: close\r\nX-Zeros: " + ZEROS + b"\r\nContent-Length: 5\r\n\r\nhello"),
    tempered="no client writes so many zeros",
)
def length_of_5000_zeros_read_or_refused(exchange: HttpExchange) -> None:
    """A Content-Length of 5 behind 5000 zeros is read as 5, or refused without a crash.

    The number is small: a limit on it lets it pass to int(), which raises ValueError for so many digits.
    """
    if not exchange.app.called:
        if exchange.response is None and exchange.wire.ended == "reset":
            inconclusive("the connection was reset, and an answer may have been lost with it")
        got = exchange.response.status if exchange.response else "nothing"
        refused(exchange)
        expect(got != "nothing", "answer to a small number in many digits", want="200, or a 4xx", got=got)
        return
    if len(environ_of(exchange).get("CONTENT_LENGTH")) > 4300:
        return  # all the digits are handed over as they came, and the application cannot convert them either
    _expect_read(exchange, "hello")
