"""``close()`` where the shape of the iterable and the way out of the response meet (PEP 3333, close()).

A server has one way for lists and another for iterators, one for responses without content and another for
errors. That each of them closes says nothing of where two of them meet.
"""

from __future__ import annotations

from dataclasses import replace

from ...authoring import (
    PLAIN_TEXT,
    AwaitApp,
    Exchange,
    HangUp,
    Play,
    Receive,
    Release,
    Repeated,
    Request,
    Several,
    check,
    expect,
    inconclusive,
    raises,
    waits,
    writes,
)
from ...authoring.steps import in_turn
from ...spec import pep3333

OF_SHAPES = (
    Play(shape="list_with_close"),
    Play(shape="sized"),
    Play(shape="getitem"),
    Play(shape="iterable"),
    Play(shape="len_raises"),
)
SHAPES = tuple(play.shape for play in OF_SHAPES)
SIZED = (*PLAIN_TEXT, ("Content-Length", "9"))


def _times(request: Request, play: Play) -> Several:
    return Several(request, times=1 + len(play.later), seconds=0.5)


def _expect_each_closed(exchange: Exchange, names: tuple[str, ...]) -> None:
    """Fail where what was returned to one of the requests was not closed."""
    returned = exchange.app.of("returned")
    if not returned:
        inconclusive("the application returned nothing that could be closed")
    for seen in returned:
        number = int(seen.label) if seen.label.isdigit() else 1
        closings = sum(closed.call == seen.call for closed in exchange.app.of("closed"))
        expect(closings > 0, f"calls of close() of {names[number - 1]}", want=1, got=closings)


SHAPES_FOR_HEAD = in_turn(
    *OF_SHAPES,
    *(replace(play, headers=SIZED) for play in OF_SHAPES[:2]),
    Play(shape="list_with_close", chunks=()),
)
NAMES_FOR_HEAD = (*SHAPES, *(f"{shape} with a Content-Length" for shape in SHAPES[:2]), "an empty list")


@check(
    "iterable-of-any-shape-closed-after-head",
    requires=pep3333.CLOSE,
    send=_times(Request("HEAD"), SHAPES_FOR_HEAD),
    play=SHAPES_FOR_HEAD,
)
def iterable_of_any_shape_closed_after_head(exchange: Exchange) -> None:
    """What is returned for HEAD is closed, be it a list, a sequence or an iterable of any other kind.

    Nobody wants the content, and a server that needs no iterator of a list may not look for its close()
    either. See ``iterable-closed-after-head``.
    """
    _expect_each_closed(exchange, NAMES_FOR_HEAD)


WITHOUT_CONTENT = ("204 No Content", "304 Not Modified")
SHAPES_WITHOUT_CONTENT = in_turn(
    *(replace(play, status=status, headers=()) for status in WITHOUT_CONTENT for play in OF_SHAPES)
)
NAMES_WITHOUT_CONTENT = tuple(f"{shape} with {status[:3]}" for status in WITHOUT_CONTENT for shape in SHAPES)


@check(
    "iterable-of-any-shape-closed-without-content",
    requires=pep3333.CLOSE,
    send=_times(Request(), SHAPES_WITHOUT_CONTENT),
    play=SHAPES_WITHOUT_CONTENT,
)
def iterable_of_any_shape_closed_without_content(exchange: Exchange) -> None:
    """What is returned with a 204 or 304 is closed, whatever its shape.

    See ``iterable-closed-after-no-content``.
    """
    _expect_each_closed(exchange, NAMES_WITHOUT_CONTENT)


WRITTEN = (writes(b"written, "),)
SHAPES_BEHIND_WRITES = in_turn(
    *(replace(play, after=WRITTEN) for play in OF_SHAPES),
    *(replace(play, after=WRITTEN, chunks=()) for play in OF_SHAPES[:2]),
    *(replace(play, after=WRITTEN, headers=SIZED) for play in OF_SHAPES),
)
NAMES_BEHIND_WRITES = (
    *SHAPES,
    *(f"{shape} without a block" for shape in SHAPES[:2]),
    *(f"{shape} past the Content-Length" for shape in SHAPES),
)


@check(
    "iterable-of-any-shape-closed-after-write",
    requires=pep3333.CLOSE,
    send=_times(Request(), SHAPES_BEHIND_WRITES),
    play=SHAPES_BEHIND_WRITES,
)
def iterable_of_any_shape_closed_after_write(exchange: Exchange) -> None:
    """What is returned behind a write() is closed, whatever its shape, though all may be sent by then.

    What was written may be all of the Content-Length. See ``iterable-closed-after-write``.
    """
    _expect_each_closed(exchange, NAMES_BEHIND_WRITES)


FAILURES = in_turn(
    Play(chunks=(b"part", raises("halfway"))),
    Play(chunks=(raises("at once"),), shape="iterable"),
    Play(chunks=(b"one", b"two", raises("at the end")), headers=SIZED),
    Play(chunks=(b"part", "text"), shape="sized"),
    Play(shape="list_with_close", chunks=(b"part", None)),
    Play(starts=False),
    Play(after=(writes(b"written"),), chunks=(b"part", raises("behind what was written"))),
    Play(headers=(*PLAIN_TEXT, ("Content-Length", "20")), shape="list_with_close"),
)
NAMES_OF_FAILURES = (
    *("what fails halfway", "what fails at once", "what fails behind its length", "what yields text"),
    *("a list with None", "what was returned without start_response()", "what fails behind a write()"),
    "a list shorter than its Content-Length",
)


@check(
    "failed-iterables-closed-to-http-1-0",
    requires=pep3333.CLOSE_ON_ERROR,
    send=_times(Request(version="HTTP/1.0"), FAILURES),
    play=FAILURES,
)
def failed_iterables_closed_to_http_1_0(exchange: Exchange) -> None:
    """What fails in a response to HTTP/1.0 is closed, whether at once, halfway or at its end.

    There the connection ends with the response whatever happens, and that may be all that a server does.
    """
    _expect_each_closed(exchange, NAMES_OF_FAILURES)


@check(
    "failed-iterables-closed-after-head",
    requires=pep3333.CLOSE_ON_ERROR,
    send=_times(Request("HEAD"), FAILURES),
    play=FAILURES,
)
def failed_iterables_closed_after_head(exchange: Exchange) -> None:
    """What fails, or would have failed, in a response to HEAD is closed.

    See ``iterable-closed-after-error``.
    """
    _expect_each_closed(exchange, NAMES_OF_FAILURES)


LEAVES = Request(then=(Receive(b"first\x01"), HangUp(), Release("go")))
MORE = Repeated(b"more of the same ", 30_000)
"""Half a megabyte: more than both ends have room for."""
SIZED_STREAM = Play(shape="sized", chunks=(b"first\x01", waits("go"), *(MORE,) * 8))


def _expect_closed(exchange: Exchange) -> None:
    if not exchange.app.of("returned"):
        inconclusive("the application returned nothing that could be closed")
    closings = len(exchange.app.of("closed"))
    expect(closings > 0, "calls of close() behind the client", want=1, got=closings)


@check(
    "sized-iterable-closed-after-client-left",
    requires=pep3333.CLOSE_ON_DISCONNECT,
    send=LEAVES,
    play=SIZED_STREAM,
)
def sized_iterable_closed_after_client_left(exchange: Exchange) -> None:
    """An iterable that has a length is closed when the client leaves in the middle of it.

    See ``iterable-closed-after-client-left``.
    """
    _expect_closed(exchange)


@check(
    "list-with-close-closed-after-client-left",
    requires=pep3333.CLOSE_ON_DISCONNECT,
    send=LEAVES,
    play=Play(shape="list_with_close", chunks=(b"first\x01", *(MORE,) * 16)),
)
def list_with_close_closed_after_client_left(exchange: Exchange) -> None:
    """A list whose class has a close() is closed when the client leaves in the middle of it.

    See ``iterable-closed-after-client-left``: the error comes from the one call that sends all of the list.
    """
    _expect_closed(exchange)


@check(
    "sized-iterable-closed-after-client-of-head-left",
    requires=pep3333.CLOSE_ON_DISCONNECT,
    send=Request("HEAD", then=(AwaitApp("waiting"), HangUp(), Release("go"))),
    play=Play(shape="sized", after=(waits("go"),)),
)
def sized_iterable_closed_after_client_of_head_left(exchange: Exchange) -> None:
    """What is returned for HEAD is closed though the client had left before.

    Here it is the headers that nobody takes any more.
    """
    _expect_closed(exchange)
