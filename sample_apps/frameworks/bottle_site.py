"""The small site in Bottle."""

import hashlib
import json
import os
from typing import Any, Iterator

from bottle import Bottle, redirect, request, response, static_file

PICTURES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "pictures")
PLAIN = "text/plain; charset=utf-8"


def hello() -> Any:
    response.content_type = PLAIN
    return "Hello from Bottle.\n"


def person(name: str) -> Any:
    response.content_type = PLAIN
    return "{}, {}!\n".format(request.query.getunicode("greeting", "Good day"), name)


def old() -> Any:
    redirect(application.get_url("person", name="ann"))  # Bottle makes it absolute by itself


def picture(name: str) -> Any:
    return static_file(name, root=PICTURES)


def upload() -> Any:
    """Tell what a form with a file (``multipart/form-data``) has brought."""
    digest = hashlib.sha256()
    size = 0
    for block in iter(lambda: request.files["file"].file.read(65536), b""):
        digest.update(block)
        size += len(block)
    receipt = {"sha256": digest.hexdigest(), "size": size, "title": request.forms.getunicode("title")}
    response.content_type = "application/json"
    return json.dumps(receipt, sort_keys=True)


def download() -> Any:
    response.content_type = PLAIN
    response.set_header("Content-Disposition", 'attachment; filename="lines.txt"')
    return lines()


def lines() -> Iterator[bytes]:
    for number in range(1, 1201):
        yield "line {}\n".format(number).encode("ascii")


def not_found(error: Any) -> Any:
    response.content_type = PLAIN
    return "Bottle knows no {}\n".format(request.path)


application = Bottle()
application.route("/", callback=hello)
application.route("/people/<name>", callback=person, name="person")
application.route("/old", callback=old)
application.route("/pictures/<name:path>", callback=picture)
application.route("/upload", method="POST", callback=upload)
application.route("/download", callback=download)
application.error(404, callback=not_found)
