"""Octets above 0x7F in the values of header fields (PEP 3333, A Note On String Types; RFC 9110, 5.5)."""

from __future__ import annotations

from ...authoring import Carrier, Exchange, Request, check, expect, inconclusive
from ...authoring.environs import environ_with_headers
from ...spec import pep3333, rfc9110

OCTETS = Request(
    headers=(("X-Octets", "a\xe9\xff\xb5z"), ("X-Plain", "plain")),
    carrier=Carrier.QUERY,
)
OCTETS_CONTROL = Request(headers=(("X-Octets", "az"), ("X-Plain", "plain")), carrier=Carrier.QUERY)
UTF_8 = Request(headers=(("X-Text", "a\xe2\x82\xacz"), ("X-Plain", "plain")), carrier=Carrier.QUERY)
SPACES = Request(headers=(("X-Spaces", "\xa0v\x85"), ("X-Plain", "plain")), carrier=Carrier.QUERY)


def expect_image(exchange: Exchange, name: str, want: str) -> None:
    """Fail unless a value of octets above 0x7F was refused, left out, or is their Latin-1 image."""
    if not exchange.app.called:
        return
    environ = environ_with_headers(exchange)
    key = "HTTP_" + name.upper().replace("-", "_")
    if not environ.lacks(key):
        expect(environ[key] == want, key, want=want, got=environ[key])


@check("header-octets-latin-1", requires=pep3333.HTTP_VARIABLE_LATIN_1, send=OCTETS, control=OCTETS_CONTROL)
def header_octets_latin_1(exchange: Exchange) -> None:
    """Octets above 0x7F in a header's value arrive as one Latin-1 character each, or are refused.

    A server that decodes them as UTF-8 loses those that are none.
    """
    expect_image(exchange, "X-Octets", "a\xe9\xff\xb5z")


@check("header-text-latin-1", requires=pep3333.HTTP_VARIABLE_LATIN_1, send=UTF_8, control=OCTETS_CONTROL)
def header_text_latin_1(exchange: Exchange) -> None:
    """The octets of UTF-8 text in a header's value arrive as one Latin-1 character each, or are refused.

    Applications encode the value to Latin-1 to get the octets back, and raise where it holds real text.
    """
    expect_image(exchange, "X-Text", "a\xe2\x82\xacz")


@check(
    "header-octets-arrive",
    requires=rfc9110.FIELD_VALUE_OBS_TEXT,
    send=OCTETS,
    control=OCTETS_CONTROL,
)
def header_octets_arrive(exchange: Exchange) -> None:
    """A header with octets above 0x7F in its value is not left out silently.

    The request may be refused. An application that gets it without the field serves something else.
    """
    if exchange.app.called:
        environ = environ_with_headers(exchange)
        got = environ.get("HTTP_X_OCTETS", "absent")
        expect(not environ.lacks("HTTP_X_OCTETS"), "HTTP_X_OCTETS", want="a\xe9\xff\xb5z", got=got)


@check(
    "header-octets-not-stripped",
    requires=(rfc9110.FIELD_VALUE_OBS_TEXT, pep3333.HTTP_VARIABLE_LATIN_1),
    send=SPACES,
    control=OCTETS_CONTROL,
)
def header_octets_not_stripped(exchange: Exchange) -> None:
    """Only spaces and tabs are stripped from a value, not the octets 0x85 and 0xA0.

    As text these are whitespace, as octets they end UTF-8 characters such as "\xe0".
    """
    if exchange.app.called:
        got = environ_with_headers(exchange).get("HTTP_X_SPACES")
        if any(ord(character) > 0xFF for character in got) or len(got.encode("latin-1")) > 3:
            inconclusive("the value is no Latin-1 image: header-octets-latin-1 fails for it")
        expect(got in ("", "\xa0v\x85"), "HTTP_X_SPACES", want="\xa0v\x85", got=got)


KNOWN = Request(
    headers=(
        ("Cookie", "a=\xe2\x82\xac"),
        ("User-Agent", "a\xe9\xff"),
        ("Referer", "/\xc3\xa9"),
        ("X-Plain", "plain"),
    ),
    carrier=Carrier.QUERY,
)


@check(
    "known-header-octets-latin-1", requires=pep3333.HTTP_VARIABLE_LATIN_1, send=KNOWN, control=OCTETS_CONTROL
)
def known_header_octets_latin_1(exchange: Exchange) -> None:
    """Octets above 0x7F in cookies, user agents and referrers arrive as Latin-1 as well, or are refused.

    A server that knows what a field is for may want to spare the application the decoding.
    """
    for name, value in KNOWN.headers[:3]:
        expect_image(exchange, name, value)
