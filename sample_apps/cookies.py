"""A counter of visits, kept by the client: two Set-Cookie fields, which must stay two."""

import re
from http.cookies import CookieError, SimpleCookie
from typing import Iterable

from sample_apps.environ import Environ, StartResponse, path_of
from sample_apps.replies import not_found, reply
from sample_apps.serving import main

COLOUR = "colour=blue; Path=/; Expires=Thu, 31 Dec 2037 23:59:59 GMT; HttpOnly"


def visits_of(environ: Environ) -> int:
    """Read the number of earlier visits from the client's cookies; nonsense counts as none."""
    try:
        cookies = SimpleCookie(environ.get("HTTP_COOKIE", ""))
    except CookieError:
        return 0
    value = cookies["visits"].value if "visits" in cookies else ""
    return int(value) if re.match(r"[0-9]{1,9}\Z", value) else 0


def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Count this visit, and set a second cookie whose date holds a comma."""
    if path_of(environ) not in ("", "/"):
        return not_found(environ, start_response)
    visits = visits_of(environ) + 1
    headers = [("Set-Cookie", "visits={}; Path=/".format(visits)), ("Set-Cookie", COLOUR)]
    return reply(environ, start_response, "visits: {}\n".format(visits).encode("ascii"), headers=headers)


if __name__ == "__main__":
    main(application)
