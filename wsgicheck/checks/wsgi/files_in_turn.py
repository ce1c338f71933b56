"""Files one after another on a connection that is kept (PEP 3333, Optional Platform-Specific File Handling).

The fast way of a file goes past what counts, frames and ends the other responses, and the next request of the
connection comes back to it.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

from ...authoring import (
    PLAIN_TEXT,
    HttpExchange,
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
    needs_finished,
    octets,
    perform,
    whole_response,
)
from ...authoring.steps import in_turn
from ...authoring.turns import turns_taken
from ...spec import pep3333, rfc9112


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
    _file(41, "plain", _text(41), sized=True),
    _blocks(),
    _file(42, "disk", _text(42)),
    _file(43, "memory", _text(43), sized=True),
    _file(44, "plain", b""),
    _file(45, "plain", _text(45, 9000), sized=True),
    _blocks(),
    _file(46, "disk", b"", sized=True),
    _file(47, "plain", _text(47), sized=True),
    _file(48, "memory", _text(48), skip=5),
    _blocks(),
    replace(_file(49, "disk", _text(49)), content=b""),
    _file(50, "plain", _text(50), sized=True),
    _file(51, "plain", _text(51), sized=True, method="HEAD"),
    _file(52, "disk", _text(52)),
)
NOT_MODIFIED = 12
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
ALL_PLAYS = in_turn(*(turn.play for turn in ALL_TURNS))


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
    needs_finished(exchange)
    for number, turn, _ in turns_taken(exchange, ALL_TURNS, first=""):
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
    for number, turn, call in turns_taken(exchange, ALL_TURNS, first=""):
        noted = any(step.op == "file" and step.args[0] != "plain" for step in turn.play.before)
        if not noted or not any(seen.call == call.call for seen in exchange.app.of("returned")):
            continue
        closed = any(seen.call == call.call for seen in exchange.app.of("file-closed"))
        got = "called" if closed else "not called"
        expect(closed, f"close() of the file of request {number} of a connection", want="called", got=got)


EMPTY = _file(40, "plain", b"")
EMPTY_THEN_BLOCKS = Octets(
    octets(),
    ("GET", "GET"),
    then=(Receive(b"\r\n\r\n"), Send(octets("GET", "Connection: close", label="2"))),
)


@check(
    "empty-file-leaves-next-response-aligned",
    requires=(rfc9112.LAST_CHUNK, pep3333.FILE_WRAPPER_SEMANTICS),
    send=EMPTY_THEN_BLOCKS,
    play=replace(EMPTY.play, later=(_blocks().play,)),
)
def empty_file_leaves_next_response_aligned(exchange: HttpExchange) -> None:
    """The response with an empty file has no content, and ends where its framing says.

    An empty chunk is the last one: a server that sends a file as one chunk of its size, and the last chunk
    behind it, ends such a response twice. The client of a kept connection finds no status line then.
    """
    called_once(exchange)
    response = whole_response(exchange)
    if response.status != 200:
        inapplicable(f"the server answers {response.status} instead")
    expect_octets("content of an empty file", want=b"", got=response.content)
    if not calls_of(exchange, "2"):
        inapplicable("the second request of the connection did not reach the application")
    second = exchange.responses[1] if len(exchange.responses) > 1 else None
    got = second.head[:20] if second else exchange.surplus[:20]
    if not got:
        inconclusive("nothing came behind the response with the empty file")
    expect(got.startswith(b"HTTP/1."), "octets behind an empty file", want="a status line", got=got)
