"""A body that must be closed, and a count of whether it was."""

import os
import threading
from typing import Iterable, Iterator

from sample_apps.environ import Environ, StartResponse, path_of
from sample_apps.replies import as_json, not_found
from sample_apps.serving import main


class Counter:
    """How many bodies were opened and closed in this process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.opened = 0
        self.closed = 0

    def open(self) -> None:
        """Count an opening."""
        with self.lock:
            self.opened += 1

    def close(self) -> None:
        """Count a closing."""
        with self.lock:
            self.closed += 1


class Body:
    """A response body that holds a resource, and starts the response when it is first asked for a block."""

    def __init__(self, counter: Counter, start_response: StartResponse) -> None:
        self.counter = counter
        self.start_response = start_response
        counter.open()

    def __iter__(self) -> Iterator[bytes]:
        self.start_response("200 OK", [("Content-Type", "text/plain")])
        yield b"open\n"
        yield b"still open\n"

    def close(self) -> None:
        """Give the resource back; the server calls this exactly once."""
        self.counter.close()


COUNTER = Counter()


def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Answer ``/`` with a body to close, and ``/count`` with the counts and the process that kept them."""
    path = path_of(environ)
    if path in ("", "/"):
        return Body(COUNTER, start_response)
    if path == "/count":
        counts = {"opened": COUNTER.opened, "closed": COUNTER.closed, "pid": os.getpid()}
        return as_json(environ, start_response, counts)
    return not_found(environ, start_response)


if __name__ == "__main__":
    main(application)
