"""Fields whose names become those of the framing fields in an environ, and frame nothing (RFC 9112 6.3)."""

from __future__ import annotations

from ...authoring import (
    NOTHING_SMUGGLED,
    HttpExchange,
    Octets,
    Play,
    check,
    content,
    expect,
    refused,
)
from ...authoring.requests import LAST_POST
from ...spec import rfc9112

HELLO = LAST_POST + b"Content-Length: 5\r\n\r\nhello"
LAST_CHUNK = LAST_POST + b"Content-Length: 5\r\n\r\n0\r\n\r\n"


def _read_or_refused(exchange: HttpExchange, wanted: str) -> None:
    """Expect that the application read this content, or that the request was refused."""
    contents = exchange.app.of("content")
    if not contents:
        refused(exchange, by_any_error=True)
    for seen in contents:
        got = seen.facts["content"]
        expect(got == wanted, "the content", want=wanted or "none", got=got)


@check(
    "underscore-field-frames-nothing",
    requires=rfc9112.REQUEST_LENGTH,
    send=Octets(HELLO.replace(LAST_POST, LAST_POST + b"Content_Length: 7\r\n") + b"42"),
    play=Play(before=(content(b"hello"),)),
    control=Octets(HELLO),
)
def underscore_field_frames_nothing(exchange: HttpExchange) -> None:
    """A field Content_Length is not Content-Length.

    A proxy does not know it; a server that goes by the name of its variable takes it for the length.
    """
    _read_or_refused(exchange, "hello")


@check(
    "underscore-coding-frames-nothing",
    requires=rfc9112.REQUEST_LENGTH,
    send=Octets(LAST_CHUNK.replace(LAST_POST, LAST_POST + b"Transfer_Encoding: chunked\r\n")),
    play=Play(before=(content(b"0\r\n\r\n"),)),
    control=Octets(LAST_CHUNK),
)
def underscore_coding_frames_nothing(exchange: HttpExchange) -> None:
    """A field Transfer_Encoding is not Transfer-Encoding.

    A proxy does not know it; a server that goes by the name of its variable takes it for the coding.
    """
    _read_or_refused(exchange, "0\r\n\r\n")


@check(
    "underscore-length-alone-frames-nothing",
    requires=rfc9112.REQUEST_LENGTH,
    send=Octets(LAST_POST + b"Content_Length: 5\r\n\r\nhello"),
    play=Play(before=(content(b""),)),
    control=NOTHING_SMUGGLED,
)
def underscore_length_alone_frames_nothing(exchange: HttpExchange) -> None:
    """A request with Content_Length and no Content-Length has no content, or is refused.

    A proxy has passed on a request without content, and behind it another one.
    """
    _read_or_refused(exchange, "")


@check(
    "underscore-coding-alone-frames-nothing",
    requires=rfc9112.REQUEST_LENGTH,
    send=Octets(LAST_POST + b"Transfer_Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
    play=Play(before=(content(b""),)),
    control=NOTHING_SMUGGLED,
)
def underscore_coding_alone_frames_nothing(exchange: HttpExchange) -> None:
    """A request with Transfer_Encoding and no Transfer-Encoding has no content, or is refused.

    A proxy has passed on a request without content, and behind it another one.
    """
    _read_or_refused(exchange, "")
