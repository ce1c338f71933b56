"""``close()`` of what the application returned, on every way out (PEP 3333, Specification Details)."""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    Exchange,
    HttpExchange,
    Octets,
    Play,
    Receive,
    Request,
    Send,
    called_once,
    check,
    content,
    expect,
    inconclusive,
    octets,
    starts,
    writes,
)
from ...authoring.chunked_content import VALID_CHUNKS_ALONE
from ...authoring.closing import EMPTY, EXCESS, HEAD_REQUEST, expect_closed
from ...authoring.two_in_turn import two_in_turn_by_http_1_0
from ...spec import pep3333

# ---- the response was completed ---------------------------------------------------------------------


@check("iterable-closed", requires=pep3333.CLOSE)
def iterable_closed(exchange: Exchange) -> None:
    """An iterable is closed when the response is complete.

    What it holds (files, database connections, locks) is otherwise never given back.
    """
    expect_closed(exchange)


@check(
    "iterable-closed-on-returned-object",
    requires=pep3333.CLOSE_ON_RETURNED_OBJECT,
    play=Play(shape="iterable"),
)
def iterable_closed_on_returned_object(exchange: Exchange) -> None:
    """It is the returned object that is closed, not the iterator that ``iter()`` made of it.

    Response classes have ``close()`` themselves and make a plain iterator of their blocks.
    """
    expect_closed(exchange)


@check("sized-iterable-closed", requires=pep3333.CLOSE, play=Play(shape="sized", chunks=(b"one", b"two")))
def sized_iterable_closed(exchange: Exchange) -> None:
    """An iterable that has a length is closed.

    A server that treats it as a list, to send it in one go, may forget that it is none.
    """
    expect_closed(exchange)


@check("getitem-iterable-closed", requires=pep3333.CLOSE, play=Play(shape="getitem"))
def getitem_iterable_closed(exchange: Exchange) -> None:
    """An iterable of the old protocol is closed.

    ``iter()`` makes an iterator of it that has no ``close()``.
    """
    expect_closed(exchange)


@check("iterable-closed-when-empty", requires=pep3333.CLOSE, play=EMPTY)
def iterable_closed_when_empty(exchange: Exchange) -> None:
    """An iterable that yields nothing is closed.

    Nothing was sent, but whatever the application opened is open.
    """
    expect_closed(exchange)


@check("iterable-closed-to-http-1-0", requires=pep3333.CLOSE, send=Request(version="HTTP/1.0"))
def iterable_closed_to_http_1_0(exchange: Exchange) -> None:
    """An iterable is closed when the response to an HTTP/1.0 client is complete.

    The end of the connection does not replace it.
    """
    expect_closed(exchange)


@check(
    "iterable-closed-on-kept-connection",
    requires=pep3333.CLOSE,
    send=Octets(
        octets(),
        methods=("GET", "GET"),
        then=(Receive(b"wsgicheck"), Send(octets("GET", "Connection: close", label="2"))),
    ),
)
def iterable_closed_on_kept_connection(exchange: HttpExchange) -> None:
    """An iterable is closed also where the connection goes on to the next request.

    A server that tidies up where it ends its connections leaves everything open on those that it keeps.
    """
    first = called_once(exchange).call
    closings = [seen for seen in exchange.app.of("closed") if seen.call == first]
    expect(len(closings) > 0, "calls of close()", want=1, got=len(closings))


@check(
    "iterable-closed-with-content-unread",
    requires=pep3333.CLOSE,
    send=Request("POST", body=b"nobody reads this"),
)
def iterable_closed_with_content_unread(exchange: Exchange) -> None:
    """An iterable is closed where the content of the request was never read.

    The server has to read it, or to close the connection, and not to forget this over it.
    """
    expect_closed(exchange)


@check("list-with-close-closed", requires=pep3333.CLOSE, play=Play(shape="list_with_close"))
def list_with_close_closed(exchange: Exchange) -> None:
    """A list is closed where its class has a ``close()``.

    A server that sends lists in one go sees that it is one, and looks no further.
    """
    expect_closed(exchange)


@check("iterable-closed-after-write", requires=pep3333.CLOSE, play=Play(after=(writes(b"written"),)))
def iterable_closed_after_write(exchange: Exchange) -> None:
    """An iterable is closed also where the application used ``write()``.

    The returned object is the application's however the content was sent.
    """
    expect_closed(exchange)


@check(
    "iterable-closed-after-replaced-response",
    requires=pep3333.CLOSE,
    play=Play(chunks=(starts("500 Oops", exc="before output"), b"sorry")),
)
def iterable_closed_after_replaced_response(exchange: Exchange) -> None:
    """An iterable is closed also where it replaced its response by an error page of its own.

    The exception was the application's affair; the request was completed.
    """
    expect_closed(exchange)


@check(
    "iterable-not-closed-before-end",
    requires=pep3333.CLOSE_AT_END,
    play=Play(chunks=(b"one, ", b"two, ", b"three")),
)
def iterable_not_closed_before_end(exchange: Exchange) -> None:
    """``close()`` comes after the last block was taken from the iterable.

    Blocks come from what it closes: a file that is shut cannot be read any further.
    """
    called_once(exchange)
    order = [seen.kind for seen in exchange.app.of("yielding", "next", "closed")]
    if "closed" not in order:
        inconclusive("close() was not called at all")
    later = order[order.index("closed") :]
    expect("next" not in later, "the iterable after close()", want="not asked for more", got="iterated")
    yielded = order.count("yielding")
    expect(yielded == 3, "blocks taken before close()", want=3, got=yielded)


# ---- the server has no use for the rest ---------------------------------------------------------------


@check("iterable-closed-after-head", requires=pep3333.CLOSE_WHEN_CUT_SHORT, send=HEAD_REQUEST)
def iterable_closed_after_head(exchange: Exchange) -> None:
    """An iterable that was returned for HEAD is closed, iterated or not.

    A server that sends the headers and leaves forgets what the application opened for the content.
    """
    expect_closed(exchange)


@check(
    "iterable-closed-after-no-content",
    requires=pep3333.CLOSE_WHEN_CUT_SHORT,
    play=Play(status="204 No Content", headers=()),
)
def iterable_closed_after_no_content(exchange: Exchange) -> None:
    """An iterable that was returned with 204 is closed.

    Its blocks are not sent, and its resources are held like any other's.
    """
    expect_closed(exchange)


@check(
    "iterable-closed-after-not-modified",
    requires=pep3333.CLOSE_WHEN_CUT_SHORT,
    play=Play(status="304 Not Modified", headers=()),
)
def iterable_closed_after_not_modified(exchange: Exchange) -> None:
    """An iterable that was returned with 304 is closed.

    File servers open the file first, and then see that the client has it already.
    """
    expect_closed(exchange)


@check("iterable-closed-after-excess", requires=pep3333.CLOSE_WHEN_CUT_SHORT, play=EXCESS)
def iterable_closed_after_excess(exchange: Exchange) -> None:
    """An iterable that would yield more than the Content-Length is closed.

    The server stops in the middle: nobody else will finish.
    """
    expect_closed(exchange)


@check(
    "iterable-closed-after-content-length",
    requires=pep3333.CLOSE_WHEN_CUT_SHORT,
    play=Play(headers=(*PLAIN_TEXT, ("Content-Length", "9"))),
)
def iterable_closed_after_content_length(exchange: Exchange) -> None:
    """An iterable is closed when the Content-Length is reached.

    A server that goes straight to the next request then never sees the end of this one.
    """
    expect_closed(exchange)


@check(
    "iterable-closed-after-shortfall",
    requires=pep3333.CLOSE_WHEN_CUT_SHORT,
    play=Play(headers=(*PLAIN_TEXT, ("Content-Length", "20"))),
)
def iterable_closed_after_shortfall(exchange: Exchange) -> None:
    """An iterable that yields less than the Content-Length is closed.

    The server has a fault to report and a connection to close, and this as well.
    """
    expect_closed(exchange)


# ---- statuses and lengths that leave nothing to send ----------------------------------------------------


ZERO = Play(headers=(*PLAIN_TEXT, ("Content-Length", "0")), chunks=(b"",))


@check(
    "iterable-closed-after-reset-content",
    requires=pep3333.CLOSE_WHEN_CUT_SHORT,
    play=Play(status="205 Reset Content", headers=(), chunks=()),
)
def iterable_closed_after_reset_content(exchange: Exchange) -> None:
    """An iterable that was returned with 205 is closed.

    It has no content either, and yet is framed unlike 204 and 304: a path of its own.
    """
    expect_closed(exchange)


@check("iterable-closed-after-zero-content-length", requires=pep3333.CLOSE_WHEN_CUT_SHORT, play=ZERO)
def iterable_closed_after_zero_content_length(exchange: Exchange) -> None:
    """An iterable that was returned with a Content-Length of 0 is closed, iterated or not.

    Enough was sent before the first block: a server may never enter the loop behind which it closes.
    """
    expect_closed(exchange)


@check(
    "iterable-closed-after-head-of-zero-length",
    requires=pep3333.CLOSE_WHEN_CUT_SHORT,
    send=HEAD_REQUEST,
    play=ZERO,
)
def iterable_closed_after_head_of_zero_length(exchange: Exchange) -> None:
    """An iterable that was returned for HEAD with a Content-Length of 0 is closed.

    Two reasons to leave early meet here.
    """
    expect_closed(exchange)


@check(
    "iterable-closed-on-kept-http-1-0-connection",
    requires=pep3333.CLOSE,
    send=two_in_turn_by_http_1_0(b"wsgicheck"),
    play=Play(headers=(*PLAIN_TEXT, ("Content-Length", "9"))),
)
def iterable_closed_on_kept_http_1_0_connection(exchange: HttpExchange) -> None:
    """An iterable is closed also where a connection of HTTP/1.0 was asked to go on.

    Whether the server keeps it is its own affair; the request is complete in either case.
    """
    first = called_once(exchange).call
    closings = [seen for seen in exchange.app.of("closed") if seen.call == first]
    expect(len(closings) > 0, "calls of close()", want=1, got=len(closings))


EXPECTS = Request(
    "POST",
    headers=(("Expect", "100-continue"), ("Content-Length", "11")),
    then=(Receive(b"HTTP/1.", 0.5, owed=True), Send(b"the content")),
)


@check(
    "iterable-closed-with-expected-content-unread",
    requires=pep3333.CLOSE,
    send=EXPECTS,
)
def iterable_closed_with_expected_content_unread(exchange: Exchange) -> None:
    """An iterable is closed where the client was never told to send the content that it announced.

    The server cannot know where the next request would begin, ends the connection, and forgets this over it.
    """
    expect_closed(exchange)


READS = Play(before=(content(),))


@check(
    "iterable-closed-behind-chunked-content",
    requires=pep3333.CLOSE,
    send=VALID_CHUNKS_ALONE,
    play=READS,
)
def iterable_closed_behind_chunked_content(exchange: HttpExchange) -> None:
    """An iterable is closed where the content of the request came in chunks and was read to its end.

    The decoder of chunks ends at a place of its own, and close() has to be called behind that, too.
    """
    expect_closed(exchange)


@check(
    "iterable-closed-behind-expected-content",
    requires=pep3333.CLOSE,
    send=EXPECTS,
    play=READS,
)
def iterable_closed_behind_expected_content(exchange: Exchange) -> None:
    """An iterable is closed where the client was told to send its content, and sent it.

    Two responses were begun for this request, and only one of them is the end of it.
    """
    expect_closed(exchange)
