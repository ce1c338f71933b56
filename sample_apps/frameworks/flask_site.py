"""The small site in Flask."""

import hashlib
import json
import os
from typing import Any, Iterator

from flask import Flask, Response, redirect, request, send_from_directory, url_for

PICTURES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "pictures")
PLAIN = "text/plain; charset=utf-8"


def hello() -> Any:
    return Response("Hello from Flask.\n", content_type=PLAIN)


def person(name: str) -> Any:
    greeting = request.args.get("greeting", "Good day")
    return Response("{}, {}!\n".format(greeting, name), content_type=PLAIN)


def old() -> Any:
    return redirect(url_for("person", name="ann", _external=True))


def picture(name: str) -> Any:
    return send_from_directory(PICTURES, name)


def upload() -> Any:
    """Tell what a form with a file (``multipart/form-data``) has brought."""
    digest = hashlib.sha256()
    size = 0
    for block in iter(lambda: request.files["file"].read(65536), b""):
        digest.update(block)
        size += len(block)
    receipt = {"sha256": digest.hexdigest(), "size": size, "title": request.form["title"]}
    return Response(json.dumps(receipt, sort_keys=True), content_type="application/json")


def download() -> Any:
    disposition = {"Content-Disposition": 'attachment; filename="lines.txt"'}
    return Response(lines(), headers=disposition, content_type=PLAIN)


def lines() -> Iterator[bytes]:
    for number in range(1, 1201):
        yield "line {}\n".format(number).encode("ascii")


def not_found(error: Any) -> Any:
    return Response("Flask knows no {}\n".format(request.path), 404, content_type=PLAIN)


application = Flask(__name__, static_folder=None)
application.add_url_rule("/", view_func=hello)
application.add_url_rule("/people/<name>", view_func=person)
application.add_url_rule("/old", view_func=old)
application.add_url_rule("/pictures/<path:name>", view_func=picture)
application.add_url_rule("/upload", view_func=upload, methods=["POST"])
application.add_url_rule("/download", view_func=download)
application.register_error_handler(404, not_found)
