"""Requests with chunked content, as clients send them (RFC 9112 7.1)."""

from __future__ import annotations

from ...authoring import (
    AwaitApp,
    HttpExchange,
    Octets,
    Play,
    Send,
    check,
    content,
    environ_of,
    expect,
    expect_octets,
    inapplicable,
    inconclusive,
    needs_http_1_1,
)
from ...authoring.chunked_content import READS_HELLO, VALID_CHUNKS_ALONE, chunks_alone
from ...spec import rfc9110, rfc9112

HEAD = b"POST /?{ticket} HTTP/1.1\r\nHost: {authority}\r\nTransfer-Encoding: chunked\r\n"
EVERY_OCTET = bytes(range(256))
WORDS = Play(before=(content(b"helloworld"),))


TWO = chunks_alone(b"5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n")


def _read(exchange: HttpExchange, want: bytes) -> None:
    """Expect that the application read this content, and then its end."""
    if not exchange.app.called:
        got = exchange.response.status if exchange.response else "a closed connection"
        if got == 411:
            inapplicable("the server wants a Content-Length, as it may (RFC 9112 6.3)")
        expect(False, "a request with chunked content", want="a call of the application", got=got)
    contents = [seen.facts for seen in exchange.app.of("content") if seen.label == ""]
    if not contents:
        inconclusive("the application did not come to the end of the content")
    if contents[0]["ended_by"] == "unknown" and contents[0]["error"] is None:
        inconclusive("nothing told the application where the content ends, and it left it unread")
    got = contents[0]["content"].encode("latin-1")
    error = contents[0]["error"]
    expect(error is None, "reading the content", want=want, got=error and error["type"])
    expect_octets("the content", want=want, got=got)


@check(
    "chunked-request-decoded",
    requires=(rfc9112.CHUNKED_DECODED, rfc9112.CHUNKED_UNDERSTOOD, rfc9110.VERSION_CONFORMANT),
    send=VALID_CHUNKS_ALONE,
    play=READS_HELLO,
    tempered="PEP 3333 has it decoded where applicable, and many gateways leave it to a proxy",
)
def chunked_request_decoded(exchange: HttpExchange) -> None:
    """Chunked content reaches the application decoded.

    Clients that do not know the length beforehand send it in chunks: uploads, pipes, gRPC and many
    libraries.
    """
    needs_http_1_1(exchange)
    if not exchange.app.called:
        status = exchange.response.status if exchange.response else 0
        if status == 411:
            inapplicable("the server wants a Content-Length, as it may (RFC 9112 6.3)")
        expect(
            False, "a request with chunked content", want="a call of the application", got=status or "a close"
        )
    _read(exchange, b"hello")


@check(
    "chunk-framing-hidden",
    requires=rfc9112.CHUNKED_DECODED,
    send=VALID_CHUNKS_ALONE,
    play=READS_HELLO,
)
def chunk_framing_hidden(exchange: HttpExchange) -> None:
    """The sizes of the chunks are no part of what the application reads.

    They end up in uploaded files.
    """
    for seen in exchange.app.of("content"):
        got = seen.facts["content"]
        expect("5\r\n" not in got, "the content", want="hello", got=got)


@check(
    "chunks-joined",
    requires=rfc9112.CHUNKED_DECODED,
    send=chunks_alone(b"5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n"),
    play=WORDS,
    control=chunks_alone(b"0a\r\nhelloworld\r\n0\r\n\r\n"),
)
def chunks_joined(exchange: HttpExchange) -> None:
    """Several chunks are joined without a seam.

    A line end between two of them damages the content.
    """
    _read(exchange, b"helloworld")


@check(
    "chunk-size-in-capital-hexadecimal",
    requires=rfc9112.CHUNKED_DECODED,
    send=chunks_alone(b"A\r\nhelloworld\r\n0\r\n\r\n"),
    play=WORDS,
    control=TWO,
)
def chunk_size_in_capital_hexadecimal(exchange: HttpExchange) -> None:
    """A chunk size may be written with a capital letter.

    Clients write them in either way.
    """
    _read(exchange, b"helloworld")


@check(
    "chunk-size-in-small-hexadecimal",
    requires=rfc9112.CHUNKED_DECODED,
    send=chunks_alone(b"a\r\nhelloworld\r\n0\r\n\r\n"),
    play=WORDS,
    control=TWO,
)
def chunk_size_in_small_hexadecimal(exchange: HttpExchange) -> None:
    """A chunk size may be written with a small letter.

    Clients write them in either way.
    """
    _read(exchange, b"helloworld")


@check(
    "chunk-size-with-leading-zeros",
    requires=rfc9112.CHUNKED_DECODED,
    send=chunks_alone(b"0005\r\nhello\r\n0\r\n\r\n"),
    play=READS_HELLO,
    control=VALID_CHUNKS_ALONE,
)
def chunk_size_with_leading_zeros(exchange: HttpExchange) -> None:
    """A chunk size may have leading zeros.

    Clients that fill in the size afterwards write it with a fixed width.
    """
    _read(exchange, b"hello")


@check(
    "last-chunk-of-several-zeros",
    requires=rfc9112.CHUNKED_DECODED,
    send=chunks_alone(b"5\r\nhello\r\n000\r\n\r\n"),
    play=READS_HELLO,
    control=VALID_CHUNKS_ALONE,
)
def last_chunk_of_several_zeros(exchange: HttpExchange) -> None:
    """The last chunk may be written with several zeros.

    A comparison with "0" waits for chunks that never come.
    """
    _read(exchange, b"hello")


@check(
    "chunk-of-one-octet",
    requires=rfc9112.CHUNKED_DECODED,
    send=chunks_alone(b"1\r\nh\r\n1\r\ne\r\n3\r\nllo\r\n0\r\n\r\n"),
    play=READS_HELLO,
    control=VALID_CHUNKS_ALONE,
)
def chunk_of_one_octet(exchange: HttpExchange) -> None:
    """Chunks of a single octet are joined.

    Clients that write letter by letter send them.
    """
    _read(exchange, b"hello")


@check(
    "chunk-data-that-looks-like-framing",
    requires=rfc9112.CHUNKED_DECODED,
    send=chunks_alone(b"5\r\nhello\r\n5\r\n0\r\n\r\n\r\n0\r\n\r\n"),
    play=Play(before=(content(b"hello0\r\n\r\n"),)),
    control=chunks_alone(b"7\r\nhello0\r\r\n3\r\n\n\r\n\r\n0\r\n\r\n"),
)
def chunk_data_that_looks_like_framing(exchange: HttpExchange) -> None:
    """Data that looks like the last chunk is data.

    A search for the end in the stream, instead of counting, cuts the content there.
    """
    _read(exchange, b"hello0\r\n\r\n")


@check(
    "chunked-content-empty",
    requires=rfc9112.CHUNKED_DECODED,
    send=chunks_alone(b"0\r\n\r\n"),
    play=Play(before=(content(b""),)),
)
def chunked_content_empty(exchange: HttpExchange) -> None:
    """Chunked content may be empty.

    The application waits for a first chunk that never comes.
    """
    needs_http_1_1(exchange)
    if exchange.response is not None and exchange.response.status in (411, 501):
        inapplicable("the server takes no chunked content at all: chunked-request-decoded judges that")
    _read(exchange, b"")


@check(
    "chunks-in-pieces",
    requires=rfc9112.CHUNKED_DECODED,
    send=Octets(
        HEAD + b"Connection: close\r\n\r\n1",
        then=(
            AwaitApp("called", seconds=0.1),
            Send(b"0\r"),
            AwaitApp("never", seconds=0.05),
            Send(b"\n0123456789abcdef\r"),
            AwaitApp("never", seconds=0.05),
            Send(b"\n0\r\n\r\n"),
        ),
    ),
    play=Play(before=(content(b"0123456789abcdef"),)),
    control=chunks_alone(b"10\r\n0123456789abcdef\r\n0\r\n\r\n"),
)
def chunks_in_pieces(exchange: HttpExchange) -> None:
    """Chunks may arrive in pieces, cut even within a size line.

    The network cuts where it likes: a size line that is read from one packet alone is another number.
    """
    _read(exchange, b"0123456789abcdef")


@check(
    "chunk-size-of-twelve-digits-read",
    requires=rfc9112.CHUNKED_DECODED,
    send=chunks_alone(b"000000000005\r\nhello\r\n0\r\n\r\n"),
    play=READS_HELLO,
    control=VALID_CHUNKS_ALONE,
)
def chunk_size_of_twelve_digits_read(exchange: HttpExchange) -> None:
    """A chunk size may have leading zeros up to the width of a large number.

    Senders that leave room for the size before they know it fill it up with zeros. What counts against
    an overflow is the number, not its digits.
    """
    _read(exchange, b"hello")


@check(
    "chunked-content-of-100000-octets-whole",
    requires=(rfc9112.CHUNKED_LENGTH, rfc9112.CHUNKED_DECODED),
    send=chunks_alone((b"400\r\n" + EVERY_OCTET * 4 + b"\r\n") * 100 + b"0\r\n\r\n"),
    play=Play(before=(content(),)),
    control=VALID_CHUNKS_ALONE,
)
def chunked_content_of_100000_octets_whole(exchange: HttpExchange) -> None:
    """Chunked content larger than a buffer arrives whole, and its length, where one is told, is that of all.

    Beyond some buffer many servers go on in another way, and count anew.
    """
    if [seen.facts["content"] for seen in exchange.app.of("content")] == [""]:
        inconclusive("no chunk reaches the application: chunked-request-decoded fails for it")
    _read(exchange, EVERY_OCTET * 400)
    told = environ_of(exchange).get("CONTENT_LENGTH")
    expect(told in ("", "102400"), "CONTENT_LENGTH of chunked content", want="102400 or none", got=told)


@check(
    "chunks-by-the-thousand-joined",
    requires=(rfc9112.CHUNKED_LENGTH, rfc9112.CHUNKED_DECODED),
    send=chunks_alone(b"1\r\nx\r\n" * 3000 + b"0\r\n\r\n"),
    play=Play(before=(content(),)),
    control=VALID_CHUNKS_ALONE,
)
def chunks_by_the_thousand_joined(exchange: HttpExchange) -> None:
    """Three thousand chunks of one octet are content of three thousand octets, or too much for the server.

    Senders that flush each word make such chunks. A decoder that calls itself for each one comes to an end.
    """
    if exchange.response is not None and 400 <= exchange.response.status < 500:
        inconclusive(f"the server refuses so many chunks ({exchange.response.status})")
    read = [(seen.facts["content"], seen.facts["error"]) for seen in exchange.app.of("content")]
    if read == [("", None)]:
        inconclusive("no chunk reaches the application: chunked-request-decoded fails for it")
    _read(exchange, b"x" * 3000)
