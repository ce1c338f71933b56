"""Accepting connections, with a thread for each, and the graceful stop."""

from __future__ import annotations

import contextlib
import selectors
import signal
import socket
import threading
import time
from typing import Any

from .endpoint import Endpoint
from .state import Connection


class Listening(Endpoint):
    """Threads belong to connections, turns to requests.

    So an idle connection keeps nobody waiting, not even where only one request is served at a time.
    """

    connections: dict[Connection, threading.Thread]
    parent: socket.socket | None = None
    """In a child of prefork: its end of a pair of sockets, which ends with the parent."""
    heeds_signals = False
    """Whether a signal wakes what waits for connections."""

    def bind(self) -> None:
        """Open the listening socket; ``port`` then says which port it is."""
        self.listener = self.open_listener()
        self.listener.setblocking(False)
        self.prepare()

    def prepare(self) -> None:
        """Make what belongs to one process and must not be shared with another."""
        self.waker, self.wakened = socket.socketpair()
        self.connections = {}
        self.in_trouble = False
        self.room = threading.BoundedSemaphore(self.MAX_CONNECTIONS)

    def serve_forever(self) -> None:
        """Accept connections until ``stop()``, then let the requests under way finish."""
        listener = self.listener
        with selectors.DefaultSelector() as selector:
            selector.register(listener, selectors.EVENT_READ)
            selector.register(self.wakened, selectors.EVENT_READ)
            if self.parent is not None:
                selector.register(self.parent, selectors.EVENT_READ)
            while not self.stopping.is_set():
                ready = [key.fileobj for key, _ in selector.select()]
                if self.parent in ready:
                    self.stopping.set()
                if not self.stopping.is_set():
                    if self.wakened in ready:
                        self.wakened.recv(64)  # a signal of somebody else's
                    if listener in ready:
                        self.accept()
        self.finish()

    def stop(self) -> None:
        """Ask for a graceful stop; waits for nothing, so that a signal handler may call it."""
        self.stopping.set()
        with contextlib.suppress(OSError):  # it has stopped already
            self.waker.send(b".")

    def heed_signals(self) -> None:
        """Let each signal end the waiting for connections; only where this is the main thread.

        One that comes between the interpreter's last look at them and the kernel's wait interrupts nothing:
        its handler would run when something else ends the wait, or never.
        """
        self.waker.setblocking(False)
        signal.set_wakeup_fd(self.waker.fileno(), warn_on_full_buffer=False)
        self.heeds_signals = True

    def close_waker(self) -> None:
        """Close the pair that wakes the loop, and detach it from signals first."""
        if self.heeds_signals:
            signal.set_wakeup_fd(-1)
        self.waker.close()
        self.wakened.close()

    def accept(self) -> None:
        """Take one connection, if there is room for it; otherwise it waits in the kernel's queue."""
        if not self.room.acquire(blocking=False):
            self.make_room()
            if not self.room.acquire(timeout=0.1):
                return
        try:
            accepted, address = self.listener.accept()
        except OSError as error:
            self.room.release()
            if not isinstance(error, BlockingIOError | ConnectionError):
                self.report_trouble(error)  # out of descriptors: some will come back
            return
        self.in_trouble = False
        try:
            self.start_connection(accepted, address)
        except (OSError, RuntimeError) as error:  # it has gone already; or no thread can be had for it
            accepted.close()
            self.room.release()
            if not isinstance(error, ConnectionError):
                self.report_trouble(error)

    def start_connection(self, accepted: socket.socket, address: Any) -> None:
        """Give a connection its thread."""
        connection = self.make_connection(accepted, address)
        thread = threading.Thread(target=self.run_connection, args=(connection,), daemon=True)
        self.connections[connection] = thread
        try:
            thread.start()
        except RuntimeError:
            del self.connections[connection]
            raise

    def make_room(self) -> None:
        """RFC 9112, 9.5: an idle connection may be closed at any time: now, if others wait for its place.

        The oldest one goes: whoever keeps hundreds of them open, and asks for nothing, locks nobody out.
        """
        for connection in list(self.connections):
            if connection.idle and not connection.dismissed:
                connection.dismissed = True
                self.end_if_idle(connection)
                return

    def report_trouble(self, error: Exception) -> None:
        """Say so once, and not twenty times a second, until a connection is taken again."""
        if not self.in_trouble:
            self.log(f"cannot accept a connection: {error}")
        self.in_trouble = True
        time.sleep(0.05)

    def run_connection(self, connection: Connection) -> None:
        """The body of a thread."""
        try:
            self.serve_connection(connection)
        finally:
            self.connections.pop(connection, None)
            self.room.release()

    def finish(self) -> None:
        """End idle connections at once, give the others a while, then cut them off."""
        self.close_listener()
        open_connections = list(self.connections.items())
        for connection, _ in open_connections:
            self.end_if_idle(connection)
        deadline = time.monotonic() + self.STOP_TIMEOUT
        for connection, thread in open_connections:
            thread.join(max(deadline - time.monotonic(), 0))
            if thread.is_alive():
                self.cut_off(connection)
        self.close_waker()

    def end_if_idle(self, connection: Connection) -> None:
        """Make a thread that waits for a next request see the end of its connection.

        TLS would take that for an attack and send no closure alert: such threads look by themselves, as
        soon as the handshake is over.
        """
        if connection.idle and (connection.timed_by_kernel or not connection.greeted):
            self.shut_down(connection, socket.SHUT_RD)

    def cut_off(self, connection: Connection) -> None:
        """A request that outlasts the graceful stop loses its client; its thread dies with the process."""
        connection.lost = True
        self.shut_down(connection, socket.SHUT_RDWR)

    def shut_down(self, connection: Connection, how: int) -> None:
        """On the socket below TLS: the thread of the connection may be using what is above it."""
        with contextlib.suppress(OSError):
            socket.socket.shutdown(connection.socket, how)
