"""Responses to clients that take them slowly, and in little sips (RFC 9112 9; PEP 3333, Buffering).

The content is larger than what the operating system keeps for a connection, so the server has to wait for
the client. Whether it serves others meanwhile is its own affair.
"""

from __future__ import annotations

from ...authoring import (
    PLAIN_TEXT,
    AwaitApp,
    Exchange,
    Pause,
    Play,
    Repeated,
    Request,
    Sip,
    called_once,
    check,
    expect,
    expect_octets,
    fail,
    inapplicable,
    perform,
    writes,
)
from ...spec import pep3333, rfc9112

BLOCK = b"".join(b"%07d\n" % number for number in range(1024))
TIMES = 512
"""Four megabytes: Linux takes close to three before it asks a sender on this machine to wait."""
CONTENT = BLOCK * TIMES
LENGTH = (*PLAIN_TEXT, ("Content-Length", str(len(CONTENT))))
SIPS = (Sip(100, 50, 0.004),)
STUCK = 21
"""Of 32 blocks the first so many can be sent to a client that does not read at all, or nearly."""
SLOW = Request(window=4096, then=SIPS)
SLOW_AT_BLOCKS = Request(window=4096, then=(AwaitApp("yielding", STUCK, seconds=0.3), *SIPS))
SLOW_AT_WRITES = Request(window=4096, then=(AwaitApp("writing", STUCK, seconds=0.3), *SIPS))
SLOW_OLD = Request(window=4096, then=SLOW_AT_BLOCKS.then, version="HTTP/1.0")

LAW = (pep3333.TRANSMIT_UNBUFFERED, rfc9112.ORDERED_TRANSPORT)
BLOCKS = (Repeated(BLOCK, TIMES // 32),) * 32


def expect_whole(exchange: Exchange) -> None:
    """Expect that the slow client got every octet, in order and once, and the end of the response."""
    called_once(exchange)
    response = exchange.response
    if response is None:
        fail("the slow client got no response that can be read")
    expect(response.status == 200, "status", want=200, got=response.status)
    if exchange.ended == "timeout" and not response.complete and CONTENT.startswith(response.content):
        got = len(response.content)
        expect(False, "octets for a slow client by the deadline", want=len(CONTENT), got=got)
    expect_octets("content for a slow client", want=CONTENT, got=response.content)
    expect(response.complete, "the response to a slow client", want="complete", got="cut off")


@check(
    "one-large-block-whole-to-slow-reader",
    requires=LAW,
    send=SLOW,
    play=Play(headers=LENGTH, chunks=(Repeated(BLOCK, TIMES),), shape="list"),
)
def one_large_block_whole_to_slow_reader(exchange: Exchange) -> None:
    """A client that reads slowly gets the whole of one large block.

    One call of send() takes what there is room for; what it did not take is missing in the download.
    """
    expect_whole(exchange)


@check(
    "chunks-whole-to-slow-reader",
    requires=LAW,
    send=SLOW_AT_BLOCKS,
    play=Play(chunks=BLOCKS),
)
def chunks_whole_to_slow_reader(exchange: Exchange) -> None:
    """A client that reads slowly gets every block of an iterable without a length.

    A chunk of which a part was not sent makes the next chunk's size a part of the content.
    """
    expect_whole(exchange)


@check(
    "writes-whole-to-slow-reader",
    requires=LAW,
    send=SLOW_AT_WRITES,
    play=Play(headers=LENGTH, after=tuple(writes(block) for block in BLOCKS), chunks=(), shape="list"),
)
def writes_whole_to_slow_reader(exchange: Exchange) -> None:
    """A client that reads slowly gets everything that was given to write().

    write() returns nothing, so an application cannot know that a part was left over.
    """
    if any(seen.facts["error"]["type"] == "TypeError" for seen in exchange.app.of("write-raised")):
        inapplicable("the server has no write()")
    expect_whole(exchange)


@check(
    "file-whole-to-slow-reader",
    requires=(pep3333.TRANSMIT_UNBUFFERED, rfc9112.ORDERED_TRANSPORT),
    send=SLOW,
    play=Play(
        headers=LENGTH, before=(perform("file", "disk", BLOCK, TIMES), perform("wrap")), shape="wrapped"
    ),
)
def file_whole_to_slow_reader(exchange: Exchange) -> None:
    """A client that reads slowly gets the whole of a file.

    sendfile() may send less than it was asked for, and says how much.
    """
    expect_whole(exchange)


@check(
    "large-content-whole-to-slow-http-1-0-reader",
    requires=LAW,
    send=SLOW_OLD,
    play=Play(chunks=BLOCKS),
)
def large_content_whole_to_slow_http_1_0_reader(exchange: Exchange) -> None:
    """A client of HTTP/1.0 that reads slowly gets everything before the connection ends.

    The end of the connection is the end of the content: one that is reset with octets still unsent
    makes a shorter document of it.
    """
    expect_whole(exchange)


@check(
    "ordinary-file-whole-to-slow-reader",
    requires=(pep3333.TRANSMIT_UNBUFFERED, rfc9112.ORDERED_TRANSPORT),
    send=SLOW,
    play=Play(
        headers=LENGTH, before=(perform("file", "plain", BLOCK, TIMES), perform("wrap")), shape="wrapped"
    ),
)
def ordinary_file_whole_to_slow_reader(exchange: Exchange) -> None:
    """A client that reads slowly gets the whole of what ``open()`` returned.

    Where there is no room at the moment sendfile() says so by an error, which is not the end of the file.
    """
    expect_whole(exchange)


UPLOAD = Request(
    method="POST",
    headers=(("Connection", "close"),),
    body=b"x" * 70_000,
    window=65_536,
    then=(Pause(0.1), Sip(4096, 5)),
)
"""A client that looks at its response a moment later. All that it sent is more than a socket is read from at
once, and no more than what every server can afford to throw away."""
UPLOADED = BLOCK * 256
UPLOADED_BLOCKS = (Repeated(BLOCK, 16),) * 16


def _expect_not_reset(exchange: Exchange) -> None:
    """Expect the whole response, although the content of its request was not read."""
    called_once(exchange)
    response = exchange.response
    if response is not None and response.status != 200:
        inapplicable(f"the upload was answered with {response.status}")
    got = len(response.content) if response is not None else 0
    words = "octets of the response to an upload that was not read"
    whole = response is not None and response.complete and response.content == UPLOADED
    expect(whole, words, want=len(UPLOADED), got=f"{got}, then {exchange.ended}")


@check(
    "response-with-length-whole-behind-unread-upload",
    requires=(rfc9112.STAGED_CLOSE, rfc9112.BODY_READ_OR_CLOSED),
    send=UPLOAD,
    play=Play(
        headers=(*PLAIN_TEXT, ("Content-Length", str(len(UPLOADED)))),
        chunks=(Repeated(BLOCK, 256),),
        shape="list",
    ),
)
def response_with_length_whole_behind_unread_upload(exchange: Exchange) -> None:
    """A large response reaches a client that is not quick, also where the application left its upload unread.

    The kernel answers close() with a reset where something is left to be read, and throws away what it has
    taken for the client: read what is left, or finish sending first and close when the client has.
    """
    _expect_not_reset(exchange)


@check(
    "chunks-whole-behind-unread-upload",
    requires=(rfc9112.STAGED_CLOSE, rfc9112.BODY_READ_OR_CLOSED),
    send=UPLOAD,
    play=Play(chunks=UPLOADED_BLOCKS),
)
def chunks_whole_behind_unread_upload(exchange: Exchange) -> None:
    """A large response in chunks reaches such a client, too.

    See ``response-with-length-whole-behind-unread-upload``.
    """
    _expect_not_reset(exchange)
