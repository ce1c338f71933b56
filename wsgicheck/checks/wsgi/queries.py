"""The query of the request target as the application sees it (PEP 3333; RFC 3875, 4.1.7)."""

from __future__ import annotations

import re

from ...authoring import Environ, Exchange, Request, check, environ_of, expect, inapplicable
from ...spec import pep3333, rfc3875

PLAIN = Request(target="/alpha/beta")
WITH_QUERY = Request(target="/p?a=%41+b&c=%2F%c3%A9;d=&e")


def query_of(environ: Environ) -> str:
    """Return QUERY_STRING; absent means empty."""
    return "" if environ.lacks("QUERY_STRING") else environ["QUERY_STRING"]


@check(
    "query-string-raw", requires=(pep3333.URL_QUERY_ENCODED, rfc3875.QUERY_STRING_ENCODED), send=WITH_QUERY
)
def query_string_raw(exchange: Exchange) -> None:
    """QUERY_STRING is what follows the "?", octet by octet, not decoded.

    Once decoded, a "&" in a value can no longer be told from one between two values.
    """
    want, got = exchange.target.partition("?")[2], query_of(environ_of(exchange))
    expect(got == want, "QUERY_STRING", want=want, got=got)


@check(
    "query-string-from-first-question-mark",
    requires=pep3333.QUERY_STRING,
    send=Request(target="/p?x?y=/z?"),
)
def query_string_from_first_question_mark(exchange: Exchange) -> None:
    """Only the first "?" separates path and query.

    The others belong to the query, as in the address of a page that is handed to another.
    """
    want, got = exchange.target.partition("?")[2], query_of(environ_of(exchange))
    expect(got == want, "QUERY_STRING", want=want, got=got)


@check("query-string-empty-without-query", requires=pep3333.QUERY_STRING, send=PLAIN)
def query_string_empty_without_query(exchange: Exchange) -> None:
    """QUERY_STRING is empty or absent where the request target has no query.

    An application must not find parameters that nobody sent.
    """
    if "?" in exchange.target:
        inapplicable("the ticket travels in the query")
    got = query_of(environ_of(exchange))
    expect(got == "", "QUERY_STRING without a query", want="", got=got)


@check("query-string-empty-after-question-mark", requires=pep3333.QUERY_STRING, send=Request(target="/p?"))
def query_string_empty_after_question_mark(exchange: Exchange) -> None:
    """QUERY_STRING is empty, and PATH_INFO has no "?", where nothing follows the "?".

    The mark itself belongs to neither.
    """
    if not exchange.target.endswith("?"):
        inapplicable("the ticket travels in the query")
    environ = environ_of(exchange)
    expect(query_of(environ) == "", "QUERY_STRING", want="", got=query_of(environ))
    expect(environ.get("PATH_INFO") == "/p", "PATH_INFO", want="/p", got=environ.get("PATH_INFO"))


@check(
    "query-string-of-post",
    requires=pep3333.QUERY_STRING,
    send=Request("POST", "/p?a=1", (("Content-Type", "application/x-www-form-urlencoded"),), b"b=2"),
)
def query_string_of_post(exchange: Exchange) -> None:
    """A POST has the QUERY_STRING of its target, and nothing of its body there.

    Form and query are separate sources of parameters.
    """
    want, got = exchange.target.partition("?")[2], query_of(environ_of(exchange))
    expect(got == want, "QUERY_STRING of a POST", want=want, got=got)


@check(
    "query-string-8-bit",
    requires=pep3333.STRINGS_LATIN_1,
    send=Request(target="/p?q=\xe2\x82\xac"),
    control=Request(target="/p?q=euro"),
)
def query_string_8_bit(exchange: Exchange) -> None:
    """Octets above 0x7F that stand raw in the query are refused, or arrive as Latin-1 characters.

    Old browsers send them. A real euro sign in QUERY_STRING cannot be turned back into octets.
    """
    if exchange.app.called:
        got = query_of(environ_of(exchange))
        beyond = [character for character in got if ord(character) > 0xFF]
        expect(not beyond, "characters of QUERY_STRING above U+00FF", want="none", got=got)


SPARSE = Request(target="/p?a=1&&%7Euser=%2D%5fb&=c&;&")


@check("query-with-empty-parts-kept", requires=pep3333.URL_QUERY_ENCODED, send=SPARSE)
def query_with_empty_parts_kept(exchange: Exchange) -> None:
    """Empty parts of a query, and a "&" at its end, stay where they are.

    What separates what is for the application to say; a signature covers every octet.
    """
    sent, got = exchange.target.partition("?")[2], query_of(environ_of(exchange))
    want, kept = len(sent.split("&")), len(got.split("&"))
    expect(kept == want, "parts of QUERY_STRING", want=want, got=kept)


@check("query-escapes-kept", requires=(pep3333.URL_QUERY_ENCODED, rfc3875.QUERY_STRING_ENCODED), send=SPARSE)
def query_escapes_kept(exchange: Exchange) -> None:
    """Escapes of characters that need none stay in QUERY_STRING, in the case of their digits.

    It is the encoded form that the application is promised: a signature was made over it.
    """
    sent, got = exchange.target.partition("?")[2], query_of(environ_of(exchange))
    want, kept = " ".join(re.findall("%..", sent)), " ".join(re.findall("%..", got))
    expect(kept == want, "escapes in QUERY_STRING", want=want, got=kept)


@check(
    "query-spaces-kept",
    requires=(pep3333.URL_QUERY_ENCODED, rfc3875.QUERY_STRING_ENCODED),
    send=Request(target="/p?a=1+1%202%2B3&to=http://h.example:8/@x/?~!$'(*),;y"),
)
def query_spaces_kept(exchange: Exchange) -> None:
    """A "+", a "%20" and a "%2B" in a query stay what they are, and so do all other characters of a query.

    Forms write a space as "+", addresses as "%20": who makes one of the other breaks a signature, or a sum.
    """
    want, got = exchange.target.partition("?")[2], query_of(environ_of(exchange))
    expect(got == want, "QUERY_STRING", want=want, got=got)


@check(
    "query-delimiters-kept",
    requires=(pep3333.URL_QUERY_ENCODED, rfc3875.QUERY_STRING_ENCODED),
    send=Request(target="/p?a=1%262&b%3Dc=%25%32%35&d=%23%3B%3F"),
)
def query_delimiters_kept(exchange: Exchange) -> None:
    """Escaped delimiters ("&", "=", "%", "#") stay escaped in QUERY_STRING.

    A value with a "&" in it, decoded too early, becomes two; and a "%25" is decoded twice.
    """
    want, got = exchange.target.partition("?")[2], query_of(environ_of(exchange))
    expect(got == want, "QUERY_STRING", want=want, got=got)


@check(
    "query-of-7900-octets-whole",
    requires=pep3333.QUERY_STRING,
    send=Request(target="/?" + "&".join(f"key{number:04}=v" for number in range(790)) + "w"),
)
def query_of_7900_octets_whole(exchange: Exchange) -> None:
    """A query of 7900 octets reaches the application whole, if the request does at all.

    A server may refuse it. One that cuts it at the length of its buffer leaves out the last parameters, and
    a search that was narrowed by them finds too much, or a signature does not match.
    """
    if not exchange.app.called:
        inapplicable("the server refuses so long a request target")
    want, got = exchange.target.partition("?")[2], query_of(environ_of(exchange))
    expect(len(got) == len(want), "length of QUERY_STRING", want=len(want), got=len(got))
    expect(got == want, "QUERY_STRING", want=want[-40:], got=got[-40:])
