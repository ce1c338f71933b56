"""The smallest application: one URL, plain text.

Like most small applications it never looks at the method: that the answer to HEAD
goes out without a body is left to the server, whose duty it is.
"""

from typing import Iterable

from sample_apps.environ import Environ, StartResponse, path_of
from sample_apps.replies import not_found
from sample_apps.serving import main

GREETING = b"Hello, world!\n"


def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Greet at ``/``; there is nothing else."""
    if path_of(environ) not in ("", "/"):
        return not_found(environ, start_response)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(GREETING)))])
    return [GREETING]


if __name__ == "__main__":
    main(application)
