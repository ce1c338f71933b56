"""Random plays: what the application does with a request, on servers that keep the law without any risk.

Whatever raises on the reading side is swallowed, so that the response of a play never depends on it. Nothing
is read beyond the content: a server whose input is the bare socket would wait there for ever.
"""

from __future__ import annotations

from ..model.play import PLAIN_TEXT, Headers, Play, Shape, Step
from .draft import Draft, length_of
from .drawing import DrawFn, among, between, chance, some

STATUSES = (
    "200 OK",
    "201 Created",
    "404 Not Found",
    "500 Out Of Luck",
    "204 No Content",
    "304 Not Modified",
    "205 Reset Content",
    "299 Other",
)
SHAPES: tuple[Shape, ...] = (
    "iterator",
    "list",
    "generator",
    "iterable",
    "tuple",
    "sized",
    "getitem",
    "closeless",
)
STEPLESS = ("list", "tuple")
"""Shapes that have no steps between their blocks."""
WITHOUT_CONTENT = ("204", "205", "304")
BLOCKS = (
    b"a",
    b"",
    b"hello\n",
    b"0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\n\r\n",
    b"\x00\xff",
    b"x" * 3000,
    b"y" * 70000,
)
EXTRA: Headers = (
    ("X-Reply", "1"),
    ("Set-Cookie", "a=1"),
    ("Set-Cookie", "b=2"),
    ("ETag", '"1"'),
    ("Cache-Control", "no-store"),
    ("x-lower", "caf\u00e9"),
    ("Location", "/elsewhere"),
)
RESTARTED = "500 Something Else"


def draw_play(draw: DrawFn, draft: Draft) -> Play:
    """Draw a play for a request."""
    number = draft.number
    shape = among(draw, SHAPES)
    status = among(draw, STATUSES if chance(draw, 4) else STATUSES[:4])
    before = _readings(draw, draft)
    written = some(draw, BLOCKS[:5], 2) if chance(draw, 5) else []
    after: list[Step] = [Step("write", (block,)) for block in written]
    blocks = [b"%d:" % number, *some(draw, BLOCKS, 4)]
    if chance(draw, 10) or status.startswith(WITHOUT_CONTENT):
        blocks = blocks[: between(draw, 0, 1)]
    chunks: list[bytes | str | Step] = list(blocks)
    headers = (*PLAIN_TEXT, *dict.fromkeys(some(draw, EXTRA, 3)))
    total = sum(map(len, (*written, *blocks)))
    headers += _lengths(draw, status, total)
    starts = True
    if chance(draw, 6) and shape not in STEPLESS and not written:
        starts, chunks = False, [Step("start", (status, headers)), *chunks]
    if chance(draw, 8):
        after, chunks = _accidents(draw, shape, after, chunks, starts)
    closing: tuple[Step, ...] = ()
    if chance(draw, 12):
        closing = (Step("raise", ("in close()",)),)
    return Play(status, headers, before, starts, tuple(after), tuple(chunks), shape, closing)


def _lengths(draw: DrawFn, status: str, total: int) -> Headers:
    """Draw whether and what the application says of its length: mostly the truth."""
    if status.startswith(WITHOUT_CONTENT):
        return ()
    right = (("Content-Length", str(total)),)
    wrong = (
        (("content-length", str(total + 3)),) if total % 2 else (("Content-Length", str(max(0, total - 1))),)
    )
    return ((), right, wrong)[among(draw, (0, 0, 0, 0, 1, 1, 1, 2))]


def _accidents(
    draw: DrawFn, shape: Shape, after: list[Step], chunks: list[bytes | str | Step], starts: bool
) -> tuple[list[Step], list[bytes | str | Step]]:
    """Draw something that goes wrong: an error raised, or a second call of start_response with exc_info."""
    replaced = (("Content-Type", "text/plain"), ("X-Second", "1"))
    again = Step("start", (RESTARTED, replaced, "halfway"))
    step = again if chance(draw, 2) else Step("raise", ("halfway",))
    if shape in STEPLESS or (chance(draw, 2) and starts):
        at = between(draw, 0, len(after))
        return [*after[:at], step, *after[at:]], chunks
    at = between(draw, 0 if starts else 1, len(chunks))
    return after, [*chunks[:at], step, *chunks[at:]]


def _readings(draw: DrawFn, draft: Draft) -> tuple[Step, ...]:
    """Draw how much of the content the application reads, and how."""
    total = length_of(draft.content)
    how = among(draw, ("content", "nothing", "parts", "rest"))
    if how == "content":
        return (Step("try", (Step("content"),)),)
    if how == "nothing" or not total:
        return ()
    steps: list[Step] = []
    left = total
    while left and len(steps) < 4 and chance(draw, 2):
        size = between(draw, 1, left)
        steps.append(Step("try", (Step(among(draw, ("read", "readline")), (size,)),)))
        left -= size
    if how == "rest" and draft.chunks is None:
        steps.append(Step("try", (Step("rest", (among(draw, (1024, 7)),)),)))
    return tuple(steps)
