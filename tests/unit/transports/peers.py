"""The other side of a connection, on a thread of its own."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from typing import TypeVar

from wsgicheck.transports.connection import Connection

Accepted = TypeVar("Accepted", bound=socket.socket)
Serving = Callable[[Callable[[Accepted], None]], tuple[str, int]]
"""Takes the manner in which one connection is served, and returns where."""


@contextlib.contextmanager
def serving(secure: Callable[[socket.socket], Accepted]) -> Iterator[Serving[Accepted]]:
    """Serve one connection for each call, made ``secure`` first; all of them must have ended at the end."""
    listener = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []

    def serve(manner: Callable[[Accepted], None]) -> tuple[str, int]:
        def work() -> None:
            accepted, _ = listener.accept()
            with accepted, contextlib.suppress(OSError), secure(accepted) as opened:
                manner(opened)

        threads.append(threading.Thread(target=work, daemon=True))
        threads[-1].start()
        return "127.0.0.1", listener.getsockname()[1]

    yield serve
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()
    listener.close()


def drain(connection: Connection) -> None:
    """Receive up to the end."""
    while connection.ended == "open":
        connection.receive()
