"""Malformed chunked content: it is never taken for a whole one (RFC 9112 7.1)."""

from __future__ import annotations

from ...authoring import (
    FinishSending,
    HttpExchange,
    Octets,
    Play,
    calls_of,
    check,
    content,
    content_refused,
    expect,
)
from ...spec import rfc9112

READ = Play(before=(content(b"hello"),))
BEHIND = b"GET /?{ticket}-2 HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n"
HEAD = b"POST /?{ticket} HTTP/1.1\r\nHost: {authority}\r\nTransfer-Encoding: chunked\r\n\r\n"


def _chunks(chunks: bytes) -> Octets:
    return Octets(HEAD + chunks + BEHIND, ("POST", "GET"))


def _size(size: bytes) -> Octets:
    return _chunks(size + b"\r\nhello\r\n0\r\n\r\n")


def _cut(chunks: bytes) -> Octets:
    return Octets(HEAD + chunks, then=(FinishSending(),))


PLAIN = _size(b"5")


@check(
    "chunk-size-with-0x-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=_size(b"0x5"),
    play=READ,
    control=PLAIN,
)
def chunk_size_with_0x_refused(exchange: HttpExchange) -> None:
    """A chunk size with the prefix 0x is refused.

    int(size, 16) forgives it, others read 0: the end of the content.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-with-plus-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=_size(b"+5"),
    play=READ,
    control=PLAIN,
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
    send=_size(b"-5"),
    play=READ,
    control=PLAIN,
)
def chunk_size_with_minus_refused(exchange: HttpExchange) -> None:
    """A negative chunk size is refused.

    A read of a negative number of octets reads everything.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-with-underscore-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=_size(b"0_5"),
    play=READ,
    control=PLAIN,
)
def chunk_size_with_underscore_refused(exchange: HttpExchange) -> None:
    """A chunk size with an underscore is refused.

    int(size, 16) reads 5, everybody else reads 0: the end of the content.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-with-wrong-digit-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=_size(b"5g"),
    play=READ,
    control=PLAIN,
)
def chunk_size_with_wrong_digit_refused(exchange: HttpExchange) -> None:
    """A chunk size with a letter that is no hexadecimal digit is refused.

    strtol() stops there and reads 5.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-in-quotes-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=_size(b'"5"'),
    play=READ,
    control=PLAIN,
)
def chunk_size_in_quotes_refused(exchange: HttpExchange) -> None:
    """A chunk size in quotes is refused.

    What one recipient takes for a size and another does not, moves the end of the request: this is how
    requests are smuggled.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-with-comma-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=_size(b"5,5"),
    play=READ,
    control=PLAIN,
)
def chunk_size_with_comma_refused(exchange: HttpExchange) -> None:
    """A chunk size with a comma is refused.

    strtol() stops there and reads 5.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-with-leading-space-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=_size(b" 5"),
    play=READ,
    control=PLAIN,
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
    send=_size(b"5 "),
    play=READ,
    control=PLAIN,
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
    send=_size(b"5\x0b"),
    play=READ,
    control=PLAIN,
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
    send=_size(b"\xa05"),
    play=READ,
    control=PLAIN,
)
def chunk_size_with_no_break_space_refused(exchange: HttpExchange) -> None:
    """A chunk size behind a no-break space is refused.

    int(size, 16) forgives it once the line has been decoded.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-in-other-digits-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=_size(b"\xef\xbc\x95"),
    play=READ,
    control=PLAIN,
)
def chunk_size_in_other_digits_refused(exchange: HttpExchange) -> None:
    """A chunk size in other digits than those of ASCII is refused.

    int(size, 16) reads the digits of every script once the line has been decoded.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-empty-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=_size(b""),
    play=READ,
    control=PLAIN,
)
def chunk_size_empty_refused(exchange: HttpExchange) -> None:
    """An empty chunk size is refused.

    Read as 0 it ends the content.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-missing-before-extension-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=_size(b";a=b"),
    play=READ,
    control=PLAIN,
)
def chunk_size_missing_before_extension_refused(exchange: HttpExchange) -> None:
    """A chunk extension without a size before it is refused.

    Read as 0 it ends the content.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-size-with-nul-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=_size(b"5\x00"),
    play=READ,
    control=PLAIN,
)
def chunk_size_with_nul_refused(exchange: HttpExchange) -> None:
    """A chunk size with a NUL is refused.

    What is written in C reads the size up to the NUL.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-extension-without-name-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=_size(b"5;"),
    play=READ,
    control=PLAIN,
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
    send=_size(b"5;a\rb"),
    play=READ,
    control=PLAIN,
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
    send=_size(b"5;a=\x00"),
    play=READ,
    control=PLAIN,
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
    send=_chunks(b"5\r\nhello5\r\nworld\r\n0\r\n\r\n"),
    play=READ,
    control=PLAIN,
)
def chunk_without_line_end_refused(exchange: HttpExchange) -> None:
    """A chunk without a line end behind its data is refused.

    The size of the next chunk is read from wherever this one is believed to end.
    """
    content_refused(exchange, "world")


@check(
    "chunk-with-other-octets-for-line-end-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=_chunks(b"5\r\nhelloXX5\r\nworld\r\n0\r\n\r\n"),
    play=READ,
    control=PLAIN,
)
def chunk_with_other_octets_for_line_end_refused(exchange: HttpExchange) -> None:
    """Two octets behind the data of a chunk that are no line end are refused.

    A server that skips two octets without a look accepts what others refuse.
    """
    content_refused(exchange, "world")


@check(
    "chunk-longer-than-its-size-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=_chunks(b"5\r\nhello!\r\n5\r\nworld\r\n0\r\n\r\n"),
    play=READ,
    control=PLAIN,
)
def chunk_longer_than_its_size_refused(exchange: HttpExchange) -> None:
    """A chunk longer than its size is refused.

    The surplus is lost, or read as a size.
    """
    content_refused(exchange, "world")


@check(
    "chunk-shorter-than-its-size-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=_chunks(b"6\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n"),
    play=READ,
    control=PLAIN,
)
def chunk_shorter_than_its_size_refused(exchange: HttpExchange) -> None:
    """A chunk shorter than its size is refused.

    Its line end is taken for data, and what follows for nothing.
    """
    content_refused(exchange, "world")


@check(
    "chunk-size-line-with-bare-lf-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=_chunks(b"5\nhello\r\n0\r\n\r\n"),
    play=READ,
    control=PLAIN,
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
    send=_chunks(b"5\r\nhello\n5\r\nworld\r\n0\r\n\r\n"),
    play=READ,
    control=PLAIN,
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
    send=_chunks(b"5\rhello\r\n0\r\n\r\n"),
    play=READ,
    control=PLAIN,
)
def chunk_size_line_with_bare_cr_refused(exchange: HttpExchange) -> None:
    """A size line that ends in CR alone is refused.

    It is no line end anywhere.
    """
    content_refused(exchange, "hello")


@check(
    "chunk-extension-with-bare-lf-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=_chunks(b"5;a\nhello\r\n0\r\n\r\n"),
    play=READ,
    control=PLAIN,
    tempered="many recipients take LF for a line end everywhere",
)
def chunk_extension_with_bare_lf_refused(exchange: HttpExchange) -> None:
    """A chunk extension that ends in LF alone is refused.

    A proxy that looks for CRLF takes the data for a part of the extension: this has been used to
    smuggle requests.
    """
    content_refused(exchange, "hello")


@check(
    "last-chunk-with-minus-refused",
    requires=rfc9112.CHUNK_MALFORMED,
    send=_chunks(b"5\r\nhello\r\n-0\r\n\r\n"),
    play=READ,
    control=PLAIN,
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
    send=_chunks(b"5\r\nhello\r\n0x0\r\n\r\n"),
    play=READ,
    control=PLAIN,
)
def last_chunk_with_0x_refused(exchange: HttpExchange) -> None:
    """A last chunk with the prefix 0x is refused.

    int(size, 16) forgives it. What one recipient takes for a size and another does not, moves the end
    of the request: this is how requests are smuggled.
    """
    content_refused(exchange, "world")


@check(
    "chunk-size-above-64-bits-not-wrapped",
    requires=rfc9112.CHUNK_SIZE_OVERFLOW,
    send=_cut(b"10000000000000005\r\nhello\r\n0\r\n\r\n" + BEHIND),
    play=READ,
    control=PLAIN,
)
def chunk_size_above_64_bits_not_wrapped(exchange: HttpExchange) -> None:
    """A chunk size of 2^64 + 5 is not taken for 5.

    What is left over by the smaller number is run as the next request.
    """
    for seen in exchange.app.of("content"):
        if seen.label == "" and seen.facts["error"] is None:
            got = seen.facts["content"]
            expect(got != "hello", "content of a chunk of enormous size", want="an error, or a wait", got=got)
    for call in exchange.app.of("called"):
        expect(call.label == "", "octets within the chunk", want="no call", got="a request of their own")


@check(
    "chunk-size-above-32-bits-not-wrapped",
    requires=rfc9112.CHUNK_SIZE_OVERFLOW,
    send=_cut(b"100000005\r\nhello\r\n0\r\n\r\n" + BEHIND),
    play=READ,
    control=PLAIN,
)
def chunk_size_above_32_bits_not_wrapped(exchange: HttpExchange) -> None:
    """A chunk size of 2^32 + 5 is not taken for 5.

    What is left over by the smaller number is run as the next request.
    """
    for seen in exchange.app.of("content"):
        if seen.label == "" and seen.facts["error"] is None:
            got = seen.facts["content"]
            expect(got != "hello", "content of a chunk of enormous size", want="an error, or a wait", got=got)
    for call in exchange.app.of("called"):
        expect(call.label == "", "octets within the chunk", want="no call", got="a request of their own")


@check(
    "chunk-size-of-64-bits-not-negative",
    requires=rfc9112.CHUNK_SIZE_OVERFLOW,
    send=_cut(b"FFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n" + BEHIND),
    play=READ,
    control=PLAIN,
)
def chunk_size_of_64_bits_not_negative(exchange: HttpExchange) -> None:
    """A chunk size of 2^64 - 1 is not taken for -1.

    What is left over by the smaller number is run as the next request.
    """
    for seen in exchange.app.of("content"):
        if seen.label == "" and seen.facts["error"] is None:
            got = seen.facts["content"]
            expect(got != "hello", "content of a chunk of enormous size", want="an error, or a wait", got=got)
    for call in exchange.app.of("called"):
        expect(call.label == "", "octets within the chunk", want="no call", got="a request of their own")


@check(
    "chunked-content-without-last-chunk-incomplete",
    requires=(rfc9112.LAST_CHUNK, rfc9112.BODY_INCOMPLETE),
    send=_cut(b"5\r\nhello\r\n"),
    play=READ,
    control=PLAIN,
    tempered="WSGI has no word for it, and some servers only end the stream",
)
def chunked_content_without_last_chunk_incomplete(exchange: HttpExchange) -> None:
    """Chunked content that ends without a last chunk is not taken for complete.

    Half an upload is stored as a whole one: only the last chunk tells them apart.
    """
    for seen in exchange.app.of("content"):
        if seen.label == "":
            error, got = seen.facts["error"], seen.facts["content"]
            expect(
                error is not None,
                "reading content that is not complete",
                want="an error",
                got=f"{got!r}, its end",
            )


@check(
    "chunked-content-cut-in-chunk-incomplete",
    requires=(rfc9112.LAST_CHUNK, rfc9112.BODY_INCOMPLETE),
    send=_cut(b"9\r\nhello"),
    play=READ,
    control=PLAIN,
    tempered="WSGI has no word for it, and some servers only end the stream",
)
def chunked_content_cut_in_chunk_incomplete(exchange: HttpExchange) -> None:
    """Chunked content that ends within a chunk is not taken for complete.

    Half an upload is stored as a whole one: only the last chunk tells them apart.
    """
    for seen in exchange.app.of("content"):
        if seen.label == "":
            error, got = seen.facts["error"], seen.facts["content"]
            expect(
                error is not None,
                "reading content that is not complete",
                want="an error",
                got=f"{got!r}, its end",
            )


@check(
    "chunked-content-cut-in-size-incomplete",
    requires=(rfc9112.LAST_CHUNK, rfc9112.BODY_INCOMPLETE),
    send=_cut(b"5\r\nhello\r\n0"),
    play=READ,
    control=PLAIN,
    tempered="WSGI has no word for it, and some servers only end the stream",
)
def chunked_content_cut_in_size_incomplete(exchange: HttpExchange) -> None:
    """Chunked content that ends within the line of a size is not taken for complete.

    Half an upload is stored as a whole one: only the last chunk tells them apart.
    """
    for seen in exchange.app.of("content"):
        if seen.label == "":
            error, got = seen.facts["error"], seen.facts["content"]
            expect(
                error is not None,
                "reading content that is not complete",
                want="an error",
                got=f"{got!r}, its end",
            )


@check(
    "malformed-chunk-not-taken-for-end",
    requires=(rfc9112.CHUNK_MALFORMED, rfc9112.BODY_INCOMPLETE),
    send=_chunks(b"5\r\nhello\r\nzz\r\nworld\r\n0\r\n\r\n"),
    play=READ,
    control=PLAIN,
    tempered="WSGI has no word for it, and some servers only end the stream",
)
def malformed_chunk_not_taken_for_end(exchange: HttpExchange) -> None:
    """Where a chunk is malformed, the application gets an error and not the end of the content.

    Half an upload is stored as a whole one.
    """
    for seen in exchange.app.of("content"):
        if seen.label == "":
            error, got = seen.facts["error"], seen.facts["content"]
            expect(
                error is not None,
                "reading content that is not complete",
                want="an error",
                got=f"{got!r}, its end",
            )


@check(
    "trailer-malformed-refused",
    requires=(rfc9112.NOT_HTTP_REJECTED, rfc9112.TRAILERS_CONSUMED),
    send=_chunks(b"5\r\nhello\r\n0\r\n: v\r\nX A: v\r\n\r\n"),
    play=READ,
    control=PLAIN,
)
def trailer_malformed_refused(exchange: HttpExchange) -> None:
    """Behind malformed trailers the connection is closed.

    What does not match the grammar may have been made to look like the end.
    """
    got = len(calls_of(exchange, "2"))
    expect(got == 0, "calls for what is behind malformed trailers", want=0, got=got)
