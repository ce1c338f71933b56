"""Content that is exactly as large as a buffer, and comes apart from its head (RFC 9112 6.2, 7.1).

A read that fills the buffer says neither that there is more nor that this was all.
"""

from __future__ import annotations

import hashlib

from ...authoring import (
    NINE_OCTETS,
    HttpExchange,
    Octets,
    Pause,
    Play,
    Receive,
    Send,
    announces_close,
    called_once,
    calls_of,
    check,
    content,
    expect,
    expect_octets,
    inapplicable,
    inconclusive,
    octets,
    perform,
    readings,
)
from ...spec import rfc9112

SIZES = (8192, 65536, 4096, 16384, 1024)
APART = Pause(0.005)
ANSWER = Receive(b"\r\n\r\nwsgicheck", owed=True)
DIGESTS = Play(headers=NINE_OCTETS.headers, before=(perform("digest"),))


def _made(size: int) -> bytes:
    return (bytes(range(251)) * (size // 251 + 1))[:size]


def _post(number: int, size: int) -> bytes:
    label = str(number) if number > 1 else ""
    return octets("POST", f"Content-Length: {size}", label=label)


def _one_after_another() -> Octets:
    """Return requests with content of each size, whose content follows the head as a segment of its own."""
    actions: list[Receive | Send | Pause] = []
    for number, size in enumerate(SIZES, 1):
        actions += [Send(_post(number, size))] if number > 1 else []
        actions += [APART, Send(_made(size)), ANSWER]
    return Octets(_post(1, SIZES[0]), ("POST",) * len(SIZES), then=tuple(actions))


@check(
    "content-of-buffer-sizes-whole",
    requires=(rfc9112.REQUEST_LENGTH, rfc9112.BODY_SIGNALED),
    send=_one_after_another(),
    play=DIGESTS,
)
def content_of_buffer_sizes_whole(exchange: HttpExchange) -> None:
    """Content of exactly 1024, 4096, 8192, 16384 or 65536 octets is read whole, and what is behind it served.

    A server that reads on while its buffer comes back full waits for more than there is.
    """
    called_once(exchange)
    for number, size in enumerate(SIZES, 1):
        answers = exchange.responses[: number - 1]
        if number > 1 and not calls_of(exchange, str(number)):
            if len(answers) < number - 1 or any(announces_close(answer) for answer in answers):
                return  # which was judged, or is no longer kept
            if exchange.wire.ended in ("eof", "reset"):
                return
            what = f"the request behind content of {SIZES[number - 2]} octets"
            expect(False, what, want="served", got="nothing")
        _expect_read(exchange, str(number) if number > 1 else "", _made(size))
        what = f"answer to content of {size} octets"
        expect(_answered_at_once(exchange, number), what, want="before anything else comes", got="nothing")
        got = exchange.responses[number - 1].status if len(exchange.responses) >= number else "nothing"
        expect(got == 200, what, want=200, got=got)


def _answered_at_once(exchange: HttpExchange, number: int) -> bool:
    """Return whether the client got this answer before it sent anything more."""
    waits = [outcome for outcome in exchange.outcomes if outcome.action.startswith("receive ")]
    return number > len(waits) or waits[number - 1].done


def _expect_read(exchange: HttpExchange, label: str, sent: bytes) -> None:
    found = readings(exchange, label)
    if not found:
        inconclusive("the application read nothing")
    reading = found[0]
    if reading.error:
        expect(False, f"reading content of {len(sent)} octets", want="no error", got=reading.error)
    what = f"octets read of content of {len(sent)}"
    expect(reading.length == len(sent), what, want=len(sent), got=reading.length or "none: it waits")
    same = reading.octets.decode() == hashlib.sha256(sent).hexdigest()
    expect(same, f"content of {len(sent)} octets", want="as sent", got="other octets")


def _chunk(size: int) -> tuple[Send | Pause, ...]:
    return (APART, Send(b"%x\r\n" % size), APART, Send(_made(size)), APART, Send(b"\r\n"))


CHUNKS = tuple(action for size in SIZES for action in _chunk(size))
OF_CHUNKS = b"".join(_made(size) for size in SIZES)


def _chunked(*chunks: Send | Pause) -> Octets:
    last = (Send(b"0\r\n\r\n"), ANSWER, Send(octets("GET", "Connection: close", label="2")))
    head = octets("POST", "Transfer-Encoding: chunked")
    return Octets(head, methods=("POST", "GET"), then=(*chunks, *last))


@check(
    "chunks-of-buffer-sizes-joined",
    requires=rfc9112.CHUNKED_DECODED,
    send=_chunked(*CHUNKS),
    control=_chunked(Send(b"5\r\nhello\r\n")),
    play=Play(headers=NINE_OCTETS.headers, before=(content(),), later=(NINE_OCTETS,)),
)
def chunks_of_buffer_sizes_joined(exchange: HttpExchange) -> None:
    """Chunks of exactly 1024, 4096, 8192, 16384 or 65536 octets, each a segment, are read whole.

    See ``content-of-buffer-sizes-whole``: the end of a chunk may be that of a buffer.
    """
    called_once(exchange)
    contents = [seen for seen in exchange.app.of("content") if seen.label == ""]
    if not contents:
        expect(False, "chunks of buffer sizes", want="read to their end", got="the application waits")
    if contents[0].facts["error"]:
        error = contents[0].facts["error"]
        expect(False, "chunks of buffer sizes", want="no error", got=f"{error['type']}: {error['message']}")
    got = contents[0].facts["content"].encode("latin-1")
    if not got or got.startswith(b"2000\r\n"):
        inapplicable("the server does not decode chunks")
    expect_octets("content in chunks of buffer sizes", want=OF_CHUNKS, got=got)
