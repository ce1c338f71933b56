"""Files one after another on a connection that is kept (PEP 3333, Optional Platform-Specific File Handling).

The fast way of a file goes past what counts, frames and ends the other responses, and the next request of the
connection comes back to it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...authoring import (
    PLAIN_TEXT,
    STILL_ARRIVING,
    HttpExchange,
    Observation,
    Octets,
    Play,
    Receive,
    Send,
    called_once,
    calls_of,
    check,
    expect,
    expect_octets,
    inapplicable,
    inconclusive,
    octets,
    perform,
    still_arriving,
)
from ...spec import pep3333


@dataclass(frozen=True)
class Turn:
    """One request of the connection: what is played for it, and the content that has to come of it."""

    play: Play
    content: bytes
    method: str = "GET"

    @property
    def bodiless(self) -> bool:
        """Whether nothing of the file is to be sent, which is the matter of other checks."""
        return self.method == "HEAD" or self.status == 304

    @property
    def status(self) -> int:
        """The status that the application gives."""
        return int(self.play.status[:3])


def _text(number: int, lines: int = 30) -> bytes:
    return b"".join(b"line %d of file %d\n" % (line, number) for line in range(lines)) + b"end of it"


def _file(
    number: int, kind: str, content: bytes, *, skip: int = 0, sized: bool = False, method: str = "GET"
) -> Turn:
    """Return a turn whose file is wrapped, where some of it has been read before."""
    left = content[skip:]
    headers = (*PLAIN_TEXT, ("Content-Length", str(len(left)))) if sized else PLAIN_TEXT
    before = (perform("file", kind, content), *((perform("file_read", skip),) if skip else ()))
    play = Play("200 File", headers, before=(*before, perform("wrap")), shape="wrapped")
    return Turn(play, b"" if method == "HEAD" else left, method)


def _blocks() -> Turn:
    return Turn(Play("200 Blocks", chunks=(b"blocks ", b"in between", b"end of it")), BLOCKS)


BLOCKS = b"blocks in betweenend of it"
TURNS = (
    _file(40, "disk", _text(40)),
    _file(41, "plain", _text(41), skip=17, sized=True),
    _blocks(),
    _file(43, "plain", _text(43), sized=True, method="HEAD"),
    _file(44, "disk", _text(44), skip=3),
    _file(45, "memory", _text(45), sized=True),
    _file(46, "plain", b""),
    _file(47, "plain", _text(47, 9000), sized=True),
    _blocks(),
    _file(49, "disk", b"", sized=True),
    replace(_file(50, "disk", _text(50)), content=b""),
    _file(51, "plain", _text(51), sized=True),
    _file(52, "memory", _text(52), skip=5),
    _blocks(),
)
NOT_MODIFIED = 10
"""Which of them, from 0, has a file and a status without content."""


def _turns() -> tuple[Turn, ...]:
    found = list(TURNS)
    turn = found[NOT_MODIFIED]
    found[NOT_MODIFIED] = replace(turn, play=replace(turn.play, status="304 Not Modified", headers=()))
    return tuple(found)


ALL_TURNS = _turns()


def _requests() -> Octets:
    """Return the requests: each is sent when the end of the response before it has come."""
    then: list[Receive | Send] = []
    for number, (turn, following) in enumerate(itertools.pairwise(ALL_TURNS), 2):
        then += [Receive(b"HTTP/1."), Receive(b"\r\n\r\n")]
        if turn.content:
            then.append(Receive(b"end of it"))
        fields = ["Connection: close"] if number == len(ALL_TURNS) else []
        then.append(Send(octets(following.method, *fields, label=str(number))))
    return Octets(octets(ALL_TURNS[0].method), tuple(turn.method for turn in ALL_TURNS), then=tuple(then))


IN_TURN = _requests()
ALL_PLAYS = replace(ALL_TURNS[0].play, later=tuple(turn.play for turn in ALL_TURNS[1:]))


def _turns_taken(exchange: HttpExchange) -> Iterator[tuple[int, Turn, Observation]]:
    """Go through the turns that reached the application."""
    called_once(exchange)
    if not calls_of(exchange, "2"):
        inapplicable("the second request of the connection did not reach the application")
    for number, turn in enumerate(ALL_TURNS, 1):
        calls = calls_of(exchange, "" if number == 1 else str(number))
        if not calls:
            return
        yield number, turn, calls[0]


@check(
    "files-on-kept-connection-sent-whole",
    requires=(pep3333.FILE_WRAPPER_POSITION, pep3333.FILE_WRAPPER_TO_END),
    send=IN_TURN,
    play=ALL_PLAYS,
)
def files_on_kept_connection_sent_whole(exchange: HttpExchange) -> None:
    """Each file of a kept connection is sent from its own position to its own end.

    A player that fetches a film by its parts does it over one connection. Offset, count and end of what was
    handed to sendfile() have to go with the file.
    """
    if still_arriving(exchange):
        inconclusive(STILL_ARRIVING)
    for number, turn, _ in _turns_taken(exchange):
        response = exchange.responses[number - 1] if number <= len(exchange.responses) else None
        if response is None or response.status == 0:
            inconclusive(f"the client got no response {number} that can be read")
        if response.status >= 500:
            inconclusive(f"the server answers request {number} of the connection with {response.status}")
        if turn.bodiless and (response.status != turn.status or response.content):
            inconclusive(f"response {number} of the connection is wrong by itself")
        what = f"response {number} of the connection"
        expect(response.status == turn.status, f"status of {what}", want=turn.status, got=response.status)
        expect_octets(f"content of {what}", want=turn.content, got=response.content)


@check(
    "files-on-kept-connection-closed",
    requires=pep3333.FILE_WRAPPER_CLOSE,
    send=IN_TURN,
    play=ALL_PLAYS,
)
def files_on_kept_connection_closed(exchange: HttpExchange) -> None:
    """Each wrapped file of a kept connection is closed, sent or not.

    See ``file-closed-after-response``: browsers keep their connections, and pictures are many.
    """
    if exchange.app.of("no-file-wrapper"):
        inapplicable("the server offers no wsgi.file_wrapper")
    for number, turn, call in _turns_taken(exchange):
        noted = any(step.op == "file" and step.args[0] != "plain" for step in turn.play.before)
        if not noted or not any(seen.call == call.call for seen in exchange.app.of("returned")):
            continue
        closed = any(seen.call == call.call for seen in exchange.app.of("file-closed"))
        got = "called" if closed else "not called"
        expect(closed, f"close() of the file of request {number} of a connection", want="called", got=got)
