"""What ``start_response()`` stores belongs to one invocation (PEP 3333, start_response())."""

from __future__ import annotations

from ...authoring import (
    AwaitApp,
    Exchange,
    HttpExchange,
    Octets,
    Play,
    Receive,
    Release,
    Request,
    Response,
    Send,
    Several,
    called_once,
    check,
    expect,
    inapplicable,
    inconclusive,
    octets,
    raises,
    waits,
)
from ...spec import pep3333

FIRST = Play(
    headers=(("X-Earlier", "1"), ("Content-Length", "5")),
    chunks=(b"first",),
    later=(
        Play(status="201 Second", headers=(("X-Later", "2"), ("Content-Length", "6")), chunks=(b"second",)),
    ),
)


def expect_second(response: Response, refused: bool, first: str) -> None:
    """Expect the second request's own response, without the header of the first."""
    expect(not refused, "start_response() for the second request", want="accepted", got="refused")
    expect(response.status == 201, "status of the second response", want=201, got=response.status)
    stale = response.values(first)
    expect(not stale, f"{first} in the second response", want="absent", got=", ".join(stale))


@check(
    "start-response-fresh-on-kept-connection",
    requires=pep3333.START_RESPONSE_PER_INVOCATION,
    send=Octets(
        octets(),
        methods=("GET", "GET"),
        then=(Receive(b"first"), Send(octets("GET", "Connection: close", label="2"))),
    ),
    play=FIRST,
)
def start_response_fresh_on_kept_connection(exchange: HttpExchange) -> None:
    """The second request of a connection starts with nothing of the first one's response.

    A flag that outlives its request refuses the second call; a list that does leaks headers to others.
    """
    called_once(exchange)
    if not any(call.label == "2" for call in exchange.app.of("called")):
        inapplicable("the second request of the connection did not reach the application")
    refused = any(seen.label == "2" for seen in exchange.app.of("start-raised"))
    if len(exchange.responses) < 2 and not refused:
        inconclusive("the second response cannot be read")
    expect_second(exchange.responses[-1], refused, "X-Earlier")


@check(
    "start-response-fresh-after-error",
    requires=pep3333.START_RESPONSE_PER_INVOCATION,
    send=Several(Request()),
    play=Play(
        headers=(("X-Failed", "1"),),
        after=(raises("wsgicheck: the first of two requests failed"),),
        later=FIRST.later,
    ),
)
def start_response_fresh_after_error(exchange: Exchange) -> None:
    """The request after one that failed behind start_response() starts with nothing of it.

    Errors leave their request by another way, where the state is easily forgotten.
    """
    called_once(exchange)
    refused = any(seen.label == "2" for seen in exchange.app.of("start-raised"))
    if not any(call.label == "2" for call in exchange.app.of("called")) or not exchange.responses:
        inconclusive("the second request was not served")
    expect_second(exchange.responses[-1], refused, "X-Failed")


def _own(number: int, *later: Play) -> Play:
    return Play(status=f"{210 + number} Own", after=(waits("go"),), chunks=(b"own",), later=later)


@check(
    "start-response-fresh-for-concurrent-requests",
    requires=pep3333.START_RESPONSE_PER_INVOCATION,
    send=Several(
        Request(then=(AwaitApp("waiting", count=3, seconds=0.4), Release("go"))),
        times=3,
        at_once=True,
        alone=True,
    ),
    play=_own(1, _own(2), _own(3)),
)
def start_response_fresh_for_concurrent_requests(exchange: Exchange) -> None:
    """Requests that are served at the same time each get the status of their own call.

    State that threads share answers one user with what was meant for another.
    """
    called_once(exchange)
    if len(exchange.responses) < 3:
        inconclusive("not all of the three requests were answered")
    got = tuple(response.status for response in exchange.responses)
    expect(got == (211, 212, 213), "statuses of three requests at once", want=(211, 212, 213), got=got)
