"""The header of the request as ``HTTP_`` variables: names and values (PEP 3333; RFC 3875, 4.1.18)."""

from __future__ import annotations

from ...authoring import Carrier, Exchange, Request, check, environ_of, expect, inconclusive
from ...authoring.environs import environ_with_headers
from ...spec import pep3333, rfc3875, rfc9110, rfc9112

VERBATIM = 'a:b, "c; d" %41+b=%C3%A9 =?utf-8?q?x?= <{[]}>\\/~'
LIST = "a, , b,,c ,d"
LONG = "0123456789abcdef" * 180
ORDINARY = (
    ("Accept", "text/x-wsgicheck, */*;q=0.5"),
    ("Accept-Language", "de-AT, en;q=0.7"),
    ("User-Agent", "wsgicheck (a; b) c/1"),
    ("Referer", "http://example.org/a%20b?c=d&e"),
    ("Origin", "http://example.org"),
    ("Authorization", "Bearer wsgicheck"),
    ("Cookie", 'a=1; b="2"; c=%203'),
    ("If-None-Match", 'W/"one", "two"'),
    ("If-Modified-Since", "Sat, 29 Oct 1994 19:43:31 GMT"),
    ("Range", "bytes=0-4"),
    ("Accept-Encoding", "identity"),
    ("X-B3-TraceId", "463ac35c9f6413ad"),
)
HEADERS = Request(
    headers=(
        ("X-Wsgicheck-Custom", "a value of its own"),
        ("x-mIxEd-cAsE-1", "found by its name"),
        ("X-Verbatim", VERBATIM),
        ("X-Case", "CamelCase kept"),
        ("X-Inner", "a  b\tc"),
        ("X-Around", "  \t v \t "),
        ("X-Empty", ""),
        ("X-List", LIST),
        *ORDINARY,
    ),
    carrier=Carrier.QUERY,
)
LONG_HEADER = Request(headers=(("X-Long", LONG),), carrier=Carrier.QUERY)
MANY = Request(
    headers=tuple((f"X-Number-{number}", f"value {number}") for number in range(40)),
    carrier=Carrier.QUERY,
)


FULL = Request(headers=tuple((f"X-N-{number}", f"{number}") for number in range(90)), carrier=Carrier.QUERY)
LONG_NAME = "X-" + "-".join("a-name-of-many-words" for _ in range(5))
LONG_NAMED = Request(headers=((LONG_NAME, "named at length"), ("X-Short", "s")), carrier=Carrier.QUERY)
VERY_LONG = "0123456789abcdef" * 400
VERY_LONG_HEADER = Request(headers=(("X-Long", VERY_LONG),), carrier=Carrier.QUERY)


def variable_of(field_name: str) -> str:
    """Return the name of a header's variable (RFC 3875, 4.1.18)."""
    return "HTTP_" + field_name.upper().replace("-", "_")


def expect_value(exchange: Exchange, name: str, want: str) -> None:
    """Fail unless the variable has this value; inconclusive where it is absent."""
    environ = environ_with_headers(exchange)
    key = variable_of(name)
    if key not in environ:
        inconclusive(f"{key} is absent")
    expect(environ[key] == want, key, want=want, got=environ[key])


@check("header-has-variable", requires=(pep3333.HTTP_VARIABLES, rfc3875.HTTP_VARIABLES), send=HEADERS)
def header_has_variable(exchange: Exchange) -> None:
    """A header field that the server does not know has a variable.

    Applications and the proxies before them talk to each other in such fields.
    """
    environ = environ_of(exchange)
    found = [value for key, value in environ.values.items() if key.upper().startswith("HTTP_")]
    arrived = any("a value of its own" in value for value in found)
    expect(arrived, "variable of X-Wsgicheck-Custom", want="a value of its own", got="absent")


@check(
    "header-variable-name",
    requires=(pep3333.HTTP_VARIABLE_NAMES, rfc3875.HTTP_VARIABLE_NAMES, rfc9112.FIELD_NAME_CASE),
    send=HEADERS,
)
def header_variable_name(exchange: Exchange) -> None:
    """A header's variable is HTTP_ and its name in upper case, each "-" a "_".

    However the client writes the name, the application looks for one.
    """
    environ = environ_with_headers(exchange)
    names = [key for key, value in environ.values.items() if "found by its name" in value]
    if not names:
        inconclusive("the header x-mIxEd-cAsE-1 did not arrive under any name")
    expect(
        "HTTP_X_MIXED_CASE_1" in names,
        "variable of x-mIxEd-cAsE-1",
        want="HTTP_X_MIXED_CASE_1",
        got=", ".join(names),
    )


@check("header-value-verbatim", requires=(pep3333.HTTP_VARIABLES, rfc3875.HTTP_VARIABLES), send=HEADERS)
def header_value_verbatim(exchange: Exchange) -> None:
    """A header's value arrives as it was sent: colons, quotes, percent signs and all.

    Whatever it means is the application's business.
    """
    expect_value(exchange, "X-Verbatim", VERBATIM)


@check("header-value-case-kept", requires=pep3333.HTTP_VARIABLES, send=HEADERS)
def header_value_case_kept(exchange: Exchange) -> None:
    """The case of a header's value is kept.

    Only names are case-insensitive; tokens and signatures are not.
    """
    expect_value(exchange, "X-Case", "CamelCase kept")


@check("header-inner-whitespace-kept", requires=pep3333.HTTP_VARIABLES, send=HEADERS)
def header_inner_whitespace_kept(exchange: Exchange) -> None:
    """Whitespace within a header's value is kept.

    It may stand in a quoted string, or under a signature.
    """
    expect_value(exchange, "X-Inner", "a  b\tc")


@check(
    "header-outer-whitespace-removed",
    requires=(rfc9110.FIELD_VALUE_WHITESPACE, rfc9112.FIELD_WHITESPACE),
    send=HEADERS,
)
def header_outer_whitespace_removed(exchange: Exchange) -> None:
    """Spaces and tabs around a header's value are no part of it.

    A token compared with what has a blank behind it is never equal.
    """
    expect_value(exchange, "X-Around", "v")


@check("header-without-value", requires=pep3333.HTTP_VARIABLES, send=HEADERS)
def header_without_value(exchange: Exchange) -> None:
    """A header without a value has an empty variable, or none.

    It must not take the value of its neighbour.
    """
    environ = environ_with_headers(exchange)
    expect(environ.lacks("HTTP_X_EMPTY"), "HTTP_X_EMPTY", want="", got=environ.get("HTTP_X_EMPTY"))


@check("header-without-value-has-variable", requires=pep3333.HTTP_VARIABLES, send=HEADERS)
def header_without_value_has_variable(exchange: Exchange) -> None:
    """A header without a value has its variable, which is empty.

    An empty field may say something (no cookie any more, no encoding accepted), and is there. A server that
    passes on what has a value hides it.
    """
    environ = environ_with_headers(exchange)
    got = "present" if "HTTP_X_EMPTY" in environ else "absent"
    expect(got == "present", "HTTP_X_EMPTY", want="present", got=got)


@check("header-value-long", requires=pep3333.HTTP_VARIABLES, send=LONG_HEADER)
def header_value_long(exchange: Exchange) -> None:
    """A value of 2880 octets arrives whole.

    Cookies and tokens are that long. A server with a lower limit refuses the request; none cuts.
    """
    environ = environ_with_headers(exchange)
    got = environ.get("HTTP_X_LONG")
    expect(got == LONG, "HTTP_X_LONG", want=f"{len(LONG)} octets", got=f"{len(got)} octets")


@check("ordinary-headers-have-variables", requires=pep3333.HTTP_VARIABLES, send=HEADERS)
def ordinary_headers_have_variables(exchange: Exchange) -> None:
    """The fields that browsers send arrive: what they accept, who they are, where they come from.

    Conditions and ranges are among them: it is the application that answers to them.
    """
    environ = environ_with_headers(exchange)
    for name, want in ORDINARY:
        key = variable_of(name)
        # A server that authenticates by itself should keep the credentials (RFC 3875 4.1.18).
        if name != "Authorization" or key in environ:
            expect(environ.get(key) == want, key, want=want, got=environ.get(key))


@check("many-headers-all-arrive", requires=pep3333.HTTP_VARIABLES, send=MANY)
def many_headers_all_arrive(exchange: Exchange) -> None:
    """Each of forty header fields has its variable.

    A server with a lower limit refuses the request; it does not leave fields out.
    """
    environ = environ_with_headers(exchange)
    wrong = [number for number in range(40) if environ.get(f"HTTP_X_NUMBER_{number}") != f"value {number}"]
    expect(not wrong, "fields X-Number-* that did not arrive", want="none", got=wrong)


OF_PROXIES = {
    "HTTP_FORWARDED",
    "HTTP_VIA",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
}
"""What a reverse proxy tells of the request that it passes on: one may stand in front, in one command."""


@check(
    "header-variables-only-of-request",
    requires=(pep3333.HTTP_VARIABLES_ABSENT, rfc3875.HTTP_VARIABLES),
)
def header_variables_only_of_request(exchange: Exchange) -> None:
    """There is no HTTP_ variable without a header field.

    An application believes that the client said it.
    """
    sent = {"HTTP_HOST", "HTTP_CONNECTION", "HTTP_X_WSGICHECK_TICKET"}
    # Copied from the operating system: another check's business.
    stray = {"HTTP_X_WSGICHECK_STRAY", "HTTP_PROXY"}
    expected = sent | stray | OF_PROXIES
    environ = environ_of(exchange)
    invented = sorted(key for key in environ.values if key.startswith("HTTP_") and key not in expected)
    expect(not invented, "HTTP_ variables of fields that were not sent", want="none", got=", ".join(invented))


@check("header-list-kept-as-sent", requires=pep3333.HTTP_VARIABLES, send=HEADERS)
def header_list_kept_as_sent(exchange: Exchange) -> None:
    """A list with empty members, and with its blanks here and there, arrives as it was sent.

    A server that takes lists apart and joins them again breaks signatures, and quoted strings with a comma.
    """
    expect_value(exchange, "X-List", LIST)


@check("ninety-headers-all-arrive", requires=pep3333.HTTP_VARIABLES, send=FULL)
def ninety_headers_all_arrive(exchange: Exchange) -> None:
    """Each of ninety header fields has its variable, or the request is refused.

    See ``many-headers-all-arrive``: a limit is told to the client, and silently leaves nothing out.
    """
    environ = environ_with_headers(exchange)
    wrong = [number for number in range(90) if environ.get(f"HTTP_X_N_{number}") != str(number)]
    expect(not wrong, "fields X-N-* that did not arrive", want="none", got=wrong)


@check("long-header-name-has-variable", requires=pep3333.HTTP_VARIABLES, send=LONG_NAMED)
def long_header_name_has_variable(exchange: Exchange) -> None:
    """A field with a name of 106 octets has a variable of that whole name, or the request is refused.

    Cut off, the names of two fields become one.
    """
    environ = environ_with_headers(exchange)
    key = variable_of(LONG_NAME)
    got = "there" if key in environ else "absent"
    expect(got == "there", f"the variable of a name of {len(LONG_NAME)} octets", want="there", got=got)


@check("header-value-of-6400-octets-whole", requires=pep3333.HTTP_VARIABLES, send=VERY_LONG_HEADER)
def header_value_of_6400_octets_whole(exchange: Exchange) -> None:
    """A value of 6400 octets arrives whole, or the request is refused.

    See ``header-value-long``: whoever has a buffer of 4096 octets must say so.
    """
    environ = environ_with_headers(exchange)
    got = environ.get("HTTP_X_LONG")
    expect(got == VERY_LONG, "HTTP_X_LONG", want=f"{len(VERY_LONG)} octets", got=f"{len(got)} octets")
