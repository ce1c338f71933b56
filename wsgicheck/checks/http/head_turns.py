"""HEAD again and again on one connection, with many statuses and ways of content (RFC 9110 9.3.2, 8.6)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...authoring import (
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
    octets,
    writes,
)
from ...authoring.steps import in_turn
from ...spec import rfc9110, rfc9112

TYPE = ("Content-Type", "text/plain")


@dataclass(frozen=True)
class Turn:
    """What is played for one HEAD, and the length of what GET would have got."""

    name: str
    play: Play
    length: int


def _given(status: str, *chunks: bytes, name: str = "") -> Turn:
    length = sum(map(len, chunks))
    play = Play(status, (TYPE, ("Content-Length", str(length))), chunks=chunks)
    return Turn(name or f"a {status[:3]} of known length", play, length)


def _listed(status: str, content: bytes) -> Turn:
    return Turn(
        f"a list with {status[:3]}", Play(status, (TYPE,), shape="list", chunks=(content,)), len(content)
    )


def _written(turn: Turn) -> Turn:
    blocks = [block for block in turn.play.chunks if isinstance(block, bytes)]
    play = replace(turn.play, after=tuple(map(writes, blocks)), chunks=())
    return replace(turn, name=turn.name + ", written", play=play)


TURNS = (
    _given("200 OK", b"blocks ", b"of known length"),
    _written(_given("200 OK", b"written with a length")),
    _listed("200 OK", b"a list of one"),
    _given("206 Partial Content", b"a part"),
    _given("301 Moved Permanently", b"it is elsewhere"),
    _listed("302 Found", b"a list about elsewhere"),
    _given("404 Not Found", b"it is not here"),
    _written(_given("404 Not Found", b"what is ", b"not here")),
    _listed("410 Gone", b"a list of what is gone"),
    _given("503 Service Unavailable", b"not now"),
    _listed("200 OK", b"the last one of them"),
)


def _requests() -> Octets:
    """Return the requests: each is sent when the header section before it has come."""
    then: list[Receive | Send] = []
    for number in range(2, len(TURNS) + 1):
        fields = ("Connection: close",) if number == len(TURNS) else ()
        then += [Receive(b"\r\n\r\n"), Send(octets("HEAD", *fields, label=str(number)))]
    return Octets(octets("HEAD"), ("HEAD",) * len(TURNS), then=tuple(then))


IN_TURN = _requests()
ALL_PLAYS = in_turn(*(turn.play for turn in TURNS))


def _answered(exchange: HttpExchange) -> int:
    """Return how many of the requests reached the application; inapplicable where it was the first alone."""
    called_once(exchange)
    number = 1
    while calls_of(exchange, str(number + 1)):
        number += 1
    if number == 1:
        inapplicable("the second request of the connection did not reach the application")
    return number


@check(
    "nothing-follows-head-of-any-status",
    requires=(rfc9110.HEAD_NO_CONTENT, rfc9112.NO_BODY),
    send=IN_TURN,
    play=ALL_PLAYS,
)
def nothing_follows_head_of_any_status(exchange: HttpExchange) -> None:
    """Behind the header section of a response to HEAD begins the next response, whatever the status is.

    Pages about errors, redirects and parts of files are content like any other, yielded or written. A link
    checker asks for one after the other over a connection, and most of what it asks for is not there.
    """
    for number in range(1, _answered(exchange)):
        turn = TURNS[number - 1]
        if number > len(exchange.responses):
            inconclusive(f"the client got no response {number} that can be read")
        if exchange.responses[number - 1].status != int(turn.play.status[:3]):
            inconclusive(f"the server answers {turn.name} with {exchange.responses[number - 1].status}")
        following = exchange.responses[number] if number < len(exchange.responses) else None
        got = following.head[:24] if following is not None else exchange.surplus[:24]
        if not got:
            inconclusive(f"nothing came behind the response to HEAD with {turn.name}")
        expect(got.startswith(b"HTTP/1."), f"behind HEAD with {turn.name}", want="a status line", got=got)


@check(
    "content-length-of-head-of-any-status",
    requires=rfc9110.HEAD_CONTENT_LENGTH,
    send=IN_TURN,
    play=ALL_PLAYS,
)
def content_length_of_head_of_any_status(exchange: HttpExchange) -> None:
    """The Content-Length of a response to HEAD is that of GET, or left out, whatever the status is.

    See ``head-content-length-unchanged``.
    """
    for number in range(1, _answered(exchange) + 1):
        turn = TURNS[number - 1]
        response = exchange.responses[number - 1] if number <= len(exchange.responses) else None
        if response is None or response.status != int(turn.play.status[:3]):
            inconclusive(f"the client got no response with {turn.name}")
        got = response.values("content-length")
        fair = all(value == str(turn.length) for value in got)
        expect(
            fair,
            f"Content-Length of HEAD with {turn.name}",
            want=f"{turn.length} or none",
            got=", ".join(got),
        )
