"""The ``write()`` callable of old applications, mixed with returned blocks."""

from typing import Iterable, List, Tuple

from sample_apps.environ import Environ, StartResponse, path_of
from sample_apps.replies import not_found
from sample_apps.serving import main

WRITTEN = (b"written first\n", b"", b"written second\n")
RETURNED = (b"returned third\n", b"", b"returned fourth\n")
LENGTH = sum(len(block) for block in WRITTEN + RETURNED)


def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Write two lines and return two more; at ``/length`` their length is announced."""
    path = path_of(environ)
    if path not in ("", "/", "/length"):
        return not_found(environ, start_response)
    headers: List[Tuple[str, str]] = [("Content-Type", "text/plain")]
    if path == "/length":
        headers.append(("Content-Length", str(LENGTH)))
    write = start_response("200 OK", headers)
    for block in WRITTEN:
        write(block)
    return RETURNED


if __name__ == "__main__":
    main(application)
