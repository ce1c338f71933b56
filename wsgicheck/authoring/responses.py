"""The responses of an exchange."""

from __future__ import annotations

from collections.abc import Iterable

from ..model.exchange import STILL_ARRIVING, Exchange, HttpExchange, Response
from .calls import called_once
from .judgement import expect, fail, inapplicable, inconclusive


def response_of(exchange: Exchange) -> Response:
    """Return the final response; inconclusive where the client got none."""
    if exchange.response is None:
        inconclusive("the client got no response that can be read")
    return exchange.response


def whole_response(exchange: Exchange) -> Response:
    """Return the final response; inconclusive where it is cut off."""
    response = response_of(exchange)
    if not response.complete:
        inconclusive("the response is cut off")
    return response


def expect_content(exchange: Exchange, content: bytes) -> Response:
    """Return the response of an application that succeeded; fail where it has other content.

    A body whose framing cannot be followed says nothing about its content: then it is inconclusive.
    """
    called_once(exchange)
    response = exchange.response
    if response is None:
        fail("the client got no response to what the application returned")
    expect(200 <= response.status < 300, "status", want="a success", got=response.status)
    if response.content != content:
        broken = [fault for fault in response.faults if not fault.startswith("the connection ")]
        if broken:
            inconclusive("the response cannot be read: " + "; ".join(broken))
        pairs = enumerate(zip(response.content, content, strict=False))
        shorter = min(len(response.content), len(content))
        at = next((at for at, (got, want) in pairs if got != want), shorter)
        start = max(0, at - 40) if len(content) > 200 else 0
        where = f", {len(content)} octets, from octet {start}" if start else ""
        expect(False, "content" + where, want=content[start:][:200], got=response.content[start:][:200])
    return response


def needs_finished(exchange: HttpExchange) -> None:
    """Raise ``inconclusive`` where the deadline came before the last response; the judge does so for a fail.

    A check that goes through the responses of a connection would otherwise pass for the few that came.
    """
    if exchange.is_unfinished:
        inconclusive(STILL_ARRIVING)


def no_success(exchange: Exchange, after: str) -> Response | None:
    """Fail where the client took a response for a success, or waits for ever, after the application failed.

    An error response and a connection that ends without one are both fair: the latter returns None.
    """
    called_once(exchange)
    response = exchange.response
    if response is None:
        expect(exchange.ended != "timeout", f"after {after}", want="an error, or the end", got="silence")
        return None
    if "the connection ended within the head" in response.faults:
        return None  # nobody takes that for an answer
    got = response.status or "no status line"
    expect(response.status >= 400, f"the status after {after}", want="an error", got=got)
    return response


def expect_no_fault(response: Response, *beginnings: str) -> None:
    """Fail where the reader found a fault in the octets: of these kinds, or of any but an early end."""
    for fault in response.faults:
        if fault.startswith(beginnings) if beginnings else not fault.startswith("the connection "):
            fail(f"the response is malformed: {fault}")


def announces_close(response: Response) -> bool:
    """Return whether the response has the ``close`` connection option (RFC 9112 9.6)."""
    options = ",".join(response.values("connection")).lower().split(",")
    return "close" in [option.strip(" \t") for option in options]


def ended_by_server(exchange: HttpExchange) -> bool:
    """Return whether the server closed the connection, before our FIN asked for it."""
    return exchange.wire.ended in ("eof", "reset")


def needs_kept_connection(exchange: Exchange) -> None:
    """Raise ``inapplicable`` where a server closed behind its first response, as it may (RFC 9112 9.3)."""
    if isinstance(exchange, HttpExchange) and ended_by_server(exchange) and len(exchange.responses) == 1:
        inapplicable("the server closes the connection behind the first request")


def expect_delimited_where_kept(exchange: HttpExchange) -> None:
    """Fail where only the end of the connection would end the response, and the server keeps it."""
    called_once(exchange)
    response = response_of(exchange)
    if response.framing == "close" and not ended_by_server(exchange):
        fail("the connection is kept behind a response without a Content-Length")


def replaced_response_of(exchange: Exchange) -> Response:
    """Return the response; inconclusive where start_response() did not accept exc_info."""
    called_once(exchange)
    if exchange.app.of("start-raised"):
        inconclusive("start_response() refused exc_info before any output")
    return response_of(exchange)


def cookies_given(response: Response, given: Iterable[str]) -> tuple[str, ...]:
    """Return the values of Set-Cookie that are among the given ones: a server may set one of its own."""
    ours = set(given)
    return tuple(value for value in response.values("set-cookie") if value in ours)
