"""A streamed download: a framework's iterable of unknown length."""

from __future__ import annotations

from ...authoring import (
    Exchange,
    Visit,
    called_once,
    check,
    expect,
    expect_octets,
    response_of,
)
from ...authoring.sample_sites import BOTTLE, DJANGO, FLASK
from ...spec import pep3333, rfc9112

DOWNLOAD = Visit(target="/download")
LINES = b"".join(b"line %d\n" % number for number in range(1, 1201))
DISPOSITION = 'attachment; filename="lines.txt"'


def arrives(exchange: Exchange) -> None:
    """Judge a stream of many small blocks: its fields, its octets, and its end in order."""
    called_once(exchange)
    response = response_of(exchange)
    expect(response.status == 200, "status of a download", want=200, got=response.status)
    said = response.values("content-disposition")
    expect(said == (DISPOSITION,), "Content-Disposition", want=DISPOSITION, got=" | ".join(said))
    expect_octets("the download", want=LINES, got=response.content)
    expect(response.complete, "the end of the download", want="in order", got="cut off")


@check(
    "django-download-arrives-whole",
    requires=(pep3333.TRANSMIT_UNBUFFERED, rfc9112.CHUNKED_FORMAT),
    send=DOWNLOAD,
    play=DJANGO,
)
def django_download_arrives_whole(exchange: Exchange) -> None:
    """A download that Django streams from a generator arrives whole, and ends in order.

    Django's iterable is the response itself, which has a close() and no length.
    """
    arrives(exchange)


@check(
    "flask-download-arrives-whole",
    requires=(pep3333.TRANSMIT_UNBUFFERED, rfc9112.CHUNKED_FORMAT),
    send=DOWNLOAD,
    play=FLASK,
)
def flask_download_arrives_whole(exchange: Exchange) -> None:
    """A download that Flask streams from a generator arrives whole, and ends in order.

    Flask's iterable closes the generator behind itself; its length is nobody's knowledge.
    """
    arrives(exchange)


@check(
    "bottle-download-arrives-whole",
    requires=(pep3333.TRANSMIT_UNBUFFERED, rfc9112.CHUNKED_FORMAT),
    send=DOWNLOAD,
    play=BOTTLE,
)
def bottle_download_arrives_whole(exchange: Exchange) -> None:
    """A download that Bottle streams from a generator arrives whole, and ends in order.

    Bottle takes the first block before it calls start_response, and chains the rest behind it.
    """
    arrives(exchange)
