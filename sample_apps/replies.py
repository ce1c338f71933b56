"""What is answered: whole replies of known length, and the usual refusals."""

import html
import json
from typing import Any, List, Sequence, Tuple

from sample_apps.environ import Environ, StartResponse, method_of, whole_path_of

Headers = List[Tuple[str, str]]

PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1>{content}</body>
</html>
"""


def reply(
    environ: Environ,
    start_response: StartResponse,
    body: bytes,
    content_type: str = "text/plain; charset=utf-8",
    status: str = "200 OK",
    headers: Sequence[Tuple[str, str]] = (),
) -> List[bytes]:
    """Answer with a whole body and its length; to HEAD with the same header fields and no body."""
    fields: Headers = [("Content-Type", content_type), ("Content-Length", str(len(body)))]
    start_response(status, fields + list(headers))
    return [] if method_of(environ) == "HEAD" else [body]


def page(
    environ: Environ,
    start_response: StartResponse,
    title: str,
    content: str,
    status: str = "200 OK",
    headers: Sequence[Tuple[str, str]] = (),
) -> List[bytes]:
    """Answer with a small HTML page; ``content`` is HTML already, ``title`` is not."""
    body = PAGE.format(title=html.escape(title), content=content).encode("utf-8", "replace")
    return reply(environ, start_response, body, "text/html; charset=utf-8", status, headers)


def as_json(environ: Environ, start_response: StartResponse, value: Any) -> List[bytes]:
    """Answer with a value as JSON, in ASCII, keys sorted."""
    body = json.dumps(value, sort_keys=True).encode("ascii") + b"\n"
    return reply(environ, start_response, body, "application/json")


def not_found(environ: Environ, start_response: StartResponse) -> List[bytes]:
    """Answer 404 with a page that names the path, escaped."""
    content = "<p>There is nothing at <code>{}</code>.</p>".format(html.escape(whole_path_of(environ)))
    return page(environ, start_response, "Not Found", content, "404 Not Found")


def not_allowed(environ: Environ, start_response: StartResponse, allowed: str) -> List[bytes]:
    """Answer 405 with the methods that would have done, such as ``"GET, HEAD"``."""
    content = "<p>Try one of: {}.</p>".format(html.escape(allowed))
    return page(
        environ,
        start_response,
        "Method Not Allowed",
        content,
        "405 Method Not Allowed",
        [("Allow", allowed)],
    )


def refused(environ: Environ, start_response: StartResponse, status: str) -> List[bytes]:
    """Answer with an error whose page says no more than its status."""
    return page(environ, start_response, status.partition(" ")[2], "", status)
