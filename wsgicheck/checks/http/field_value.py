"""The values of header fields, octet by octet (RFC 9112 2.2, 5.1, RFC 9110 5.5)."""

from __future__ import annotations

from ...authoring import HttpExchange, Octets, check, environ_of, expect, expect_called, inconclusive
from ...authoring.field_lines import (
    VALID_FIELD_LINE,
    VALID_LENGTH_LINE,
    VALID_VALUE,
    expect_value,
    expect_value_or_refused,
    with_field_line,
    with_value,
)
from ...authoring.requests import LAST_POST
from ...spec import pep3333, rfc9110, rfc9112


def _read(exchange: HttpExchange, wanted: str) -> None:
    """Expect this value, of a field line that is valid: the control has shown that its twin is read."""
    if not exchange.app.called:
        got = exchange.response.status if exchange.response else "a closed connection"
        expect(False, "a request with a valid field line", want="a call of the application", got=got)
    expect_value(exchange, wanted)


def _untrimmed(exchange: HttpExchange, *wanted: str) -> None:
    """Expect one of these values, or a refusal; where the value is not passed on at all nothing is known."""
    if exchange.app.called and not environ_of(exchange).get("HTTP_X_A"):
        inconclusive("the value did not reach the application at all")
    expect_value_or_refused(exchange, *wanted)


@check(
    "field-value-trimmed",
    requires=rfc9112.FIELD_WHITESPACE,
    send=with_value(b" \t v\t "),
    control=VALID_VALUE,
)
def field_value_trimmed(exchange: HttpExchange) -> None:
    """White space around a field value is no part of it.

    Values are compared: "close " is not "close", and a token with a space is no token.
    """
    _read(exchange, "v")


@check(
    "field-value-without-space-read",
    requires=rfc9112.FIELD_LINE,
    send=with_value(b"v"),
    control=VALID_VALUE,
)
def field_value_without_space_read(exchange: HttpExchange) -> None:
    """A field value needs no space before it.

    A split at ": " finds no field in such a line.
    """
    _read(exchange, "v")


@check(
    "field-value-inner-space-kept",
    requires=rfc9112.FIELD_WHITESPACE,
    send=with_value(b" a  b\tc"),
    control=VALID_VALUE,
)
def field_value_inner_space_kept(exchange: HttpExchange) -> None:
    """White space within a field value stays as it is.

    Signatures are computed over values; one space less, and they fail.
    """
    _read(exchange, "a  b\tc")


@check(
    "field-value-colon-kept",
    requires=rfc9112.FIELD_LINE,
    send=with_value(b" a:b: c"),
    control=VALID_VALUE,
)
def field_value_colon_kept(exchange: HttpExchange) -> None:
    """A field line is split at its first colon alone.

    URLs, times and IPv6 addresses have colons.
    """
    _read(exchange, "a:b: c")


@check(
    "field-value-vertical-tab-not-trimmed",
    requires=rfc9112.FIELD_WHITESPACE,
    send=with_value(b" \x0bv\x0b"),
    control=VALID_VALUE,
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
    send=with_value(b" \x0cv\x0c"),
    control=VALID_VALUE,
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
    send=with_value(b" \xa0v\xa0"),
    control=VALID_VALUE,
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
    send=with_value(b" \x85v\x85"),
    control=VALID_VALUE,
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
    send=with_value(b" \x80\xe9\xff"),
    control=VALID_VALUE,
)
def field_value_obs_text_kept(exchange: HttpExchange) -> None:
    """Octets above US-ASCII in a field value arrive as they are, or the request is refused.

    Names of users and files come in whatever encoding; lost or replaced octets cannot be had back.
    """
    expect_value_or_refused(exchange, "\x80\xe9\xff")


@check(
    "field-value-control-characters-kept-or-refused",
    requires=rfc9110.FIELD_VALUE_CONTROL,
    send=with_value(b" a\x01b\x7fc"),
    control=VALID_VALUE,
)
def field_value_control_characters_kept_or_refused(exchange: HttpExchange) -> None:
    """Control characters in a field value arrive as they are (or as spaces), or the request is refused.

    A value that loses some of its octets is another value than the one that a filter has seen.
    """
    expect_value_or_refused(exchange, "a\x01b\x7fc", "a b c")


ALL_VISIBLE = "!\"#$%&'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~"


@check(
    "field-value-of-all-characters-read",
    requires=(rfc9112.FIELD_LINE, rfc9110.FIELD_UNKNOWN),
    send=with_value(b" " + ALL_VISIBLE.encode()),
    control=VALID_VALUE,
)
def field_value_of_all_characters_read(exchange: HttpExchange) -> None:
    """A field value may have every visible character of US-ASCII.

    Of a list of good characters one is soon missing; a policy, a token or a signature has the others.
    """
    _read(exchange, ALL_VISIBLE)


@check(
    "field-value-with-tab-inside-served",
    requires=(rfc9112.FIELD_LINE, rfc9110.FIELD_UNKNOWN),
    send=with_value(b" a\tb"),
    control=VALID_VALUE,
)
def field_value_with_tab_inside_served(exchange: HttpExchange) -> None:
    """A tab within a field value is no reason to refuse a request.

    It is the one control character that a value may have. Whether it arrives as a tab is not asked here.
    """
    expect_called(exchange, "a request with a tab in a field value")


@check(
    "field-without-value-served",
    requires=(rfc9112.FIELD_LINE, rfc9110.FIELD_UNKNOWN),
    send=with_value(b""),
    control=VALID_VALUE,
)
def field_without_value_served(exchange: HttpExchange) -> None:
    """A field without a value is no reason to refuse a request.

    The grammar lets a value be empty, and clients send such fields: no referrer, no cookie any more.
    """
    expect_called(exchange, "a request with an empty field value")


ORDINARY_FIELDS = b"\r\n".join(
    (
        b"User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        b"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        b"Accept-Language: de-DE,de;q=0.7,en;q=0.3",
        b"Accept-Encoding: gzip, deflate, br, zstd",
        b"Authorization: Basic d3NnaTpjaGVjaw==",
        b"Cache-Control: max-age=0",
        b"Connection: TE",
        b'Cookie: a=b; c="d"; __Host-e=%7B%22f%22%3A1%7D',
        b"DNT: 1",
        b"Keep-Alive: timeout=5, max=100",
        b"Origin: null",
        b"Pragma: no-cache",
        b"Priority: u=0, i",
        b"Referer: http://one.example:8080/a/b?c=d%20e&f",
        b"Sec-Fetch-Mode: navigate",
        b"TE: trailers",
        b"Upgrade-Insecure-Requests: 1",
    )
)


@check(
    "fields-of-ordinary-clients-served",
    requires=(pep3333.APP_CALLED_ONCE, rfc9110.FIELD_UNKNOWN),
    send=with_field_line(ORDINARY_FIELDS),
    control=VALID_FIELD_LINE,
)
def fields_of_ordinary_clients_served(exchange: HttpExchange) -> None:
    """A request with the fields that browsers and programs send is served.

    All of them are well-formed, whatever a server makes of them. To find the one that it stumbles over,
    halve the list.
    """
    expect_called(exchange, "a request with seventeen ordinary fields")


FORM = b'----=_a(b) c\r\nContent-Disposition: form-data; name="d"\r\n\r\ne\r\n----=_a(b) c--\r\n'
"""With a boundary that has to be quoted."""


@check(
    "fields-of-ordinary-content-served",
    requires=(pep3333.APP_CALLED_ONCE, rfc9110.FIELD_UNKNOWN),
    send=Octets(
        LAST_POST + b'Content-Type: multipart/form-data; charset=utf-8; boundary="--=_a(b) c"\r\n'
        b"Content-Language: de, en\r\nContent-Length: %d\r\n\r\n" % len(FORM) + FORM,
        ("POST",),
    ),
    control=VALID_LENGTH_LINE,
)
def fields_of_ordinary_content_served(exchange: HttpExchange) -> None:
    """A request is served whose content has a type with parameters, and a language.

    Every upload of a form has such a type; a quoted boundary is one like any other.
    """
    expect_called(exchange, "a request with fields that describe its content")


@check(
    "list-in-two-lines-served",
    requires=(pep3333.APP_CALLED_ONCE, rfc9110.FIELD_LINES_ORDER),
    send=with_field_line(b"Accept: text/html\r\nAccept: text/plain;q=0.5"),
    control=VALID_FIELD_LINE,
)
def list_in_two_lines_served(exchange: HttpExchange) -> None:
    """A field that is a list may stand in two lines.

    Proxies add a line of their own to what the client sent.
    """
    expect_called(exchange, "a request with two lines of Accept")


@check(
    "list-with-empty-members-served",
    requires=rfc9110.EMPTY_LIST_ELEMENTS,
    send=with_field_line(b"Accept: , text/html,, text/plain;q=0.5 , "),
    control=VALID_FIELD_LINE,
)
def list_with_empty_members_served(exchange: HttpExchange) -> None:
    """Empty members of a list are no reason to refuse a request.

    What puts lists together leaves some behind. Content-Length and Transfer-Encoding are another matter:
    they decide where the request ends.
    """
    expect_called(exchange, "a request with empty members in Accept")
