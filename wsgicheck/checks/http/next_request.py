"""The second request of a connection is held to the rules of the first (RFC 9112 3.2, 5.1, 6.3)."""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    HttpExchange,
    Octets,
    Play,
    Receive,
    Send,
    calls_of,
    check,
    expect,
    inapplicable,
)
from ...spec import rfc9112

PROXY = "a proxy that refuses it usually stands in front"
KEPT = Play(headers=(*PLAIN_TEXT, ("Content-Length", "9")))
HOST = b"Host: {authority}\r\n"
LAST = b"Connection: close\r\n"


def _behind_good_one(*lines: bytes, content: bytes = b"", host: bytes = HOST, last: bytes = LAST) -> Octets:
    method = b"POST" if content else b"GET"
    second = method + b" /?{ticket}-2 HTTP/1.1\r\n" + host + b"".join(line + b"\r\n" for line in lines)
    return Octets(
        b"GET /?{ticket}-1 HTTP/1.1\r\nHost: {authority}\r\n\r\n",
        methods=("GET", method.decode()),
        then=(Receive(b"\r\n\r\nwsgicheck"), Send(second + last + b"\r\n" + content)),
    )


def _second_answered_400(exchange: HttpExchange) -> None:
    """Expect that the second request was answered with 400, and did not reach the application."""
    if len(exchange.responses) < 2 and not calls_of(exchange, "2"):
        inapplicable("one request was answered on this connection")
    status = exchange.responses[1].status if len(exchange.responses) > 1 else "none"
    got = f"a call of the application, and {status}" if calls_of(exchange, "2") else status
    expect(got == 400, "answer to the second request", want=400, got=got)


@check(
    "host-missing-in-next-request-answered-400",
    requires=rfc9112.HOST_MISSING,
    send=_behind_good_one(host=b""),
    play=KEPT,
    control=_behind_good_one(),
    tempered=PROXY,
)
def host_missing_in_next_request_answered_400(exchange: HttpExchange) -> None:
    """The second request of a connection needs its Host as the first one does.

    A connection may serve several sites: that of the request before is none of this one's business.
    """
    _second_answered_400(exchange)


@check(
    "space-before-colon-in-next-request-answered-400",
    requires=rfc9112.WHITESPACE_BEFORE_COLON,
    send=_behind_good_one(b"X-A : v"),
    play=KEPT,
    control=_behind_good_one(b"X-A: v"),
)
def space_before_colon_in_next_request_answered_400(exchange: HttpExchange) -> None:
    """A space between field name and colon is answered with 400 in the second request of a connection too.

    That the first request was in order speaks for nobody: many clients come over one connection of a proxy.
    """
    _second_answered_400(exchange)


@check(
    "length-with-plus-in-next-request-answered-400",
    requires=rfc9112.LENGTH_INVALID_400,
    send=_behind_good_one(b"Content-Length: +5", content=b"hello"),
    play=KEPT,
    control=_behind_good_one(b"Content-Length: 5", content=b"hello"),
)
def length_with_plus_in_next_request_answered_400(exchange: HttpExchange) -> None:
    """A Content-Length with a sign is answered with 400 in the second request of a connection too.

    See ``space-before-colon-in-next-request-answered-400``.
    """
    _second_answered_400(exchange)


@check(
    "length-beside-coding-in-next-request-not-kept",
    requires=rfc9112.LENGTH_AND_CODING,
    send=_behind_good_one(
        b"Content-Length: 5",
        b"Transfer-Encoding: chunked",
        last=b"",
        content=b"0\r\n\r\nGET /?{ticket}-3 HTTP/1.1\r\nHost: {authority}\r\n\r\n",
    ),
    play=KEPT,
    control=_behind_good_one(b"Content-Length: 5", content=b"hello"),
)
def length_beside_coding_in_next_request_not_kept(exchange: HttpExchange) -> None:
    """Behind a second request with both Content-Length and Transfer-Encoding nothing more is run.

    The server may go by the coding, and must close the connection then: what follows may be smuggled.
    """
    if len(exchange.responses) < 2 and not calls_of(exchange, "2"):
        inapplicable("one request was answered on this connection")
    got = len(calls_of(exchange, "3"))
    expect(got == 0, "calls for a request behind one with both fields", want=0, got=got)
