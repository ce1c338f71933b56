"""The version in the request-line (RFC 9112 2.3, RFC 9110 6.2)."""

from __future__ import annotations

from ...authoring import HttpExchange, Octets, check, expect, refused, response_of
from ...spec import rfc9110, rfc9112


def _version(version: bytes) -> Octets:
    return Octets(b"GET /?{ticket} " + version + b"\r\nHost: {authority}\r\nConnection: close\r\n\r\n")


PLAIN = _version(b"HTTP/1.1")
INVALID = (rfc9112.REQUEST_LINE_INVALID, rfc9112.HTTP_VERSION_SYNTAX)


@check(
    "version-not-lowered",
    requires=rfc9112.HTTP_VERSION_NOT_LOWERED,
    send=PLAIN,
    tempered="a server may implement HTTP/1.0 alone, as some for development do",
)
def version_not_lowered(exchange: HttpExchange) -> None:
    """A request in HTTP/1.1 is answered in HTTP/1.1.

    The client learns from the answer what the server can do. With HTTP/1.0 it gives up kept connections
    and chunked content. This is the one check that reports a server of HTTP/1.0 as such.
    """
    response = response_of(exchange)
    expect(response.version != "HTTP/1.0", "version of the response", want="HTTP/1.1", got=response.version)


@check(
    "version-1-2-served",
    requires=rfc9110.MINOR_VERSION,
    send=_version(b"HTTP/1.2"),
    control=PLAIN,
)
def version_1_2_served(exchange: HttpExchange) -> None:
    """A request with a higher minor version is served like one of HTTP/1.1.

    Minor versions are compatible by definition; who refuses the next one keeps it from ever being used.
    """
    if not exchange.app.called:
        got = exchange.response.status if exchange.response else "a closed connection"
        expect(False, "a request in HTTP/1.2", want="a call of the application", got=got)


@check(
    "version-2-0-refused",
    requires=rfc9110.MAJOR_VERSION,
    send=_version(b"HTTP/2.0"),
    control=PLAIN,
)
def version_2_0_refused(exchange: HttpExchange) -> None:
    """A request-line that claims HTTP/2.0 is refused.

    HTTP/2 has no request-line. What is written in another major version may mean anything.
    """
    refused(exchange)


@check(
    "version-missing-refused",
    requires=INVALID,
    send=Octets(b"GET /?{ticket}\r\nHost: {authority}\r\n\r\n"),
    control=PLAIN,
    tempered="HTTP/0.9 was written in this way",
)
def version_missing_refused(exchange: HttpExchange) -> None:
    """A request-line without a version is refused, or answered as HTTP/0.9 was.

    A status line is no part of an answer in HTTP/0.9, and fields are no part of such a request: a
    server that mixes the two can be made to answer with what looks like another response.
    """
    if exchange.app.called and (exchange.response is None or exchange.response.status == 0):
        return  # content alone: this is how HTTP/0.9 answered
    refused(exchange)


@check(
    "version-in-small-letters-refused",
    requires=INVALID,
    send=_version(b"http/1.1"),
    control=PLAIN,
)
def version_in_small_letters_refused(exchange: HttpExchange) -> None:
    """The name of the protocol in small letters is refused.

    It is case-sensitive; a recipient that does not care differs from one that does.
    """
    refused(exchange)


@check(
    "version-without-minor-refused",
    requires=INVALID,
    send=_version(b"HTTP/1"),
    control=PLAIN,
)
def version_without_minor_refused(exchange: HttpExchange) -> None:
    """A version without a minor number is refused.

    The rules of HTTP/1.0 and HTTP/1.1 differ about where a message ends, and this one is neither.
    """
    refused(exchange)


@check(
    "version-with-empty-minor-refused",
    requires=INVALID,
    send=_version(b"HTTP/1."),
    control=PLAIN,
)
def version_with_empty_minor_refused(exchange: HttpExchange) -> None:
    """A version with an empty minor number is refused.

    Whoever reads it as 1.0 keeps no connection, whoever reads it as 1.1 does.
    """
    refused(exchange)


@check(
    "version-with-two-digit-minor-refused",
    requires=INVALID,
    send=_version(b"HTTP/1.10"),
    control=PLAIN,
)
def version_with_two_digit_minor_refused(exchange: HttpExchange) -> None:
    """A version with two digits behind the point is refused.

    Each number is one digit. Read as 1.1 or as 1.10, it has different rules.
    """
    refused(exchange)


@check(
    "version-with-leading-zero-refused",
    requires=INVALID,
    send=_version(b"HTTP/01.1"),
    control=PLAIN,
)
def version_with_leading_zero_refused(exchange: HttpExchange) -> None:
    """A version with a leading zero is refused.

    int() forgives it, the grammar does not, and so do not all recipients on the way.
    """
    refused(exchange)


@check(
    "version-with-sign-refused",
    requires=INVALID,
    send=_version(b"HTTP/+1.1"),
    control=PLAIN,
)
def version_with_sign_refused(exchange: HttpExchange) -> None:
    """A version with a sign is refused.

    int() forgives it, the grammar does not.
    """
    refused(exchange)


@check(
    "version-with-underscore-refused",
    requires=INVALID,
    send=_version(b"HTTP/1_1.1"),
    control=PLAIN,
)
def version_with_underscore_refused(exchange: HttpExchange) -> None:
    """A version with an underscore among its digits is refused.

    int() reads 1_1 as 11: an unknown major version passes for a number.
    """
    refused(exchange)


@check(
    "version-with-space-refused",
    requires=INVALID,
    send=_version(b"HTTP/ 1.1"),
    control=PLAIN,
)
def version_with_space_refused(exchange: HttpExchange) -> None:
    """A version with a space inside is refused.

    It makes a fourth word, which some recipients do not look at.
    """
    refused(exchange)


@check(
    "version-with-trailing-letter-refused",
    requires=INVALID,
    send=_version(b"HTTP/1.1x"),
    control=PLAIN,
)
def version_with_trailing_letter_refused(exchange: HttpExchange) -> None:
    """A version with something behind it is refused.

    A pattern that is not anchored at its end takes it for HTTP/1.1.
    """
    refused(exchange)


@check(
    "version-with-third-number-refused",
    requires=INVALID,
    send=_version(b"HTTP/1.1.1"),
    control=PLAIN,
)
def version_with_third_number_refused(exchange: HttpExchange) -> None:
    """A version of three numbers is refused.

    A split at every point reads 1.1 from it and drops the rest.
    """
    refused(exchange)


@check(
    "version-with-superscript-refused",
    requires=INVALID,
    send=_version(b"HTTP/1.\xb9"),
    control=PLAIN,
)
def version_with_superscript_refused(exchange: HttpExchange) -> None:
    """A version with a superscript one is refused.

    str.isdigit() holds for it and int() fails: an error of the server instead of an answer.
    """
    refused(exchange)


@check(
    "version-without-slash-refused",
    requires=INVALID,
    send=_version(b"HTTP 1.1"),
    control=PLAIN,
)
def version_without_slash_refused(exchange: HttpExchange) -> None:
    """A version with a space for its slash is refused.

    Four words are no request-line.
    """
    refused(exchange)


@check(
    "version-of-other-protocol-refused",
    requires=INVALID,
    send=_version(b"HTTQ/1.1"),
    control=PLAIN,
)
def version_of_other_protocol_refused(exchange: HttpExchange) -> None:
    """A request in a protocol of another name is refused.

    Whoever looks only at the number answers RTSP, ICY and whatever comes along.
    """
    refused(exchange)


@check(
    "version-with-letter-for-point-refused",
    requires=INVALID,
    send=_version(b"HTTP/1x1"),
    control=PLAIN,
)
def version_with_letter_for_point_refused(exchange: HttpExchange) -> None:
    """A version with another character where its point is to be is refused.

    A point in a pattern stands for every character, unless a backslash is before it.
    """
    refused(exchange)
