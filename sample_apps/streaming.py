"""A body that grows as it is made: a generator, of no announced length, some blocks empty."""

import re
from typing import Iterable, Iterator

from sample_apps.environ import Environ, StartResponse, path_of
from sample_apps.replies import not_found
from sample_apps.serving import main

BLOCKS = (b"", b"first\n", b"", b"second\n", b"", b"", b"third\n", b"")


def blocks() -> Iterator[bytes]:
    """Yield three lines, with empty blocks before, between and after."""
    for block in BLOCKS:
        yield block


def lines(count: int) -> Iterator[bytes]:
    """Yield so many numbered lines, each a block."""
    for number in range(1, count + 1):
        yield "line {}\n".format(number).encode("ascii")


def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Stream a few blocks at ``/`` and n lines at ``/<n>``, up to 99999."""
    path = path_of(environ)
    if path in ("", "/"):
        body = blocks()
    elif re.match(r"/[0-9]{1,5}\Z", path):
        body = lines(int(path[1:]))
    else:
        return not_found(environ, start_response)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return body


if __name__ == "__main__":
    main(application)
