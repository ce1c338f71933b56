"""What the client sent, sent back: fields and header fields as JSON, a body as it came."""

from typing import Iterable

from sample_apps.environ import (
    BadLength,
    Environ,
    LengthRequired,
    StartResponse,
    body_blocks,
    fields_of,
    method_of,
    path_of,
    query_of,
    text_of,
)
from sample_apps.replies import as_json, not_found, refused, reply
from sample_apps.serving import main

LARGEST = 16 * 1024 * 1024
FORM = "application/x-www-form-urlencoded"
UNKNOWN = "application/octet-stream"


class TooLarge(ValueError):
    """The body is more than an echo will hold in memory."""


def whole_body(environ: Environ) -> bytes:
    """Read the whole request body, within reason."""
    body = bytearray()
    for block in body_blocks(environ):
        body += block
        if len(body) > LARGEST:
            raise TooLarge()
    return bytes(body)


def echo_fields(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Answer with the fields of the query and of the form, each key with all its values."""
    is_form = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() == FORM
    form = fields_of(text_of(whole_body(environ).decode("latin-1"))) if is_form else {}
    told = {"method": method_of(environ), "path": path_of(environ), "query": query_of(environ), "form": form}
    return as_json(environ, start_response, told)


def echo_body(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Answer with the octets of the request, under the type that they came with."""
    content_type = environ.get("CONTENT_TYPE", "")
    if not content_type or any(character < " " or character == "\x7f" for character in content_type):
        content_type = UNKNOWN
    return reply(environ, start_response, whole_body(environ), content_type)


def echo_headers(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Answer with the ``HTTP_*`` keys of the environ, one character an octet."""
    headers = {key: value for key, value in environ.items() if key.startswith("HTTP_")}
    return as_json(environ, start_response, headers)


ECHOES = {"": echo_fields, "/": echo_fields, "/body": echo_body, "/headers": echo_headers}


def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Echo fields at ``/``, the body at ``/body`` and the header fields at ``/headers``."""
    path = path_of(environ)
    if path not in ECHOES:
        return not_found(environ, start_response)
    try:
        return ECHOES[path](environ, start_response)
    except BadLength:
        return refused(environ, start_response, "400 Bad Request")
    except LengthRequired:
        return refused(environ, start_response, "411 Length Required")
    except TooLarge:
        return refused(environ, start_response, "413 Payload Too Large")


if __name__ == "__main__":
    main(application)
