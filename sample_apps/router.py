"""Several URLs, chosen by path and method: pages, a greeting, a query, a redirect, 404 and 405."""

import html
from typing import Iterable
from urllib.parse import quote

from sample_apps.environ import Environ, StartResponse, method_of, path_of, query_of
from sample_apps.replies import not_allowed, not_found, page, reply
from sample_apps.serving import main

HELLO = "/hello/"


def home(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Show the first page."""
    return page(environ, start_response, "Home", "<p>Welcome.</p>")


def about(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Show the second page, which is also where the old one leads."""
    return page(environ, start_response, "About", "<p>A sample site, \u2018as people write them\u2019.</p>")


def colours(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """List every ``colour`` of the query, in order."""
    items = "".join("<li>{}</li>".format(html.escape(name)) for name in query_of(environ).get("colour", []))
    return page(environ, start_response, "Colours", "<ul>{}</ul>".format(items))


def old(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Redirect to the page about us, by absolute path: the mount point is part of it."""
    location = quote(environ.get("SCRIPT_NAME", "").encode("latin-1")) + "/about"
    return reply(environ, start_response, b"", status="302 Found", headers=[("Location", location)])


def hello(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Greet the one named in the path, whatever the script."""
    greeting = "Hello, {}!\n".format(path_of(environ)[len(HELLO) :])
    return reply(environ, start_response, greeting.encode("utf-8"))


PAGES = {"": home, "/": home, "/about": about, "/colours": colours, "/old": old}


def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Find the page by path, then ask whether the method suits it."""
    path = path_of(environ)
    if path.startswith(HELLO) and len(path) > len(HELLO) and "/" not in path[len(HELLO) :]:
        found = hello
    elif path in PAGES:
        found = PAGES[path]
    else:
        return not_found(environ, start_response)
    if method_of(environ) not in ("GET", "HEAD"):
        return not_allowed(environ, start_response, "GET, HEAD")
    return found(environ, start_response)


if __name__ == "__main__":
    main(application)
