"""What is not there, and what may not be done: the application's own 404 and 405, not the server's."""

from __future__ import annotations

from ...authoring import (
    Exchange,
    Visit,
    called_once,
    check,
    expect,
    expect_octets,
    inconclusive,
    whole_response,
)
from ...authoring.sample_sites import SITE
from ...spec import pep3333, rfc9110

MISSING = Visit(target="/no/such/page")
MISSING_HEAD = Visit("HEAD", "/no/such/page")
FORBIDDEN = Visit("POST", "/about", (("Content-Type", "text/plain"),), b"not wanted here")


def page(title: str, content: str) -> bytes:
    """Return a page of the sample site."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n'
        f'<head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body><h1>{title}</h1>{content}</body>\n</html>\n"
    ).encode()


MISSING_PAGE = page("Not Found", "<p>There is nothing at <code>/no/such/page</code>.</p>")
FORBIDDEN_PAGE = page("Method Not Allowed", "<p>Try one of: GET, HEAD.</p>")


@check("missing-page-answered-404", requires=pep3333.HEADERS_WAIT, send=MISSING, play=SITE)
def missing_page_answered_404(exchange: Exchange) -> None:
    """A path that the application does not know is answered with its 404.

    Any other status makes search engines keep pages that are gone, and hides broken links.
    """
    called_once(exchange)
    response = whole_response(exchange)
    expect(response.status == 404, "status of a missing page", want=404, got=response.status)


@check(
    "missing-page-shown",
    requires=(pep3333.TRANSMIT_UNBUFFERED, pep3333.PLAY_DUMB),
    send=MISSING,
    play=SITE,
)
def missing_page_shown(exchange: Exchange) -> None:
    """The application's page for a missing path arrives, not one of the server's making.

    It is where visitors find their way back; a server that puts its own page there takes it from them.
    """
    called_once(exchange)
    response = whole_response(exchange)
    expect_octets("the page of a 404", want=MISSING_PAGE, got=response.content)


@check("missing-page-answered-404-to-head", requires=pep3333.HEADERS_WAIT, send=MISSING_HEAD, play=SITE)
def missing_page_answered_404_to_head(exchange: Exchange) -> None:
    """HEAD for a missing path is answered with the application's 404 too.

    Link checkers ask by HEAD: where it says 200, they report broken links as sound.
    """
    called_once(exchange)
    response = whole_response(exchange)
    expect(response.status == 404, "status of a missing page to HEAD", want=404, got=response.status)


@check(
    "missing-page-length-to-head",
    requires=(rfc9110.HEAD_CONTENT_LENGTH, rfc9110.CONTENT_LENGTH_CORRECT),
    send=MISSING_HEAD,
    play=SITE,
)
def missing_page_length_to_head(exchange: Exchange) -> None:
    """Content-Length in the answer to HEAD is that of the page which GET would get, or is absent.

    The application answers HEAD with no blocks and the page's length; a server that counts the
    blocks instead announces an empty page.
    """
    called_once(exchange)
    response = whole_response(exchange)
    if response.status != 404:
        inconclusive(f"the answer is {response.status}, not 404")
    lengths = response.values("content-length")
    want = str(len(MISSING_PAGE))
    expect(lengths in ((), (want,)), "Content-Length to HEAD", want=want, got=", ".join(lengths))


@check("forbidden-method-answered-405", requires=pep3333.HEADERS_WAIT, send=FORBIDDEN, play=SITE)
def forbidden_method_answered_405(exchange: Exchange) -> None:
    """The application's 405 arrives with its Allow, although it never read the request's content.

    Without Allow the client cannot know what it may do instead.
    """
    called_once(exchange)
    response = whole_response(exchange)
    expect(response.status == 405, "status of a method that is not allowed", want=405, got=response.status)
    allow = response.values("allow")
    expect(allow == ("GET, HEAD",), "Allow", want="GET, HEAD", got=" | ".join(allow))


@check(
    "forbidden-method-page-shown",
    requires=(pep3333.TRANSMIT_UNBUFFERED, pep3333.PLAY_DUMB),
    send=FORBIDDEN,
    play=SITE,
)
def forbidden_method_page_shown(exchange: Exchange) -> None:
    """The application's page for a refused method arrives whole, although it never read the content.

    The remainder of the request is the server's to deal with, after the answer and not in its place.
    """
    called_once(exchange)
    expect_octets("the page of a 405", want=FORBIDDEN_PAGE, got=whole_response(exchange).content)
