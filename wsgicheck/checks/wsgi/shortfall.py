"""Less data than the Content-Length (PEP 3333, Handling the ``Content-Length`` Header)."""

from __future__ import annotations

import re

from ...authoring import (
    Exchange,
    HttpExchange,
    Play,
    Request,
    Several,
    announces_close,
    called_once,
    check,
    expect,
    inconclusive,
    tries,
    writes,
)
from ...authoring.two_in_turn import SECOND_PLAY, two_in_turn, two_in_turn_by_http_1_0, with_length
from ...spec import pep3333, rfc9110


@check(
    "connection-closed-after-shortfall",
    requires=pep3333.SHORTFALL_CLOSES,
    send=two_in_turn(b"wsgicheck"),
    play=Play(headers=with_length(20), later=(SECOND_PLAY,)),
)
def connection_closed_after_shortfall(exchange: HttpExchange) -> None:
    """The connection is closed when the iterable ends before the Content-Length is reached.

    The client waits for the missing octets, and takes for them whatever comes next.
    """
    _expect_connection_closed(exchange)


@check(
    "connection-closed-after-empty-shortfall",
    requires=pep3333.SHORTFALL_CLOSES,
    send=two_in_turn(b"\r\n\r\n"),
    play=Play(headers=with_length(20), chunks=(), later=(SECOND_PLAY,)),
)
def connection_closed_after_empty_shortfall(exchange: HttpExchange) -> None:
    """The connection is closed when a Content-Length is declared and nothing at all is yielded.

    No block was sent that a server could have counted.
    """
    _expect_connection_closed(exchange)


@check(
    "connection-closed-after-written-shortfall",
    requires=(pep3333.SHORTFALL_CLOSES, pep3333.WRITE_AS_YIELDED),
    send=two_in_turn(b"wsgicheck"),
    play=Play(
        headers=with_length(20), after=(writes(b"wsgicheck"),), shape="list", chunks=(), later=(SECOND_PLAY,)
    ),
)
def connection_closed_after_written_shortfall(exchange: HttpExchange) -> None:
    """The connection is closed when too little was written.

    What is written counts towards the Content-Length as what is yielded does, no more and no less.
    """
    if not exchange.app.of("wrote"):
        inconclusive("write() did not return")
    _expect_connection_closed(exchange)


@check(
    "connection-closed-after-shortfall-of-list",
    requires=pep3333.SHORTFALL_CLOSES,
    send=two_in_turn(b"wsgicheck"),
    play=Play(headers=with_length(20), shape="list", later=(SECOND_PLAY,)),
)
def connection_closed_after_shortfall_of_list(exchange: HttpExchange) -> None:
    """The connection is closed when a list is shorter than the Content-Length.

    Nothing was sent yet, so an error page is as good; both lengths were known.
    """
    _expect_connection_closed(exchange)


def _expect_connection_closed(exchange: HttpExchange, declared: int = 20) -> None:
    """Fail where the connection goes on: the next request on it is served, or nobody closes it.

    A close after some idle time is none: then the next request had its chance.
    """
    called_once(exchange)
    response = exchange.response
    if response is not None and (
        response.status >= 500 or response.values("Content-Length") != (str(declared),)
    ):
        return  # an error page or a corrected length, as is lawful while nothing has been sent
    served = sum(seen.label == "2" for seen in exchange.app.of("called"))
    expect(not served, "the connection", want="closed", got="kept for the next request")
    ended = exchange.wire.ended
    if ended not in ("eof", "reset") and response is not None and announces_close(response):
        inconclusive("a close was announced, and the request behind it may be what the server waits to end")
    expect(ended in ("eof", "reset"), "the connection", want="closed", got=ended)


@check(
    "shortfall-not-filled",
    requires=(rfc9110.CONTENT_LENGTH_CORRECT, pep3333.SHORTFALL_CLOSES),
    send=two_in_turn(b"wsgicheck"),
    play=Play(headers=with_length(20), later=(SECOND_PLAY,)),
)
def shortfall_not_filled(exchange: HttpExchange) -> None:
    """The octets that are missing are not made up, nor taken from the response to the next request.

    The client would store the beginning of somebody else's page as the end of this one.
    """
    called_once(exchange)
    response = exchange.response
    if response is None or response.status >= 500 or response.values("Content-Length") != ("20",):
        return
    got = response.content
    expect(got == b"wsgicheck"[: len(got)], "content", want=b"wsgicheck", got=got)


DECLARED = 48077
"""A length that no other exchange declares: where a log names it, it means this one."""
BEFORE, BEHIND = "wsgicheck-6e21b4 before the shortfall", "wsgicheck-6e21b5 behind the shortfall"
OF_LENGTH = re.compile(
    r"content.?length|too (few|short|little|small)|fewer|shorter|not enough (bytes|octets|data|content)"
    r"|incomplete|premature|underrun|truncat|unsent|(bytes|octets) (left|missing|expected)"
    r"|expected.* (bytes|octets)",
    re.IGNORECASE,
)
OF_OTHERS = re.compile(r"    |.*(ProbeError|wsgicheck: )")
"""Lines of a log that tell of another exchange: a source line in a traceback, an error that we raised."""


def tells_of_length(line: str) -> bool:
    """Return whether a line of a log can be the report of content that is too short."""
    return bool(OF_LENGTH.search(line)) and not OF_OTHERS.match(line)


def _marks(text: str, **facts: object) -> Play:
    """Write a mark to wsgi.errors: between two of them the server's output may hold its report."""
    return Play(before=(tries("errors_write", text + "\n"), tries("errors_flush")), **facts)  # type: ignore[arg-type]


@check(
    "shortfall-reported",
    requires=pep3333.SHORTFALL_REPORTED,
    send=Several(Request()),
    play=_marks(BEFORE, headers=with_length(DECLARED), chunks=(b"too little",), later=(_marks(BEHIND),)),
    tempered="a server may report to where its output does not show",
)
def shortfall_reported(exchange: Exchange) -> None:
    """Content that falls short of its Content-Length is reported, in the log or to the client.

    The client only sees that the connection broke, and blames the network: without a line in the log nobody
    ever looks for the application that counted wrongly. Any words will do, and so will an error response.
    """
    called_once(exchange)
    response = exchange.response
    if response is not None and (
        response.status >= 500 or response.values("Content-Length") != (str(DECLARED),)
    ):
        return  # the client was told, or the length was corrected while nothing had been sent
    _, before, behind = exchange.server.output.rpartition(BEFORE)
    if not before:
        inconclusive("what is written to wsgi.errors is not in the server's output, nor will its reports be")
    lines = behind.partition(BEHIND)[0].splitlines()
    reported = str(DECLARED) in behind or any(tells_of_length(line) for line in lines)
    got = "a report" if reported else "nothing about it"
    expect(
        got == "a report", f"the log of {DECLARED} octets declared and 10 yielded", want="a report", got=got
    )


@check(
    "connection-closed-after-shortfall-of-one",
    requires=pep3333.SHORTFALL_CLOSES,
    send=two_in_turn(b"wsgicheck"),
    play=Play(headers=with_length(10), later=(SECOND_PLAY,)),
)
def connection_closed_after_shortfall_of_one(exchange: HttpExchange) -> None:
    """The connection is closed where a single octet is missing.

    See ``connection-closed-after-shortfall``.
    """
    _expect_connection_closed(exchange, 10)


@check(
    "connection-of-http-1-0-closed-after-shortfall",
    requires=pep3333.SHORTFALL_CLOSES,
    send=two_in_turn_by_http_1_0(b"wsgicheck"),
    play=Play(headers=with_length(20), later=(SECOND_PLAY,)),
)
def connection_of_http_1_0_closed_after_shortfall(exchange: HttpExchange) -> None:
    """The connection is closed after a shortfall also where a client of HTTP/1.0 asked to keep it.

    See ``connection-closed-after-shortfall``.
    """
    _expect_connection_closed(exchange)
