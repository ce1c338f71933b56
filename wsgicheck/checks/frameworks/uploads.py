"""A form with a file, by a framework's own parser of ``multipart/form-data``."""

from __future__ import annotations

import hashlib

from ...authoring import (
    Exchange,
    Visit,
    check,
    environ_of,
    expect,
    expect_octets,
    inconclusive,
    whole_response,
)
from ...authoring.sample_sites import BOTTLE, DJANGO, FLASK
from ...spec import pep3333, rfc3875

FILE = bytes(range(256)) * 300 + b"\r\n--b0undar\r\n--b0undar"
"""Octets that nearly end their part of the form; Bottle holds no more than 100 kB of a form in memory."""
FORM = (
    b'--b0undary\r\nContent-Disposition: form-data; name="title"\r\n\r\ncaf\xc3\xa9 & more\r\n'
    b'--b0undary\r\nContent-Disposition: form-data; name="file"; filename="octets.bin"\r\n'
    b"Content-Type: application/octet-stream\r\n\r\n" + FILE + b"\r\n--b0undary--\r\n"
)
UPLOAD = Visit("POST", "/upload", (("Content-Type", "multipart/form-data; boundary=b0undary"),), FORM)
RECEIPT = (
    f'{{"sha256": "{hashlib.sha256(FILE).hexdigest()}", "size": {len(FILE)}, "title": "caf\\u00e9 & more"}}'
).encode()


def arrives(exchange: Exchange) -> None:
    """Judge what the application says of the file, and of the field before it."""
    if environ_of(exchange).types.get("CONTENT_LENGTH", "str") != "str":
        inconclusive("CONTENT_LENGTH is no str, which no framework can be expected to read")
    response = whole_response(exchange)
    expect(response.status == 200, "status of an upload", want=200, got=response.status)
    expect_octets("the receipt of an upload", want=RECEIPT, got=response.content)


@check(
    "django-upload-arrives-whole",
    requires=(pep3333.WSGI_INPUT, rfc3875.BODY_AVAILABLE),
    send=UPLOAD,
    play=DJANGO,
)
def django_upload_arrives_whole(exchange: Exchange) -> None:
    """A file that is uploaded to a form in Django arrives whole, with the field beside it.

    Django reads no further than CONTENT_LENGTH, in blocks, and trusts each read() to be honest.
    """
    arrives(exchange)


@check(
    "flask-upload-arrives-whole",
    requires=(pep3333.WSGI_INPUT, rfc3875.BODY_AVAILABLE),
    send=UPLOAD,
    play=FLASK,
)
def flask_upload_arrives_whole(exchange: Exchange) -> None:
    """A file that is uploaded to a form in Flask arrives whole, with the field beside it.

    Werkzeug reads through a wrapper of its own, and asks wsgi.input_terminated first.
    """
    arrives(exchange)


@check(
    "bottle-upload-arrives-whole",
    requires=(pep3333.WSGI_INPUT, rfc3875.BODY_AVAILABLE),
    send=UPLOAD,
    play=BOTTLE,
)
def bottle_upload_arrives_whole(exchange: Exchange) -> None:
    """A file that is uploaded to a form in Bottle arrives whole, with the field beside it.

    Bottle copies the body to a file before it looks at it, in blocks of up to 100 kB.
    """
    arrives(exchange)
