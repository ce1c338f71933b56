"""Requests that arrive in pieces: where the transport cuts them is no part of them (RFC 9112 9).

Each exchange sends the same octets several times: once in one piece, which is the control, and then cut at
every place that a parser has. The control and its copies must be one to the application and to the client.
"""

from __future__ import annotations

from ...authoring import PLAIN_TEXT, Exchange, Octets, Play, Receive, Segmented, Send, check, content
from ...authoring.segments import (
    ANSWER,
    CUTS,
    LINES,
    OCTETS,
    WHOLE,
    WORDS,
    expect_alike,
    expect_next_alike,
    segmented,
)
from ...spec import rfc9112

FIELDS = b"Host: {authority}\r\nX-Wsgicheck-Ticket: {ticket}\r\nX-Empty:\r\nX-Padded: \t one,  two \t\r\n"
CLOSE = b"Connection: close\r\n\r\n"
NEXT = b"GET /next?last HTTP/1.1\r\nHost: {authority}\r\nX-Wsgicheck-Ticket: {ticket}b\r\n" + CLOSE
LONG = b"; ".join(b"%03d=%s" % (number, b"v" * 60) for number in range(60))
CHUNKS = b"5\r\nhello\r\n11\r\n and more content\r\n0\r\n\r\n"
ADORNED = (
    b'5;name=value\r\nhello\r\n11;quoted="a b"\r\n and more content\r\n0;last\r\nX-Trailer: trailing\r\n\r\n'
)

READS = Play(
    headers=(*PLAIN_TEXT, ("Content-Length", "10")),
    before=(content(),),
    chunks=(ANSWER,),
    shape="list",
)
GET = segmented(b"GET /cut/here?and=there HTTP/1.1\r\n" + FIELDS + CLOSE)
HEAD = segmented(b"HEAD /cut/here?and=there HTTP/1.1\r\n" + FIELDS + CLOSE, "HEAD")
ABSOLUTE = segmented(b"GET http://{authority}/cut/here?and=there HTTP/1.1\r\n" + FIELDS + CLOSE)
EMPTY_LINE = segmented(b"\r\nGET /cut/here?and=there HTTP/1.1\r\n" + FIELDS + CLOSE)
OLD = segmented(b"GET /cut/here?and=there HTTP/1.0\r\n" + FIELDS + b"\r\n")
POST = segmented(
    b"POST /cut/here HTTP/1.1\r\n" + FIELDS + b"Content-Length: 16\r\n" + CLOSE + b"16 octets\r\n\r\n of",
    "POST",
)
CHUNKED_HEAD = b"POST /cut/here?chunks HTTP/1.1\r\n" + FIELDS + b"Transfer-Encoding: chunked\r\n"
CHUNKED = segmented(CHUNKED_HEAD + CLOSE + CHUNKS, "POST")
CHUNKED_ADORNED = segmented(CHUNKED_HEAD + CLOSE + ADORNED, "POST")
EXPECTING = segmented(
    b"POST /cut/here HTTP/1.1\r\n" + FIELDS + b"Content-Length: 16\r\nExpect: 100-continue\r\n" + CLOSE,
    "POST",
    then=(Receive(b"100 Continue", 0.1), Send(b"16 octets\r\n\r\n of")),
)
LONG_FIELD = Segmented(
    Octets(b"GET /cut/here HTTP/1.1\r\n" + FIELDS + b"X-Long: " + LONG + b"\r\nCookie: a=1\r\n" + CLOSE),
    tuple(CUTS[way] for way in (WHOLE, *LINES, *WORDS)),
)
GLUED = segmented(b"GET /cut/here?and=there HTTP/1.1\r\n" + FIELDS + b"\r\n" + NEXT, "GET", "GET")
GLUED_POST = segmented(
    b"POST /cut/here HTTP/1.1\r\n" + FIELDS + b"Content-Length: 16\r\n\r\n16 octets\r\n\r\n of" + NEXT,
    "POST",
    "GET",
)
GLUED_CHUNKED = segmented(CHUNKED_HEAD + b"\r\n" + CHUNKS + NEXT, "POST", "GET")


# ---- one request ------------------------------------------------------------------------------------


@check("get-served-octet-by-octet", requires=rfc9112.ORDERED_TRANSPORT, send=GET, play=READS)
def get_served_octet_by_octet(exchange: Exchange) -> None:
    """A GET that arrives octet by octet is the same request.

    What reads a head with one call of recv() works on one machine, and fails behind the first slow network.
    """
    expect_alike(exchange, OCTETS)


@check("get-served-cut-at-lines", requires=rfc9112.ORDERED_TRANSPORT, send=GET, play=READS)
def get_served_cut_at_lines(exchange: Exchange) -> None:
    """A GET that arrives in lines, or cut within a line end, is the same request.

    A search for the line end in what has just arrived never finds one that came in two pieces.
    """
    expect_alike(exchange, *LINES)


@check("get-served-cut-at-words", requires=rfc9112.ORDERED_TRANSPORT, send=GET, play=READS)
def get_served_cut_at_words(exchange: Exchange) -> None:
    """A GET that is cut at or within method, target, version, field names and values is the same request.

    A packet that is taken for a line makes two fields of one, or half a target.
    """
    expect_alike(exchange, *WORDS)


@check("content-served-octet-by-octet", requires=rfc9112.ORDERED_TRANSPORT, send=POST, play=READS)
def content_served_octet_by_octet(exchange: Exchange) -> None:
    """A request whose head and content arrive octet by octet is the same request.

    An upload over a slow line loses what did not come with the head.
    """
    expect_alike(exchange, OCTETS)


@check("content-served-cut-at-lines", requires=rfc9112.ORDERED_TRANSPORT, send=POST, play=READS)
def content_served_cut_at_lines(exchange: Exchange) -> None:
    """A request with content is the same where it is cut at its lines, or between head and content.

    Content that comes in a packet of its own is missed, or begins with the line end of the head.
    """
    expect_alike(exchange, *LINES)


@check("content-served-cut-at-words", requires=rfc9112.ORDERED_TRANSPORT, send=POST, play=READS)
def content_served_cut_at_words(exchange: Exchange) -> None:
    """A request with content is the same where head and content are cut at or within words.

    The part of the content that came with the head is lost, or counted twice.
    """
    expect_alike(exchange, *WORDS)


@check("chunks-served-octet-by-octet", requires=rfc9112.ORDERED_TRANSPORT, send=CHUNKED, play=READS)
def chunks_served_octet_by_octet(exchange: Exchange) -> None:
    """Chunked content that arrives octet by octet is the same content.

    A size of two digits that is read after the first is another size.
    """
    expect_alike(exchange, OCTETS)


@check("chunks-served-cut-at-lines", requires=rfc9112.ORDERED_TRANSPORT, send=CHUNKED, play=READS)
def chunks_served_cut_at_lines(exchange: Exchange) -> None:
    """Chunked content is the same where it is cut at sizes, data, the last chunk and trailers.

    The line end behind the data of a chunk is read into the next size, or into the content.
    """
    expect_alike(exchange, *LINES)


@check("chunks-served-cut-at-words", requires=rfc9112.ORDERED_TRANSPORT, send=CHUNKED, play=READS)
def chunks_served_cut_at_words(exchange: Exchange) -> None:
    """Chunked content is the same where sizes, extensions, data and trailers are cut.

    A chunk that is taken to be what one packet holds is too short.
    """
    expect_alike(exchange, *WORDS)


@check(
    "chunk-extensions-and-trailers-served-in-pieces",
    requires=rfc9112.ORDERED_TRANSPORT,
    send=CHUNKED_ADORNED,
    play=READS,
)
def chunk_extensions_and_trailers_served_in_pieces(exchange: Exchange) -> None:
    """Chunk extensions and trailers do not disturb the content however they are cut.

    What is skipped by a search in one packet is content where it comes in two.
    """
    expect_alike(exchange, OCTETS, *LINES, *WORDS)


@check("head-served-in-pieces", requires=rfc9112.ORDERED_TRANSPORT, send=HEAD, play=READS)
def head_served_in_pieces(exchange: Exchange) -> None:
    """A HEAD request is the same however it is cut.

    Health checks send it, through networks that cut it anywhere.
    """
    expect_alike(exchange, OCTETS, *LINES, *WORDS)


@check("absolute-form-served-in-pieces", requires=rfc9112.ORDERED_TRANSPORT, send=ABSOLUTE, play=READS)
def absolute_form_served_in_pieces(exchange: Exchange) -> None:
    """A request with a target in absolute form is the same however it is cut.

    A target that is cut within its authority names another host.
    """
    expect_alike(exchange, OCTETS, *LINES, *WORDS)


@check(
    "request-behind-empty-line-served-in-pieces",
    requires=rfc9112.ORDERED_TRANSPORT,
    send=EMPTY_LINE,
    play=READS,
)
def request_behind_empty_line_served_in_pieces(exchange: Exchange) -> None:
    """An empty line before a request is ignored also where it arrives in pieces.

    A CR that comes alone is taken for the beginning of a method.
    """
    expect_alike(exchange, OCTETS, *LINES, *WORDS)


@check("http-1-0-request-served-in-pieces", requires=rfc9112.ORDERED_TRANSPORT, send=OLD, play=READS)
def http_1_0_request_served_in_pieces(exchange: Exchange) -> None:
    """A request of HTTP/1.0 is the same however it is cut.

    A version that is cut behind its first digit is another one.
    """
    expect_alike(exchange, OCTETS, *LINES, *WORDS)


@check("expecting-request-served-in-pieces", requires=rfc9112.ORDERED_TRANSPORT, send=EXPECTING, play=READS)
def expecting_request_served_in_pieces(exchange: Exchange) -> None:
    """A request that expects 100 (Continue) is the same however head and content are cut.

    The first piece of the content is taken for all of it, for it did not come with the head.
    """
    expect_alike(exchange, OCTETS, *LINES, *WORDS)


@check("long-field-served-in-pieces", requires=rfc9112.ORDERED_TRANSPORT, send=LONG_FIELD, play=READS)
def long_field_served_in_pieces(exchange: Exchange) -> None:
    """A field line of four thousand octets is the same however it is cut.

    A cookie longer than a packet is cut off, or becomes two fields.
    """
    expect_alike(exchange, *LINES, *WORDS)


# ---- with the next request glued on -----------------------------------------------------------------


@check("next-request-served-in-pieces", requires=rfc9112.ORDERED_TRANSPORT, send=GLUED, play=READS)
def next_request_served_in_pieces(exchange: Exchange) -> None:
    """Of two requests behind each other both are the same wherever they are cut.

    The beginning of the next request, which came with the end of this one, is thrown away.
    """
    expect_next_alike(exchange, OCTETS, *LINES, *WORDS)


@check(
    "request-behind-content-served-in-pieces", requires=rfc9112.ORDERED_TRANSPORT, send=GLUED_POST, play=READS
)
def request_behind_content_served_in_pieces(exchange: Exchange) -> None:
    """Content and the request behind it are kept apart wherever they are cut.

    The last piece of the content and the first of the next request arrive as one.
    """
    expect_next_alike(exchange, OCTETS, *LINES, *WORDS)


@check(
    "request-behind-chunks-served-in-pieces",
    requires=rfc9112.ORDERED_TRANSPORT,
    send=GLUED_CHUNKED,
    play=READS,
)
def request_behind_chunks_served_in_pieces(exchange: Exchange) -> None:
    """Chunked content and the request behind it are kept apart wherever they are cut.

    What came with the last chunk belongs to the next request; a buffer that is dropped loses it.
    """
    expect_next_alike(exchange, OCTETS, *LINES, *WORDS)
