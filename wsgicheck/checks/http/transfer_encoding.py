"""The Transfer-Encoding field of a request (RFC 9112 6.1, 6.3, 7)."""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    HttpExchange,
    Play,
    check,
    content,
    environ_of,
    expect,
    inapplicable,
    needs_http_1_1,
    refused,
)
from ...authoring.coded_content import HELLO_IN_CHUNKS, VALID_CODING, expect_decoded, request_in_chunks
from ...spec import rfc3875, rfc9112

HEADERS = (*PLAIN_TEXT, ("Content-Length", "9"))
"""Of a response after which any server can keep the connection: what comes next is on trial."""
READ = Play(before=(content(b"hello"),), headers=HEADERS)
FRAMED = Play(headers=HEADERS)


def _expect_not_run_behind(exchange: HttpExchange) -> None:
    """Expect that nothing behind the first request was run."""
    for call in exchange.app.of("called"):
        got = "a request of their own"
        expect(call.label == "", "the octets behind the request", want="no call", got=got)


def _expect_unanswered_behind(exchange: HttpExchange) -> None:
    """Expect that nothing behind the first request was run or answered, and that the connection ended."""
    _expect_not_run_behind(exchange)
    answers = len(exchange.responses)
    expect(answers <= 1, "answers, to the request and to what is behind it", want=1, got=answers)
    _expect_closed_behind(exchange)


def _expect_closed_behind(exchange: HttpExchange) -> None:
    """Expect that nothing behind the first request was run, and that the connection ended."""
    _expect_not_run_behind(exchange)
    got = exchange.wire.ended
    expect(got in ("eof", "reset"), "the connection behind the request", want="closed", got=got)


@check(
    "coding-repeated-without-chunked-last-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=request_in_chunks(b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity"),
    play=READ,
    control=VALID_CODING,
)
def coding_repeated_without_chunked_last_refused(exchange: HttpExchange) -> None:
    """Two Transfer-Encoding fields that do not end in chunked are refused.

    Whoever looks at the first field alone decodes chunks, whoever looks at the last does not.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-repeated-in-other-letters-without-chunked-last-refused",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=request_in_chunks(b"Transfer-Encoding: chunked", b"transfer-encoding: identity"),
    play=READ,
    control=VALID_CODING,
)
def coding_repeated_in_other_letters_without_chunked_last_refused(exchange: HttpExchange) -> None:
    """Two Transfer-Encoding fields that do not end in chunked are refused, named in whatever letters.

    A table of fields that is kept by the name as it was written has room for both, and is asked for one.
    """
    refused(exchange, by_any_error=True)


@check(
    "coding-repeated-with-chunked-last-understood",
    requires=rfc9112.CODING_UNKNOWN,
    send=request_in_chunks(b"Transfer-Encoding: gzip", b"Transfer-Encoding: chunked"),
    play=READ,
    control=VALID_CODING,
)
def coding_repeated_with_chunked_last_understood(exchange: HttpExchange) -> None:
    """Of two Transfer-Encoding fields none is ignored: content coded twice is refused, or decoded twice.

    An application that gets the compressed octets takes them for the content.
    """
    if exchange.app.called:
        got = [seen.facts["error"] is None for seen in exchange.app.of("content") if seen.label == ""]
        expect(not any(got), "content in a coding unknown", want="a refusal", got="content, and its end")
        return
    refused(exchange)


@check(
    "coding-field-name-in-any-case",
    requires=rfc9112.FIELD_NAME_CASE,
    send=request_in_chunks(b"tRANSFER-eNCODING: chunked"),
    play=READ,
    control=VALID_CODING,
)
def coding_field_name_in_any_case(exchange: HttpExchange) -> None:
    """The name Transfer-Encoding is read in any mixture of cases.

    Where it is not recognised, the chunks are the next request.
    """
    expect_decoded(exchange)


@check(
    "coding-from-http-1-0-closes-connection",
    requires=rfc9112.CODING_FROM_HTTP_1_0,
    send=request_in_chunks(b"Connection: keep-alive", b"Transfer-Encoding: chunked", version=b"HTTP/1.0"),
    play=FRAMED,
    control=request_in_chunks(b"Connection: keep-alive", b"Content-Length: 0", version=b"HTTP/1.0"),
)
def coding_from_http_1_0_closes_connection(exchange: HttpExchange) -> None:
    """Behind a request of HTTP/1.0 with Transfer-Encoding the connection is closed.

    Proxies of HTTP/1.0 pass the field on without knowing it: where the request ends is not certain.
    """
    _expect_unanswered_behind(exchange)


@check(
    "coding-beside-length-from-http-1-0-closes-connection",
    requires=rfc9112.CODING_FROM_HTTP_1_0,
    send=request_in_chunks(
        b"Connection: keep-alive",
        b"Content-Length: %d" % len(HELLO_IN_CHUNKS),
        b"Transfer-Encoding: chunked",
        version=b"HTTP/1.0",
    ),
    play=FRAMED,
    control=request_in_chunks(b"Connection: keep-alive", b"Content-Length: 0", version=b"HTTP/1.0"),
)
def coding_beside_length_from_http_1_0_closes_connection(exchange: HttpExchange) -> None:
    """Behind a request of HTTP/1.0 with Transfer-Encoding the connection is closed, with a length too.

    That this version knows no Transfer-Encoding does not make the length believable: "even if a
    Content-Length is present" (RFC 9112 6.1).
    """
    _expect_unanswered_behind(exchange)


@check(
    "length-before-coding-closes-connection",
    requires=rfc9112.LENGTH_AND_CODING,
    send=request_in_chunks(b"Content-Length: 4", b"Transfer-Encoding: chunked"),
    play=READ,
    control=VALID_CODING,
)
def length_before_coding_closes_connection(exchange: HttpExchange) -> None:
    """Behind a request with Content-Length and Transfer-Encoding the connection is closed.

    Somebody on the way may have gone by the other field: what comes next may have been smuggled.
    """
    _expect_closed_behind(exchange)


@check(
    "length-behind-coding-closes-connection",
    requires=rfc9112.LENGTH_AND_CODING,
    send=request_in_chunks(b"Transfer-Encoding: chunked", b"Content-Length: 4"),
    play=READ,
    control=VALID_CODING,
)
def length_behind_coding_closes_connection(exchange: HttpExchange) -> None:
    """Behind a request with Transfer-Encoding and Content-Length the connection is closed.

    Somebody on the way may have gone by the other field: what comes next may have been smuggled.
    """
    _expect_closed_behind(exchange)


@check(
    "length-of-chunks-beside-coding-closes-connection",
    requires=rfc9112.LENGTH_AND_CODING,
    send=request_in_chunks(b"Content-Length: 15", b"Transfer-Encoding: chunked"),
    play=READ,
    control=VALID_CODING,
)
def length_of_chunks_beside_coding_closes_connection(exchange: HttpExchange) -> None:
    """The connection is closed even where Content-Length counts the chunks rightly.

    Somebody on the way may have gone by the other field: what comes next may have been smuggled.
    """
    _expect_closed_behind(exchange)


@check(
    "coding-overrides-length",
    requires=rfc9112.CODING_OVERRIDES_LENGTH,
    send=request_in_chunks(b"Content-Length: 4", b"Transfer-Encoding: chunked"),
    play=READ,
    control=VALID_CODING,
)
def coding_overrides_length(exchange: HttpExchange) -> None:
    """Of Content-Length and Transfer-Encoding, the latter decides, or the request is refused.

    The application gets chunks, cut off, where Content-Length decides.
    """
    if not exchange.app.called:
        refused(exchange, by_any_error=True)
        return
    needs_http_1_1(exchange)
    for seen in exchange.app.of("content"):
        if seen.label == "" and seen.facts["error"] is None:
            got = seen.facts["content"]
            expect(got == "hello", "the content", want="hello", got=got)


@check(
    "content-length-variable-beside-coding-of-chunks",
    requires=(rfc3875.CONTENT_LENGTH_DECODED, rfc9112.CODING_OVERRIDES_LENGTH),
    send=request_in_chunks(b"Content-Length: 4", b"Transfer-Encoding: chunked"),
    play=READ,
    control=VALID_CODING,
)
def content_length_variable_beside_coding_of_chunks(exchange: HttpExchange) -> None:
    """CONTENT_LENGTH is not that of the field where the content came in chunks: none, or what was decoded.

    An application reads as many octets as it says, and takes what it got for all of the content.
    """
    read = [seen for seen in exchange.app.of("content") if seen.label == "" and seen.facts["error"] is None]
    if not read or read[0].facts["content"] != "hello":
        inapplicable("the server refuses a request with both fields, or does not decode its chunks")
    got = environ_of(exchange).get("CONTENT_LENGTH")
    expect(got in ("", "5"), "CONTENT_LENGTH of chunks beside Content-Length", want="5 or none", got=got)


@check(
    "length-of-zero-beside-coding-closes-connection",
    requires=rfc9112.LENGTH_AND_CODING,
    send=request_in_chunks(b"Content-Length: 0", b"Transfer-Encoding: chunked"),
    play=READ,
    control=VALID_CODING,
)
def length_of_zero_beside_coding_closes_connection(exchange: HttpExchange) -> None:
    """The connection is closed where Content-Length is zero, too.

    A length of zero is a length: what asks for its truth finds none, and goes on.
    """
    _expect_closed_behind(exchange)


@check(
    "length-invalid-beside-coding-closes-connection",
    requires=rfc9112.LENGTH_AND_CODING,
    send=request_in_chunks(b"Content-Length: five", b"Transfer-Encoding: chunked"),
    play=READ,
    control=VALID_CODING,
)
def length_invalid_beside_coding_closes_connection(exchange: HttpExchange) -> None:
    """The connection is closed where Content-Length is no number, too.

    Whatever it says, the field is there, and somebody on the way may have gone by it.
    """
    _expect_closed_behind(exchange)


@check(
    "length-beside-coding-of-get-closes-connection",
    requires=rfc9112.LENGTH_AND_CODING,
    send=request_in_chunks(b"Content-Length: 15", b"Transfer-Encoding: chunked", method=b"GET"),
    play=READ,
    control=request_in_chunks(b"Transfer-Encoding: chunked", method=b"GET"),
)
def length_beside_coding_of_get_closes_connection(exchange: HttpExchange) -> None:
    """Behind a GET request with Content-Length and Transfer-Encoding the connection is closed, too.

    See ``length-before-coding-closes-connection``: what has no content by custom is not looked at as closely.
    """
    _expect_closed_behind(exchange)
