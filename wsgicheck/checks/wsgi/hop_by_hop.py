"""Hop-by-hop headers are the server's (PEP 3333, The ``start_response()`` Callable; RFC 2616 13.5.1)."""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    Exchange,
    HttpExchange,
    Play,
    Request,
    announces_close,
    called_once,
    check,
    ended_by_server,
    expect,
    expect_no_fault,
    inapplicable,
    inconclusive,
    response_of,
    starts,
)
from ...authoring.requests import GET_KEPT
from ...spec import pep3333, rfc9112

CONTENT = (b"not ", b"framed twice")


def _with(name: str, value: str) -> Play:
    return Play(headers=((name, value), *PLAIN_TEXT), chunks=CONTENT)


def expect_kept_back(exchange: Exchange, name: str, value: str) -> None:
    """Expect that start_response() raised, the request failed, or the header was dropped."""
    called_once(exchange)
    response = exchange.response
    if exchange.app.of("start-raised") or response is None or response.status >= 500:
        return
    members = [member.strip() for member in ",".join(response.values(name)).split(",")]
    expect(value not in members, f"{name} of the application", want="refused or dropped", got="sent")


# ---- refused or dropped -----------------------------------------------------------------------------


@check(
    "connection-header-kept-back",
    requires=(pep3333.HOP_BY_HOP_FATAL, pep3333.HOP_BY_HOP_RAISES),
    play=_with("Connection", "X-Wsgicheck"),
)
def connection_header_kept_back(exchange: Exchange) -> None:
    """A Connection header of the application is refused, or at least not sent.

    It makes proxies remove the headers that it names.
    """
    expect_kept_back(exchange, "Connection", "X-Wsgicheck")


@check(
    "keep-alive-header-kept-back",
    requires=(pep3333.HOP_BY_HOP_FATAL, pep3333.HOP_BY_HOP_RAISES),
    play=_with("Keep-Alive", "timeout=77"),
)
def keep_alive_header_kept_back(exchange: Exchange) -> None:
    """A Keep-Alive header of the application is refused, or at least not sent.

    It promises a connection that is not the application's to keep.
    """
    expect_kept_back(exchange, "Keep-Alive", "timeout=77")


@check(
    "te-header-kept-back",
    requires=(pep3333.HOP_BY_HOP_FATAL, pep3333.HOP_BY_HOP_RAISES),
    play=_with("TE", "trailers"),
)
def te_header_kept_back(exchange: Exchange) -> None:
    """A TE header of the application is refused, or at least not sent.

    It belongs to requests, and to one connection.
    """
    expect_kept_back(exchange, "TE", "trailers")


@check(
    "trailers-header-kept-back",
    requires=(pep3333.HOP_BY_HOP_FATAL, pep3333.HOP_BY_HOP_RAISES),
    play=_with("Trailers", "X-Later"),
    tempered="the list of RFC 2616 means Trailer, and no recipient knows this name",
)
def trailers_header_kept_back(exchange: Exchange) -> None:
    """A Trailers header, as the list of RFC 2616 spells it, is refused, or at least not sent.

    See ``trailer-header-kept-back``.
    """
    expect_kept_back(exchange, "Trailers", "X-Later")


@check(
    "trailer-header-kept-back",
    requires=(pep3333.HOP_BY_HOP_FATAL, pep3333.HOP_BY_HOP_RAISES),
    play=_with("Trailer", "X-Later"),
    tempered="the list of RFC 2616 spells it Trailers",
)
def trailer_header_kept_back(exchange: Exchange) -> None:
    """A Trailer header of the application is refused, or at least not sent.

    It announces a trailer section, which an application has no means to send.
    """
    expect_kept_back(exchange, "Trailer", "X-Later")


@check(
    "transfer-encoding-header-kept-back",
    requires=(pep3333.HOP_BY_HOP_FATAL, pep3333.HOP_BY_HOP_RAISES),
    play=_with("Transfer-Encoding", "x-wsgicheck"),
)
def transfer_encoding_header_kept_back(exchange: Exchange) -> None:
    """A Transfer-Encoding header of the application is refused, or at least not sent.

    The framing is the server's: nobody can read a body that is coded in one way and labelled in another.
    """
    expect_kept_back(exchange, "Transfer-Encoding", "x-wsgicheck")


@check(
    "upgrade-header-kept-back",
    requires=(pep3333.HOP_BY_HOP_FATAL, pep3333.HOP_BY_HOP_RAISES),
    play=_with("Upgrade", "x-wsgicheck"),
    tempered="servers that hand connections over to WebSockets let it through",
)
def upgrade_header_kept_back(exchange: Exchange) -> None:
    """An Upgrade header of the application is refused, or at least not sent.

    It offers a protocol that the server would have to speak.
    """
    expect_kept_back(exchange, "Upgrade", "x-wsgicheck")


@check(
    "proxy-authenticate-header-kept-back",
    requires=(pep3333.HOP_BY_HOP_FATAL, pep3333.HOP_BY_HOP_RAISES),
    play=_with("Proxy-Authenticate", "Basic"),
    tempered="RFC 9110 no longer counts it among the hop-by-hop headers",
)
def proxy_authenticate_header_kept_back(exchange: Exchange) -> None:
    """A Proxy-Authenticate header of the application is refused, or at least not sent.

    A browser could be made to send its proxy's password to the application.
    """
    expect_kept_back(exchange, "Proxy-Authenticate", "Basic")


@check(
    "proxy-authorization-header-kept-back",
    requires=(pep3333.HOP_BY_HOP_FATAL, pep3333.HOP_BY_HOP_RAISES),
    play=_with("Proxy-Authorization", "Basic"),
    tempered="RFC 9110 no longer counts it among the hop-by-hop headers",
)
def proxy_authorization_header_kept_back(exchange: Exchange) -> None:
    """A Proxy-Authorization header of the application is refused, or at least not sent.

    It belongs to requests, and to the next proxy alone.
    """
    expect_kept_back(exchange, "Proxy-Authorization", "Basic")


@check(
    "hop-by-hop-header-recognised-in-any-case",
    requires=(pep3333.HOP_BY_HOP_FATAL, pep3333.HEADER_NAMES_CASE),
    play=_with("kEEP-aLIVE", "timeout=77"),
)
def hop_by_hop_header_recognised_in_any_case(exchange: Exchange) -> None:
    """A hop-by-hop header is refused or dropped in any case of its name.

    HTTP makes no difference, so a server that keeps back only one spelling keeps back nothing.
    """
    expect_kept_back(exchange, "Keep-Alive", "timeout=77")


# ---- whatever became of it, the framing holds -------------------------------------------------------


def expect_framed(exchange: Exchange) -> None:
    """Expect that a response which was let through can be read, with the content of the application."""
    called_once(exchange)
    response = exchange.response
    if exchange.app.of("start-raised") or response is None or response.status >= 500:
        return
    expect_no_fault(response)
    expect(response.complete, "the response", want="complete", got="cut off")
    want = b"".join(CONTENT)
    expect(response.content == want, "content", want=want, got=response.content)


@check(
    "transfer-encoding-header-corrupts-nothing",
    requires=(rfc9112.CHUNKED_FORMAT, pep3333.HOP_BY_HOP_FATAL),
    play=_with("Transfer-Encoding", "chunked"),
)
def transfer_encoding_header_corrupts_nothing(exchange: Exchange) -> None:
    """Behind "Transfer-Encoding: chunked" of the application stand well-formed chunks, once, or nothing.

    The label without the chunks, or twice, leaves the client with a response that it cannot read.
    """
    expect_framed(exchange)


@check(
    "connection-header-not-contradicted",
    requires=(rfc9112.CLOSE_SENT, pep3333.HOP_BY_HOP_FATAL),
    send=GET_KEPT,
    play=Play(headers=(("Connection", "close"), ("Content-Length", "16")), chunks=CONTENT),
)
def connection_header_not_contradicted(exchange: HttpExchange) -> None:
    """If "Connection: close" of the application is sent, the server closes, and says nothing else beside it.

    The client leaves the connection behind it: kept open, it is a thread or a socket that nobody uses.
    """
    called_once(exchange)
    if exchange.app.of("start-raised"):
        inapplicable("start_response() refuses the header")
    response = response_of(exchange)
    if response.status >= 500:
        inapplicable("the server refuses the header")
    if not response.complete:
        inconclusive("the response is cut off")
    values = ",".join(response.values("connection")).lower()
    if not announces_close(response):
        return
    expect("keep-alive" not in values, "Connection", want="close alone", got=values)
    got = "closed" if ended_by_server(exchange) else "left open"
    expect(got == "closed", "the connection behind Connection: close", want="closed", got=got)


@check(
    "hop-by-hop-header-of-error-call-kept-back",
    requires=(pep3333.HOP_BY_HOP_FATAL, pep3333.HOP_BY_HOP_RAISES),
    play=Play(
        after=(starts("404 Replaced", (("Connection", "X-Wsgicheck"), *PLAIN_TEXT), exc="replaced"),),
        chunks=CONTENT,
    ),
)
def hop_by_hop_header_of_error_call_kept_back(exchange: Exchange) -> None:
    """A hop-by-hop header of a call with exc_info is refused or dropped as well.

    See ``connection-header-kept-back``.
    """
    expect_kept_back(exchange, "Connection", "X-Wsgicheck")


@check(
    "hop-by-hop-header-of-not-modified-kept-back",
    requires=(pep3333.HOP_BY_HOP_FATAL, pep3333.HOP_BY_HOP_RAISES),
    play=Play(status="304 Not Modified", headers=(("Connection", "X-Wsgicheck"),), chunks=(), shape="list"),
)
def hop_by_hop_header_of_not_modified_kept_back(exchange: Exchange) -> None:
    """A hop-by-hop header is refused or dropped with a 304 as well, which has no content to be framed.

    What is done on the way to the content is not done where there is none; the header is as wrong.
    """
    expect_kept_back(exchange, "Connection", "X-Wsgicheck")


@check(
    "hop-by-hop-header-for-head-kept-back",
    requires=(pep3333.HOP_BY_HOP_FATAL, pep3333.HOP_BY_HOP_RAISES),
    send=Request("HEAD"),
    play=_with("Keep-Alive", "timeout=77"),
)
def hop_by_hop_header_for_head_kept_back(exchange: Exchange) -> None:
    """A hop-by-hop header is refused or dropped in the response to HEAD as well.

    It speaks of the connection, and that is the same for every method.
    """
    expect_kept_back(exchange, "Keep-Alive", "timeout=77")
