"""An upload of any size: read by blocks, counted and hashed, never held whole."""

import hashlib
from typing import Iterable

from sample_apps.environ import (
    BadLength,
    Environ,
    LengthRequired,
    StartResponse,
    body_blocks,
    method_of,
    path_of,
)
from sample_apps.replies import as_json, not_allowed, not_found, refused
from sample_apps.serving import main


def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Answer POST and PUT with the size and the SHA-256 of what arrived."""
    if path_of(environ) not in ("", "/"):
        return not_found(environ, start_response)
    if method_of(environ) not in ("POST", "PUT"):
        return not_allowed(environ, start_response, "POST, PUT")
    digest = hashlib.sha256()
    size = 0
    try:
        for block in body_blocks(environ):
            digest.update(block)
            size += len(block)
    except BadLength:
        return refused(environ, start_response, "400 Bad Request")
    except LengthRequired:
        return refused(environ, start_response, "411 Length Required")
    return as_json(environ, start_response, {"size": size, "sha256": digest.hexdigest()})


if __name__ == "__main__":
    main(application)
