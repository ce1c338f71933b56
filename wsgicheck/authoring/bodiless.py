"""Responses whose status leaves no room for content (RFC 9110 15.3.5, 15.3.6, 15.4.5)."""

from __future__ import annotations

from ..model.exchange import Exchange, HttpExchange, Response
from .calls import called_once, calls_of
from .judgement import expect, inapplicable
from .responses import response_of


def with_status(exchange: Exchange, status: int) -> Response:
    """Return the response of the one call; inapplicable where the server turned its status into another."""
    called_once(exchange)
    response = response_of(exchange)
    if response.status != status:
        inapplicable(f"the server answers {response.status} instead")
    return response


def expect_nothing_behind(exchange: HttpExchange, status: int) -> None:
    """Fail where octets follow the header section of a response with this status."""
    with_status(exchange, status)
    got = exchange.surplus
    expect(not got, f"octets behind the header section of a {status}", want=b"", got=got)


def expect_absent(exchange: HttpExchange, status: int, name: str) -> None:
    """Fail where a response with this status has such a field."""
    got = with_status(exchange, status).values(name)
    expect(not got, f"{name} in a {status}", want="absent", got=", ".join(got))


def expect_aligned(exchange: HttpExchange) -> None:
    """Fail where the response behind one without content does not begin at its empty line."""
    first = response_of(exchange)
    if first.status >= 500:
        inapplicable(f"the server answers {first.status} instead")
    if first.status not in (204, 304) or not calls_of(exchange, "") or not calls_of(exchange, "2"):
        inapplicable("the server does not serve another request on the connection")
    behind = exchange.wire.octets_received.partition(first.head)[2]
    aligned = behind.startswith(b"HTTP/1.") or not behind
    expect(aligned, f"octets behind the {first.status}", want="HTTP/1.", got=behind[:40])


def two_with_status(exchange: HttpExchange, status: int) -> tuple[Response, Response]:
    """Return two responses with this status to two requests of a connection; inapplicable without them."""
    called_once(exchange)
    found = [response for response in exchange.responses if response.status == status]
    if len(found) < 2:
        inapplicable(f"the server answers no second request with {status} on the connection")
    return found[0], found[1]
