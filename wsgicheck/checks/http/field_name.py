"""The names of header fields, and the lines they begin (RFC 9112 2.2, 5, 5.1)."""

from __future__ import annotations

from ...authoring import HttpExchange, Octets, check, environ_of, expect, expect_called, refused
from ...authoring.field_lines import VALID_FIELD_LINE, VALID_LENGTH_LINE, with_field_line
from ...authoring.requests import LAST_POST
from ...spec import rfc9110, rfc9112

INVALID = (rfc9112.NOT_HTTP_REJECTED, rfc9112.FIELD_LINE)


@check(
    "field-name-empty-refused",
    requires=INVALID,
    send=with_field_line(b": v"),
    control=VALID_FIELD_LINE,
)
def field_name_empty_refused(exchange: HttpExchange) -> None:
    """A field line without a name is refused.

    Who drops it silently, and who takes it for the end of the head, see two requests.
    """
    refused(exchange)


@check(
    "field-name-with-space-refused",
    requires=INVALID,
    send=with_field_line(b"X A: v"),
    control=VALID_FIELD_LINE,
)
def field_name_with_space_refused(exchange: HttpExchange) -> None:
    """A field name with a space inside is refused.

    Some recipients cut the name there: Content-Length X becomes Content-Length.
    """
    refused(exchange)


@check(
    "field-name-with-bracket-refused",
    requires=INVALID,
    send=with_field_line(b"X[A]: v"),
    control=VALID_FIELD_LINE,
)
def field_name_with_bracket_refused(exchange: HttpExchange) -> None:
    """A field name with brackets, which no token has, is refused.

    What one recipient drops and another takes is a way around the first.
    """
    refused(exchange)


@check(
    "field-name-with-at-sign-refused",
    requires=INVALID,
    send=with_field_line(b"X@A: v"),
    control=VALID_FIELD_LINE,
)
def field_name_with_at_sign_refused(exchange: HttpExchange) -> None:
    """A field name with an @, which no token has, is refused.

    What one recipient drops and another takes is a way around the first.
    """
    refused(exchange)


@check(
    "field-name-with-quote-refused",
    requires=INVALID,
    send=with_field_line(b'"X-A": v'),
    control=VALID_FIELD_LINE,
)
def field_name_with_quote_refused(exchange: HttpExchange) -> None:
    """A field name in quotes is refused.

    Quotes are for values; who strips them takes a field that others did not see.
    """
    refused(exchange)


@check(
    "field-name-with-octet-above-ascii-refused",
    requires=INVALID,
    send=with_field_line(b"X-\xc5: v"),
    control=VALID_FIELD_LINE,
)
def field_name_with_octet_above_ascii_refused(exchange: HttpExchange) -> None:
    """A field name with an octet above US-ASCII is refused.

    Upper and lower case of it depend on the locale; some letters become ASCII when folded.
    """
    refused(exchange)


@check(
    "field-name-with-nul-refused",
    requires=INVALID,
    send=with_field_line(b"X-A\x00: v"),
    control=VALID_FIELD_LINE,
)
def field_name_with_nul_refused(exchange: HttpExchange) -> None:
    """A field name with a NUL is refused.

    What is written in C sees the name up to the NUL.
    """
    refused(exchange)


@check(
    "field-name-with-control-character-refused",
    requires=INVALID,
    send=with_field_line(b"X-\x01A: v"),
    control=VALID_FIELD_LINE,
)
def field_name_with_control_character_refused(exchange: HttpExchange) -> None:
    """A field name with a control character is refused.

    Such a name is no token; in logs and terminals it does what its sender wants.
    """
    refused(exchange)


@check(
    "field-name-with-vertical-tab-refused",
    requires=INVALID,
    send=with_field_line(b"X-A\x0b: v"),
    control=VALID_FIELD_LINE,
)
def field_name_with_vertical_tab_refused(exchange: HttpExchange) -> None:
    """A field name that ends in a vertical tab is refused.

    str.strip() takes it for white space: Content-Length with a vertical tab becomes Content-Length.
    """
    refused(exchange)


@check(
    "field-name-with-bare-cr-refused",
    requires=rfc9112.BARE_CR_RECEIVED,
    send=with_field_line(b"X-Bad\rX-A: v"),
    control=VALID_FIELD_LINE,
)
def field_name_with_bare_cr_refused(exchange: HttpExchange) -> None:
    """A bare CR in a field name makes no line end.

    Read as a space, as the law allows, it makes an invalid name. Read as a line end, it makes a field
    that no other recipient sees.
    """
    if exchange.app.called:
        environ = environ_of(exchange)
        got = "HTTP_X_A" in environ or any("\r" in key for key in environ.values)
        expect(not got, "the field name with a bare CR", want="a refusal", got="a field in the environ")
        return
    refused(exchange, by_any_error=True)


@check(
    "field-name-in-any-case",
    requires=rfc9112.FIELD_NAME_CASE,
    send=Octets(LAST_POST.replace(b"Host", b"hOsT") + b"cOnTeNt-lEnGtH: 5\r\n\r\nhello"),
    control=VALID_LENGTH_LINE,
)
def field_name_in_any_case(exchange: HttpExchange) -> None:
    """Field names are read in any mixture of cases.

    Proxies and libraries write them in small letters; a Content-Length that is not recognised leaves
    its content for the next request, and a Host that is not makes the request a malformed one.
    """
    expect_called(exchange, "a request with field names in other cases")
    environ = environ_of(exchange)
    expect(
        environ.get("CONTENT_LENGTH") == "5", "CONTENT_LENGTH", want="5", got=environ.get("CONTENT_LENGTH")
    )
    expect("HTTP_HOST" in environ, "environ['HTTP_HOST']", want="present", got="absent")


@check(
    "field-name-with-tab-refused",
    requires=INVALID,
    send=with_field_line(b"X\tA: v"),
    control=VALID_FIELD_LINE,
)
def field_name_with_tab_refused(exchange: HttpExchange) -> None:
    """A field name with a tab inside is refused.

    See ``field-name-with-space-refused``.
    """
    refused(exchange)


@check(
    "field-name-with-slash-refused",
    requires=INVALID,
    send=with_field_line(b"X/A: v"),
    control=VALID_FIELD_LINE,
)
def field_name_with_slash_refused(exchange: HttpExchange) -> None:
    """A field name with a slash, which no token has, is refused.

    What one recipient takes for a field and another for rubbish is read differently by a filter and by what
    stands behind it.
    """
    refused(exchange)


@check(
    "field-name-with-comma-refused",
    requires=INVALID,
    send=with_field_line(b"X,A: v"),
    control=VALID_FIELD_LINE,
)
def field_name_with_comma_refused(exchange: HttpExchange) -> None:
    """A field name with a comma, which no token has, is refused.

    Written without care, ``+-.`` is a range in a pattern, and the comma lies in it.
    """
    refused(exchange)


@check(
    "field-name-with-brace-refused",
    requires=INVALID,
    send=with_field_line(b"X{A: v"),
    control=VALID_FIELD_LINE,
)
def field_name_with_brace_refused(exchange: HttpExchange) -> None:
    """A field name with a brace, which no token has, is refused.

    It lies beside ``|`` and ``~``, which a token may have: a range over them lets it in.
    """
    refused(exchange)


@check(
    "field-name-of-all-token-characters-read",
    requires=(rfc9110.FIELD_UNKNOWN, rfc9112.FIELD_LINE),
    send=with_field_line(b"X!#$%&'*+-.^`|~aZ09: v"),
    control=VALID_FIELD_LINE,
)
def field_name_of_all_token_characters_read(exchange: HttpExchange) -> None:
    """A request is served though a field name has every character that a token may have.

    An unknown field is ignored or handed on, and is no reason to refuse what it comes with.
    """
    got = exchange.response.status if exchange.response else "a closed connection"
    expect(exchange.app.called, "a request with an odd field name", want="a call", got=got)
