"""304 (Not Modified), which has no content (RFC 9110 15.4.5, 8.6; RFC 9112 6.3)."""

from __future__ import annotations

from ...authoring import (
    HttpExchange,
    Octets,
    Play,
    called_once,
    check,
    expect,
    expect_absent,
    expect_aligned,
    expect_nothing_behind,
    inapplicable,
    octets,
    perform,
    response_of,
    writes,
)
from ...authoring.requests import GET_KEPT, GET_KEPT_BY_HTTP_1_0, GET_TWICE
from ...spec import rfc9110, rfc9112

GET = Octets(octets("GET", "Connection: close"))
NOT_MODIFIED = Play(status="304 Not Modified", headers=(), chunks=(), shape="list")
NOT_MODIFIED_BLOCKS = Play(status="304 Not Modified", headers=())
VALIDATORS = (("ETag", '"mark"'), ("Cache-Control", "max-age=9"), ("Vary", "Accept"))


@check(
    "response-304-without-content",
    requires=rfc9110.NOT_MODIFIED_NO_CONTENT,
    send=GET,
    play=NOT_MODIFIED_BLOCKS,
)
def response_304_without_content(exchange: HttpExchange) -> None:
    """What an application yields with a 304 is not sent, nor is a last chunk.

    The client uses its cached copy and takes the octets for the next response.
    """
    expect_nothing_behind(exchange, 304)


@check(
    "response-304-without-listed-content",
    requires=rfc9110.NOT_MODIFIED_NO_CONTENT,
    send=GET,
    play=Play(status="304 Not Modified", headers=(), shape="list"),
)
def response_304_without_listed_content(exchange: HttpExchange) -> None:
    """The one block of a list is not sent with a 304.

    See ``response-304-without-content``.
    """
    expect_nothing_behind(exchange, 304)


@check(
    "response-304-without-last-chunk",
    requires=rfc9110.NOT_MODIFIED_NO_CONTENT,
    send=GET_KEPT,
    play=Play(status="304 Not Modified", headers=(), chunks=()),
)
def response_304_without_last_chunk(exchange: HttpExchange) -> None:
    """On a kept connection nothing follows a 304, not even an empty chunked body.

    A Transfer-Encoding field may stand in a 304; chunks may not stand behind it.
    """
    expect_nothing_behind(exchange, 304)


@check(
    "response-304-length-not-invented",
    requires=rfc9110.NOT_MODIFIED_CONTENT_LENGTH,
    send=GET_KEPT,
    play=NOT_MODIFIED,
)
def response_304_length_not_invented(exchange: HttpExchange) -> None:
    """The server adds no Content-Length to a 304.

    It would be that of the 200 response, which the server cannot know. A cache that believes a 0
    throws away its copy.
    """
    expect_absent(exchange, 304, "Content-Length")


@check(
    "response-304-length-not-inferred",
    requires=rfc9110.NOT_MODIFIED_CONTENT_LENGTH,
    send=GET_KEPT,
    play=Play(status="304 Not Modified", headers=(), chunks=()),
)
def response_304_length_not_inferred(exchange: HttpExchange) -> None:
    """No Content-Length is inferred for a 304 from an iterator that yields nothing.

    See ``response-304-length-not-invented``.
    """
    expect_absent(exchange, 304, "Content-Length")


@check(
    "response-304-length-unchanged",
    requires=rfc9110.NOT_MODIFIED_CONTENT_LENGTH,
    send=GET_KEPT,
    play=Play(status="304 Not Modified", headers=(("Content-Length", "9"),), chunks=(), shape="list"),
)
def response_304_length_unchanged(exchange: HttpExchange) -> None:
    """The Content-Length that an application gives with a 304 is kept or left out, but not changed.

    It is the length of the 200 response, though no content stands behind it now.
    """
    called_once(exchange)
    response = response_of(exchange)
    got = response.values("content-length")
    if response.status != 304:
        inapplicable(f"the server answers {response.status} instead")
    expect(
        all(value == "9" for value in got), "Content-Length in a 304", want="9 or none", got=", ".join(got)
    )


@check(
    "response-304-fields-kept",
    requires=rfc9110.NOT_MODIFIED_FIELDS,
    send=GET_KEPT,
    play=Play(status="304 Not Modified", headers=VALIDATORS, chunks=(), shape="list"),
)
def response_304_fields_kept(exchange: HttpExchange) -> None:
    """The fields by which a cache updates its copy stay in a 304.

    Without the ETag and Cache-Control of the application the next validation fails, or never comes.
    """
    called_once(exchange)
    response = response_of(exchange)
    if response.status != 304:
        inapplicable(f"the server answers {response.status} instead")
    for name, want in VALIDATORS:
        got = response.values(name)
        members = [member.strip(" \t") for value in got for member in value.split(",")]
        kept = (
            want in members if name == "Vary" else got == (want,)
        )  # to which a server may add what it varies
        expect(kept, f"{name} in a 304", want=want, got=", ".join(got))


@check(
    "response-304-keeps-connection-aligned",
    requires=rfc9112.NO_BODY,
    send=GET_TWICE,
    play=Play(status="304 Not Modified", headers=(), later=(Play(),)),
)
def response_304_keeps_connection_aligned(exchange: HttpExchange) -> None:
    """On a kept connection the next response begins right behind the header section of a 304.

    The application yields content for it, which must go nowhere.
    """
    expect_aligned(exchange)


@check("response-304-gets-no-type", requires=rfc9110.NOT_MODIFIED_METADATA, send=GET_KEPT, play=NOT_MODIFIED)
def response_304_gets_no_type(exchange: HttpExchange) -> None:
    """The server adds no Content-Type to a 304.

    A cache would update its copy with it: the picture becomes text.
    """
    expect_absent(exchange, 304, "Content-Type")


@check(
    "response-304-without-later-content",
    requires=rfc9110.NOT_MODIFIED_NO_CONTENT,
    send=GET,
    play=Play(status="304 Not Modified", headers=(), chunks=(b"", b"one", b"two")),
)
def response_304_without_later_content(exchange: HttpExchange) -> None:
    """No later block of an iterable is sent with a 304 either.

    The first block is dropped where the headers are made; the later ones pass by there.
    """
    expect_nothing_behind(exchange, 304)


@check(
    "response-304-without-written-content",
    requires=rfc9110.NOT_MODIFIED_NO_CONTENT,
    send=GET,
    play=Play(
        status="304 Not Modified", headers=(), after=(writes(b"one"), writes(b"two")), chunks=(b"three",)
    ),
)
def response_304_without_written_content(exchange: HttpExchange) -> None:
    """What is passed to ``write()`` is not sent with a 304, nor what is yielded behind it.

    ``write()`` bypasses the loop in which a server may suppress the content.
    """
    if len(exchange.app.of("wrote")) < 2:
        inapplicable("write() did not take the octets")
    expect_nothing_behind(exchange, 304)


@check(
    "response-304-without-file-content",
    requires=rfc9110.NOT_MODIFIED_NO_CONTENT,
    send=GET,
    play=Play(
        status="304 Not Modified",
        headers=(("Content-Length", "21"),),
        before=(perform("file", "plain", b"the file of the cache"), perform("wrap")),
        shape="wrapped",
    ),
)
def response_304_without_file_content(exchange: HttpExchange) -> None:
    """A wrapped file is not sent with a 304, though its length is told.

    Transmission by the operating system is a path of its own.
    """
    called_once(exchange)
    if exchange.app.of("no-file-wrapper"):
        inapplicable("the server has no wsgi.file_wrapper")
    expect_nothing_behind(exchange, 304)


LATER_FIELDS = (
    ("Content-Location", "/there"),
    ("Expires", "Thu, 01 Dec 2044 16:00:00 GMT"),
    ("ETag", 'W/"mark"'),
    ("Cache-Control", "private"),
    ("Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT"),
)


@check(
    "response-304-location-and-expiry-kept",
    requires=rfc9110.NOT_MODIFIED_FIELDS,
    send=GET_KEPT,
    play=Play(status="304 Not Modified", headers=LATER_FIELDS, chunks=(), shape="list"),
)
def response_304_location_and_expiry_kept(exchange: HttpExchange) -> None:
    """Content-Location and Expires stay in a 304, beside ETag and Cache-Control.

    Not every field whose name begins with Content- describes content that is missing; and a copy whose
    new expiry is lost is asked for again and again.
    """
    called_once(exchange)
    response = response_of(exchange)
    if response.status != 304:
        inapplicable(f"the server answers {response.status} instead")
    for name, want in LATER_FIELDS[:-1]:  # Last-Modified is no "must" beside an ETag
        got = response.values(name)
        expect(got == (want,), f"{name} in a 304", want=want, got=", ".join(got))


@check(
    "response-304-length-not-invented-for-http-1-0",
    requires=rfc9110.NOT_MODIFIED_CONTENT_LENGTH,
    send=GET_KEPT_BY_HTTP_1_0,
    play=NOT_MODIFIED,
)
def response_304_length_not_invented_for_http_1_0(exchange: HttpExchange) -> None:
    """The server adds no Content-Length to a 304 for a client of HTTP/1.0 either.

    See ``response-304-length-not-invented``: a 304 ends by itself, and needs no length to keep a connection.
    """
    expect_absent(exchange, 304, "Content-Length")
