"""What is content is never run as a request (RFC 9112 11.2)."""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    HttpExchange,
    Octets,
    Play,
    calls_of,
    check,
    content,
    expect,
    inapplicable,
    refused,
)
from ...spec import rfc9112

SMUGGLED = b"GET /?{ticket}-2 HTTP/1.1\r\nHost: x\r\n\r\n"
SIZE = len(SMUGGLED) + len("wct-0123456789abcdef") - len("{ticket}")
"""How long the request is when its ticket has been filled in."""
FRAMED = Play(headers=(*PLAIN_TEXT, ("Content-Length", "9")))
"""A response after which any server can keep the connection: what comes next on it is what is on trial."""
BEHIND = b"GET /?{ticket}-3 HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n"
LENGTH = b"Content-Length: %d" % SIZE
LENGTH_BEHIND_END = b"Content-Length: %d" % (SIZE + 5)
CHUNKED = b"Transfer-Encoding: chunked"
CHUNK = b"%x\r\n" % SIZE + SMUGGLED + b"\r\n0\r\n\r\n"


def _request(method: bytes, *lines: bytes, content: bytes = SMUGGLED, version: bytes = b"HTTP/1.1") -> Octets:
    head = method + b" /?{ticket} " + version + b"\r\nHost: {authority}\r\n"
    head += b"".join(line + b"\r\n" for line in lines) + b"\r\n"
    return Octets(head + content + BEHIND, (method.decode(), "GET"))


CLOSING = b"POST /?{ticket} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n"
PLAIN = Octets(CLOSING + b"Content-Length: 0\r\n\r\n")
HELLO = CLOSING + b"Content-Length: 5\r\n\r\nhello"
LAST_CHUNK = CLOSING + b"Content-Length: 5\r\n\r\n0\r\n\r\n"


def _not_smuggled(exchange: HttpExchange) -> None:
    """Expect that the request within the request was not run."""
    got = len(calls_of(exchange, "2"))
    expect(got == 0, "calls for the request within the content", want=0, got=got)


@check(
    "request-behind-last-chunk-within-length-not-run",
    requires=(rfc9112.LENGTH_AND_CODING, rfc9112.CODING_OVERRIDES_LENGTH),
    send=_request(b"POST", LENGTH_BEHIND_END, CHUNKED, content=b"0\r\n\r\n" + SMUGGLED),
    play=FRAMED,
    control=PLAIN,
)
def request_behind_last_chunk_within_length_not_run(exchange: HttpExchange) -> None:
    """What Content-Length counts as content and Transfer-Encoding does not is not run.

    A proxy that goes by Content-Length has passed it on as content.
    """
    _not_smuggled(exchange)


@check(
    "request-behind-last-chunk-within-length-not-run-in-other-order",
    requires=(rfc9112.LENGTH_AND_CODING, rfc9112.CODING_OVERRIDES_LENGTH),
    send=_request(b"POST", CHUNKED, LENGTH_BEHIND_END, content=b"0\r\n\r\n" + SMUGGLED),
    play=FRAMED,
    control=PLAIN,
)
def request_behind_last_chunk_within_length_not_run_in_other_order(exchange: HttpExchange) -> None:
    """The order of Transfer-Encoding and Content-Length does not matter for what is run.

    A proxy that goes by Content-Length has passed it on as content.
    """
    _not_smuggled(exchange)


@check(
    "request-in-chunk-beyond-length-not-run",
    requires=(rfc9112.LENGTH_AND_CODING, rfc9112.CODING_OVERRIDES_LENGTH),
    send=_request(b"POST", b"Content-Length: 4", CHUNKED, content=CHUNK),
    play=FRAMED,
    control=PLAIN,
)
def request_in_chunk_beyond_length_not_run(exchange: HttpExchange) -> None:
    """What Transfer-Encoding counts as content and Content-Length does not is not run.

    A proxy that goes by Transfer-Encoding has passed it on as content.
    """
    _not_smuggled(exchange)


@check(
    "request-behind-coding-with-vertical-tab-not-run",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=_request(
        b"POST", LENGTH_BEHIND_END, b"Transfer-Encoding: \x0bchunked", content=b"0\r\n\r\n" + SMUGGLED
    ),
    play=FRAMED,
    control=PLAIN,
)
def request_behind_coding_with_vertical_tab_not_run(exchange: HttpExchange) -> None:
    """A request hidden behind a Transfer-Encoding with a vertical tab is not run.

    A proxy that does not know this coding goes by Content-Length, a server that strips the tab does
    not.
    """
    _not_smuggled(exchange)


@check(
    "request-behind-coding-with-prefix-not-run",
    requires=rfc9112.CHUNKED_NOT_FINAL,
    send=_request(
        b"POST", LENGTH_BEHIND_END, b"Transfer-Encoding: xchunked", content=b"0\r\n\r\n" + SMUGGLED
    ),
    play=FRAMED,
    control=PLAIN,
)
def request_behind_coding_with_prefix_not_run(exchange: HttpExchange) -> None:
    """A request hidden behind a Transfer-Encoding of a similar name is not run.

    A proxy that does not know this coding goes by Content-Length, a server that searches for the word
    does not.
    """
    _not_smuggled(exchange)


@check(
    "request-behind-coding-with-space-before-colon-not-run",
    requires=rfc9112.WHITESPACE_BEFORE_COLON,
    send=_request(
        b"POST", LENGTH_BEHIND_END, b"Transfer-Encoding : chunked", content=b"0\r\n\r\n" + SMUGGLED
    ),
    play=FRAMED,
    control=PLAIN,
)
def request_behind_coding_with_space_before_colon_not_run(exchange: HttpExchange) -> None:
    """A request hidden behind a Transfer-Encoding with a space before its colon is not run.

    A proxy that does not know such a field goes by Content-Length.
    """
    _not_smuggled(exchange)


@check(
    "request-behind-folded-coding-not-run",
    requires=(rfc9112.LENGTH_AND_CODING, rfc9112.FOLDING_RECEIVED),
    send=_request(
        b"POST", LENGTH_BEHIND_END, b"Transfer-Encoding:\r\n chunked", content=b"0\r\n\r\n" + SMUGGLED
    ),
    play=FRAMED,
    control=PLAIN,
)
def request_behind_folded_coding_not_run(exchange: HttpExchange) -> None:
    """A request hidden behind a folded Transfer-Encoding is not run.

    A proxy that reads the first line alone goes by Content-Length.
    """
    _not_smuggled(exchange)


@check(
    "request-behind-repeated-coding-not-run",
    requires=(rfc9112.LENGTH_AND_CODING, rfc9112.CHUNKED_NOT_FINAL),
    send=_request(
        b"POST", LENGTH_BEHIND_END, CHUNKED, b"Transfer-Encoding: identity", content=b"0\r\n\r\n" + SMUGGLED
    ),
    play=FRAMED,
    control=PLAIN,
)
def request_behind_repeated_coding_not_run(exchange: HttpExchange) -> None:
    """A request hidden behind two Transfer-Encoding fields is not run.

    A proxy that goes by the last of them does not see chunks.
    """
    _not_smuggled(exchange)


@check(
    "request-behind-smaller-length-not-run",
    requires=rfc9112.LENGTH_INVALID,
    send=_request(b"POST", b"Content-Length: 0", LENGTH),
    play=FRAMED,
    control=PLAIN,
)
def request_behind_smaller_length_not_run(exchange: HttpExchange) -> None:
    """A request between two different Content-Length fields is not run.

    A proxy that goes by the greater one has passed it on as content.
    """
    _not_smuggled(exchange)


@check(
    "request-behind-smaller-length-not-run-in-other-order",
    requires=rfc9112.LENGTH_INVALID,
    send=_request(b"POST", LENGTH, b"Content-Length: 0"),
    play=FRAMED,
    control=PLAIN,
)
def request_behind_smaller_length_not_run_in_other_order(exchange: HttpExchange) -> None:
    """A request between two different Content-Length fields is not run, whichever stands first.

    A proxy that goes by the greater one has passed it on as content.
    """
    _not_smuggled(exchange)


@check(
    "request-behind-length-with-plus-not-run",
    requires=rfc9112.LENGTH_INVALID,
    send=_request(b"POST", b"Content-Length: +%d" % SIZE),
    play=FRAMED,
    control=PLAIN,
)
def request_behind_length_with_plus_not_run(exchange: HttpExchange) -> None:
    """A request counted by a Content-Length with a plus sign is not run.

    A proxy that forgives the sign has passed it on as content.
    """
    _not_smuggled(exchange)


@check(
    "request-behind-length-of-words-not-run",
    requires=rfc9112.LENGTH_INVALID,
    send=_request(b"POST", b"Content-Length: %dx" % SIZE),
    play=FRAMED,
    control=PLAIN,
)
def request_behind_length_of_words_not_run(exchange: HttpExchange) -> None:
    """A request counted by a Content-Length with a letter is not run.

    A proxy that stops at the letter has passed it on as content.
    """
    _not_smuggled(exchange)


@check(
    "request-behind-length-with-space-before-colon-not-run",
    requires=rfc9112.WHITESPACE_BEFORE_COLON,
    send=_request(b"POST", b"Content-Length : %d" % SIZE),
    play=FRAMED,
    control=PLAIN,
)
def request_behind_length_with_space_before_colon_not_run(exchange: HttpExchange) -> None:
    """A request counted by a Content-Length with a space before its colon is not run.

    A proxy that forgives the space has passed it on as content.
    """
    _not_smuggled(exchange)


@check(
    "request-behind-coding-of-http-1-0-not-run",
    requires=rfc9112.CODING_FROM_HTTP_1_0,
    send=_request(
        b"POST",
        b"Connection: keep-alive",
        LENGTH_BEHIND_END,
        CHUNKED,
        content=b"0\r\n\r\n" + SMUGGLED,
        version=b"HTTP/1.0",
    ),
    play=FRAMED,
    control=PLAIN,
)
def request_behind_coding_of_http_1_0_not_run(exchange: HttpExchange) -> None:
    """A request behind the chunks of a request of HTTP/1.0 is not run.

    A proxy of HTTP/1.0 knows Content-Length alone.
    """
    _not_smuggled(exchange)


@check(
    "underscore-field-frames-nothing",
    requires=rfc9112.REQUEST_LENGTH,
    send=Octets(HELLO.replace(CLOSING, CLOSING + b"Content_Length: 7\r\n") + b"42"),
    play=Play(before=(content(b"hello"),)),
    control=Octets(HELLO),
)
def underscore_field_frames_nothing(exchange: HttpExchange) -> None:
    """A field Content_Length is not Content-Length.

    A proxy does not know it; a server that goes by the name of its variable takes it for the length.
    """
    contents = exchange.app.of("content")
    if not contents:
        refused(exchange, by_any_error=True)
    for seen in contents:
        got = seen.facts["content"]
        expect(got == "hello", "the content", want="hello", got=got)


@check(
    "underscore-coding-frames-nothing",
    requires=rfc9112.REQUEST_LENGTH,
    send=Octets(LAST_CHUNK.replace(CLOSING, CLOSING + b"Transfer_Encoding: chunked\r\n")),
    play=Play(before=(content(b"0\r\n\r\n"),)),
    control=Octets(LAST_CHUNK),
)
def underscore_coding_frames_nothing(exchange: HttpExchange) -> None:
    """A field Transfer_Encoding is not Transfer-Encoding.

    A proxy does not know it; a server that goes by the name of its variable takes it for the coding.
    """
    contents = exchange.app.of("content")
    if not contents:
        refused(exchange, by_any_error=True)
    for seen in contents:
        got = seen.facts["content"]
        expect(got == "0\r\n\r\n", "the content", want="0\r\n\r\n", got=got)


@check(
    "request-behind-coding-with-empty-member-not-run",
    requires=(rfc9112.LENGTH_AND_CODING, rfc9112.CODING_OVERRIDES_LENGTH),
    send=_request(
        b"POST", LENGTH_BEHIND_END, b"Transfer-Encoding: , chunked", content=b"0\r\n\r\n" + SMUGGLED
    ),
    control=PLAIN,
)
def request_behind_coding_with_empty_member_not_run(exchange: HttpExchange) -> None:
    """A request hidden behind a Transfer-Encoding that begins with a comma is not run.

    A proxy that takes the empty member for an unknown coding goes by Content-Length.
    """
    _not_smuggled(exchange)


@check(
    "request-behind-coding-in-capitals-not-run",
    requires=(rfc9112.LENGTH_AND_CODING, rfc9112.CODING_OVERRIDES_LENGTH),
    send=_request(b"POST", LENGTH_BEHIND_END, b"Transfer-Encoding: CHUNKED", content=b"0\r\n\r\n" + SMUGGLED),
    control=PLAIN,
)
def request_behind_coding_in_capitals_not_run(exchange: HttpExchange) -> None:
    """A request hidden behind a Transfer-Encoding in capitals is not run.

    A proxy that compares letters goes by Content-Length.
    """
    _not_smuggled(exchange)


@check(
    "request-behind-coding-with-trailing-space-not-run",
    requires=(rfc9112.LENGTH_AND_CODING, rfc9112.CODING_OVERRIDES_LENGTH),
    send=_request(
        b"POST", LENGTH_BEHIND_END, b"Transfer-Encoding: chunked ", content=b"0\r\n\r\n" + SMUGGLED
    ),
    control=PLAIN,
)
def request_behind_coding_with_trailing_space_not_run(exchange: HttpExchange) -> None:
    """A request hidden behind a Transfer-Encoding with a space at its end is not run.

    A proxy that does not trim the value goes by Content-Length.
    """
    _not_smuggled(exchange)


@check(
    "underscore-length-alone-frames-nothing",
    requires=rfc9112.REQUEST_LENGTH,
    send=Octets(CLOSING + b"Content_Length: 5\r\n\r\nhello"),
    play=Play(before=(content(b""),)),
    control=PLAIN,
)
def underscore_length_alone_frames_nothing(exchange: HttpExchange) -> None:
    """A request with Content_Length and no Content-Length has no content, or is refused.

    A proxy has passed on a request without content, and behind it another one.
    """
    contents = exchange.app.of("content")
    if not contents:
        refused(exchange, by_any_error=True)
    for seen in contents:
        expect(seen.facts["content"] == "", "the content", want="none", got=seen.facts["content"])


@check(
    "underscore-coding-alone-frames-nothing",
    requires=rfc9112.REQUEST_LENGTH,
    send=Octets(CLOSING + b"Transfer_Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
    play=Play(before=(content(b""),)),
    control=PLAIN,
)
def underscore_coding_alone_frames_nothing(exchange: HttpExchange) -> None:
    """A request with Transfer_Encoding and no Transfer-Encoding has no content, or is refused.

    A proxy has passed on a request without content, and behind it another one.
    """
    contents = exchange.app.of("content")
    if not contents:
        refused(exchange, by_any_error=True)
    for seen in contents:
        expect(seen.facts["content"] == "", "the content", want="none", got=seen.facts["content"])


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
    send=_request(b"GET", CHUNKED, content=b"5\r\nhello\r\n0\r\n\r\n"),
    play=FRAMED,
    control=PLAIN,
)
def request_behind_chunks_of_get_found(exchange: HttpExchange) -> None:
    """The next request stands behind the chunks of a GET, not in them.

    A server that reads no chunks where the method needs none takes the size of the first for a request.
    """
    _next_found(exchange)


@check(
    "request-behind-chunks-of-head-found",
    requires=rfc9112.BODY_SIGNALED,
    send=_request(b"HEAD", CHUNKED, content=b"5\r\nhello\r\n0\r\n\r\n"),
    play=FRAMED,
    control=PLAIN,
)
def request_behind_chunks_of_head_found(exchange: HttpExchange) -> None:
    """The next request stands behind the chunks of a HEAD, not in them.

    See ``request-behind-chunks-of-get-found``.
    """
    _next_found(exchange, ("nothing", 0))  # content that a response to HEAD must not have is no answer


@check(
    "request-in-content-of-trace-not-run",
    requires=rfc9112.BODY_SIGNALED,
    send=_request(b"TRACE", LENGTH),
    play=FRAMED,
    control=PLAIN,
)
def request_in_content_of_trace_not_run(exchange: HttpExchange) -> None:
    """What a TRACE has as content is not run.

    A client must not send one, and an attacker does.
    """
    _not_smuggled(exchange)


@check(
    "request-in-content-of-unknown-method-not-run",
    requires=rfc9112.BODY_SIGNALED,
    send=_request(b"get", LENGTH),
    play=FRAMED,
    control=PLAIN,
)
def request_in_content_of_unknown_method_not_run(exchange: HttpExchange) -> None:
    """What a method that nobody knows has as content is not run.

    ``get`` in small letters is one of these: methods are case-sensitive.
    """
    _not_smuggled(exchange)


# ---- behind a refusal -------------------------------------------------------------------------------


@check(
    "request-in-content-of-refused-expectation-not-run",
    requires=rfc9112.BODY_SIGNALED,
    send=_request(b"POST", LENGTH, b"Expect: x-wsgicheck"),
    play=FRAMED,
    control=PLAIN,
)
def request_in_content_of_refused_expectation_not_run(exchange: HttpExchange) -> None:
    """What stands in the content of a request is not run where the expectation of the request is refused.

    A server that answers 417 has not read the content, and must read or drop it, or close the connection.
    """
    _not_smuggled(exchange)


@check(
    "request-behind-unknown-coding-not-run",
    requires=(rfc9112.CHUNKED_NOT_FINAL, rfc9112.BODY_SIGNALED),
    send=_request(b"POST", b"Transfer-Encoding: x-wsgicheck"),
    play=FRAMED,
    control=PLAIN,
)
def request_behind_unknown_coding_not_run(exchange: HttpExchange) -> None:
    """What follows a request in an unknown transfer coding is not run.

    A server that answers 501 does not know where that request ends.
    """
    _not_smuggled(exchange)
