"""An export to keep: through ``wsgi.file_wrapper`` where there is one, by blocks where there is none."""

import io
import tempfile
from typing import IO, Iterable
from urllib.parse import quote

from sample_apps.environ import Environ, StartResponse, method_of, path_of
from sample_apps.files import rest_of
from sample_apps.replies import not_allowed, not_found
from sample_apps.serving import main

HEADING = b"number,square\r\n"
ROWS = 20000
FILE_NAME = "pr\u00e9cis 20000.csv"
DISPOSITION = "attachment; filename=\"precis.csv\"; filename*=UTF-8''" + quote(FILE_NAME)


def export(file: IO[bytes]) -> int:
    """Write the table into a file, return to its beginning and tell its length."""
    file.write(HEADING)
    for number in range(ROWS):
        file.write("{},{}\r\n".format(number, number * number).encode("ascii"))
    length = file.tell()
    file.seek(0)
    return length


def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Send the table from a real file at ``/``, from memory at ``/memory``, less its heading at ``/rest``."""
    path = path_of(environ)
    if path not in ("", "/", "/memory", "/rest"):
        return not_found(environ, start_response)
    if method_of(environ) not in ("GET", "HEAD"):
        return not_allowed(environ, start_response, "GET, HEAD")
    if path == "/memory":
        file: IO[bytes] = io.BytesIO()
    else:
        file = tempfile.TemporaryFile()
    length = export(file)
    if path == "/rest":
        length -= len(HEADING)
        file.seek(len(HEADING))
    headers = [
        ("Content-Type", "text/csv; charset=utf-8"),
        ("Content-Length", str(length)),
        ("Content-Disposition", DISPOSITION),
    ]
    start_response("200 OK", headers)
    if method_of(environ) == "HEAD":
        file.close()
        return []
    return rest_of(environ, file, length)


if __name__ == "__main__":
    main(application)
