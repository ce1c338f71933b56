"""The types of keys and values in the environ, and their characters (PEP 3333, A Note On String Types)."""

from __future__ import annotations

from ...authoring import Carrier, Environ, Exchange, Play, Request, body, check, environ_of, expect
from ...spec import pep3333, rfc3875

CONTENT_NAMES = ("CONTENT_LENGTH", "CONTENT_TYPE")
CHUNKED = Request(
    "POST",
    "/",
    (("Content-Type", "text/plain"), ("Transfer-Encoding", "chunked")),
    b"3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n",
)
HEADERS = Request(
    headers=(
        ("X-Plain", "plain"),
        ("X-Number", "7"),
        ("X-Empty", ""),
        ("X-List", "one"),
        ("X-List", "two"),
        ("Cookie", "a=1"),
        ("Accept", "text/plain"),
        ("User-Agent", "wsgicheck"),
    ),
    carrier=Carrier.QUERY,
)


def expect_str(environ: Environ, keys: tuple[str, ...]) -> None:
    """Fail unless the values of these keys, where they are present, are exactly ``str``."""
    wrong = [
        f"{key} is {environ.types[key]}" for key in keys if key in environ and environ.types[key] != "str"
    ]
    expect(not wrong, "types of variables", want="str", got=", ".join(wrong))


@check("environ-keys-are-str", requires=pep3333.CGI_VARIABLES_STR)
def environ_keys_are_str(exchange: Exchange) -> None:
    """All keys of the environ are exactly str.

    A bytes key is another key: nobody finds it.
    """
    wrong = [f"{key} is {kind}" for key, kind in environ_of(exchange).key_types.items() if kind != "str"]
    expect(not wrong, "types of keys", want="str", got=", ".join(wrong))


@check("content-length-zero-is-str", requires=pep3333.CGI_VARIABLES_STR, send=Request("POST", body=b""))
def content_length_zero_is_str(exchange: Exchange) -> None:
    """A CONTENT_LENGTH of 0 is a str as any other.

    Zero is where a number is put in for a value that is not there.
    """
    expect_str(environ_of(exchange), CONTENT_NAMES)


@check("environ-keys-differ-in-more-than-case", requires=rfc3875.NAMES_DIFFER)
def environ_keys_differ_in_more_than_case(exchange: Exchange) -> None:
    """No variable stands beside another whose name differs in case only.

    Which of the two an application finds is a matter of luck.
    """
    environ = environ_of(exchange)
    doubles = [
        key
        for key in environ.values
        if key != key.upper()
        and key.upper() in environ
        and (key.upper() in rfc3875.META_VARIABLES or key.upper().startswith("HTTP_"))
        and key.lower() != "http_proxy"  # a variable of the operating system
    ]
    expect(not doubles, "doubles of variables in another case", want="none", got=", ".join(doubles))


@check("cgi-variables-are-str", requires=pep3333.CGI_VARIABLES_STR)
def cgi_variables_are_str(exchange: Exchange) -> None:
    """All CGI variables are exactly str: no int, no bytes, no None, and no subclass.

    SERVER_PORT is joined to a URL, and CONTENT_LENGTH compared with "": both as text.
    """
    expect_str(environ_of(exchange), rfc3875.META_VARIABLES)


@check(
    "cgi-variables-of-query-are-str",
    requires=pep3333.CGI_VARIABLES_STR,
    send=Request(target="/p?a=%41+b&c=%2F%c3%A9;d=&e"),
)
def cgi_variables_of_query_are_str(exchange: Exchange) -> None:
    """All CGI variables of a request with a query are exactly str.

    The query is the one part of the target that is not decoded, and easily stays the bytes that it was.
    """
    expect_str(environ_of(exchange), rfc3875.META_VARIABLES)


@check(
    "content-variables-are-str",
    requires=pep3333.CGI_VARIABLES_STR,
    send=Request("POST", "/", (("Content-Type", "text/plain"),), b"hello"),
)
def content_variables_are_str(exchange: Exchange) -> None:
    """CONTENT_TYPE and CONTENT_LENGTH of a POST are exactly str.

    A server that has parsed the length has it as an int.
    """
    expect_str(environ_of(exchange), CONTENT_NAMES)


@check(
    "content-variables-of-chunked-body-are-str",
    requires=pep3333.CGI_VARIABLES_STR,
    send=CHUNKED,
    play=Play(after=(body(),)),
)
def content_variables_of_chunked_body_are_str(exchange: Exchange) -> None:
    """CONTENT_TYPE and CONTENT_LENGTH of a chunked POST are exactly str, where they are present.

    A server that has counted the octets has an int; one that has not has None.
    """
    expect_str(environ_of(exchange), CONTENT_NAMES)


@check("header-variables-are-str", requires=pep3333.CGI_VARIABLES_STR, send=HEADERS)
def header_variables_are_str(exchange: Exchange) -> None:
    """All HTTP_ variables are exactly str, also those of repeated and of empty fields.

    A list for a repeated field, or None for an empty one, breaks whoever reads it.
    """
    environ = environ_of(exchange)
    expect_str(environ, tuple(key for key in environ.values if key.startswith("HTTP_")))


@check(
    "variables-latin-1",
    requires=pep3333.STRINGS_LATIN_1,
    send=Request(target="/%E2%82%AC/%C3%A9?q=%E2%82%AC"),
)
def variables_latin_1(exchange: Exchange) -> None:
    """No variable of a request whose path is UTF-8 has a character above U+00FF, PATH_INFO apart.

    Servers hand the request target over in more than one variable.
    """
    environ = environ_of(exchange)
    known = (
        *rfc3875.META_VARIABLES,
        "REQUEST_URI",
        "RAW_URI",
        "RAW_PATH_INFO",
        "SCRIPT_URL",
        "SCRIPT_URI",
        "wsgi.url_scheme",
    )
    beyond = [
        key
        for key in known
        if key != "PATH_INFO" and any(ord(character) > 0xFF for character in environ.get(key))
    ]
    expect(not beyond, "variables with characters above U+00FF", want="none", got=", ".join(beyond))
