"""A picture by a framework's own way of sending files."""

from __future__ import annotations

import hashlib

from ...authoring import (
    Exchange,
    Visit,
    called_once,
    check,
    expect,
    response_of,
    whole_response,
)
from ...authoring.sample_sites import BOTTLE, DJANGO, FLASK
from ...spec import pep3333, rfc9110

LENGTH = "472"
PICTURE = Visit(target="/pictures/octets.png")
PICTURE_HEAD = Visit("HEAD", "/pictures/octets.png")
SHA256 = "1a46c11e977387a8e200353f14a9e016508b3b86ba568b76f2103772ca86b4fa"


def shows(exchange: Exchange) -> None:
    """Judge a picture: status, type, length, and every octet there is."""
    called_once(exchange)
    response = whole_response(exchange)
    expect(response.status == 200, "status of a picture", want=200, got=response.status)
    kind = response.values("content-type")
    expect(kind == ("image/png",), "Content-Type", want="image/png", got=" | ".join(kind))
    lengths = response.values("content-length")
    expect(lengths in ((), (LENGTH,)), "Content-Length", want=LENGTH, got=" | ".join(lengths))
    got = hashlib.sha256(response.content).hexdigest()
    expect(got == SHA256, f"SHA-256 of {len(response.content)} octets", want=SHA256, got=got)


def describes(exchange: Exchange) -> None:
    """Judge the answer to HEAD; whether it is a head alone is the matter of the checks of HEAD."""
    called_once(exchange)
    response = response_of(exchange)
    expect(response.status == 200, "status of a picture to HEAD", want=200, got=response.status)
    lengths = response.values("content-length")
    expect(lengths in ((), (LENGTH,)), "Content-Length to HEAD", want=LENGTH, got=" | ".join(lengths))


@check(
    "django-picture-arrives-whole",
    requires=(pep3333.TRANSMIT_UNBUFFERED, pep3333.FILE_WRAPPER_TO_END),
    send=PICTURE,
    play=DJANGO,
)
def django_picture_arrives_whole(exchange: Exchange) -> None:
    """A picture that Django sends arrives whole, under its type and with its length.

    Django hands files to wsgi.file_wrapper, where the server has one, and replaces their close().
    """
    shows(exchange)


@check(
    "flask-picture-arrives-whole",
    requires=(pep3333.TRANSMIT_UNBUFFERED, pep3333.FILE_WRAPPER_TO_END),
    send=PICTURE,
    play=FLASK,
)
def flask_picture_arrives_whole(exchange: Exchange) -> None:
    """A picture that Flask sends arrives whole, under its type and with its length.

    Werkzeug wraps files by wsgi.file_wrapper, where the server has one, and dates them itself.
    """
    shows(exchange)


@check(
    "bottle-picture-arrives-whole",
    requires=(pep3333.TRANSMIT_UNBUFFERED, pep3333.FILE_WRAPPER_TO_END),
    send=PICTURE,
    play=BOTTLE,
)
def bottle_picture_arrives_whole(exchange: Exchange) -> None:
    """A picture that Bottle sends arrives whole, under its type and with its length.

    Bottle hands an open file to wsgi.file_wrapper, where the server has one.
    """
    shows(exchange)


@check(
    "django-picture-length-to-head",
    requires=(rfc9110.HEAD_CONTENT_LENGTH, rfc9110.CONTENT_LENGTH_CORRECT),
    send=PICTURE_HEAD,
    play=DJANGO,
)
def django_picture_length_to_head(exchange: Exchange) -> None:
    """HEAD for a picture in Django is answered with the length that GET would get, or with none.

    Django returns the file all the same: a server that drops it must not count what is left.
    """
    describes(exchange)


@check(
    "flask-picture-length-to-head",
    requires=(rfc9110.HEAD_CONTENT_LENGTH, rfc9110.CONTENT_LENGTH_CORRECT),
    send=PICTURE_HEAD,
    play=FLASK,
)
def flask_picture_length_to_head(exchange: Exchange) -> None:
    """HEAD for a picture in Flask is answered with the length that GET would get, or with none.

    Flask returns nothing for HEAD; a server that counts the blocks announces an empty picture.
    """
    describes(exchange)


@check(
    "bottle-picture-length-to-head",
    requires=(rfc9110.HEAD_CONTENT_LENGTH, rfc9110.CONTENT_LENGTH_CORRECT),
    send=PICTURE_HEAD,
    play=BOTTLE,
)
def bottle_picture_length_to_head(exchange: Exchange) -> None:
    """HEAD for a picture in Bottle is answered with the length that GET would get, or with none.

    Bottle returns nothing for HEAD; a server that counts the blocks announces an empty picture.
    """
    describes(exchange)
