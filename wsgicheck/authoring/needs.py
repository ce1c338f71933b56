"""What a check needs, to say anything of a server."""

from __future__ import annotations

from ..model.exchange import Exchange, HttpExchange
from .judgement import inapplicable


def needs_tls(exchange: Exchange) -> None:
    """End as inapplicable unless the connection is secured by TLS."""
    if exchange.server.scheme != "https":
        inapplicable("the connection is not secured by TLS: say --tls")


def needs_plain(exchange: Exchange) -> None:
    """End as inapplicable where the connection is secured by TLS."""
    if exchange.server.scheme == "https":
        inapplicable("the connection is secured by TLS")


def needs_http_1_1(exchange: HttpExchange) -> None:
    """End as inapplicable where a server answers the HTTP/1.1 request as one that knows HTTP/1.0 alone."""
    if exchange.response is not None and exchange.response.version == "HTTP/1.0":
        inapplicable("the server implements HTTP/1.0, which has no such rule")
