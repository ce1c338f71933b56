"""White space around a field name: before its colon, and at the first line (RFC 9112 2.2, 5.1)."""

from __future__ import annotations

from ...authoring import HttpExchange, Octets, check, environ_of, expect, refused
from ...authoring.field_lines import VALID_FIELD_LINE, VALID_LENGTH_LINE, with_field_line
from ...authoring.requests import LAST_POST
from ...spec import rfc9112

INVALID = (rfc9112.NOT_HTTP_REJECTED, rfc9112.FIELD_LINE)


def _first(line: bytes) -> Octets:
    return Octets(
        b"GET /?{ticket} HTTP/1.1\r\n" + line + b"\r\nHost: {authority}\r\nConnection: close\r\n\r\n"
    )


def _ignored(exchange: HttpExchange) -> None:
    """Expect a refusal, or a request that knows nothing of the line in question."""
    if not exchange.app.called:
        refused(exchange, by_any_error=True)
        return
    environ = environ_of(exchange)
    expect("HTTP_X_BAD" not in environ, "environ['HTTP_X_BAD']", want="absent", got=environ.get("HTTP_X_BAD"))
    wanted = environ.get("SERVER_PROTOCOL") in ("HTTP/1.1", "HTTP/1.0") and "HTTP_HOST" in environ
    expect(wanted, "what stands around the line", want="as it was sent", got=environ.get("SERVER_PROTOCOL"))


@check(
    "field-line-without-colon-refused",
    requires=INVALID,
    send=with_field_line(b"NoColonHere"),
    control=VALID_FIELD_LINE,
)
def field_line_without_colon_refused(exchange: HttpExchange) -> None:
    """A field line without a colon is refused.

    Who drops it silently, and who takes it for the end of the head, see two requests.
    """
    refused(exchange)


@check(
    "space-before-colon-answered-400",
    requires=rfc9112.WHITESPACE_BEFORE_COLON,
    send=with_field_line(b"X-A : v"),
    control=VALID_FIELD_LINE,
)
def space_before_colon_answered_400(exchange: HttpExchange) -> None:
    """A space between field name and colon is answered with 400.

    Recipients that strip it and recipients that do not differ about which fields a request has; this
    has been used to smuggle requests.
    """
    refused(exchange, 400)


@check(
    "tab-before-colon-answered-400",
    requires=rfc9112.WHITESPACE_BEFORE_COLON,
    send=with_field_line(b"X-A\t: v"),
    control=VALID_FIELD_LINE,
)
def tab_before_colon_answered_400(exchange: HttpExchange) -> None:
    """A tab between field name and colon is answered with 400.

    Recipients that strip it and recipients that do not differ about which fields a request has.
    """
    refused(exchange, 400)


@check(
    "space-before-colon-of-host-answered-400",
    requires=rfc9112.WHITESPACE_BEFORE_COLON,
    send=Octets(b"GET /?{ticket} HTTP/1.1\r\nHost : {authority}\r\nConnection: close\r\n\r\n"),
    control=VALID_FIELD_LINE,
)
def space_before_colon_of_host_answered_400(exchange: HttpExchange) -> None:
    """A space between Host and its colon is answered with 400.

    A proxy that does not know such a field may add a Host of its own: then there are two.
    """
    refused(exchange, 400)


@check(
    "space-before-colon-of-length-answered-400",
    requires=rfc9112.WHITESPACE_BEFORE_COLON,
    send=Octets(VALID_LENGTH_LINE.octets.replace(b"Length:", b"Length :")),
    control=VALID_LENGTH_LINE,
)
def space_before_colon_of_length_answered_400(exchange: HttpExchange) -> None:
    """A space between Content-Length and its colon is answered with 400.

    Where one recipient takes the field and another does not, they differ about where the request ends.
    """
    refused(exchange, 400)


@check(
    "space-before-colon-of-coding-answered-400",
    requires=rfc9112.WHITESPACE_BEFORE_COLON,
    send=Octets(LAST_POST + b"Transfer-Encoding : chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
    control=VALID_FIELD_LINE,
)
def space_before_colon_of_coding_answered_400(exchange: HttpExchange) -> None:
    """A space between Transfer-Encoding and its colon is answered with 400.

    Where one recipient takes the field and another does not, they differ about where the request ends.
    """
    refused(exchange, 400)


@check(
    "leading-space-line-ignored-or-refused",
    requires=rfc9112.LEADING_WHITESPACE_RECEIVED,
    send=_first(b" X-Bad: 1"),
    control=_first(b"X-Good: 1"),
)
def leading_space_line_ignored_or_refused(exchange: HttpExchange) -> None:
    """A line that begins with a space, right behind the request-line, is refused or ignored.

    Taken for a field, it is one that a filter did not see; joined to the request-line, it changes the
    version.
    """
    _ignored(exchange)


@check(
    "leading-tab-line-ignored-or-refused",
    requires=rfc9112.LEADING_WHITESPACE_RECEIVED,
    send=_first(b"\tX-Bad: 1"),
    control=_first(b"X-Good: 1"),
)
def leading_tab_line_ignored_or_refused(exchange: HttpExchange) -> None:
    """A line that begins with a tab, right behind the request-line, is refused or ignored.

    Taken for a field, it is one that a filter did not see; joined to the request-line, it changes the
    version.
    """
    _ignored(exchange)
