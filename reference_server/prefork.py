"""Several processes on one listening socket: a parent that starts, watches and ends its children."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import socket
import sys
import time
from dataclasses import dataclass, field
from typing import NoReturn

from .listening import Listening


@dataclass
class Child:
    """A process that serves. The pair of sockets ends on one side when the other side dies."""

    pid: int
    pair: socket.socket
    born: float = field(default_factory=time.monotonic)


class Prefork(Listening):
    """The parent serves no request, so no request can take it down."""

    RESPAWN_PAUSE = 1.0
    """Seconds between two starts in one place: an application that dies at once must not eat the machine."""

    def serve_forever(self) -> None:
        """Serve in this process, or in ``processes`` children of it."""
        if self.processes == 1:
            super().serve_forever()
        else:
            self.serve_in_children()

    def serve_in_children(self) -> None:
        """Keep the number of children until ``stop()``, then end them within the graceful stop's time."""
        children: dict[int, Child] = {}
        due = [0.0] * self.processes
        with selectors.DefaultSelector() as selector:
            selector.register(self.wakened, selectors.EVENT_READ)
            while not self.stopping.is_set():
                for start in [start for start in due if start <= time.monotonic()]:
                    due.remove(start)
                    self.start_child(children, selector)
                pause = max(min(due) - time.monotonic(), 0) if due else None
                for key, _ in selector.select(pause):
                    if isinstance(key.data, Child):
                        due.append(self.bury_child(children, selector, key.data))
                    else:
                        self.wakened.recv(64)
            self.close_listener()
            self.end_children(children)
        self.close_waker()

    def start_child(self, children: dict[int, Child], selector: selectors.BaseSelector) -> None:
        """Fork. The parent has no thread but this one, so that no lock is held by one that is left behind."""
        ours, theirs = socket.socketpair()
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if pid == 0:
            ours.close()
            for sibling in children.values():
                sibling.pair.close()  # held open here, it would outlive the parent
            self.run_child(theirs)
        theirs.close()
        children[pid] = Child(pid, ours)
        selector.register(ours, selectors.EVENT_READ, children[pid])

    def run_child(self, parent: socket.socket) -> NoReturn:
        """Serve and exit, without what the parent registered to be done at its own exit."""
        status = 1
        try:
            self.close_waker()
            self.prepare()
            if self.heeds_signals:
                self.heed_signals()
            self.parent = parent
            Listening.serve_forever(self)
            status = 0
        except BaseException as error:
            self.log_exception("a child process failed", error)
        finally:
            with contextlib.suppress(OSError, ValueError):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(status)

    def bury_child(self, children: dict[int, Child], selector: selectors.BaseSelector, child: Child) -> float:
        """Take note of a child's death; return when another may take its place (seconds, monotonic)."""
        selector.unregister(child.pair)
        child.pair.close()
        del children[child.pid]
        os.kill(child.pid, signal.SIGKILL)  # in case that it has closed its descriptors, and lives on
        _, status = os.waitpid(child.pid, 0)
        self.log(f"process {child.pid} ended ({self.describe_end(status)}); another takes its place")
        return child.born + self.RESPAWN_PAUSE

    def describe_end(self, status: int) -> str:
        """In words, what ``waitpid()`` tells in bits."""
        code = os.waitstatus_to_exitcode(status)
        return f"status {code}" if code >= 0 else f"signal {-code}"

    def end_children(self, children: dict[int, Child]) -> None:
        """Each stops gracefully, within its own STOP_TIMEOUT; then SIGKILL.

        It is told by its pair, and not by a signal: one that went to the whole group has begun that already,
        and a second one would cut it short.
        """
        for child in children.values():
            with contextlib.suppress(OSError):
                child.pair.shutdown(socket.SHUT_WR)
        deadline = time.monotonic() + self.STOP_TIMEOUT + 1
        for child in children.values():
            child.pair.settimeout(max(deadline - time.monotonic(), 0.01))
            with contextlib.suppress(ConnectionError, TimeoutError):
                child.pair.recv(1)  # it is silent until it ends
            child.pair.close()
            os.kill(child.pid, signal.SIGKILL)  # which changes nothing about one that is at its end
            os.waitpid(child.pid, 0)
