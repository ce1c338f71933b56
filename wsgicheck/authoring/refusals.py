"""How malformed requests are refused."""

from __future__ import annotations

from ..model.exchange import HttpExchange
from .judgement import expect, inconclusive
from .needs import needs_http_1_1


def refused(exchange: HttpExchange, want: int | None = None, *, by_any_error: bool = False) -> None:
    """Expect that a malformed request was refused: neither it nor what came behind it ran.

    A refusal is an answer of 4xx, 501 or 505, or a connection closed without one; where the law names a
    status (``want``), it is an answer with that status. Another 5xx is a crash, but a refusal all the same
    where the law says no more than "reject" (``by_any_error``).

    The words of a fail tell apart what a status alone cannot: accepted ("a call, and 200 as answer"),
    refused when it had run ("400 as answer, but a call, too"), answered for an error of the application's
    own ("a call that raised"), run more than once ("2 calls"), and smuggled ("a request of their own").
    Content that is read to beyond its fault is for ``content_refused``.
    """
    response = exchange.response
    status = response.status if response and response.status else "nothing that can be read"
    labels = [call.label for call in exchange.app.of("called")]
    calls = sum(label in ("", "1") for label in labels)
    if calls:
        expect(False, "the malformed request", want="a refusal", got=_accepted(exchange, calls, status))
    if labels:
        expect(False, "the octets behind the malformed request", want="no call", got="a request of their own")
    if response is None or not response.status:
        if exchange.wire.ended in ("timeout", "open"):
            expect(False, "the malformed request", want="an answer or a close", got="neither")
        if want and exchange.wire.ended == "reset":
            inconclusive("the connection was reset, and an answer may have been lost with it")
        expect(want is None, "answer to the malformed request", want=want, got=status)
    elif want:
        expect(response.status == want, "answer to the malformed request", want=want, got=status)
    else:
        found = 300 < response.status < (600 if by_any_error else 500) or response.status in (501, 505)
        expect(found, "answer to the malformed request", want=400, got=status)


def _accepted(exchange: HttpExchange, calls: int, status: int | str) -> str:
    """Say how a request that was to be refused ran: more than once, before its refusal, or as any other.

    A 500 is no refusal where the application raised: by what it read there, or by not reading what was sent.
    """
    if calls > 1:
        return f"{calls} calls, and {status} as answer"
    raised = [seen.facts["error"] for seen in exchange.app.of("raised") if seen.label in ("", "1")]
    if raised and isinstance(status, int) and status >= 500:
        kind = raised[0]["type"].rpartition(".")[2]
        return f"a call that raised ({kind}: {raised[0]['message']}), and {status} as answer"
    if isinstance(status, int) and status >= 400:
        return f"{status} as answer, but a call, too"
    return f"a call, and {status} as answer"


def content_refused(exchange: HttpExchange, behind: str, what: str = "content with a fault") -> None:
    """Expect that malformed content (or ``what`` it is) was read no further than to its fault.

    ``behind`` is what stands behind the fault: an application that gets it has a server that forgave the
    fault. So has one that is called for the request behind it all. An end without an error is no proof.
    """
    for seen in exchange.app.of("content"):
        if seen.label in ("", "1") and seen.facts["error"] is None and behind in seen.facts["content"]:
            got = seen.facts["content"]
            expect(False, what, want=f"nothing of what is behind it ({behind})", got=got)
    for call in exchange.app.of("called"):
        found = call.label in ("", "1")
        expect(found, "what is behind the malformed content", want="no call", got="a request of its own")


def refused_by_400(exchange: HttpExchange) -> None:
    """Expect 400 where HTTP/1.1 wants just that; a server of HTTP/1.0 may call the application."""
    if exchange.app.called:
        needs_http_1_1(exchange)
    refused(exchange, 400)
