"""Applications that fail: before the response, once it is begun, midway, and with an excuse ready."""

import sys
from typing import Iterable, Iterator

from sample_apps.environ import Environ, StartResponse, path_of
from sample_apps.replies import not_found, reply
from sample_apps.serving import main

APOLOGY = b"Something went wrong.\n"
PLAIN = [("Content-Type", "text/plain")]


class Failure(Exception):
    """The failure that these applications are about."""


def before(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Raise before the response is begun."""
    raise Failure("before start_response")


def begun(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Raise when the response is begun, but nothing of it was sent."""
    start_response("200 OK", list(PLAIN))
    raise Failure("after start_response")


def midway(environ: Environ, start_response: StartResponse) -> Iterator[bytes]:
    """Raise after the first block."""
    start_response("200 OK", list(PLAIN))
    yield b"So far so good.\n"
    raise Failure("midway")


def short(environ: Environ, start_response: StartResponse) -> Iterator[bytes]:
    """Raise after the first block of an announced length."""
    start_response("200 OK", PLAIN + [("Content-Length", "1000")])
    yield b"So far so good.\n"
    raise Failure("short of the announced length")


def recovered(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Begin a response, fail, and put an error page in its place by ``exc_info``."""
    start_response("200 OK", list(PLAIN))
    try:
        raise Failure("and recovered")
    except Failure:
        length = ("Content-Length", str(len(APOLOGY)))
        start_response("500 Internal Server Error", PLAIN + [length], sys.exc_info())
    return [APOLOGY]


def late(environ: Environ, start_response: StartResponse) -> Iterator[bytes]:
    """Try the same after a block was sent: too late, ``start_response`` raises the failure again."""
    start_response("200 OK", list(PLAIN))
    yield b"So far so good.\n"
    try:
        raise Failure("too late to recover")
    except Failure:
        start_response("500 Internal Server Error", list(PLAIN), sys.exc_info())
    yield APOLOGY


def index(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Name the failures on offer."""
    names = "".join(sorted(path + "\n" for path in FAILURES))
    return reply(environ, start_response, names.encode("ascii"))


FAILURES = {
    "/before": before,
    "/begun": begun,
    "/midway": midway,
    "/short": short,
    "/recovered": recovered,
    "/late": late,
}


def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Fail in the way that the path names."""
    path = path_of(environ)
    if path in ("", "/"):
        return index(environ, start_response)
    if path in FAILURES:
        return FAILURES[path](environ, start_response)
    return not_found(environ, start_response)


if __name__ == "__main__":
    main(application)
