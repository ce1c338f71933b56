"""Chunked content that ends too early (RFC 9112 6.3, 7.1)."""

from __future__ import annotations

from dataclasses import replace

from ...authoring import (
    PLAIN_TEXT,
    AwaitApp,
    FinishSending,
    HangUp,
    HttpExchange,
    Octets,
    Play,
    Receive,
    calls_of,
    check,
    content,
    expect,
    inapplicable,
    perform,
    readings,
)
from ...authoring.chunked_content import (
    CHUNKED_HEAD,
    VALID_CHUNKS,
    VALID_CHUNKS_ALONE,
    chunks_and_next,
    chunks_cut_off,
)
from ...spec import rfc9112

READ = Play(before=(content(b"hello"),), headers=(*PLAIN_TEXT, ("Content-Length", "9")))
"""A response after which any server can keep the connection: what comes next on it is what is on trial."""


def _incomplete(exchange: HttpExchange) -> None:
    for seen in exchange.app.of("content"):
        if seen.label == "":
            error, got = seen.facts["error"], f"{seen.facts['content']!r}, its end"
            expect(error is not None, "reading content that is not complete", want="an error", got=got)


@check(
    "chunked-content-without-last-chunk-incomplete",
    requires=(rfc9112.LAST_CHUNK, rfc9112.BODY_INCOMPLETE),
    send=chunks_cut_off(b"5\r\nhello\r\n"),
    play=READ,
    control=VALID_CHUNKS,
    tempered="WSGI has no word for it, and some servers only end the stream",
)
def chunked_content_without_last_chunk_incomplete(exchange: HttpExchange) -> None:
    """Chunked content that ends without a last chunk is not taken for complete.

    Half an upload is stored as a whole one: only the last chunk tells them apart.
    """
    _incomplete(exchange)


@check(
    "chunked-content-cut-in-chunk-incomplete",
    requires=(rfc9112.LAST_CHUNK, rfc9112.BODY_INCOMPLETE),
    send=chunks_cut_off(b"9\r\nhello"),
    play=READ,
    control=VALID_CHUNKS,
    tempered="WSGI has no word for it, and some servers only end the stream",
)
def chunked_content_cut_in_chunk_incomplete(exchange: HttpExchange) -> None:
    """Chunked content that ends within a chunk is not taken for complete.

    Half an upload is stored as a whole one: only the last chunk tells them apart.
    """
    _incomplete(exchange)


@check(
    "chunked-content-cut-in-size-incomplete",
    requires=(rfc9112.LAST_CHUNK, rfc9112.BODY_INCOMPLETE),
    send=chunks_cut_off(b"5\r\nhello\r\n0"),
    play=READ,
    control=VALID_CHUNKS,
    tempered="WSGI has no word for it, and some servers only end the stream",
)
def chunked_content_cut_in_size_incomplete(exchange: HttpExchange) -> None:
    """Chunked content that ends within the line of a size is not taken for complete.

    Half an upload is stored as a whole one: only the last chunk tells them apart.
    """
    _incomplete(exchange)


@check(
    "chunked-content-cut-before-first-chunk-incomplete",
    requires=(rfc9112.LAST_CHUNK, rfc9112.BODY_INCOMPLETE),
    send=chunks_cut_off(b""),
    play=READ,
    control=VALID_CHUNKS,
    tempered="WSGI has no word for it, and some servers only end the stream",
)
def chunked_content_cut_before_first_chunk_incomplete(exchange: HttpExchange) -> None:
    """Chunked content of which nothing came is not taken for empty content.

    Empty content has a last chunk, too. What was announced and never came replaces a document by nothing.
    """
    _incomplete(exchange)


@check(
    "chunked-content-cut-by-reset-incomplete",
    requires=(rfc9112.LAST_CHUNK, rfc9112.BODY_INCOMPLETE),
    send=Octets(CHUNKED_HEAD + b"5\r\nhello\r\n", then=(AwaitApp("read", seconds=0.5), HangUp())),
    play=replace(READ, before=(perform("read", 5), content())),
    control=VALID_CHUNKS_ALONE,
    tempered="WSGI has no word for it, and some servers only end the stream",
)
def chunked_content_cut_by_reset_incomplete(exchange: HttpExchange) -> None:
    """Chunked content whose client resets the connection is not taken for complete.

    A telephone that leaves its network ends an upload so. The error of the socket is one of the content.
    """
    _incomplete(exchange)


@check(
    "malformed-chunk-not-taken-for-end",
    requires=(rfc9112.CHUNK_MALFORMED, rfc9112.BODY_INCOMPLETE),
    send=chunks_and_next(b"5\r\nhello\r\nzz\r\nworld\r\n0\r\n\r\n"),
    play=READ,
    control=VALID_CHUNKS,
    tempered="WSGI has no word for it, and some servers only end the stream",
)
def malformed_chunk_not_taken_for_end(exchange: HttpExchange) -> None:
    """Where a chunk is malformed, the application gets an error and not the end of the content.

    Half an upload is stored as a whole one.
    """
    _incomplete(exchange)


@check(
    "trailer-malformed-refused",
    requires=(rfc9112.NOT_HTTP_REJECTED, rfc9112.TRAILERS_CONSUMED),
    send=chunks_and_next(b"5\r\nhello\r\n0\r\n: v\r\nX A: v\r\n\r\n"),
    play=READ,
    control=VALID_CHUNKS,
)
def trailer_malformed_refused(exchange: HttpExchange) -> None:
    """Behind malformed trailers the connection is closed.

    What does not match the grammar may have been made to look like the end.
    """
    got = len(calls_of(exchange, "2"))
    expect(got == 0, "calls for what is behind malformed trailers", want=0, got=got)


@check(
    "empty-size-not-taken-for-last-chunk",
    requires=(rfc9112.CHUNK_MALFORMED, rfc9112.LAST_CHUNK),
    send=chunks_and_next(b"5\r\nhello\r\n\r\n\r\n"),
    play=READ,
    control=VALID_CHUNKS,
)
def empty_size_not_taken_for_last_chunk(exchange: HttpExchange) -> None:
    """An empty line where a chunk size belongs is no last chunk: what is behind it is not run.

    Only a size of zero ends the content. A proxy that refuses the line, or waits for more, never saw the
    request behind it.
    """
    got = len(calls_of(exchange, "2"))
    expect(got == 0, "calls for what is behind malformed content", want=0, got=got)


@check(
    "trailer-with-space-before-colon-refused",
    requires=(rfc9112.NOT_HTTP_REJECTED, rfc9112.TRAILERS_CONSUMED),
    send=chunks_and_next(b"5\r\nhello\r\n0\r\nX-Trailer : t\r\n\r\n"),
    play=READ,
    control=VALID_CHUNKS,
)
def trailer_with_space_before_colon_refused(exchange: HttpExchange) -> None:
    """Behind a trailer with a space before its colon the connection is closed.

    A trailer is a field line, held to the same grammar as those of the header section.
    """
    got = len(calls_of(exchange, "2"))
    expect(got == 0, "calls for what is behind a malformed trailer", want=0, got=got)


@check(
    "line-of-white-space-ends-no-trailers",
    requires=(rfc9112.LAST_CHUNK, rfc9112.TRAILERS_CONSUMED),
    send=chunks_and_next(b"5\r\nhello\r\n0\r\n \r\n"),
    play=READ,
    control=VALID_CHUNKS,
)
def line_of_white_space_ends_no_trailers(exchange: HttpExchange) -> None:
    """A line of white space is not the empty line that ends chunked content: what is behind it is not run.

    A recipient in front that goes on reading trailers never saw the request behind it.
    """
    got = len(calls_of(exchange, "2"))
    expect(got == 0, "calls for what is behind a line of white space", want=0, got=got)


@check(
    "chunked-content-cut-in-trailers-incomplete",
    requires=(rfc9112.LAST_CHUNK, rfc9112.BODY_INCOMPLETE),
    send=chunks_cut_off(b"5\r\nhello\r\n0\r\nX-Trailer: t"),
    play=READ,
    control=VALID_CHUNKS,
    tempered="WSGI has no word for it, and some servers only end the stream",
)
def chunked_content_cut_in_trailers_incomplete(exchange: HttpExchange) -> None:
    """Chunked content that ends within its trailers is not taken for complete.

    Behind the last chunk there is the sum that a signed upload is checked by.
    """
    _incomplete(exchange)


@check(
    "chunked-content-cut-by-one-octet-incomplete",
    requires=(rfc9112.LAST_CHUNK, rfc9112.BODY_INCOMPLETE),
    send=chunks_cut_off(b"6\r\nhello"),
    play=READ,
    control=VALID_CHUNKS,
    tempered="WSGI has no word for it, and some servers only end the stream",
)
def chunked_content_cut_by_one_octet_incomplete(exchange: HttpExchange) -> None:
    """Chunked content that ends one octet before the end of a chunk is not taken for complete.

    See ``chunked-content-cut-in-chunk-incomplete``: the edge of the rule.
    """
    _incomplete(exchange)


def _ended(exchange: HttpExchange) -> None:
    """Expect that a request whose end never comes is ended: by an answer, or by the end of the connection.

    What the application read is left open here: the data of a chunk may be handed over without its line end.
    """
    got = "silence" if exchange.wire.ended == "timeout" else exchange.wire.ended
    expect(got != "silence", "behind content that was broken off", want="an answer, or the end", got=got)


@check(
    "chunked-content-cut-behind-data-ended",
    requires=(rfc9112.BODY_INCOMPLETE, rfc9112.LAST_CHUNK),
    send=chunks_cut_off(b"5\r\nhello"),
    play=READ,
    control=VALID_CHUNKS,
)
def chunked_content_cut_behind_data_ended(exchange: HttpExchange) -> None:
    """Chunked content that ends between the data of a chunk and its line end is the end of the request.

    A loop that reads until it has the line end never gets it, spins, and takes its worker along.
    """
    _ended(exchange)


@check(
    "chunked-content-cut-in-line-end-ended",
    requires=(rfc9112.BODY_INCOMPLETE, rfc9112.LAST_CHUNK),
    send=chunks_cut_off(b"5\r\nhello\r"),
    play=READ,
    control=VALID_CHUNKS,
)
def chunked_content_cut_in_line_end_ended(exchange: HttpExchange) -> None:
    """Chunked content that ends within the line end of a chunk is the end of the request.

    See ``chunked-content-cut-behind-data-ended``: one octet further.
    """
    _ended(exchange)


WHOLE_BY_LINE = Octets(
    CHUNKED_HEAD + b"5\r\nhello\r\n0\r\n\r\n", then=(Receive(b"wsgicheck", 0.3, owed=True), FinishSending())
)
"""Where chunks are not decoded, their end is that of what the client sends."""


@check(
    "chunked-content-cut-off-incomplete-by-line",
    requires=(rfc9112.LAST_CHUNK, rfc9112.BODY_INCOMPLETE),
    send=chunks_cut_off(b"9\r\nhello"),
    play=Play(before=(perform("iterate"),), headers=READ.headers),
    control=WHOLE_BY_LINE,
    tempered="WSGI has no word for it, and some servers only end the stream",
)
def chunked_content_cut_off_incomplete_by_line(exchange: HttpExchange) -> None:
    """Chunked content that ends within a chunk is not taken for complete where it is iterated over, either.

    See ``chunked-content-cut-in-chunk-incomplete``: lines are often read by a way of their own.
    """
    for reading in readings(exchange):
        if not reading.error and reading.octets != b"hello":
            inapplicable("the server does not decode chunks")
        got = f"{reading.octets!r}, its end"
        expect(bool(reading.error), "iterating over content that is not complete", want="an error", got=got)
