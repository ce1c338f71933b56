"""Octets around a chunk size that are no part of it (RFC 9112 7.1)."""

from __future__ import annotations

from ...authoring import HttpExchange, check, content_refused
from ...authoring.chunked_content import READS_HELLO, VALID_CHUNKS, chunk_size_and_next
from ...spec import rfc9112


@check(
    "chunk-size-in-quotes-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunk_size_and_next(b'"5"'),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_size_in_quotes_refused(exchange: HttpExchange) -> None:
    """A chunk size in quotes is refused.

    What one recipient takes for a size and another does not, moves the end of the request: this is how
    requests are smuggled.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-with-leading-space-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunk_size_and_next(b" 5"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_size_with_leading_space_refused(exchange: HttpExchange) -> None:
    """A chunk size behind a space is refused.

    int(size, 16) forgives it. What one recipient takes for a size and another does not, moves the end
    of the request: this is how requests are smuggled.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-with-trailing-space-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunk_size_and_next(b"5 "),
    play=READS_HELLO,
    control=VALID_CHUNKS,
    tempered="senders of old fill up the size with spaces",
)
def chunk_size_with_trailing_space_refused(exchange: HttpExchange) -> None:
    """A chunk size before a space is refused.

    int(size, 16) forgives it. What one recipient takes for a size and another does not, moves the end
    of the request: this is how requests are smuggled.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-with-vertical-tab-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunk_size_and_next(b"5\x0b"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_size_with_vertical_tab_refused(exchange: HttpExchange) -> None:
    """A chunk size before a vertical tab is refused.

    int(size, 16) forgives it. What one recipient takes for a size and another does not, moves the end
    of the request: this is how requests are smuggled.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-with-no-break-space-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunk_size_and_next(b"\xa05"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_size_with_no_break_space_refused(exchange: HttpExchange) -> None:
    """A chunk size behind a no-break space is refused.

    int(size, 16) forgives it once the line has been decoded.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-in-other-digits-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunk_size_and_next(b"\xef\xbc\x95"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_size_in_other_digits_refused(exchange: HttpExchange) -> None:
    """A chunk size in other digits than those of ASCII is refused.

    int(size, 16) reads the digits of every script once the line has been decoded.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-empty-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunk_size_and_next(b""),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_size_empty_refused(exchange: HttpExchange) -> None:
    """An empty chunk size is refused.

    Read as 0 it ends the content.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-missing-before-extension-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunk_size_and_next(b";a=b"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_size_missing_before_extension_refused(exchange: HttpExchange) -> None:
    """A chunk extension without a size before it is refused.

    Read as 0 it ends the content.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-with-nul-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunk_size_and_next(b"5\x00"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_size_with_nul_refused(exchange: HttpExchange) -> None:
    """A chunk size with a NUL is refused.

    What is written in C reads the size up to the NUL.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-with-inner-space-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunk_size_and_next(b"5 6"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_size_with_inner_space_refused(exchange: HttpExchange) -> None:
    """Two numbers with a space between them are no chunk size.

    line.split()[0] reads 5, a filter that drops spaces reads 56: what is content for one is a request for the
    other.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-before-bare-cr-refused",
    requires=(rfc9112.CHUNK_MALFORMED, rfc9112.BARE_CR_RECEIVED),
    send=chunk_size_and_next(b"5\r"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
    tempered="a bare CR may be read as a space, and senders of old fill up the size with spaces",
)
def chunk_size_before_bare_cr_refused(exchange: HttpExchange) -> None:
    """A chunk size before a CR that is not that of its line end is refused.

    Whoever ends the line at the first CR takes the second one, and the LF, for data.
    """
    content_refused(exchange, "hello")
