"""Chunk extensions that a request may have (RFC 9112 7.1.1)."""

from __future__ import annotations

from ...authoring import (
    HttpExchange,
    Play,
    check,
    content,
    content_refused,
)
from ...authoring.chunked_content import READS_HELLO, VALID_CHUNKS_ALONE, chunks_alone, expect_chunks_read
from ...spec import rfc9110, rfc9112


@check(
    "chunk-extension-ignored",
    requires=rfc9112.CHUNK_EXTENSIONS,
    send=chunks_alone(b"5;a\r\nhello\r\n0\r\n\r\n"),
    play=READS_HELLO,
    control=VALID_CHUNKS_ALONE,
)
def chunk_extension_ignored(exchange: HttpExchange) -> None:
    """An unknown chunk extension is ignored.

    Signed uploads have extensions (those of Amazon S3 do); nobody else needs to know them.
    """
    expect_chunks_read(exchange, b"hello")


@check(
    "chunk-extension-with-value-ignored",
    requires=rfc9112.CHUNK_EXTENSIONS,
    send=chunks_alone(b"5;a=b;c\r\nhello\r\n0\r\n\r\n"),
    play=READS_HELLO,
    control=VALID_CHUNKS_ALONE,
)
def chunk_extension_with_value_ignored(exchange: HttpExchange) -> None:
    """A chunk extension with a value is ignored.

    Signed uploads have extensions (those of Amazon S3 do); nobody else needs to know them.
    """
    expect_chunks_read(exchange, b"hello")


@check(
    "chunk-extension-with-quotes-ignored",
    requires=rfc9112.CHUNK_EXTENSIONS,
    send=chunks_alone(b'5;a="q;x"\r\nhello\r\n0\r\n\r\n'),
    play=READS_HELLO,
    control=VALID_CHUNKS_ALONE,
)
def chunk_extension_with_quotes_ignored(exchange: HttpExchange) -> None:
    """A chunk extension with a quoted value is ignored.

    Signed uploads have extensions (those of Amazon S3 do); nobody else needs to know them.
    """
    expect_chunks_read(exchange, b"hello")


@check(
    "last-chunk-extension-ignored",
    requires=rfc9112.CHUNK_EXTENSIONS,
    send=chunks_alone(b"5\r\nhello\r\n0;a=b\r\n\r\n"),
    play=READS_HELLO,
    control=VALID_CHUNKS_ALONE,
)
def last_chunk_extension_ignored(exchange: HttpExchange) -> None:
    """An extension of the last chunk is ignored.

    Signed uploads have extensions (those of Amazon S3 do); nobody else needs to know them.
    """
    expect_chunks_read(exchange, b"hello")


@check(
    "chunk-extension-with-white-space-ignored",
    requires=rfc9110.BAD_WHITESPACE,
    send=chunks_alone(b"5 ; a = b\r\nhello\r\n0\r\n\r\n"),
    play=READS_HELLO,
    control=VALID_CHUNKS_ALONE,
    tempered="recipients that refuse white space here are on the safe side",
)
def chunk_extension_with_white_space_ignored(exchange: HttpExchange) -> None:
    """White space around the parts of a chunk extension is ignored.

    Signed uploads have extensions (those of Amazon S3 do); nobody else needs to know them.
    """
    expect_chunks_read(exchange, b"hello")


@check(
    "chunk-extension-of-256k-refused",
    requires=rfc9112.CHUNK_EXTENSIONS_LIMITED,
    send=chunks_alone(b"5;a=" + b"x" * 262_144 + b"\r\nhello\r\n0\r\n\r\n"),
    play=Play(before=(content(),)),
    control=VALID_CHUNKS_ALONE,
)
def chunk_extension_of_256k_refused(exchange: HttpExchange) -> None:
    """A chunk extension of 262144 octets is refused.

    What is read only to be thrown away costs the server as much as the client wants.
    """
    content_refused(exchange, "hello", "content with a chunk extension of 262144 octets")


@check(
    "chunk-extension-with-escaped-quote-ignored",
    requires=rfc9112.CHUNK_EXTENSIONS,
    send=chunks_alone(b'5;a="q\\"\t;x\\\\"\r\nhello\r\n0\r\n\r\n'),
    play=READS_HELLO,
    control=VALID_CHUNKS_ALONE,
)
def chunk_extension_with_escaped_quote_ignored(exchange: HttpExchange) -> None:
    """A quoted value of a chunk extension may hold a tab, and a quote or backslash behind a backslash.

    A pattern that ends the value at the first quote finds rubbish behind it.
    """
    expect_chunks_read(exchange, b"hello")


@check(
    "chunk-extension-with-tabs-ignored",
    requires=rfc9110.BAD_WHITESPACE,
    send=chunks_alone(b"5\t;\ta\t=\tb\r\nhello\r\n0\r\n\r\n"),
    play=READS_HELLO,
    control=VALID_CHUNKS_ALONE,
    tempered="recipients that refuse white space here are on the safe side",
)
def chunk_extension_with_tabs_ignored(exchange: HttpExchange) -> None:
    """Tabs around the parts of a chunk extension are white space as spaces are.

    See ``chunk-extension-with-white-space-ignored``.
    """
    expect_chunks_read(exchange, b"hello")


@check(
    "chunk-extension-of-all-token-characters-ignored",
    requires=rfc9112.CHUNK_EXTENSIONS,
    send=chunks_alone(
        b"5;!#$%&'*+-.^_`|~09AZaz=~|`_^.-+*'&%$#!zaZA90\r\nhello\r\n0\r\n\r\n",
    ),
    play=READS_HELLO,
    control=VALID_CHUNKS_ALONE,
)
def chunk_extension_of_all_token_characters_ignored(exchange: HttpExchange) -> None:
    """Name and value of a chunk extension may hold every character of a token.

    A pattern of letters, digits and the hyphen refuses what the sender may well write.
    """
    expect_chunks_read(exchange, b"hello")


@check(
    "chunk-extension-with-octets-above-ascii-ignored",
    requires=rfc9112.CHUNK_EXTENSIONS,
    send=chunks_alone(b'5;a="\xe2\x82\xac \\\xff"\r\nhello\r\n0\r\n\r\n'),
    play=READS_HELLO,
    control=VALID_CHUNKS_ALONE,
)
def chunk_extension_with_octets_above_ascii_ignored(exchange: HttpExchange) -> None:
    """A quoted value of a chunk extension may hold octets above US-ASCII, behind a backslash as well.

    Whoever decodes the line as US-ASCII first fails on what is only to be ignored.
    """
    expect_chunks_read(exchange, b"hello")
