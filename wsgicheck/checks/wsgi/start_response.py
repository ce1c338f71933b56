"""``start_response()``: which calls are accepted, and none at all (PEP 3333, Specification Details)."""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    Exchange,
    HttpExchange,
    Octets,
    Play,
    Receive,
    Send,
    called_once,
    calls_of,
    check,
    expect,
    inapplicable,
    inconclusive,
    no_success,
    octets,
    perform,
    response_of,
    starts,
)
from ...spec import pep3333


def expect_late_call(exchange: Exchange) -> None:
    """Expect the response of an application that called start_response() when it was iterated."""
    called_once(exchange)
    if not exchange.app.of("starting"):
        status = exchange.response.status if exchange.response else "nothing"
        expect(False, "the application was not iterated", want="201 Late", got=status)
    for refused in exchange.app.of("start-raised"):
        expect(
            False, "start_response() during iteration", want="accepted", got=refused.facts["error"]["type"]
        )
    response = response_of(exchange)
    expect(response.status == 201, "status", want=201, got=response.status)
    expect(
        response.values("x-late") == ("yes",), "X-Late", want="yes", got=", ".join(response.values("x-late"))
    )
    expect(response.content == b"late", "content", want=b"late", got=response.content)


# ---- None for exc_info ------------------------------------------------------------------------------

# A tuple around None stands for None itself, where starts() would leave the argument out.
NONE = (None,)


@check(
    "none-accepted-as-exc-info",
    requires=(pep3333.EXC_INFO_NONE, pep3333.START_RESPONSE_ARGUMENTS),
    play=Play(starts=False, before=(perform("start", "201 Created", PLAIN_TEXT, NONE),)),
)
def none_accepted_as_exc_info(exchange: Exchange) -> None:
    """A first call with None as the third argument is an ordinary call.

    Middleware hands its own default on, ``start_response(status, headers, exc_info)``, on every request.
    """
    called_once(exchange)
    refused = any(exchange.app.of("start-raised"))
    expect(not refused, "start_response() with None as exc_info", want="accepted", got="refused")
    status = response_of(exchange).status
    expect(status == 201, "status", want=201, got=status)


# ---- a late call ------------------------------------------------------------------------------------

LATE = (starts("201 Late", (*PLAIN_TEXT, ("X-Late", "yes"))), b"late")


@check(
    "start-response-callable-in-iterator",
    requires=pep3333.START_RESPONSE_LATE,
    play=Play(starts=False, chunks=LATE),
)
def start_response_callable_in_iterator(exchange: Exchange) -> None:
    """An iterator calls start_response() in its first iteration.

    Applications that are classes do all their work there.
    """
    expect_late_call(exchange)


@check(
    "start-response-callable-in-sized-iterable",
    requires=pep3333.START_RESPONSE_LATE,
    play=Play(starts=False, shape="sized", chunks=LATE),
)
def start_response_callable_in_sized_iterable(exchange: Exchange) -> None:
    """An iterable that has a length of one calls start_response() in its first iteration.

    The server may infer Content-Length there, but not look for stored headers before it iterates.
    """
    expect_late_call(exchange)


# ---- no call at all ---------------------------------------------------------------------------------


@check(
    "list-without-start-response-refused",
    requires=pep3333.BODY_WITHOUT_START_RESPONSE,
    play=Play(starts=False, shape="list", chunks=(b"content without a status",)),
)
def list_without_start_response_refused(exchange: Exchange) -> None:
    """A list without a call of start_response() ends in an error, not in a made-up success.

    The whole body is there at once, and the way through a server is often another one.
    """
    no_success(exchange, "a list without start_response()")


@check(
    "empty-list-without-start-response-refused",
    requires=pep3333.END_WITHOUT_START_RESPONSE,
    play=Play(starts=False, shape="list", chunks=()),
)
def empty_list_without_start_response_refused(exchange: Exchange) -> None:
    """An empty list without a call of start_response() ends in an error.

    An application that returns too early would otherwise answer everything with an empty success.
    """
    no_success(exchange, "an empty list without start_response()")


@check(
    "wrapped-file-without-start-response-refused",
    requires=pep3333.BODY_WITHOUT_START_RESPONSE,
    play=Play(
        starts=False,
        before=(perform("file", "plain", b"a file without a status"), perform("wrap")),
        shape="wrapped",
    ),
)
def wrapped_file_without_start_response_refused(exchange: Exchange) -> None:
    """A wrapped file without a call of start_response() ends in an error.

    Where the operating system is to send it, the headers go out elsewhere: and there are none.
    """
    if exchange.app.of("no-file-wrapper"):
        inapplicable("the server has no wsgi.file_wrapper")
    no_success(exchange, "a wrapped file without start_response()")


@check(
    "response-without-start-response-not-of-previous",
    requires=(pep3333.START_RESPONSE_PER_INVOCATION, pep3333.BODY_WITHOUT_START_RESPONSE),
    send=Octets(
        octets(),
        methods=("GET", "GET"),
        then=(Receive(b"first"), Send(octets("GET", "Connection: close", label="2"))),
    ),
    play=Play(
        status="201 First",
        headers=(*PLAIN_TEXT, ("Content-Length", "5"), ("X-First", "yes")),
        chunks=(b"first",),
        later=(Play(starts=False, chunks=(b"other",)),),
    ),
)
def response_without_start_response_not_of_previous(exchange: HttpExchange) -> None:
    """A second application of a connection that does not call start_response() gets nothing of the first.

    Status and headers that were kept with the connection answer it: a page that failed looks well, with the
    cookies of another.
    """
    called_once(exchange)
    if not calls_of(exchange, "2"):
        inapplicable("the second request of the connection did not reach the application")
    if len(exchange.responses) < 2:
        if exchange.wire.ended == "timeout":
            inconclusive("the second response cannot be read")
        return
    second = exchange.responses[1]
    stale = second.status == 201 or second.values("x-first")
    got = f"{second.status} {second.reason}"
    expect(not stale, "the response to the second request", want="an error", got=got)
