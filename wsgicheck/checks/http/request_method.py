"""The method of a request (RFC 9112 3.1, RFC 9110 9)."""

from __future__ import annotations

from ...authoring import (
    HttpExchange,
    Octets,
    Play,
    check,
    environ_of,
    expect,
    inapplicable,
    inconclusive,
    refused,
    response_of,
)
from ...authoring.request_lines import with_method
from ...spec import rfc9110, rfc9112

PLAIN = with_method(b"GET")
INVALID = (rfc9112.REQUEST_LINE_INVALID, rfc9112.METHOD_TOKEN, rfc9112.REQUEST_LINE_NOT_CORRECTED)


def _kept(exchange: HttpExchange, method: str) -> None:
    """Expect that the application got the method as it was sent, or that the server knows no such method."""
    if not exchange.app.called:
        refused(exchange)
        return
    got = environ_of(exchange)["REQUEST_METHOD"]
    expect(got == method, "REQUEST_METHOD", want=method, got=got)


@check(
    "method-case-kept",
    requires=rfc9112.METHOD_CASE,
    send=with_method(b"get"),
    control=PLAIN,
)
def method_case_kept(exchange: HttpExchange) -> None:
    """A method in small letters is not made into another one.

    Methods are case-sensitive: who turns "get" into GET lets through what a filter in front of it did
    not know.
    """
    _kept(exchange, "get")


@check(
    "method-unknown-kept",
    requires=(rfc9110.METHOD_UNKNOWN, rfc9112.METHOD_TOKEN),
    send=with_method(b"BREW"),
    control=PLAIN,
)
def method_unknown_kept(exchange: HttpExchange) -> None:
    """A method that nobody knows reaches the application unchanged, or is refused as unknown.

    An application extends HTTP with methods of its own (WebDAV did). A server may answer 501, but
    neither fail nor rename it.
    """
    _kept(exchange, "BREW")


@check(
    "method-token-characters-kept",
    requires=rfc9112.METHOD_TOKEN,
    send=with_method(b"M-SEARCH_1"),
    control=PLAIN,
)
def method_token_characters_kept(exchange: HttpExchange) -> None:
    """A method with a hyphen, an underscore and a digit is a token like any other.

    A server that cuts it at the first character it does not like calls the application with another
    method.
    """
    _kept(exchange, "M-SEARCH_1")


@check(
    "method-long-not-cut",
    requires=rfc9112.METHOD_TOO_LONG,
    send=with_method(b"A" * 4096),
    control=PLAIN,
)
def method_long_not_cut(exchange: HttpExchange) -> None:
    """A method of 4096 letters is refused, or reaches the application whole.

    A fixed buffer that keeps the first letters turns one method into another.
    """
    _kept(exchange, "A" * 4096)


@check(
    "method-with-parenthesis-refused",
    requires=INVALID,
    send=with_method(b"G(ET"),
    control=PLAIN,
)
def method_with_parenthesis_refused(exchange: HttpExchange) -> None:
    """A method with a parenthesis, which no token has, is refused.

    What one recipient takes for a method and another for rubbish is read differently by a filter and by
    what stands behind it.
    """
    refused(exchange)


@check(
    "method-with-colon-refused",
    requires=INVALID,
    send=with_method(b"GE:T"),
    control=PLAIN,
)
def method_with_colon_refused(exchange: HttpExchange) -> None:
    """A method with a colon, which no token has, is refused.

    A first line with a colon looks like a field line: who accepts it has lost count of the lines.
    """
    refused(exchange)


@check(
    "method-with-nul-refused",
    requires=INVALID,
    send=with_method(b"GET\x00"),
    control=PLAIN,
)
def method_with_nul_refused(exchange: HttpExchange) -> None:
    """A method that ends in NUL is refused.

    A recipient in C reads GET up to the NUL; another one sees a method that its rules do not name.
    """
    refused(exchange)


@check(
    "method-with-delete-refused",
    requires=INVALID,
    send=with_method(b"GE\x7fT"),
    control=PLAIN,
)
def method_with_delete_refused(exchange: HttpExchange) -> None:
    """A method with a DEL character is refused.

    Control characters are no part of a token, and end up in log files and terminals.
    """
    refused(exchange)


@check(
    "method-with-octet-above-ascii-refused",
    requires=INVALID,
    send=with_method(b"G\xcbT"),
    control=PLAIN,
)
def method_with_octet_above_ascii_refused(exchange: HttpExchange) -> None:
    """A method with an octet above US-ASCII is refused.

    Methods are tokens of US-ASCII. Upper and lower case of anything else depend on the locale of who
    looks.
    """
    refused(exchange)


@check(
    "method-missing-refused",
    requires=INVALID,
    send=Octets(b" /?{ticket} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n"),
    control=PLAIN,
)
def method_missing_refused(exchange: HttpExchange) -> None:
    """A request-line that begins with a space, and so has no method, is refused.

    Who takes the next word for the method takes the version for the target.
    """
    refused(exchange)


@check(
    "connect-without-port-refused",
    requires=rfc9110.CONNECT_PORT,
    send=with_method(b"CONNECT", b"{ticket}.example:"),
    control=PLAIN,
    tempered="a gateway that knows no CONNECT leaves it to the application to refuse it",
)
def connect_without_port_refused(exchange: HttpExchange) -> None:
    """CONNECT to an empty port is refused.

    CONNECT asks for a tunnel: an application that answers 200 to it makes the client believe that it
    has one.
    """
    refused(exchange)


@check(
    "connect-to-invalid-port-refused",
    requires=rfc9110.CONNECT_PORT,
    send=with_method(b"CONNECT", b"{ticket}.example:99999"),
    control=PLAIN,
    tempered="a gateway that knows no CONNECT leaves it to the application to refuse it",
)
def connect_to_invalid_port_refused(exchange: HttpExchange) -> None:
    """CONNECT to a port above 65535 is refused.

    A port of more than 16 bits wraps around to another one in careless hands.
    """
    refused(exchange)


@check(
    "method-of-all-token-characters-kept",
    requires=rfc9112.METHOD_TOKEN,
    send=with_method(b"!#$%&'*+-.^_`|~Z09"),
    control=PLAIN,
)
def method_of_all_token_characters_kept(exchange: HttpExchange) -> None:
    """A method of every character that a token may have is not changed.

    The server may answer that it knows no such method; half of it is another method.
    """
    _kept(exchange, "!#$%&'*+-.^_`|~Z09")


@check("method-with-at-sign-refused", requires=INVALID, send=with_method(b"GE@T"), control=PLAIN)
def method_with_at_sign_refused(exchange: HttpExchange) -> None:
    """A method with an @, which no token has, is refused.

    A class of characters that ends one too far lets it in; a filter in front reads the line otherwise.
    """
    refused(exchange)


@check("method-with-comma-refused", requires=INVALID, send=with_method(b"GE,T"), control=PLAIN)
def method_with_comma_refused(exchange: HttpExchange) -> None:
    """A method with a comma, which no token has, is refused.

    Written without care, ``+-.`` is a range in a pattern, and the comma lies in it.
    """
    refused(exchange)


@check("method-with-bracket-refused", requires=INVALID, send=with_method(b"GE[T"), control=PLAIN)
def method_with_bracket_refused(exchange: HttpExchange) -> None:
    """A method with a bracket, which no token has, is refused.

    It lies between the capital and the small letters, in the range ``A-z``.
    """
    refused(exchange)


@check("method-with-slash-refused", requires=INVALID, send=with_method(b"GET/x"), control=PLAIN)
def method_with_slash_refused(exchange: HttpExchange) -> None:
    """A method with a slash, which no token has, is refused.

    It reads as if the space before the target were lost: who finds a target there finds another resource.
    """
    refused(exchange)


@check(
    "method-head-in-small-letters-is-none",
    requires=rfc9112.METHOD_CASE,
    send=with_method(b"head"),
    play=Play(shape="list"),
    control=PLAIN,
)
def method_head_in_small_letters_is_none(exchange: HttpExchange) -> None:
    """A method "head" is not HEAD: where it is served, its response has its content.

    The client knows of one method only whose responses end at the empty line, and waits for the content.
    """
    if not exchange.app.called:
        refused(exchange)
        return
    if environ_of(exchange)["REQUEST_METHOD"] != "head":
        inconclusive("the method is made into another one: method-case-kept fails for it")
    response = response_of(exchange)
    if response.status != 200:
        inapplicable(f"the answer is a {response.status}")
    expect(
        response.content == b"wsgicheck",
        "content of a response to head",
        want=b"wsgicheck",
        got=response.content,
    )
