"""What a run shows while it goes on, and how it is interrupted."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from types import FrameType
from typing import Any, NoReturn

import click

from ..engine.events import (
    Confirming,
    CopyMissing,
    Event,
    Listener,
    Progress,
    Restarting,
    RoomKept,
    ServerReady,
    Settling,
)


def progress(quiet: int) -> Listener:
    """Return what tells the run's events on standard error: a line that moves, or few words."""
    moving = sys.stderr.isatty() and not quiet
    lock = threading.Lock()

    def show(text: str, passing: bool = False) -> None:
        with lock, contextlib.suppress(OSError):  # a closed standard error is no reason to stop
            if moving:
                click.echo("\r\x1b[K" + text, err=True, nl=not passing)
            elif not quiet and not passing:
                click.echo(text, err=True)

    def tell(event: Event) -> None:
        if isinstance(event, RoomKept):
            click.echo(f"the room will be kept: {event.path}", err=True)
        elif isinstance(event, ServerReady):
            at_once = f"{event.concurrency} at a time" if event.concurrency > 1 else "one at a time"
            copies = f", in each of {event.copies} copies" if event.copies > 1 else ""
            show(f"{event.command}\nready after {event.seconds:.2f} s; serves {at_once}{copies}")
        elif isinstance(event, Progress):
            show(f"exchanges: {event.done}/{event.total}", passing=True)
        elif isinstance(event, Settling):
            show("waiting for the application's last words", passing=True)
        elif isinstance(event, Confirming):
            show(f"trying {event.count} exchanges again, alone")
        elif isinstance(event, Restarting):
            show(f"the server was lost ({event.reason}); starting it again")
        elif isinstance(event, CopyMissing):
            show(f"another copy of the server did not start, and is done without ({event.reason})")

    return tell


class signals_as_interrupts:
    """Turns signals into an orderly end, so that neither server nor room outlives us.

    The first one interrupts; what follows while we put things in order is ignored, for that takes a
    bounded time. A signal that we were started with as ignored (``nohup``) stays ignored.
    """

    def __enter__(self) -> None:
        self._before: dict[int, Any] = {}
        if threading.current_thread() is threading.main_thread():
            for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                if signal.getsignal(signum) is not signal.SIG_IGN:
                    self._before[signum] = signal.signal(signum, self._interrupt)

    def __exit__(self, *_: object) -> None:
        for signum, handler in self._before.items():
            signal.signal(signum, handler)

    def _interrupt(self, signum: int, frame: FrameType | None) -> NoReturn:
        for handled in self._before:
            signal.signal(handled, signal.SIG_IGN)
        raise KeyboardInterrupt
