"""A server with the probe inside, for single exchanges: what goes in comes out as both logs."""

from __future__ import annotations

import os
from types import TracebackType

from ..model.exchange import HttpExchange
from ..model.play import Play
from ..model.stimulus import Request, Stimulus
from ..servers.command import resolve
from .conduct import Delivery
from .room import Room
from .settle import settle
from .subject import Subject

SETTLE_SECONDS = 1.5


class ProbedServer:
    """A server that performs plays. ``server`` is a command line with placeholders, or a profile's name.

    ``timeout`` is the longest wait for any one answer, in seconds. Raises UsageTrouble for a command that
    cannot be obeyed, ServerTrouble for a server that does not start. A context manager: it ends the server.
    """

    def __init__(self, server: str, timeout: float = 5.0) -> None:
        self.name, command = resolve(server)
        self._room = Room()
        try:
            self._subject = Subject(command, self._room, timeout, dict(os.environ), os.getcwd())
            self._subject.start()
        except BaseException:
            self._room.close()
            raise

    def exchange(self, send: Stimulus | None = None, play: Play | None = None) -> HttpExchange:
        """Conduct one exchange, and return it when nothing more will come of it."""
        delivery = Delivery(send if send is not None else Request(), play if play is not None else Play())
        if self._subject.has_ended:
            self._subject.restart()
        exchange = self._subject.conductor.conduct(delivery)
        return settle(self._subject, {delivery: exchange}, SETTLE_SECONDS)[delivery]

    @property
    def log(self) -> str:
        """What the server has written so far to its standard output and error."""
        return self._subject.process.output

    def close(self) -> None:
        """End the server with all its processes, and remove its scratch directory."""
        self._subject.stop()
        self._room.close()

    def __enter__(self) -> ProbedServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
