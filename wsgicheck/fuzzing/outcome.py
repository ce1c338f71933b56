"""The model's view of a play: what an application that performs it puts out, and whether it fails."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.play import Headers, Play, Step

CLOSABLE = ("iterator", "iterable", "getitem", "sized", "sized_once")
"""Shapes whose ``close()`` is journalled."""
SIZED = ("sized", "sized_once")


@dataclass(frozen=True)
class Outcome:
    """What a play amounts to."""

    status: int
    headers: Headers
    produced: bytes
    """All octets that it writes or yields until it ends or fails."""
    fails: bool
    declared: int | None
    """What its Content-Length says."""
    closable: bool
    """Whether it returns something whose ``close()`` is journalled."""
    writes: bool = False
    """Whether it calls ``write()``, the first call of which may send the head, with whatever it is called."""
    close_raises: bool = False
    """Whether its ``close()`` raises, which may cut off the end of a response."""
    sole_block: bool = False
    """Whether its ``len()`` of 1 lets a server know that the first block is all: it need not ask for more."""
    replaced: bool = False
    """Whether a later call of ``start_response`` replaced an earlier one."""

    def values(self, name: str) -> list[str]:
        """Return the values that the application gives a field, in order."""
        return [value for key, value in self.headers if key.lower() == name.lower()]


def _has_sole_block(play: Play) -> bool:
    written = any(step.op == "write" for step in (*play.before, *play.after))
    return not written and sum(not isinstance(chunk, Step) for chunk in play.chunks) == 1


class _Failed(Exception):
    pass


class _Performance:
    def __init__(self) -> None:
        self.status = ""
        self.headers: Headers = ()
        self.blocks: list[bytes] = []
        self.starts: list[str] = []

    def perform(self, step: Step) -> None:
        if step.op == "start":
            self.start(step)
        elif step.op == "write":
            (block,) = step.args
            assert isinstance(block, bytes)
            self.blocks.append(block)
        elif step.op == "raise":
            raise _Failed

    def start(self, step: Step) -> None:
        status, headers, *trapped = step.args
        if trapped and any(self.blocks):
            raise _Failed  # start_response raises it anew: the head is sent
        assert isinstance(status, str)
        assert isinstance(headers, tuple)
        self.status, self.headers = status, headers  # type: ignore[assignment]
        self.starts.append(status)


def foresee(play: Play) -> Outcome:
    """Return what comes of a play on a server that keeps the law."""
    performance = _Performance()
    first = (Step("start", (play.status, play.headers)),) if play.starts else ()
    fails, returned = False, False
    try:
        for step in (*play.before, *first, *play.after):
            performance.perform(step)
        returned = True
        for chunk in play.chunks:
            if isinstance(chunk, Step):
                performance.perform(chunk)
            else:
                assert isinstance(chunk, bytes)
                performance.blocks.append(chunk)
    except _Failed:
        fails = True
    lengths = [value for name, value in performance.headers if name.lower() == "content-length"]
    return Outcome(
        status=int(performance.status[:3] or "500"),
        headers=performance.headers,
        produced=b"".join(performance.blocks),
        fails=fails,
        declared=int(lengths[0]) if lengths else None,
        closable=returned and play.shape in CLOSABLE,
        writes=any(step.op == "write" for step in (*play.before, *play.after)),
        close_raises=any(step.op == "raise" for step in play.closing),
        sole_block=play.shape in SIZED and _has_sole_block(play),
        replaced=len(performance.starts) > 1,
    )
