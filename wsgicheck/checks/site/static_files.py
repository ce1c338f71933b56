"""Pictures and texts of a folder: octets, types, lengths, HEAD, conditions and ranges."""

from __future__ import annotations

from ...authoring import (
    Exchange,
    Response,
    Visit,
    called_once,
    check,
    environ_of,
    expect,
    expect_octets,
    inconclusive,
    response_of,
    whole_response,
)
from ...authoring.sample_sites import DOT_GIF, SITE
from ...spec import pep3333, rfc9110

PICTURE = Visit(target="/pictures/octets.png")
PICTURE_HEAD = Visit("HEAD", "/pictures/octets.png")
EMPTY = Visit(target="/pictures/empty.txt")
KNOWN = Visit(target="/pictures/octets.png", headers=(("If-None-Match", "*"),))
LATER, EARLIER = "Thu, 31 Dec 2037 23:59:59 GMT", "Mon, 01 Jan 1990 00:00:00 GMT"
RANGE = Visit(target="/pictures/octets.png", headers=(("Range", "bytes=1-4"),))

OCTETS_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000080000000808020000004b6d29dc0000001b74455874436f6d"
    "6d656e74006576657279206f6374657420666f6c6c6f777367b5604b000001006f635473"
    + bytes(range(256)).hex()
    + "7cecb7080000006c4944415478da15cd41150051084251a3188528467951884214a2cc1f975c0ece0c3b68b8"
    "81c143860e33cb2e5a6e61f192a5fb40ac903881b088a81e1c7be8b883c3478ede837fe0555ff89f21d0f76e"
    "cc1a99f31fdbc4d40fc20685cb5f7648681e942d2ad77fc225a5e503c67b5801573936f20000000049454e44"
    "ae426082"
)
"""A picture in which every octet from 0 to 255 occurs, in order."""
BLUE_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><title>Caf\u00e9</title>'
    '<circle cx="8" cy="8" r="7" fill="blue"/></svg>\n'
).encode()
LINES_TXT = (
    "first line\r\nzweite Zeile: Gr\u00fc\u00dfe\r\n"
    "\u0442\u0440\u0435\u0442\u044c\u044f \u0441\u0442\u0440\u043e\u043a\u0430\r\n\r\n\u7d42\r\n"
).encode()


def served(exchange: Exchange, octets: bytes, media_type: str) -> None:
    """Judge a file that was asked for: its status, its one type, its length, its octets."""
    called_once(exchange)
    response = response_of(exchange)
    expect(response.status == 200, "status of a file", want=200, got=response.status)
    expect_octets("the octets of a file", want=octets, got=response.content)
    expect(response.complete, "the end of the response", want="in order", got="cut off")
    expect_type(response, media_type)


def expect_type(response: Response, media_type: str) -> None:
    """Judge the Content-Type: one, and the application's."""
    types = response.values("content-type")
    expect(types == (media_type,), "Content-Type", want=media_type, got=" | ".join(types))


def needs_variable(exchange: Exchange, key: str) -> None:
    """End where a field of the request never reached the application: another check fails for that."""
    if key not in environ_of(exchange):
        inconclusive(f"{key} did not reach the application")


@check(
    "picture-arrives-whole",
    requires=(pep3333.TRANSMIT_UNBUFFERED, pep3333.BODY_BINARY),
    send=PICTURE,
    play=SITE,
)
def picture_arrives_whole(exchange: Exchange) -> None:
    """A picture arrives octet by octet, every value from 0 to 255, under its type.

    Where text is assumed, NUL ends it, CR LF becomes LF, or octets beyond ASCII are re-encoded.
    """
    served(exchange, OCTETS_PNG, "image/png")


@check("picture-length-kept", requires=pep3333.PLAY_DUMB, send=PICTURE, play=SITE)
def picture_length_kept(exchange: Exchange) -> None:
    """The length that the application announced arrives, once.

    Browsers show how far a download has come by it.
    """
    called_once(exchange)
    lengths = whole_response(exchange).values("content-length")
    expect(lengths == ("472",), "Content-Length", want="472", got=" | ".join(lengths) or "none")


@check(
    "picture-in-folder-below-served",
    requires=(pep3333.TRANSMIT_UNBUFFERED, pep3333.PATH_INFO),
    send=Visit(target="/pictures/small/dot.gif?width=1"),
    play=SITE,
)
def picture_in_folder_below_served(exchange: Exchange) -> None:
    """A picture in a folder below is found by its path, whatever query stands behind it.

    The query is no part of the path.
    """
    served(exchange, DOT_GIF, "image/gif")


@check(
    "picture-named-beyond-ascii-served",
    requires=(pep3333.URL_PATH_DECODED, pep3333.PATH_LATIN_1),
    send=Visit(target="/pictures/blue%20caf%c3%a9.svg"),
    play=SITE,
)
def picture_named_beyond_ascii_served(exchange: Exchange) -> None:
    """A file whose name has a space and a letter beyond ASCII is found, encoded with small hex digits.

    The octets of PATH_INFO are those of the file's name; %c3 is %C3.
    """
    if "%20" in environ_of(exchange).get("PATH_INFO"):
        inconclusive("the path was not decoded at all: the checks of PATH_INFO judge that")
    served(exchange, BLUE_SVG, "image/svg+xml")


@check(
    "text-line-ends-kept",
    requires=pep3333.BODY_LINE_ENDINGS,
    send=Visit(target="/pictures/lines.txt"),
    play=SITE,
)
def text_line_ends_kept(exchange: Exchange) -> None:
    """A text with CRLF line ends arrives with them, octet by octet.

    Altered line ends break signatures, checksums and lengths.
    """
    called_once(exchange)
    expect_octets("the octets of a text", want=LINES_TXT, got=whole_response(exchange).content)


@check(
    "empty-file-served-empty",
    requires=(pep3333.ITERABLE_EMPTY, pep3333.EXHAUSTED_SENDS_HEADERS),
    send=EMPTY,
    play=SITE,
)
def empty_file_served_empty(exchange: Exchange) -> None:
    """A file without octets is a response without content: 200, and its type.

    The header waits for the first octet of the body, or for its end: here only the end comes.
    """
    served(exchange, b"", "text/plain; charset=utf-8")


@check(
    "picture-head-like-get",
    requires=(rfc9110.HEAD_SAME_FIELDS, pep3333.SEMANTICS_UNCHANGED),
    send=PICTURE_HEAD,
    play=SITE,
)
def picture_head_like_get(exchange: Exchange) -> None:
    """HEAD for a picture tells its type and version, as GET does.

    Caches refresh what they hold by it.
    """
    called_once(exchange)
    response = whole_response(exchange)
    expect(response.status == 200, "status to HEAD", want=200, got=response.status)
    expect_type(response, "image/png")
    for name in ("ETag", "Last-Modified", "Accept-Ranges"):
        expect(len(response.values(name)) == 1, f"{name} to HEAD", want=1, got=len(response.values(name)))


@check(
    "picture-length-to-head",
    requires=(rfc9110.HEAD_CONTENT_LENGTH, rfc9110.CONTENT_LENGTH_CORRECT),
    send=PICTURE_HEAD,
    play=SITE,
)
def picture_length_to_head(exchange: Exchange) -> None:
    """Content-Length in the answer to HEAD is the picture's, or is absent; never that of no content.

    A client that plans a download by HEAD would believe the picture to be empty.
    """
    called_once(exchange)
    response = whole_response(exchange)
    if response.status != 200:
        inconclusive(f"the answer is {response.status}, not 200")
    lengths = response.values("content-length")
    expect(lengths in ((), ("472",)), "Content-Length to HEAD", want="472", got=" | ".join(lengths))


@check(
    "missing-picture-answered-404",
    requires=pep3333.HEADERS_WAIT,
    send=Visit(target="/pictures/missing.png"),
    play=SITE,
)
def missing_picture_answered_404(exchange: Exchange) -> None:
    """A picture that is not there is answered with the application's 404 and its page, not a picture's type.

    Status and type belong together: the page under image/png is a broken image.
    """
    called_once(exchange)
    response = whole_response(exchange)
    expect(response.status == 404, "status of a missing picture", want=404, got=response.status)
    expect_type(response, "text/html; charset=utf-8")
    name = b"<code>/pictures/missing.png</code>"
    expect(name in response.content, "the page of a missing picture", want=name, got=response.content)


@check("unchanged-picture-answered-304", requires=pep3333.HEADERS_WAIT, send=KNOWN, play=SITE)
def unchanged_picture_answered_304(exchange: Exchange) -> None:
    """The application's 304 arrives, with its ETag.

    Another status makes every visit a download.
    """
    needs_variable(exchange, "HTTP_IF_NONE_MATCH")
    response = whole_response(exchange)
    expect(response.status == 304, "status of an unchanged picture", want=304, got=response.status)
    tags = len(response.values("etag"))
    expect(tags == 1, "ETag of a 304", want=1, got=tags)


@check(
    "unchanged-picture-length",
    requires=(rfc9110.NOT_MODIFIED_CONTENT_LENGTH, rfc9110.CONTENT_LENGTH_CORRECT),
    send=KNOWN,
    play=SITE,
)
def unchanged_picture_length(exchange: Exchange) -> None:
    """A 304 has no Content-Length, or that of the picture; never 0.

    A cache that believes it replaces the picture that it holds by nothing.
    """
    needs_variable(exchange, "HTTP_IF_NONE_MATCH")
    response = whole_response(exchange)
    if response.status != 304:
        inconclusive(f"the answer is {response.status}, not 304")
    lengths = response.values("content-length")
    expect(lengths in ((), ("472",)), "Content-Length of a 304", want="none, or 472", got=" | ".join(lengths))


@check(
    "picture-known-by-date-answered-304",
    requires=(pep3333.HEADERS_WAIT, pep3333.HTTP_VARIABLES),
    send=Visit(target="/pictures/octets.png", headers=(("If-Modified-Since", LATER),)),
    play=SITE,
)
def picture_known_by_date_answered_304(exchange: Exchange) -> None:
    """A picture that has not changed since a date is answered with 304: the date arrives with its comma.

    Split at the comma, it is no date, and every visit a download.
    """
    needs_variable(exchange, "HTTP_IF_MODIFIED_SINCE")
    response = whole_response(exchange)
    expect(response.status == 304, "status of a picture known by date", want=304, got=response.status)


@check(
    "picture-changed-since-served",
    requires=(pep3333.TRANSMIT_UNBUFFERED, pep3333.HTTP_VARIABLES),
    send=Visit(target="/pictures/octets.png", headers=(("If-Modified-Since", EARLIER),)),
    play=SITE,
)
def picture_changed_since_served(exchange: Exchange) -> None:
    """A picture that is newer than the client's is served whole.

    It is for the application to compare dates, and not for the server to say 304.
    """
    served(exchange, OCTETS_PNG, "image/png")


@check(
    "picture-end-served-by-range",
    requires=pep3333.TRANSMIT_UNBUFFERED,
    send=Visit(target="/pictures/octets.png", headers=(("Range", "bytes=-12"),)),
    play=SITE,
)
def picture_end_served_by_range(exchange: Exchange) -> None:
    """The last octets of a picture arrive as 206: the file is read from its middle to its end.

    Archives are listed by their last octets.
    """
    needs_variable(exchange, "HTTP_RANGE")
    response = whole_response(exchange)
    expect(response.status == 206, "status of the end of a picture", want=206, got=response.status)
    expect_octets("the end of a picture", want=OCTETS_PNG[-12:], got=response.content)


@check("picture-range-served", requires=pep3333.TRANSMIT_UNBUFFERED, send=RANGE, play=SITE)
def picture_range_served(exchange: Exchange) -> None:
    """A range of a picture arrives as 206, with its Content-Range and these octets alone.

    Players seek by ranges, and downloads are resumed by them.
    """
    needs_variable(exchange, "HTTP_RANGE")
    response = whole_response(exchange)
    expect(response.status == 206, "status of a range", want=206, got=response.status)
    said = response.values("content-range")
    expect(said == ("bytes 1-4/472",), "Content-Range", want="bytes 1-4/472", got=" | ".join(said))
    expect_octets("the octets of a range", want=OCTETS_PNG[1:5], got=response.content)


@check(
    "range-beyond-end-answered-416",
    requires=pep3333.HEADERS_WAIT,
    send=Visit(target="/pictures/octets.png", headers=(("Range", "bytes=472-"),)),
    play=SITE,
)
def range_beyond_end_answered_416(exchange: Exchange) -> None:
    """A range that begins behind the last octet is answered with the application's 416 and the length.

    A client that resumes a finished download learns by it that it has everything.
    """
    needs_variable(exchange, "HTTP_RANGE")
    response = whole_response(exchange)
    expect(response.status == 416, "status of a range beyond the end", want=416, got=response.status)
    said = response.values("content-range")
    expect(said == ("bytes */472",), "Content-Range", want="bytes */472", got=" | ".join(said))
    expect_octets("the content of a 416", want=b"", got=response.content)
