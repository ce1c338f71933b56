"""What is content is never run as a request (RFC 9112 11.2)."""

from __future__ import annotations

from ...authoring import (
    NINE_OCTETS,
    NOTHING_SMUGGLED,
    SMUGGLED,
    SMUGGLED_CHUNK,
    SMUGGLED_LENGTH,
    SMUGGLED_SIZE,
    HttpExchange,
    calls_of,
    check,
    expect,
    expect_not_smuggled,
    inapplicable,
    smuggling,
)
from ...spec import rfc9112

LENGTH_BEHIND_END = b"Content-Length: %d" % (SMUGGLED_SIZE + 5)
CHUNKED = b"Transfer-Encoding: chunked"
BEHIND_LAST_CHUNK = b"0\r\n\r\n" + SMUGGLED


@check(
    "request-behind-last-chunk-within-length-not-run",
    requires=(rfc9112.LENGTH_AND_CODING, rfc9112.CODING_OVERRIDES_LENGTH),
    send=smuggling(b"POST", LENGTH_BEHIND_END, CHUNKED, content=BEHIND_LAST_CHUNK),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def request_behind_last_chunk_within_length_not_run(exchange: HttpExchange) -> None:
    """What Content-Length counts as content and Transfer-Encoding does not is not run.

    A proxy that goes by Content-Length has passed it on as content.
    """
    expect_not_smuggled(exchange)


@check(
    "request-behind-last-chunk-within-length-not-run-in-other-order",
    requires=(rfc9112.LENGTH_AND_CODING, rfc9112.CODING_OVERRIDES_LENGTH),
    send=smuggling(b"POST", CHUNKED, LENGTH_BEHIND_END, content=BEHIND_LAST_CHUNK),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def request_behind_last_chunk_within_length_not_run_in_other_order(exchange: HttpExchange) -> None:
    """The order of Transfer-Encoding and Content-Length does not matter for what is run.

    A proxy that goes by Content-Length has passed it on as content.
    """
    expect_not_smuggled(exchange)


@check(
    "request-in-chunk-beyond-length-not-run",
    requires=(rfc9112.LENGTH_AND_CODING, rfc9112.CODING_OVERRIDES_LENGTH),
    send=smuggling(b"POST", b"Content-Length: 4", CHUNKED, content=SMUGGLED_CHUNK),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def request_in_chunk_beyond_length_not_run(exchange: HttpExchange) -> None:
    """What Transfer-Encoding counts as content and Content-Length does not is not run.

    A proxy that goes by Transfer-Encoding has passed it on as content.
    """
    expect_not_smuggled(exchange)


@check(
    "request-behind-coding-with-vertical-tab-not-run",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=smuggling(b"POST", LENGTH_BEHIND_END, b"Transfer-Encoding: \x0bchunked", content=BEHIND_LAST_CHUNK),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def request_behind_coding_with_vertical_tab_not_run(exchange: HttpExchange) -> None:
    """A request hidden behind a Transfer-Encoding with a vertical tab is not run.

    A proxy that does not know this coding goes by Content-Length, a server that strips the tab does
    not.
    """
    expect_not_smuggled(exchange)


@check(
    "request-behind-coding-with-prefix-not-run",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=smuggling(b"POST", LENGTH_BEHIND_END, b"Transfer-Encoding: xchunked", content=BEHIND_LAST_CHUNK),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def request_behind_coding_with_prefix_not_run(exchange: HttpExchange) -> None:
    """A request hidden behind a Transfer-Encoding of a similar name is not run.

    A proxy that does not know this coding goes by Content-Length, a server that searches for the word
    does not.
    """
    expect_not_smuggled(exchange)


@check(
    "request-behind-coding-with-space-before-colon-not-run",
    requires=rfc9112.WHITESPACE_BEFORE_COLON,
    send=smuggling(b"POST", LENGTH_BEHIND_END, b"Transfer-Encoding : chunked", content=BEHIND_LAST_CHUNK),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def request_behind_coding_with_space_before_colon_not_run(exchange: HttpExchange) -> None:
    """A request hidden behind a Transfer-Encoding with a space before its colon is not run.

    A proxy that does not know such a field goes by Content-Length.
    """
    expect_not_smuggled(exchange)


@check(
    "request-behind-folded-coding-not-run",
    requires=(rfc9112.LENGTH_AND_CODING, rfc9112.FOLDING_RECEIVED),
    send=smuggling(b"POST", LENGTH_BEHIND_END, b"Transfer-Encoding:\r\n chunked", content=BEHIND_LAST_CHUNK),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def request_behind_folded_coding_not_run(exchange: HttpExchange) -> None:
    """A request hidden behind a folded Transfer-Encoding is not run.

    A proxy that reads the first line alone goes by Content-Length.
    """
    expect_not_smuggled(exchange)


@check(
    "request-behind-repeated-coding-not-run",
    requires=(rfc9112.LENGTH_AND_CODING, rfc9112.CHUNKED_NOT_FINAL),
    send=smuggling(
        b"POST", LENGTH_BEHIND_END, CHUNKED, b"Transfer-Encoding: identity", content=BEHIND_LAST_CHUNK
    ),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def request_behind_repeated_coding_not_run(exchange: HttpExchange) -> None:
    """A request hidden behind two Transfer-Encoding fields is not run.

    A proxy that goes by the last of them does not see chunks.
    """
    expect_not_smuggled(exchange)


@check(
    "request-behind-smaller-length-not-run",
    requires=rfc9112.LENGTH_INVALID,
    send=smuggling(b"POST", b"Content-Length: 0", SMUGGLED_LENGTH),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def request_behind_smaller_length_not_run(exchange: HttpExchange) -> None:
    """A request between two different Content-Length fields is not run.

    A proxy that goes by the greater one has passed it on as content.
    """
    expect_not_smuggled(exchange)


@check(
    "request-behind-smaller-length-not-run-in-other-order",
    requires=rfc9112.LENGTH_INVALID,
    send=smuggling(b"POST", SMUGGLED_LENGTH, b"Content-Length: 0"),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def request_behind_smaller_length_not_run_in_other_order(exchange: HttpExchange) -> None:
    """A request between two different Content-Length fields is not run, whichever stands first.

    A proxy that goes by the greater one has passed it on as content.
    """
    expect_not_smuggled(exchange)


@check(
    "request-behind-length-with-plus-not-run",
    requires=rfc9112.LENGTH_INVALID,
    send=smuggling(b"POST", b"Content-Length: +%d" % SMUGGLED_SIZE),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def request_behind_length_with_plus_not_run(exchange: HttpExchange) -> None:
    """A request counted by a Content-Length with a plus sign is not run.

    A proxy that forgives the sign has passed it on as content.
    """
    expect_not_smuggled(exchange)


@check(
    "request-behind-length-of-words-not-run",
    requires=rfc9112.LENGTH_INVALID,
    send=smuggling(b"POST", b"Content-Length: %dx" % SMUGGLED_SIZE),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def request_behind_length_of_words_not_run(exchange: HttpExchange) -> None:
    """A request counted by a Content-Length with a letter is not run.

    A proxy that stops at the letter has passed it on as content.
    """
    expect_not_smuggled(exchange)


@check(
    "request-behind-length-with-space-before-colon-not-run",
    requires=rfc9112.WHITESPACE_BEFORE_COLON,
    send=smuggling(b"POST", b"Content-Length : %d" % SMUGGLED_SIZE),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def request_behind_length_with_space_before_colon_not_run(exchange: HttpExchange) -> None:
    """A request counted by a Content-Length with a space before its colon is not run.

    A proxy that forgives the space has passed it on as content.
    """
    expect_not_smuggled(exchange)


@check(
    "request-behind-coding-of-http-1-0-not-run",
    requires=rfc9112.CODING_FROM_HTTP_1_0,
    send=smuggling(
        b"POST",
        b"Connection: keep-alive",
        LENGTH_BEHIND_END,
        CHUNKED,
        content=BEHIND_LAST_CHUNK,
        version=b"HTTP/1.0",
    ),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def request_behind_coding_of_http_1_0_not_run(exchange: HttpExchange) -> None:
    """A request behind the chunks of a request of HTTP/1.0 is not run.

    A proxy of HTTP/1.0 knows Content-Length alone.
    """
    expect_not_smuggled(exchange)


@check(
    "request-behind-coding-with-empty-member-not-run",
    requires=(rfc9112.LENGTH_AND_CODING, rfc9112.CODING_OVERRIDES_LENGTH),
    send=smuggling(b"POST", LENGTH_BEHIND_END, b"Transfer-Encoding: , chunked", content=BEHIND_LAST_CHUNK),
    control=NOTHING_SMUGGLED,
)
def request_behind_coding_with_empty_member_not_run(exchange: HttpExchange) -> None:
    """A request hidden behind a Transfer-Encoding that begins with a comma is not run.

    A proxy that takes the empty member for an unknown coding goes by Content-Length.
    """
    expect_not_smuggled(exchange)


@check(
    "request-behind-coding-in-capitals-not-run",
    requires=(rfc9112.LENGTH_AND_CODING, rfc9112.CODING_OVERRIDES_LENGTH),
    send=smuggling(b"POST", LENGTH_BEHIND_END, b"Transfer-Encoding: CHUNKED", content=BEHIND_LAST_CHUNK),
    control=NOTHING_SMUGGLED,
)
def request_behind_coding_in_capitals_not_run(exchange: HttpExchange) -> None:
    """A request hidden behind a Transfer-Encoding in capitals is not run.

    A proxy that compares letters goes by Content-Length.
    """
    expect_not_smuggled(exchange)


@check(
    "request-behind-coding-with-trailing-space-not-run",
    requires=(rfc9112.LENGTH_AND_CODING, rfc9112.CODING_OVERRIDES_LENGTH),
    send=smuggling(b"POST", LENGTH_BEHIND_END, b"Transfer-Encoding: chunked ", content=BEHIND_LAST_CHUNK),
    control=NOTHING_SMUGGLED,
)
def request_behind_coding_with_trailing_space_not_run(exchange: HttpExchange) -> None:
    """A request hidden behind a Transfer-Encoding with a space at its end is not run.

    A proxy that does not trim the value goes by Content-Length.
    """
    expect_not_smuggled(exchange)


# ---- whatever the method is -------------------------------------------------------------------------


def _next_found(exchange: HttpExchange, nothing: tuple[int | str, ...] = ("nothing",)) -> None:
    """Expect that what follows the content is run, or is not read any more."""
    if not calls_of(exchange, ""):
        inapplicable("content is refused with this method")
    late = exchange.responses[1].status if len(exchange.responses) > 1 else "nothing"
    found = bool(calls_of(exchange, "3")) or late in nothing
    expect(found, "answer to the request behind the chunks", want="that of the application", got=late)


@check(
    "request-behind-chunks-of-get-found",
    requires=rfc9112.BODY_SIGNALED,
    send=smuggling(b"GET", CHUNKED, content=b"5\r\nhello\r\n0\r\n\r\n"),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def request_behind_chunks_of_get_found(exchange: HttpExchange) -> None:
    """The next request stands behind the chunks of a GET, not in them.

    A server that reads no chunks where the method needs none takes the size of the first for a request.
    """
    _next_found(exchange)


@check(
    "request-behind-chunks-of-head-found",
    requires=rfc9112.BODY_SIGNALED,
    send=smuggling(b"HEAD", CHUNKED, content=b"5\r\nhello\r\n0\r\n\r\n"),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def request_behind_chunks_of_head_found(exchange: HttpExchange) -> None:
    """The next request stands behind the chunks of a HEAD, not in them.

    See ``request-behind-chunks-of-get-found``.
    """
    _next_found(exchange, ("nothing", 0))  # content that a response to HEAD must not have is no answer


@check(
    "request-in-content-of-trace-not-run",
    requires=rfc9112.BODY_SIGNALED,
    send=smuggling(b"TRACE", SMUGGLED_LENGTH),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def request_in_content_of_trace_not_run(exchange: HttpExchange) -> None:
    """What a TRACE has as content is not run.

    A client must not send one, and an attacker does.
    """
    expect_not_smuggled(exchange)


@check(
    "request-in-content-of-unknown-method-not-run",
    requires=rfc9112.BODY_SIGNALED,
    send=smuggling(b"get", SMUGGLED_LENGTH),
    play=NINE_OCTETS,
    control=NOTHING_SMUGGLED,
)
def request_in_content_of_unknown_method_not_run(exchange: HttpExchange) -> None:
    """What a method that nobody knows has as content is not run.

    ``get`` in small letters is one of these: methods are case-sensitive.
    """
    expect_not_smuggled(exchange)
