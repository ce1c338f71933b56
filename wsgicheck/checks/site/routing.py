"""Pages chosen by path, query and form; redirects and cookies: what every framework's router stands on."""

from __future__ import annotations

from ...authoring import (
    Exchange,
    Visit,
    called_once,
    check,
    environ_of,
    expect,
    expect_octets,
    inconclusive,
    whole_response,
)
from ...authoring.responses import cookies_given
from ...authoring.sample_sites import SITE
from ...spec import pep3333, rfc9110

OLD = Visit(target="/old")
FORM = (("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),)
COOKIES = (
    "visits=1; Path=/",
    "colour=blue; Path=/; Expires=Thu, 31 Dec 2037 23:59:59 GMT; HttpOnly",
)


@check("page-chosen-by-path", requires=pep3333.TRANSMIT_UNBUFFERED, send=Visit(target="/about"), play=SITE)
def page_chosen_by_path(exchange: Exchange) -> None:
    """A page arrives as it was written, quotation marks beyond ASCII and all.

    The application has encoded it already; a server that encodes or "repairs" it once more garbles it.
    """
    called_once(exchange)
    response = whole_response(exchange)
    expect(response.status == 200, "status of /about", want=200, got=response.status)
    kind = response.values("content-type")
    expect(kind == ("text/html; charset=utf-8",), "Content-Type", want="text/html; charset=utf-8", got=kind)
    content = "<p>A sample site, \u2018as people write them\u2019.</p>".encode()
    expect(content in response.content, "the paragraph of /about", want=content, got=response.content)


@check(
    "page-named-beyond-ascii-found",
    requires=(pep3333.PATH_LATIN_1, pep3333.URL_PATH_DECODED),
    send=Visit(target="/hello/caf%C3%A9%20%E2%82%AC%2B+"),
    play=SITE,
)
def page_named_beyond_ascii_found(exchange: Exchange) -> None:
    """A name of any script in the path is understood by an application that decodes it as the PEP says.

    It takes each character of PATH_INFO for an octet, and the octets for UTF-8: a server that has
    decoded them as UTF-8 already, or never, greets visitors by another name.
    """
    if "%20" in environ_of(exchange).get("PATH_INFO"):
        inconclusive("the path was not decoded at all: the checks of PATH_INFO judge that")
    want = "Hello, caf\u00e9 \u20ac++!\n".encode()
    expect_octets("the greeting by name", want=want, got=whole_response(exchange).content)


@check(
    "query-fields-kept",
    requires=(pep3333.QUERY_STRING, pep3333.URL_QUERY_ENCODED),
    send=Visit(target="/echo?a=1&a=2&b=%26%3D&c&caf%C3%A9=%20+?"),
    play=SITE,
)
def query_fields_kept(exchange: Exchange) -> None:
    """Every field of a query arrives, repeated keys in order and encoded separators as data.

    A server that decodes the query splits fields that contain an ampersand.
    """
    called_once(exchange)
    query = b'{"a": ["1", "2"], "b": ["&="], "c": [""], "caf\\u00e9": ["  ?"]}'
    want = b'{"form": {}, "method": "GET", "path": "", "query": ' + query + b"}\n"
    expect_octets("the echo of the query", want=want, got=whole_response(exchange).content)


@check(
    "form-fields-kept",
    requires=(pep3333.CONTENT_TYPE, pep3333.WSGI_INPUT),
    send=Visit("POST", "/echo?q=1", FORM, b"a=1&a=2&b=%0D%0A&caf%C3%A9=%F0%9F%8D%B5"),
    play=SITE,
)
def form_fields_kept(exchange: Exchange) -> None:
    """Every field of a submitted form arrives, beside the query and apart from it.

    The application knows it for a form by CONTENT_TYPE, whose parameters belong to it.
    """
    if environ_of(exchange).types.get("CONTENT_LENGTH", "str") != "str":
        inconclusive("CONTENT_LENGTH is no str, which no application can be expected to read")
    form = b'{"a": ["1", "2"], "b": ["\\r\\n"], "caf\\u00e9": ["\\ud83c\\udf75"]}'
    want = b'{"form": ' + form + b', "method": "POST", "path": "", "query": {"q": ["1"]}}\n'
    expect_octets("the echo of the form", want=want, got=whole_response(exchange).content)


@check("redirect-answered-302", requires=pep3333.HEADERS_WAIT, send=OLD, play=SITE)
def redirect_answered_302(exchange: Exchange) -> None:
    """A redirect goes to the client, with one Location that leads to the right page.

    A server that follows it by itself, as CGI had it, leaves the visitor at the old address for ever.
    The Location may come as an absolute URI of this server: it leads to the same page.
    """
    called_once(exchange)
    response = whole_response(exchange)
    expect(response.status == 302, "status of a redirect", want=302, got=response.status)
    location = response.values("location")
    same = (("/about",), (f"{exchange.server.scheme}://{exchange.server.authority}/about",))
    expect(location in same, "Location", want="/about", got=" | ".join(location))


@check("redirect-location-kept", requires=pep3333.PLAY_DUMB, send=OLD, play=SITE)
def redirect_location_kept(exchange: Exchange) -> None:
    """Location arrives as the application wrote it: a path stays a path.

    A server that completes it must guess the scheme and host that the client used, and behind a proxy
    it guesses wrong.
    """
    called_once(exchange)
    location = whole_response(exchange).values("location")
    if len(location) != 1:
        inconclusive("there is not one Location")
    expect(location[0] == "/about", "Location", want="/about", got=location[0])


@check(
    "cookies-set-apart",
    requires=(rfc9110.SET_COOKIE_SEPARATE, pep3333.HEADERS_WAIT),
    send=Visit(target="/cookies"),
    play=SITE,
)
def cookies_set_apart(exchange: Exchange) -> None:
    """Two cookies arrive as two Set-Cookie fields, in order, the comma in a date unharmed.

    Joined by a comma, or kept in a dict, one of them is lost: usually the session.
    """
    called_once(exchange)
    response = whole_response(exchange)
    arrived = cookies_given(response, COOKIES)
    got = " | ".join(response.values("set-cookie"))
    expect(arrived == COOKIES, "Set-Cookie", want=" | ".join(COOKIES), got=got)


@check(
    "cookie-sent-back-read",
    requires=pep3333.HTTP_VARIABLES,
    send=Visit(target="/cookies", headers=(("Cookie", 'theme="a,b"; visits=41; colour=blue'),)),
    play=SITE,
)
def cookie_sent_back_read(exchange: Exchange) -> None:
    """The cookies of a client reach the application as it sent them.

    Every session hangs on it.
    """
    environ = environ_of(exchange)
    want = 'theme="a,b"; visits=41; colour=blue'
    expect(environ.get("HTTP_COOKIE") == want, "HTTP_COOKIE", want=want, got=environ.get("HTTP_COOKIE"))
    expect_octets("the count of visits", want=b"visits: 42\n", got=whole_response(exchange).content)
