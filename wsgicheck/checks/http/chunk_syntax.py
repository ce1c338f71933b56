"""Malformed chunked content: it is never taken for a whole one (RFC 9112 7.1)."""

from __future__ import annotations

from ...authoring import (
    AwaitApp,
    HttpExchange,
    Octets,
    Pause,
    Play,
    Send,
    check,
    content,
    content_refused,
    tries,
)
from ...authoring.chunked_content import (
    CHUNKED_HEAD,
    READS_HELLO,
    VALID_CHUNKS,
    chunk_size_and_next,
    chunks_and_next,
)
from ...authoring.requests import NEXT_REQUEST
from ...spec import rfc9112


@check(
    "chunk-extension-without-name-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunk_size_and_next(b"5;"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
    tempered="unknown extensions are skipped by most, whatever they look like",
)
def chunk_extension_without_name_refused(exchange: HttpExchange) -> None:
    """A chunk extension that is only its semicolon is refused.

    What one recipient takes for a size and another does not, moves the end of the request: this is how
    requests are smuggled.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-extension-with-bare-cr-refused",
    requires=(rfc9112.CHUNK_MALFORMED, rfc9112.BARE_CR_RECEIVED),
    send=chunk_size_and_next(b"5;a\rb"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
    tempered="unknown extensions are skipped by most, whatever they look like",
)
def chunk_extension_with_bare_cr_refused(exchange: HttpExchange) -> None:
    """A bare CR in a chunk extension is refused.

    Whoever ends the line there reads the rest as data.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-extension-with-nul-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunk_size_and_next(b"5;a=\x00"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
    tempered="unknown extensions are skipped by most, whatever they look like",
)
def chunk_extension_with_nul_refused(exchange: HttpExchange) -> None:
    """A NUL in a chunk extension is refused.

    What one recipient takes for a size and another does not, moves the end of the request: this is how
    requests are smuggled.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-without-line-end-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunks_and_next(b"5\r\nhello5\r\nworld\r\n0\r\n\r\n"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_without_line_end_refused(exchange: HttpExchange) -> None:
    """A chunk without a line end behind its data is refused.

    The size of the next chunk is read from wherever this one is believed to end.
    """
    content_refused(exchange, "world")


@check(
    "chunk-with-other-octets-for-line-end-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunks_and_next(b"5\r\nhelloXX5\r\nworld\r\n0\r\n\r\n"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_with_other_octets_for_line_end_refused(exchange: HttpExchange) -> None:
    """Two octets behind the data of a chunk that are no line end are refused.

    A server that skips two octets without a look accepts what others refuse.
    """
    content_refused(exchange, "world")


@check(
    "chunk-longer-than-its-size-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunks_and_next(b"5\r\nhello!\r\n5\r\nworld\r\n0\r\n\r\n"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_longer_than_its_size_refused(exchange: HttpExchange) -> None:
    """A chunk longer than its size is refused.

    The surplus is lost, or read as a size.
    """
    content_refused(exchange, "world")


@check(
    "chunk-shorter-than-its-size-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunks_and_next(b"6\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_shorter_than_its_size_refused(exchange: HttpExchange) -> None:
    """A chunk shorter than its size is refused.

    Its line end is taken for data, and what follows for nothing.
    """
    content_refused(exchange, "world")


@check(
    "chunk-size-line-with-bare-lf-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunks_and_next(b"5\nhello\r\n0\r\n\r\n"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
    tempered="many recipients take LF for a line end everywhere",
)
def chunk_size_line_with_bare_lf_refused(exchange: HttpExchange) -> None:
    """A size line that ends in LF alone is refused.

    The leave to do without CR is for the head alone; a proxy that looks for CRLF reads on into the
    data.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-data-with-bare-lf-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunks_and_next(b"5\r\nhello\n5\r\nworld\r\n0\r\n\r\n"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
    tempered="many recipients take LF for a line end everywhere",
)
def chunk_data_with_bare_lf_refused(exchange: HttpExchange) -> None:
    """Data of a chunk that ends in LF alone is refused.

    The leave to do without CR is for the head alone.
    """
    content_refused(exchange, "world")


@check(
    "chunk-size-line-with-bare-cr-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunks_and_next(b"5\rhello\r\n0\r\n\r\n"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_size_line_with_bare_cr_refused(exchange: HttpExchange) -> None:
    """A size line that ends in CR alone is refused.

    It is no line end anywhere.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-extension-with-bare-lf-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunks_and_next(b"5;a\nhello\r\n0\r\n\r\n"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
    tempered="many recipients take LF for a line end everywhere",
)
def chunk_extension_with_bare_lf_refused(exchange: HttpExchange) -> None:
    """A chunk extension that ends in LF alone is refused.

    A proxy that looks for CRLF takes the data for a part of the extension: this has been used to
    smuggle requests.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-extension-with-bracket-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunk_size_and_next(b"5;a[b=c"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
    tempered="unknown extensions are skipped by most, whatever they look like",
)
def chunk_extension_with_bracket_refused(exchange: HttpExchange) -> None:
    """A chunk extension whose name is no token is refused.

    See ``chunk-extension-without-name-refused``.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-data-with-bare-cr-refused",
    requires=(rfc9112.CHUNK_MALFORMED, rfc9112.BARE_CR_RECEIVED),
    send=chunks_and_next(b"5\r\nhello\r5\r\nworld\r\n0\r\n\r\n"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_data_with_bare_cr_refused(exchange: HttpExchange) -> None:
    """Data of a chunk that ends in CR alone is refused.

    Whoever skips two octets without a look, and whoever skips to the size, find two different ends.
    """
    content_refused(exchange, "world")


@check(
    "chunk-with-other-octet-before-line-feed-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunks_and_next(b"5\r\nhelloX\n5\r\nworld\r\n0\r\n\r\n"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_with_other_octet_before_line_feed_refused(exchange: HttpExchange) -> None:
    """An octet other than CR before the LF behind a chunk's data is refused.

    Both octets of the line end are compared: whoever looks at the second alone does not notice that the
    data is longer than its size.
    """
    content_refused(exchange, "world")


@check(
    "large-chunk-with-other-octets-for-line-end-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunks_and_next(b"11170\r\n" + b"x" * 70_000 + b"XX5\r\nworld\r\n0\r\n\r\n"),
    play=Play(before=(content(),)),
    control=VALID_CHUNKS,
)
def large_chunk_with_other_octets_for_line_end_refused(exchange: HttpExchange) -> None:
    """Two other octets than CRLF behind the data of a chunk of 70000 octets are refused.

    A chunk larger than a buffer is often read in another place of the server than a small one.
    """
    content_refused(exchange, "world")


@check(
    "late-octets-for-line-end-of-chunk-refused",
    requires=(rfc9112.CHUNK_MALFORMED, rfc9112.ORDERED_TRANSPORT),
    send=Octets(
        CHUNKED_HEAD + b"5\r\nhello",
        ("POST", "GET"),
        then=(
            AwaitApp("called", seconds=0.1),
            Pause(0.05),
            Send(b"XX5\r\nworld\r\n0\r\n\r\n" + NEXT_REQUEST),
        ),
    ),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def late_octets_for_line_end_of_chunk_refused(exchange: HttpExchange) -> None:
    """Two other octets than CRLF behind a chunk's data are refused, though they come later than the data.

    A server that passes over two octets when they have come, and compares them only where they came along,
    takes what is behind them for the next chunk.
    """
    content_refused(exchange, "world")


@check(
    "chunk-with-other-octet-behind-carriage-return-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunks_and_next(b"5\r\nhello\rX5\r\nworld\r\n0\r\n\r\n"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_with_other_octet_behind_carriage_return_refused(exchange: HttpExchange) -> None:
    """An octet other than LF behind the CR behind a chunk's data is refused.

    See ``chunk-with-other-octet-before-line-feed-refused``: whoever looks at the first alone errs as well.
    """
    content_refused(exchange, "world")


@check(
    "chunks-behind-malformed-one-not-read",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunks_and_next(b"zz\r\n5\r\nhello\r\n0\r\n\r\n"),
    play=Play(before=(tries("content"), tries("content"))),
    control=VALID_CHUNKS,
)
def chunks_behind_malformed_one_not_read(exchange: HttpExchange) -> None:
    """Content that broke off at a malformed chunk stays broken where the application reads on.

    A stream that forgets its error goes on at the next line: it gives out content that another recipient
    does not see there, and takes what stands behind it for a request.
    """
    content_refused(exchange, "hello")
