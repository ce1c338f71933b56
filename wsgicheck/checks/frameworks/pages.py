"""Pages by a framework's router: what its reading of the environ stands on."""

from __future__ import annotations

from ...authoring import (
    Exchange,
    Visit,
    called_once,
    check,
    expect,
    expect_octets,
    whole_response,
)
from ...authoring.sample_sites import BOTTLE, DJANGO, FLASK
from ...spec import pep3333

HOME = Visit()
PERSON = Visit(target="/people/caf%C3%A9%20%E2%82%AC?greeting=Gr%C3%BC%C3%9F%20dich+%26")
GREETING = "Gr\u00fc\u00df dich &, caf\u00e9 \u20ac!\n".encode()
MISSING = Visit(target="/no/such/page")
OLD = Visit(target="/old")


def shows(exchange: Exchange, status: int, want: bytes) -> None:
    """Judge a page: its status, and its content to the octet."""
    called_once(exchange)
    response = whole_response(exchange)
    expect(response.status == status, "status of the page", want=status, got=response.status)
    expect_octets("the page", want=want, got=response.content)


def leads_back(exchange: Exchange) -> None:
    """Judge a redirect to a page of the same site, made absolute by the framework."""
    called_once(exchange)
    response = whole_response(exchange)
    expect(response.status in (302, 303), "status of a redirect", want="302 or 303", got=response.status)
    want = f"{exchange.server.scheme}://{exchange.server.authority}/people/ann"
    location = response.values("location")
    expect(location == (want,), "Location", want=want, got=" | ".join(location))


@check(
    "django-home-page-shown",
    requires=(pep3333.TRANSMIT_UNBUFFERED, pep3333.PLAY_DUMB),
    send=HOME,
    play=DJANGO,
)
def django_home_page_shown(exchange: Exchange) -> None:
    """The home page of a site in Django arrives as Django made it.

    Where not even this comes, nothing that is written in Django runs on the server.
    """
    shows(exchange, 200, b"Hello from Django.\n")


@check(
    "flask-home-page-shown",
    requires=(pep3333.TRANSMIT_UNBUFFERED, pep3333.PLAY_DUMB),
    send=HOME,
    play=FLASK,
)
def flask_home_page_shown(exchange: Exchange) -> None:
    """The home page of a site in Flask arrives as Flask made it.

    Where not even this comes, nothing that is written in Flask runs on the server.
    """
    shows(exchange, 200, b"Hello from Flask.\n")


@check(
    "bottle-home-page-shown",
    requires=(pep3333.TRANSMIT_UNBUFFERED, pep3333.PLAY_DUMB),
    send=HOME,
    play=BOTTLE,
)
def bottle_home_page_shown(exchange: Exchange) -> None:
    """The home page of a site in Bottle arrives as Bottle made it.

    Where not even this comes, nothing that is written in Bottle runs on the server.
    """
    shows(exchange, 200, b"Hello from Bottle.\n")


@check(
    "django-route-found",
    requires=(pep3333.PATH_LATIN_1, pep3333.URL_QUERY_ENCODED),
    send=PERSON,
    play=DJANGO,
)
def django_route_found(exchange: Exchange) -> None:
    """Django finds a page by its path, and understands a name and a query beyond ASCII.

    Django takes PATH_INFO for octets in the guise of Latin-1; decoded otherwise, it is another name.
    """
    shows(exchange, 200, GREETING)


@check(
    "flask-route-found",
    requires=(pep3333.PATH_LATIN_1, pep3333.URL_QUERY_ENCODED),
    send=PERSON,
    play=FLASK,
)
def flask_route_found(exchange: Exchange) -> None:
    """Flask finds a page by its path, and understands a name and a query beyond ASCII.

    Werkzeug takes PATH_INFO for octets in the guise of Latin-1; decoded otherwise, it is another name.
    """
    shows(exchange, 200, GREETING)


@check(
    "bottle-route-found",
    requires=(pep3333.PATH_LATIN_1, pep3333.URL_QUERY_ENCODED),
    send=PERSON,
    play=BOTTLE,
)
def bottle_route_found(exchange: Exchange) -> None:
    """Bottle finds a page by its path, and understands a name and a query beyond ASCII.

    Bottle encodes PATH_INFO as Latin-1 first, and cannot go on where that fails.
    """
    shows(exchange, 200, GREETING)


@check(
    "django-missing-page-shown",
    requires=(pep3333.TRANSMIT_UNBUFFERED, pep3333.STATUS_DELIVERED),
    send=MISSING,
    play=DJANGO,
)
def django_missing_page_shown(exchange: Exchange) -> None:
    """The page for a missing path is the one that Django makes, with its 404.

    A server with a page of its own takes the visitor's way back from the site.
    """
    shows(exchange, 404, b"Django knows no /no/such/page\n")


@check(
    "flask-missing-page-shown",
    requires=(pep3333.TRANSMIT_UNBUFFERED, pep3333.STATUS_DELIVERED),
    send=MISSING,
    play=FLASK,
)
def flask_missing_page_shown(exchange: Exchange) -> None:
    """The page for a missing path is the one that Flask makes, with its 404.

    Its reason phrase is in capitals, which is as good as any other.
    """
    shows(exchange, 404, b"Flask knows no /no/such/page\n")


@check(
    "bottle-missing-page-shown",
    requires=(pep3333.TRANSMIT_UNBUFFERED, pep3333.STATUS_DELIVERED),
    send=MISSING,
    play=BOTTLE,
)
def bottle_missing_page_shown(exchange: Exchange) -> None:
    """The page for a missing path is the one that Bottle makes, with its 404.

    A server with a page of its own takes the visitor's way back from the site.
    """
    shows(exchange, 404, b"Bottle knows no /no/such/page\n")


@check(
    "django-redirect-leads-back",
    requires=(pep3333.URL_HTTP_HOST, pep3333.SCRIPT_NAME),
    send=OLD,
    play=DJANGO,
)
def django_redirect_leads_back(exchange: Exchange) -> None:
    """A URL that Django builds from the environ leads to the same site.

    It takes scheme, host and mount point from there; a wrong one sends visitors elsewhere.
    """
    leads_back(exchange)


@check(
    "flask-redirect-leads-back",
    requires=(pep3333.URL_HTTP_HOST, pep3333.SCRIPT_NAME),
    send=OLD,
    play=FLASK,
)
def flask_redirect_leads_back(exchange: Exchange) -> None:
    """A URL that Flask builds from the environ leads to the same site.

    Werkzeug binds its map of URLs to the environ; a wrong host in there sends visitors elsewhere.
    """
    leads_back(exchange)


@check(
    "bottle-redirect-leads-back",
    requires=(pep3333.URL_HTTP_HOST, pep3333.SCRIPT_NAME),
    send=OLD,
    play=BOTTLE,
)
def bottle_redirect_leads_back(exchange: Exchange) -> None:
    """A URL that Bottle builds from the environ leads to the same site.

    Bottle joins every redirect with the URL of the request; a wrong one sends visitors elsewhere.
    """
    leads_back(exchange)
