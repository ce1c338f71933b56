"""``close()`` that is called once, and errors in it (PEP 3333, Specification Details)."""

from __future__ import annotations

from ...authoring import (
    MAY_END_WORKER,
    PLAIN_TEXT,
    AwaitApp,
    Exchange,
    FinishSending,
    HttpExchange,
    Octets,
    Play,
    Receive,
    Request,
    Send,
    Several,
    announces_close,
    called_once,
    calls_of,
    check,
    expect,
    expect_content,
    gate_passed,
    inapplicable,
    inconclusive,
    octets,
    perform,
    raises,
    response_of,
)
from ...authoring.closing import AFTER_ERROR, EMPTY, EXCESS, HEAD_REQUEST, LEAVES, STREAM
from ...authoring.requests import GET_TWICE
from ...spec import pep3333, rfc9110

FAILS_IN_CLOSE = Play(
    headers=(*PLAIN_TEXT, ("Content-Length", "7")), chunks=(b"content",), closing=(raises("in close()"),)
)


def _expect_closed_once(exchange: Exchange) -> None:
    """Fail where ``close()`` was called more than once; not at all is the other checks' matter."""
    called_once(exchange)
    closings = len(exchange.app.of("closed"))
    if closings == 0:
        inconclusive("close() was not called at all")
    expect(closings == 1, "calls of close()", want=1, got=closings)


# ---- an error in close() ------------------------------------------------------------------------------


@check("error-in-close-leaves-response-whole", requires=pep3333.ERROR_TRAPPED, play=FAILS_IN_CLOSE)
def error_in_close_leaves_response_whole(exchange: Exchange) -> None:
    """An error in ``close()`` takes nothing from a response whose content is complete.

    All octets that were promised had been yielded before ``close()`` was called.
    """
    if not exchange.app.of("closed"):
        inconclusive("close() was not called at all")
    response = response_of(exchange)
    if response.status < 500:  # else the error was trapped before anything was sent
        expect(response.complete, "the response", want="complete", got="cut off")
        expect_content(exchange, b"content")


@check(
    "nothing-follows-error-in-close",
    requires=rfc9110.ONE_FINAL_RESPONSE,
    send=Octets(octets()),
    play=FAILS_IN_CLOSE,
)
def nothing_follows_error_in_close(exchange: HttpExchange) -> None:
    """An error in ``close()`` adds nothing to a response that is complete.

    The handler that answers errors with a page forgets that there was an answer: on a kept connection
    the page is taken for that of the next request.
    """
    if not exchange.app.of("closed"):
        inconclusive("close() was not called at all")
    response = response_of(exchange)
    if response.complete and response.status < 500:
        expect(not exchange.surplus, "octets behind the response", want=b"", got=exchange.surplus)


@check(
    "next-request-served-after-error-in-close",
    requires=pep3333.ERROR_TRAPPED,
    send=Several(Request(), times=2),
    play=FAILS_IN_CLOSE,
)
def next_request_served_after_error_in_close(exchange: Exchange) -> None:
    """An error in ``close()`` does not keep the server from the next request.

    The first request was answered; whoever comes next has no part in its end.
    """
    if not exchange.app.of("closed"):
        inconclusive("close() was not called at all")
    got = len(exchange.responses)
    expect(got == 2, "responses to two requests", want=2, got=got)


# ---- once is enough -----------------------------------------------------------------------------------


@check("iterable-closed-once", requires=pep3333.CLOSE_ONCE)
def iterable_closed_once(exchange: Exchange) -> None:
    """A complete response is followed by one call of ``close()``.

    What is given back twice may by then belong to somebody else.
    """
    _expect_closed_once(exchange)


@check("iterable-closed-once-when-empty", requires=pep3333.CLOSE_ONCE, play=EMPTY)
def iterable_closed_once_when_empty(exchange: Exchange) -> None:
    """An empty iterable is closed once.

    What is given back twice may by then belong to somebody else.
    """
    _expect_closed_once(exchange)


@check("iterable-closed-once-after-error", requires=pep3333.CLOSE_ONCE, play=AFTER_ERROR)
def iterable_closed_once_after_error(exchange: Exchange) -> None:
    """An iterable that raises halfway is closed once.

    The handler of the error and the end of the request are two places that both may do it.
    """
    _expect_closed_once(exchange)


@check("iterable-closed-once-after-head", requires=pep3333.CLOSE_ONCE, send=HEAD_REQUEST)
def iterable_closed_once_after_head(exchange: Exchange) -> None:
    """An iterable that was returned for HEAD is closed once.

    The place that leaves early and the end of the request are two places that both may do it.
    """
    _expect_closed_once(exchange)


@check("iterable-closed-once-after-excess", requires=pep3333.CLOSE_ONCE, play=EXCESS)
def iterable_closed_once_after_excess(exchange: Exchange) -> None:
    """An iterable that would yield more than the Content-Length is closed once.

    The place that stops the iteration and the end of the request are two places that both may do it.
    """
    _expect_closed_once(exchange)


@check("iterable-closed-once-after-client-left", requires=pep3333.CLOSE_ONCE, send=LEAVES, play=STREAM)
def iterable_closed_once_after_client_left(exchange: Exchange) -> None:
    """An iterable is closed once when the client leaves.

    The handler of the broken connection and the end of the request are two places that both may do it.
    """
    _expect_closed_once(exchange)


@check("iterable-closed-once-when-close-raises", requires=pep3333.CLOSE_ONCE, play=FAILS_IN_CLOSE)
def iterable_closed_once_when_close_raises(exchange: Exchange) -> None:
    """``close()`` that raises is not called again.

    The handler of errors closes as well, and so fails for the second time.
    """
    _expect_closed_once(exchange)


@check(
    "iterable-closed-once-when-pipelined",
    requires=pep3333.CLOSE_ONCE,
    send=GET_TWICE,
    play=Play(later=(Play(chunks=(b"the second",)),)),
)
def iterable_closed_once_when_pipelined(exchange: HttpExchange) -> None:
    """An iterable is closed once also where the next request has come already.

    What takes up the next request puts the last one away, and so does the end of the response.
    """
    first = called_once(exchange)
    if not calls_of(exchange, "2"):
        inapplicable("one request was served on this connection")
    closings = sum(seen.call == first.call for seen in exchange.app.of("closed"))
    if closings == 0:
        inconclusive("close() was not called at all")
    expect(closings == 1, "calls of close() for the first request", want=1, got=closings)


# ---- an error in close() that is no Exception -------------------------------------------------------


FAILS_HARD_IN_CLOSE = Play(
    headers=(*PLAIN_TEXT, ("Content-Length", "7")),
    chunks=(b"content",),
    closing=(perform("raise_as", "BaseException", "wsgicheck: no Exception in close()"),),
    later=(Play(chunks=(b"the second",)),),
)
KEPT = Octets(
    octets(),
    methods=("GET", "GET"),
    then=(Receive(b"content"), Send(octets("GET", "Connection: close", label="2"))),
)


@check(
    "connection-goes-on-or-ends-after-error-in-close",
    requires=pep3333.ERROR_TRAPPED,
    send=KEPT,
    play=FAILS_HARD_IN_CLOSE,
    tempered=MAY_END_WORKER,
)
def connection_goes_on_or_ends_after_error_in_close(exchange: HttpExchange) -> None:
    """A connection whose request ended with an error in ``close()`` serves the next one, or is ended.

    The response was complete and nobody is told. A thread that just ends leaves the connection open with
    nobody at its other end: the client waits until he gives up.
    """
    called_once(exchange)
    if not exchange.app.of("closed"):
        inconclusive("close() was not called at all")
    first = response_of(exchange)
    if not first.complete or announces_close(first):
        return
    silent = len(exchange.responses) < 2 and exchange.wire.ended in ("timeout", "open")
    got = "silence" if silent else "either"
    expect(not silent, "the connection behind it", want="another response or its end", got=got)


ALONE = Several(
    Request(then=(Receive(b"all of it", owed=True), FinishSending(), AwaitApp("closed", seconds=1.5))),
    times=1,
    alone=True,
)
"""While it waits, no other request comes."""


@check(
    "iterable-closed-without-another-request",
    requires=(pep3333.CLOSE, pep3333.CLOSE_AT_END),
    send=ALONE,
    play=Play(headers=(*PLAIN_TEXT, ("Content-Length", "9")), chunks=(b"all of it",)),
)
def iterable_closed_without_another_request(exchange: Exchange) -> None:
    """An iterable is closed when its own response is complete, and not only when the next request comes.

    A lock or a connection to a database is held all night, by the last request of the evening. A server that
    leaves it to a variable that is assigned anew, or to the collector, does so.
    """
    called_once(exchange)
    if not gate_passed(exchange, "receive all of it"):
        inconclusive("the client did not see the content in time")
    done = gate_passed(exchange, "await closed")
    expect(done, "close(), while nobody asks for anything else", want="called", got="not within 1.5 s")


KEPT_IDLE = Octets(octets(), then=(Receive(b"all of it", owed=True), AwaitApp("closed", seconds=1.5)))
"""While it waits, the connection is open and idle."""


@check(
    "iterable-closed-while-connection-idle",
    requires=(pep3333.CLOSE, pep3333.CLOSE_AT_END),
    send=KEPT_IDLE,
    play=Play(headers=(*PLAIN_TEXT, ("Content-Length", "9")), chunks=(b"all of it",)),
)
def iterable_closed_while_connection_idle(exchange: HttpExchange) -> None:
    """An iterable is closed when its own response is complete, though its connection stays open.

    Not with the next request on it, nor with its end: browsers and proxies keep connections open for
    minutes on which they ask for nothing more.
    """
    called_once(exchange)
    if not gate_passed(exchange, "receive all of it"):
        inconclusive("the client did not see the content in time")
    done = gate_passed(exchange, "await closed")
    expect(done, "close(), while the connection is idle", want="called", got="not within 1.5 s")
