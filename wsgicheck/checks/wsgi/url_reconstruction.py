"""The URL of a request, put together by the algorithm of PEP 3333 (URL Reconstruction)."""

from __future__ import annotations

from urllib.parse import quote

from ...authoring import (
    Environ,
    Exchange,
    HttpExchange,
    Octets,
    Request,
    check,
    environ_of,
    expect,
    inapplicable,
    inconclusive,
)
from ...spec import pep3333

WITHOUT_HOST = Octets(b"GET /there HTTP/1.0\r\nX-Wsgicheck-Ticket: {ticket}\r\n\r\n")


def url_of(environ: Environ) -> str:
    """Return the URL of a request: the algorithm of the PEP, line by line."""
    for key in ("wsgi.url_scheme", "SERVER_NAME", "SERVER_PORT"):
        if environ.lacks(key):
            inconclusive(f"{key} has no value, and a check of its own")
    url = environ["wsgi.url_scheme"] + "://"
    if environ.get("HTTP_HOST"):
        url += environ["HTTP_HOST"]
    else:
        url += environ["SERVER_NAME"]
        default = "443" if environ["wsgi.url_scheme"] == "https" else "80"
        if environ["SERVER_PORT"] != default:
            url += ":" + environ["SERVER_PORT"]
    url += quote(environ.get("SCRIPT_NAME"), encoding="latin-1", errors="replace")
    url += quote(environ.get("PATH_INFO"), encoding="latin-1", errors="replace")
    if environ.get("QUERY_STRING"):
        url += "?" + environ["QUERY_STRING"]
    return url


@check(
    "url-reconstructed",
    requires=(pep3333.URL_HTTP_HOST, pep3333.URL_PATH_DECODED, pep3333.URL_QUERY_ENCODED),
    send=Request(target="/there?a=b%26c"),
)
def url_reconstructed(exchange: Exchange) -> None:
    """The PEP's algorithm yields the URL that the client asked for.

    Redirects, links and signatures are made with it.
    """
    want = f"{exchange.server.scheme}://{exchange.server.authority}{exchange.target}"
    got = url_of(environ_of(exchange))
    expect(got == want, "reconstructed URL", want=want, got=got)


@check(
    "url-reconstructed-without-host",
    requires=(pep3333.SERVER_NAME_PORT_DEFAULT, pep3333.URL_SERVER_PORT),
    send=WITHOUT_HOST,
)
def url_reconstructed_without_host(exchange: HttpExchange) -> None:
    """The PEP's algorithm yields a URL with the server's port where the request has no Host.

    SERVER_NAME may be any name of the server. Its port is the one that the client reached.
    """
    if exchange.server.port is None:
        inapplicable("a UNIX socket has no port")
    environ = environ_of(exchange)
    if environ.get("HTTP_HOST"):
        inconclusive("the server invented a Host: host-variable-not-invented fails for it")
    authority = f"{environ.get('SERVER_NAME')}:{exchange.server.port}"
    want = f"{exchange.server.scheme}://{authority}/there"
    got = url_of(environ)
    expect(got == want, "reconstructed URL", want=want, got=got)
