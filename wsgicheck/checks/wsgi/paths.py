"""The path of the request target as the application sees it (PEP 3333; RFC 3875, 4.1.5 and 4.1.13)."""

from __future__ import annotations

from ...authoring import Exchange, Request, check, environ_of, expect, inconclusive
from ...spec import pep3333, rfc3875

PLAIN = Request(target="/alpha/beta")
WITH_QUERY = Request(target="/p?a=%41+b&c=%2F%c3%A9;d=&e")
NOT_DECODED = "many gateways hand over the path as it came"


def path_of(exchange: Exchange) -> str:
    """Return the path that the application sees below its root."""
    environ = environ_of(exchange)
    return "" if environ.lacks("PATH_INFO") else environ["PATH_INFO"]


def decoded_path_of(exchange: Exchange) -> str:
    """Return PATH_INFO; inconclusive where the server decodes nothing: one check fails for that."""
    got = path_of(exchange)
    if "%" in exchange.target and got == exchange.target.partition("?")[0]:
        inconclusive("the path arrived encoded: path-info-decoded fails for it where that is the rule")
    return got


def expect_path(exchange: Exchange, *wanted: str) -> None:
    """Fail unless PATH_INFO is the first of these, or one of the others that are lawful too."""
    got = decoded_path_of(exchange)
    expect(got in wanted, "PATH_INFO", want=wanted[0], got=got)


@check("path-info-is-the-path", requires=pep3333.PATH_INFO, send=PLAIN)
def path_info_is_the_path(exchange: Exchange) -> None:
    """SCRIPT_NAME and PATH_INFO together are the path of the request.

    Applications route by it.
    """
    got = environ_of(exchange).get("SCRIPT_NAME") + path_of(exchange)
    expect(got == "/alpha/beta", "SCRIPT_NAME + PATH_INFO", want="/alpha/beta", got=got)


@check("path-info-of-root", requires=(pep3333.PATH_INFO, rfc3875.PATH_INFO_SYNTAX))
def path_info_of_root(exchange: Exchange) -> None:
    """PATH_INFO is "/" for a request of "/".

    It may be empty only where the URL names the application without a slash behind it.
    """
    got = path_of(exchange)
    expect(got == "/", "PATH_INFO of the request target /", want="/", got=got)


@check(
    "script-name-empty-at-root",
    requires=(pep3333.SCRIPT_NAME, rfc3875.SCRIPT_NAME, rfc3875.SCRIPT_NAME_SYNTAX),
    send=PLAIN,
)
def script_name_empty_at_root(exchange: Exchange) -> None:
    """SCRIPT_NAME is empty or absent where the application is the root of the server.

    With "/" there, every link that the application makes begins with two slashes.
    """
    environ = environ_of(exchange)
    expect(environ.lacks("SCRIPT_NAME"), "SCRIPT_NAME at the root", want="", got=environ.get("SCRIPT_NAME"))


@check("path-info-without-query", requires=pep3333.PATH_INFO, send=WITH_QUERY)
def path_info_without_query(exchange: Exchange) -> None:
    """PATH_INFO ends before the "?".

    With the query behind it no route matches.
    """
    got = path_of(exchange)
    expect(got == "/p", "PATH_INFO", want="/p", got=got)


@check(
    "path-info-decoded",
    requires=(pep3333.URL_PATH_DECODED, rfc3875.PATH_INFO_DECODED),
    send=Request(target="/a%20b%41"),
    tempered=NOT_DECODED,
)
def path_info_decoded(exchange: Exchange) -> None:
    """PATH_INFO is percent-decoded.

    Applications quote it to make links: what comes encoded is encoded twice then.
    """
    got = path_of(exchange)
    expect(got == "/a bA", "PATH_INFO", want="/a bA", got=got)


@check(
    "path-info-decoded-once",
    requires=(pep3333.URL_PATH_DECODED, rfc3875.PATH_INFO_DECODED),
    send=Request(target="/%2541"),
)
def path_info_decoded_once(exchange: Exchange) -> None:
    """PATH_INFO is percent-decoded exactly once.

    Decoding twice lets "%252e%252e" through every filter in front of the server.
    """
    expect_path(exchange, "/%41")


@check(
    "path-info-percent-decoded",
    requires=(pep3333.URL_PATH_DECODED, rfc3875.PATH_INFO_DECODED),
    send=Request(target="/100%25"),
)
def path_info_percent_decoded(exchange: Exchange) -> None:
    """ "%25" at the end of a path is a percent sign.

    It is the encoding of the encoding itself.
    """
    expect_path(exchange, "/100%")


@check(
    "path-info-hex-in-any-case",
    requires=(pep3333.URL_PATH_DECODED, rfc3875.PATH_INFO_DECODED),
    send=Request(target="/%7e%7E%c3%A9%2d"),
)
def path_info_hex_in_any_case(exchange: Exchange) -> None:
    """Percent-encodings are decoded whether their digits are upper or lower case.

    Clients send both; a page would be found under one of its names and not under the other.
    """
    expect_path(exchange, "/~~\xc3\xa9-", "/~~\u00e9-", "/~~\ufffd-")


@check("path-info-plus-kept", requires=pep3333.PATH_INFO, send=Request(target="/a+b"))
def path_info_plus_kept(exchange: Exchange) -> None:
    """A plus sign in the path stays one.

    Only forms write a space so, and only in the query.
    """
    expect_path(exchange, "/a+b")


@check(
    "path-info-latin-1",
    requires=(pep3333.PATH_LATIN_1, pep3333.STRINGS_LATIN_1),
    send=Request(target="/%E2%82%AC"),
)
def path_info_latin_1(exchange: Exchange) -> None:
    """The octets of a UTF-8 path arrive as one Latin-1 character each.

    Frameworks encode PATH_INFO to Latin-1 to get the octets back, and raise where it holds real text.
    """
    expect_path(exchange, "/\xe2\x82\xac")


@check(
    "path-info-octets-latin-1",
    requires=(pep3333.PATH_LATIN_1, pep3333.STRINGS_LATIN_1),
    send=Request(target="/%FF%E9"),
)
def path_info_octets_latin_1(exchange: Exchange) -> None:
    """The octets of a path that is no UTF-8 arrive as one Latin-1 character each.

    A server that decodes them as UTF-8 puts replacement characters or surrogates there: the octets are lost.
    """
    expect_path(exchange, "/\xff\xe9")


@check(
    "path-info-all-octets",
    requires=(pep3333.PATH_LATIN_1, rfc3875.PATH_INFO_DECODED),
    send=Request(target="/%80%85%9F%A0%AD%C2x"),
)
def path_info_all_octets(exchange: Exchange) -> None:
    """Octets of a path that look like whitespace or controls in Latin-1 are kept.

    Stripping text where octets are meant eats 0x85 and 0xA0, which are parts of UTF-8 characters.
    """
    got = decoded_path_of(exchange)
    if any(ord(character) > 0xFF for character in got) or "\xef\xbf\xbd" in got:
        inconclusive("the path is no Latin-1 image: path-info-octets-latin-1 fails for it")
    expect(got == "/\x80\x85\x9f\xa0\xad\xc2x", "PATH_INFO", want="/\x80\x85\x9f\xa0\xad\xc2x", got=got)


@check("path-info-encoded-slash", requires=pep3333.PATH_INFO, send=Request(target="/a%2Fb/c"))
def path_info_encoded_slash(exchange: Exchange) -> None:
    """ "%2F" in the path arrives as "/", or stays as it is.

    CGI decodes it, some servers keep it: both lose nothing. A path cut off there does.
    """
    got = path_of(exchange)
    expect(got in ("/a/b/c", "/a%2Fb/c", "/a%2fb/c"), "PATH_INFO", want="/a/b/c", got=got)


@check("path-info-encoded-question-mark", requires=pep3333.PATH_INFO, send=Request(target="/a%3Fb"))
def path_info_encoded_question_mark(exchange: Exchange) -> None:
    """ "%3F" belongs to the path.

    A server that decodes before it splits takes the rest of a file name for a query.
    """
    expect_path(exchange, "/a?b")


@check("path-info-encoded-number-sign", requires=pep3333.PATH_INFO, send=Request(target="/a%23b"))
def path_info_encoded_number_sign(exchange: Exchange) -> None:
    """ "%23" belongs to the path.

    A server that decodes before it splits cuts the path off, as if a fragment began there.
    """
    expect_path(exchange, "/a#b")


@check(
    "path-info-nul-whole-or-refused",
    requires=pep3333.PATH_INFO,
    send=Request(target="/a%00b"),
    control=PLAIN,
)
def path_info_nul_whole_or_refused(exchange: Exchange) -> None:
    """A path with "%00" arrives whole, or is refused.

    Where the path ends at it, a filter in front of the server sees another path than the application.
    """
    if exchange.app.called:
        expect_path(exchange, "/a\x00b")


@check("path-info-parameters", requires=pep3333.PATH_INFO, send=Request(target="/a;p=1/b;q=2"))
def path_info_parameters(exchange: Exchange) -> None:
    """A path with parameters arrives with all its segments.

    RFC 3875 lets a server leave the parameters out; the segment behind them is another matter.
    """
    expect_path(exchange, "/a;p=1/b;q=2", "/a/b", "/a;p=1/b")


@check("path-info-case-kept", requires=rfc3875.PATH_INFO_CASE, send=Request(target="/AbC/dEF"))
def path_info_case_kept(exchange: Exchange) -> None:
    """The case of the path is preserved.

    Paths are case-sensitive: identifiers in them are.
    """
    expect_path(exchange, "/AbC/dEF")


@check("path-info-trailing-slash", requires=pep3333.PATH_INFO, send=Request(target="/a/b/"))
def path_info_trailing_slash(exchange: Exchange) -> None:
    """A slash at the end of the path is kept.

    Frameworks redirect a path without it to the path with it: for ever, where the server strips it.
    """
    expect_path(exchange, "/a/b/")


@check("path-info-double-slash", requires=pep3333.PATH_INFO, send=Request(target="//first/second"))
def path_info_double_slash(exchange: Exchange) -> None:
    """Two slashes at the begin of a path do not turn its first segment into a host.

    One slash is left by servers that guard against redirects to elsewhere; the segment stays.
    """
    expect_path(exchange, "//first/second", "/first/second")


@check("path-info-inner-double-slash", requires=pep3333.PATH_INFO, send=Request(target="/a//b"))
def path_info_inner_double_slash(exchange: Exchange) -> None:
    """A path with an empty segment arrives whole, or normalised.

    What is behind the empty segment is a part of the path.
    """
    expect_path(exchange, "/a//b", "/a/b")


@check("path-info-dots", requires=pep3333.PATH_INFO, send=Request(target="/a/./b.c/...d"))
def path_info_dots(exchange: Exchange) -> None:
    """Dots in a path are kept, except that a server may remove dot segments.

    ``b.c`` and ``...d`` are ordinary names.
    """
    expect_path(exchange, "/a/./b.c/...d", "/a/b.c/...d")


@check("path-info-colon", requires=pep3333.PATH_INFO, send=Request(target="/x:80/http://y"))
def path_info_colon(exchange: Exchange) -> None:
    """Colons, and what looks like a URL, are ordinary parts of a path.

    Splitting the target as a URL must not find a scheme or a host in the middle of it.
    """
    expect_path(exchange, "/x:80/http://y", "/x:80/http:/y")


@check(
    "path-info-8-bit",
    requires=(pep3333.STRINGS_LATIN_1, pep3333.PATH_LATIN_1),
    send=Request(target="/\xe2\x82\xac"),
    control=Request(target="/euro"),
)
def path_info_8_bit(exchange: Exchange) -> None:
    """Octets above 0x7F that stand raw in the request target are refused, or arrive as Latin-1 characters.

    They are no URI, but clients send them.
    """
    if exchange.app.called:
        got = path_of(exchange)
        beyond = [character for character in got if ord(character) > 0xFF]
        expect(not beyond, "characters of PATH_INFO above U+00FF", want="none", got=got)


@check("path-info-outer-spaces-kept", requires=pep3333.PATH_INFO, send=Request(target="/%20a%20"))
def path_info_outer_spaces_kept(exchange: Exchange) -> None:
    """Spaces at the end of a decoded path are kept.

    A rule that forbids a path is passed by with a space behind it that the server takes away.
    """
    expect_path(exchange, "/ a ")


@check(
    "path-info-parameters-of-each-segment", requires=pep3333.PATH_INFO, send=Request(target="/a;v=1/b;w=,2")
)
def path_info_parameters_of_each_segment(exchange: Exchange) -> None:
    """What stands behind a ";" in a segment belongs to the path, in the last segment too.

    What the parameters mean is for the application to say.
    """
    expect_path(exchange, "/a;v=1/b;w=,2")


@check(
    "path-info-controls-whole-or-refused",
    requires=(pep3333.PATH_LATIN_1, rfc3875.PATH_INFO_DECODED),
    send=Request(target="/a%01%09%0A%0D%1F%7Fb"),
    control=PLAIN,
)
def path_info_controls_whole_or_refused(exchange: Exchange) -> None:
    """A path with encoded control characters arrives decoded and whole, or is refused.

    Left encoded, or dropped, they make another path of it than other recipients see.
    """
    if exchange.app.called:
        expect_path(exchange, "/a\x01\t\n\r\x1f\x7fb")
