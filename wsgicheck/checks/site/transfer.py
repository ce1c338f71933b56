"""Large and streamed bodies, both ways: nothing is lost, and nothing added."""

from __future__ import annotations

import functools

from ...authoring import (
    Exchange,
    Visit,
    called_once,
    check,
    environ_of,
    expect,
    expect_octets,
    inapplicable,
    inconclusive,
    response_of,
    whole_response,
)
from ...authoring.sample_sites import SITE
from ...spec import pep3333, rfc3875, rfc9112

EVERY_OCTET = bytes(range(256))
LARGE = EVERY_OCTET * 400
RECEIPT = b'{"sha256": "27783e87963a4efb6829b531c9ba57b44f45797f6770bd637fbf0d807cbdbae0", "size": 102400}\n'
"""What the upload says of ``LARGE``."""
NOTHING = b'{"sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "size": 0}\n'
ODD = b"\r\n0\r\n\r\n" + EVERY_OCTET + b"\xff\xfe\x00\x1a\r\n.\r\n"
"""Octets that end a text, a chunked body or a mail, and are none of these here."""
CHUNKED = Visit("PUT", "/upload", (("Content-Type", "application/octet-stream"),), LARGE, chunked=True)

HEADING = b"number,square\r\n"
DISPOSITION = "attachment; filename=\"precis.csv\"; filename*=UTF-8''pr%C3%A9cis%2020000.csv"


@functools.cache
def table() -> bytes:
    """Return the rows of the sample download."""
    return b"".join(b"%d,%d\r\n" % (number, number * number) for number in range(20000))


def arrives(exchange: Exchange, what: str, want: bytes) -> None:
    """Judge a body that the application gave out without a fault: whole, and in order to its end."""
    if environ_of(exchange).types.get("CONTENT_LENGTH", "str") != "str":
        inconclusive("CONTENT_LENGTH is no str, which no application can be expected to read")
    response = response_of(exchange)
    expect(response.status == 200, f"status of {what}", want=200, got=response.status)
    expect_octets(f"the octets of {what}", want=want, got=response.content)
    expect(response.complete, f"the end of {what}", want="in order", got="cut off")


@check(
    "upload-arrives-whole",
    requires=(pep3333.WSGI_INPUT, rfc3875.BODY_AVAILABLE),
    send=Visit("POST", "/upload", (("Content-Type", "application/octet-stream"),), LARGE),
    play=SITE,
)
def upload_arrives_whole(exchange: Exchange) -> None:
    """An upload of 100 kB arrives whole at an application that reads it in blocks.

    What lies beyond the first segment of TCP, or the first buffer, is what gets lost.
    """
    arrives(exchange, "the receipt of an upload", RECEIPT)


@check(
    "chunked-upload-arrives-whole",
    requires=(pep3333.TRANSFER_ENCODING_DECODED, rfc9112.CHUNKED_DECODED),
    send=CHUNKED,
    play=SITE,
)
def chunked_upload_arrives_whole(exchange: Exchange) -> None:
    """A chunked upload arrives decoded and whole, where the server lets it through at all.

    The framing of the chunks must not become part of the file.
    """
    called_once(exchange)
    response = whole_response(exchange)
    if response.status >= 400:
        inapplicable(f"chunked requests cannot be read under this server (answered {response.status})")
    if response.content == NOTHING:
        inconclusive("the upload was empty: chunked-upload-not-lost fails for that")
    expect_octets("the receipt of a chunked upload", want=RECEIPT, got=response.content)


@check(
    "chunked-upload-not-lost",
    requires=(pep3333.TRANSFER_ENCODING_DECODED, rfc9112.CHUNKED_DECODED),
    send=CHUNKED,
    play=SITE,
    tempered="several servers offer no content of chunked requests to the application, without a word",
)
def chunked_upload_not_lost(exchange: Exchange) -> None:
    """A chunked upload that is answered with success has not arrived as an empty one.

    A server that cannot decode the coding refuses the request; the user believes what was answered.
    """
    called_once(exchange)
    response = whole_response(exchange)
    if response.status >= 400:
        inapplicable(f"chunked requests cannot be read under this server (answered {response.status})")
    environ = environ_of(exchange)
    if environ.lacks("CONTENT_LENGTH") and "wsgi.input_terminated" not in environ:
        inapplicable(
            "the server tells neither a length nor that the input ends, and the application reads nothing"
        )
    expect(response.content != NOTHING, "octets of a chunked upload", want=len(LARGE), got=0)


@check(
    "body-echoed-unchanged",
    requires=(pep3333.WSGI_INPUT, pep3333.BODY_BINARY),
    send=Visit("POST", "/echo/body", (("Content-Type", 'x-sample/odd; a="b;c"'),), ODD),
    play=SITE,
)
def body_echoed_unchanged(exchange: Exchange) -> None:
    """Octets that a client sends come back unchanged, under the media type that it gave them.

    Among them are line ends, the end of a chunked body, and every octet there is.
    """
    arrives(exchange, "the echo", ODD)
    kind = environ_of(exchange).get("CONTENT_TYPE")
    got = whole_response(exchange).values("content-type")
    if kind != 'x-sample/odd; a="b;c"':
        inconclusive(f"CONTENT_TYPE was {kind!r}")
    expect(got == (kind,), "Content-Type of the echo", want=kind, got=" | ".join(got))


@check(
    "download-arrives-whole",
    requires=(pep3333.TRANSMIT_UNBUFFERED, pep3333.FILE_WRAPPER_TO_END),
    send=Visit(target="/download"),
    play=SITE,
)
def download_arrives_whole(exchange: Exchange) -> None:
    """A file of 276 kB arrives whole, by the server's file wrapper where it has one.

    The last block is the one that gets lost, and the short write the one that nobody repeats.
    """
    arrives(exchange, "a download", HEADING + table())
    said = whole_response(exchange).values("content-disposition")
    expect(said == (DISPOSITION,), "Content-Disposition", want=DISPOSITION, got=" | ".join(said))


@check(
    "download-from-memory-arrives-whole",
    requires=(pep3333.TRANSMIT_UNBUFFERED, pep3333.FILE_WRAPPER_FALLBACK),
    send=Visit(target="/download/memory"),
    play=SITE,
)
def download_from_memory_arrives_whole(exchange: Exchange) -> None:
    """A file in memory, which has no descriptor, arrives whole as well.

    The operating system's way of sending files does not know it, so the wrapper has to read it.
    """
    arrives(exchange, "a download from memory", HEADING + table())


@check(
    "download-begins-at-position",
    requires=pep3333.FILE_WRAPPER_POSITION,
    send=Visit(target="/download/rest"),
    play=SITE,
)
def download_begins_at_position(exchange: Exchange) -> None:
    """A download begins where the application has left the file's position, not at its beginning.

    It has read the heading, and announced the length of the rest.
    """
    arrives(exchange, "the rest of a file", table())


@check(
    "stream-arrives-whole",
    requires=(pep3333.TRANSMIT_UNBUFFERED, rfc9112.CHUNKED_FORMAT),
    send=Visit(target="/stream/200"),
    play=SITE,
)
def stream_arrives_whole(exchange: Exchange) -> None:
    """Two hundred blocks of a generator arrive whole, in order, and the response ends in order.

    Nobody knows its length beforehand: chunks or the close of the connection mark the end.
    """
    want = b"".join(b"line %d\n" % number for number in range(1, 201))
    arrives(exchange, "a stream", want)


@check(
    "stream-outlives-empty-blocks",
    requires=(pep3333.EMPTY_BLOCK_HARMLESS, pep3333.EMPTY_BLOCK_NOT_LAST_CHUNK),
    send=Visit(target="/stream"),
    play=SITE,
)
def stream_outlives_empty_blocks(exchange: Exchange) -> None:
    """Empty blocks before, between and after the lines of a stream change nothing.

    Framed as a chunk, an empty block is the last one: the rest is cut off in silence.
    """
    arrives(exchange, "a stream with empty blocks", b"first\nsecond\nthird\n")
