"""``close()`` where an error or the client ended the request (PEP 3333, Specification Details)."""

from __future__ import annotations

from ...authoring import (
    MAY_END_WORKER,
    PLAIN_TEXT,
    AwaitApp,
    Exchange,
    HangUp,
    HttpExchange,
    Octets,
    Play,
    Receive,
    Release,
    Repeated,
    Request,
    Send,
    called_once,
    check,
    expect,
    inapplicable,
    octets,
    perform,
    raises,
    starts,
    tries,
    waits,
    writes,
)
from ...authoring.closing import AFTER_ERROR, LEAVES, STREAM, expect_closed
from ...spec import pep3333, rfc9112

# ---- an error ends it ---------------------------------------------------------------------------------


@check("iterable-closed-after-error", requires=pep3333.CLOSE_ON_ERROR, play=AFTER_ERROR)
def iterable_closed_after_error(exchange: Exchange) -> None:
    """An iterable that raises halfway is closed.

    A server that calls ``close()`` after its loop, and not in a ``finally``, leaks whatever the failing
    request had opened.
    """
    expect_closed(exchange)


@check(
    "iterable-closed-after-error-at-once",
    requires=pep3333.CLOSE_ON_ERROR,
    play=Play(chunks=(raises("at once"), b"never")),
)
def iterable_closed_after_error_at_once(exchange: Exchange) -> None:
    """An iterable whose first block raises is closed.

    Nothing was sent yet, so a server may leave for its error page before it enters its loop.
    """
    expect_closed(exchange)


@check(
    "iterable-closed-after-error-at-end",
    requires=pep3333.CLOSE_ON_ERROR,
    play=Play(shape="sized", chunks=(b"the only block", raises("at the end"))),
)
def iterable_closed_after_error_at_end(exchange: Exchange) -> None:
    """An iterable that raises where it should end is closed.

    All was sent; a transaction that could not be committed still holds its locks.
    """
    expect_closed(exchange)


@check(
    "iterable-closed-after-error-that-is-no-exception",
    requires=pep3333.CLOSE_ON_ERROR,
    send=Request(then=(Receive(b"first"), HangUp())),  # some servers never end what fails in this way
    play=Play(chunks=(b"first", perform("raise_as", "GeneratorExit", "halfway"), b"second")),
    tempered=MAY_END_WORKER,
)
def iterable_closed_after_error_that_is_no_exception(exchange: Exchange) -> None:
    """An iterable is closed also where what it raises is not of the class Exception.

    The timeouts of gevent and eventlet are such errors, and ``except Exception`` does not see them.
    """
    expect_closed(exchange)


@check("iterable-closed-when-iter-raises", requires=pep3333.CLOSE_ON_ERROR, play=Play(shape="broken"))
def iterable_closed_when_iter_raises(exchange: Exchange) -> None:
    """An iterable is closed also where ``iter()`` of it raises.

    It was returned, and that is what the duty hangs on.
    """
    expect_closed(exchange)


@check(
    "iterable-closed-after-text-block",
    requires=pep3333.CLOSE_WHEN_CUT_SHORT,
    play=Play(chunks=("caf\u00e9",)),
)
def iterable_closed_after_text_block(exchange: Exchange) -> None:
    """An iterable that yields what is no bytestring is closed.

    Here it is the server itself that raises, in the midst of its loop.
    """
    expect_closed(exchange)


@check(
    "iterable-closed-without-start-response",
    requires=pep3333.CLOSE_WHEN_CUT_SHORT,
    play=Play(starts=False, chunks=(b"no status",)),
)
def iterable_closed_without_start_response(exchange: Exchange) -> None:
    """An iterable whose application never called ``start_response`` is closed.

    The server gives up as soon as it has a block and no status.
    """
    expect_closed(exchange)


@check(
    "empty-iterable-closed-without-start-response",
    requires=pep3333.CLOSE_WHEN_CUT_SHORT,
    play=Play(starts=False, chunks=()),
)
def empty_iterable_closed_without_start_response(exchange: Exchange) -> None:
    """An iterable that ends, without a block and without ``start_response``, is closed.

    The server gives up when it looks for the status that it should send.
    """
    expect_closed(exchange)


@check(
    "iterable-closed-after-header-error",
    requires=pep3333.CLOSE_WHEN_CUT_SHORT,
    play=Play(starts=False, chunks=(starts("200 OK", (("X-Bad", "a\r\nX-Worse: b"),)), b"content")),
)
def iterable_closed_after_header_error(exchange: Exchange) -> None:
    """An iterable whose headers are refused while it is iterated is closed.

    ``start_response`` raises within the iterable here, and the error comes back through ``next()``.
    """
    expect_closed(exchange)


@check(
    "iterable-closed-after-late-exc-info",
    requires=pep3333.CLOSE_ON_ERROR,
    play=Play(chunks=(b"first", starts("500 Oops", exc="too late"), b"never")),
)
def iterable_closed_after_late_exc_info(exchange: Exchange) -> None:
    """An iterable that wants to replace a response which is under way is closed.

    The error that ``start_response`` raises ends the iteration.
    """
    expect_closed(exchange)


# ---- the client has left ------------------------------------------------------------------------------


@check(
    "iterable-closed-after-client-left",
    requires=(pep3333.CLOSE_ON_DISCONNECT, rfc9112.CLOSURE_MONITORED),
    send=LEAVES,
    play=STREAM,
)
def iterable_closed_after_client_left(exchange: Exchange) -> None:
    """An iterable is closed when the client leaves in the middle of a stream.

    Users close windows all the time; each one would leave a file, a subscription or a cursor behind.
    """
    expect_closed(exchange)


@check(
    "iterable-closed-after-client-left-before-headers",
    requires=pep3333.CLOSE_ON_DISCONNECT,
    send=Request(then=(AwaitApp("waiting"), HangUp(), Release("go"))),
    play=Play(chunks=(waits("go"), *(b"nobody listens " * 500,) * 30)),
)
def iterable_closed_after_client_left_before_headers(exchange: Exchange) -> None:
    """An iterable is closed when the client leaves before the headers are sent.

    Slow pages are given up before anything is seen of them.
    """
    expect_closed(exchange)


@check(
    "iterable-closed-after-client-left-before-end",
    requires=pep3333.CLOSE_ON_DISCONNECT,
    send=LEAVES,
    play=Play(chunks=(b"first\x01", waits("go"))),
)
def iterable_closed_after_client_left_before_end(exchange: Exchange) -> None:
    """An iterable is closed when the client leaves after the last block.

    Only the last chunk is left to send, and only that fails.
    """
    expect_closed(exchange)


@check(
    "iterable-closed-after-client-left-while-written",
    requires=pep3333.CLOSE_ON_DISCONNECT,
    send=LEAVES,
    play=Play(
        after=(
            writes(b"first\x01"),
            waits("go"),
            *(tries("write", Repeated(b"more of the same ", 20_000)),) * 3,
        ),
        chunks=(b"the rest",),
    ),
)
def iterable_closed_after_client_left_while_written(exchange: Exchange) -> None:
    """An iterable is closed also where the client left while the application used ``write()``.

    The application got over the error of ``write()`` and returned something; that it was told of the
    loss does not make it the one to close.
    """
    expect_closed(exchange)


@check(
    "iterable-closed-after-error-behind-client",
    requires=(pep3333.CLOSE_ON_ERROR, pep3333.CLOSE_ON_DISCONNECT),
    send=Request(then=(AwaitApp("waiting"), HangUp(), Release("go"))),
    play=Play(chunks=(waits("go"), raises("nobody hears of it"))),
)
def iterable_closed_after_error_behind_client(exchange: Exchange) -> None:
    """An iterable that fails when its client has left is closed.

    The error page cannot be sent, so that the handler of one error raises another one.
    """
    expect_closed(exchange)


# ---- whatever else is under way -----------------------------------------------------------------------

LEAVES_LATER = Octets(
    octets("GET", label="1"),
    ("GET", "GET"),
    then=(
        Receive(b"\r\n\r\nwsgicheck"),
        Send(octets("GET", label="2")),
        *(Receive(b"first\x01", 1.0), HangUp(), Release("go")),
    ),
)


@check(
    "iterable-closed-after-client-left-in-next-response",
    requires=(pep3333.CLOSE_ON_DISCONNECT, rfc9112.CLOSURE_MONITORED),
    send=LEAVES_LATER,
    play=Play(headers=(*PLAIN_TEXT, ("Content-Length", "9")), later=(STREAM,)),
)
def iterable_closed_after_client_left_in_next_response(exchange: HttpExchange) -> None:
    """An iterable is closed when the client leaves in the middle of the second response of its connection.

    See ``iterable-closed-after-client-left``: what holds for a connection holds for each of its requests.
    """
    called_once(exchange)
    if not any(seen.label == "2" for seen in exchange.app.of("returned")):
        inapplicable("the server does not serve another request on the connection")
    closings = sum(seen.label == "2" for seen in exchange.app.of("closed"))
    expect(closings > 0, "calls of close() of the second iterable", want=1, got=closings)


@check(
    "iterable-closed-after-client-left-short-of-length",
    requires=pep3333.CLOSE_ON_DISCONNECT,
    send=LEAVES,
    play=Play(headers=(*PLAIN_TEXT, ("Content-Length", "240006")), chunks=STREAM.chunks),
)
def iterable_closed_after_client_left_short_of_length(exchange: Exchange) -> None:
    """An iterable is closed when the client leaves before the Content-Length is reached.

    See ``iterable-closed-after-client-left``.
    """
    expect_closed(exchange)


@check(
    "iterable-closed-after-client-left-with-content-unread",
    requires=pep3333.CLOSE_ON_DISCONNECT,
    send=Request(method="POST", body=b"nobody reads this", then=LEAVES.then),
    play=STREAM,
)
def iterable_closed_after_client_left_with_content_unread(exchange: Exchange) -> None:
    """An iterable is closed when the client leaves whose content was never read.

    See ``iterable-closed-after-client-left``: there is something to throw away besides, and nobody to keep.
    """
    expect_closed(exchange)


@check(
    "iterable-closed-after-error-to-http-1-0",
    requires=pep3333.CLOSE_ON_ERROR,
    send=Request(version="HTTP/1.0"),
    play=AFTER_ERROR,
)
def iterable_closed_after_error_to_http_1_0(exchange: Exchange) -> None:
    """An iterable that raises halfway is closed, also where a client of HTTP/1.0 asked.

    See ``iterable-closed-after-error``: there the connection ends either way, and with it often the care.
    """
    expect_closed(exchange)
