"""A malformed request behind another one that is still being answered (RFC 9112 9.3.2)."""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    AwaitApp,
    HttpExchange,
    Octets,
    Pause,
    Play,
    Release,
    called_once,
    calls_of,
    check,
    expect,
    expect_octets,
    inconclusive,
    octets,
    response_of,
    waits,
)
from ...spec import rfc9110, rfc9112

CONTENT = b"first block, second block"
WAITS = Play(
    headers=(*PLAIN_TEXT, ("Content-Length", "25")),
    chunks=(b"first block, ", waits("go"), b"second block"),
)
WAITS_AT_ONCE = Play(headers=WAITS.headers, before=(waits("go"),), chunks=(CONTENT,))


def _followed_by(second: bytes) -> Octets:
    """Return a request, and another one that comes along with it while the first is being served."""
    then = (AwaitApp("waiting", seconds=0.5), Pause(0.005), Release("go"))
    return Octets(octets("GET") + second, methods=("GET", "GET"), then=then)


MALFORMED = _followed_by(octets("GET", "X-A : v", label="2"))
NO_REQUEST = _followed_by(b"nonsense\r\nHost: {authority}\r\n\r\n")
REPAIRED = _followed_by(octets("GET", "X-A: v", label="2"))


def _expect_first(exchange: HttpExchange) -> None:
    called_once(exchange)
    if not calls_of(exchange, ""):
        inconclusive("the application was not called for the first request")
    first = response_of(exchange)
    expect(first.status == 200, "the first response", want=200, got=first.status)
    expect(b"HTTP/1." not in first.content, "within it", want="no other response", got=first.content)
    if first.complete:
        expect_octets("content of the first response", want=CONTENT, got=first.content)


@check(
    "refusal-not-before-earlier-response",
    requires=(rfc9112.PIPELINED_ORDER, rfc9110.ONE_FINAL_RESPONSE),
    send=MALFORMED,
    control=REPAIRED,
    play=WAITS_AT_ONCE,
)
def refusal_not_before_earlier_response(exchange: HttpExchange) -> None:
    """The refusal of a malformed request does not overtake the response to the request before it.

    A server that reads ahead finds the fault early. The client, or a proxy, takes the 400 for the answer to
    its first request, and what comes then for nothing at all.
    """
    _expect_first(exchange)


@check(
    "refusal-not-within-earlier-response",
    requires=(rfc9112.PIPELINED_ORDER, rfc9110.ONE_FINAL_RESPONSE),
    send=NO_REQUEST,
    control=REPAIRED,
    play=WAITS,
)
def refusal_not_within_earlier_response(exchange: HttpExchange) -> None:
    """The refusal of what is no request does not get into the response to the request before it.

    See ``refusal-not-before-earlier-response``: here that response has begun.
    """
    _expect_first(exchange)
