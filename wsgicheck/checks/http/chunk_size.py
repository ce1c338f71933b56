"""Chunk sizes that are no hexadecimal number, or too large a one (RFC 9112 7.1)."""

from __future__ import annotations

from ...authoring import (
    HttpExchange,
    check,
    content_refused,
    expect,
)
from ...authoring.chunked_content import (
    READS_HELLO,
    VALID_CHUNKS,
    chunk_size_and_next,
    chunks_and_next,
    chunks_cut_off,
)
from ...authoring.requests import NEXT_REQUEST
from ...spec import rfc9112


@check(
    "chunk-size-with-0x-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunk_size_and_next(b"0x5"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_size_with_0x_refused(exchange: HttpExchange) -> None:
    """A chunk size with the prefix 0x is refused.

    int(size, 16) forgives it, others read 0: the end of the content.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-with-plus-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunk_size_and_next(b"+5"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_size_with_plus_refused(exchange: HttpExchange) -> None:
    """A chunk size with a plus sign is refused.

    int(size, 16) forgives it. What one recipient takes for a size and another does not, moves the end
    of the request: this is how requests are smuggled.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-with-minus-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunk_size_and_next(b"-5"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_size_with_minus_refused(exchange: HttpExchange) -> None:
    """A negative chunk size is refused.

    A read of a negative number of octets reads everything.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-with-underscore-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunk_size_and_next(b"0_5"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_size_with_underscore_refused(exchange: HttpExchange) -> None:
    """A chunk size with an underscore is refused.

    int(size, 16) reads 5, everybody else reads 0: the end of the content.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-with-wrong-digit-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunk_size_and_next(b"5g"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_size_with_wrong_digit_refused(exchange: HttpExchange) -> None:
    """A chunk size with a letter that is no hexadecimal digit is refused.

    strtol() stops there and reads 5.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-with-comma-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunk_size_and_next(b"5,5"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_size_with_comma_refused(exchange: HttpExchange) -> None:
    """A chunk size with a comma is refused.

    strtol() stops there and reads 5.
    """
    content_refused(exchange, "hello")


@check(
    "last-chunk-with-minus-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunks_and_next(b"5\r\nhello\r\n-0\r\n\r\n"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def last_chunk_with_minus_refused(exchange: HttpExchange) -> None:
    """A last chunk of minus zero is refused.

    int(size, 16) forgives it. What one recipient takes for a size and another does not, moves the end
    of the request: this is how requests are smuggled.
    """
    content_refused(exchange, "world")


@check(
    "last-chunk-with-0x-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunks_and_next(b"5\r\nhello\r\n0x0\r\n\r\n"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def last_chunk_with_0x_refused(exchange: HttpExchange) -> None:
    """A last chunk with the prefix 0x is refused.

    int(size, 16) forgives it. What one recipient takes for a size and another does not, moves the end
    of the request: this is how requests are smuggled.
    """
    content_refused(exchange, "world")


def _not_wrapped(exchange: HttpExchange) -> None:
    """Expect that an enormous chunk did not end behind five octets."""
    for seen in exchange.app.of("content"):
        if seen.label == "" and seen.facts["error"] is None:
            got = seen.facts["content"]
            expect(got != "hello", "content of a chunk of enormous size", want="an error, or a wait", got=got)
    for call in exchange.app.of("called"):
        expect(call.label == "", "octets within the chunk", want="no call", got="a request of their own")


@check(
    "chunk-size-above-64-bits-not-wrapped",
    requires=rfc9112.CHUNK_SIZE_OVERFLOW,
    send=chunks_cut_off(b"10000000000000005\r\nhello\r\n0\r\n\r\n" + NEXT_REQUEST),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_size_above_64_bits_not_wrapped(exchange: HttpExchange) -> None:
    """A chunk size of 2^64 + 5 is not taken for 5.

    What is left over by the smaller number is run as the next request.
    """
    _not_wrapped(exchange)


@check(
    "chunk-size-above-32-bits-not-wrapped",
    requires=rfc9112.CHUNK_SIZE_OVERFLOW,
    send=chunks_cut_off(b"100000005\r\nhello\r\n0\r\n\r\n" + NEXT_REQUEST),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_size_above_32_bits_not_wrapped(exchange: HttpExchange) -> None:
    """A chunk size of 2^32 + 5 is not taken for 5.

    What is left over by the smaller number is run as the next request.
    """
    _not_wrapped(exchange)


@check(
    "chunk-size-of-64-bits-not-negative",
    requires=rfc9112.CHUNK_SIZE_OVERFLOW,
    send=chunks_cut_off(b"FFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n" + NEXT_REQUEST),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def chunk_size_of_64_bits_not_negative(exchange: HttpExchange) -> None:
    """A chunk size of 2^64 - 1 is not taken for -1.

    What is left over by the smaller number is run as the next request.
    """
    _not_wrapped(exchange)


@check(
    "last-chunk-with-plus-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=chunks_and_next(b"5\r\nhello\r\n+0\r\n\r\n"),
    play=READS_HELLO,
    control=VALID_CHUNKS,
)
def last_chunk_with_plus_refused(exchange: HttpExchange) -> None:
    """A last chunk of plus zero is refused.

    See ``last-chunk-with-minus-refused``.
    """
    content_refused(exchange, "world")
