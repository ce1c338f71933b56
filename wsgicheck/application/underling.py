"""The application that stands behind middleware under examination: it notes what becomes of it."""

from __future__ import annotations

import io
import sys
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

BLOCKS = (b"first line\n", b"second line\n", b"third line\n")
STATUS, STATUS_AGAIN = "200 OK", "203 Again"
LENGTH = sum(map(len, BLOCKS))


@dataclass
class Seen:
    """What was done to the application in one visit."""

    called: int = 0
    returned: int = 0
    pulled: int = 0
    """How many blocks were taken from its iterable so far."""
    closed: int = 0
    write: Any = None
    held: weakref.ref[Held] | None = None
    events: list[str] = field(default_factory=list)


class Held:
    """Something that only a traceback keeps alive."""


class Blocks:
    """The iterable: it counts what is taken, and notes its end."""

    def __init__(self, seen: Seen, before: Callable[[], object] | None = None) -> None:
        self._seen = seen
        self._before = before
        self._left = iter(BLOCKS)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self._before is not None:
            before, self._before = self._before, None
            before()
        block = next(self._left)
        self._seen.pulled += 1
        return block

    def close(self) -> None:
        """Note it."""
        self._seen.closed += 1


class Underling:
    """An application whose ``manner`` says what it does of all that it may do.

    ``plain`` starts in the call and returns blocks; ``late`` starts in the first iteration; ``repeats``
    starts again in an error handler; ``writes`` uses ``write()``; ``wraps`` returns a wrapped file;
    ``states`` gives a Content-Length. It is an instance, and no function: that is nobody's business.
    """

    def __init__(self, manner: str) -> None:
        self.manner = manner
        self.seen = Seen()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        """Serve one request."""
        seen = self.seen
        seen.called += 1
        headers = [("Content-Type", "text/plain"), ("X-Underling", self.manner)]
        if self.manner == "states":
            headers.append(("Content-Length", str(LENGTH)))
        if self.manner == "late":
            blocks = Blocks(seen, lambda: start_response(STATUS, headers))
            seen.returned += 1
            return blocks
        seen.write = start_response(STATUS, headers)
        if self.manner == "repeats":
            self._start_again(start_response)
        if self.manner == "writes":
            seen.write(BLOCKS[0])
        if self.manner == "wraps":
            wrapper = environ.get("wsgi.file_wrapper")
            stream = io.BytesIO(b"".join(BLOCKS))
            seen.returned += 1
            return wrapper(stream, 16) if wrapper else iter(lambda: stream.read(16), b"")
        seen.returned += 1
        return Blocks(seen)

    def _start_again(self, start_response: Callable[..., Any]) -> None:
        headers = [("Content-Type", "text/plain"), ("X-Underling", "again")]
        try:
            _raise_holding(self.seen)
        except ValueError:
            start_response(STATUS_AGAIN, headers, sys.exc_info())


def _raise_holding(seen: Seen) -> None:
    held = Held()
    seen.held = weakref.ref(held)
    raise ValueError("trapped by the application")
