"""The listening socket, and a thread for each connection."""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
import time

from .connection import ConnectionServing
from .state import Connection


class Listening(ConnectionServing):
    """Threads belong to connections, turns to requests.

    So an idle connection keeps nobody waiting, not even where only one request is served at a time.
    """

    listener: socket.socket
    connections: dict[Connection, threading.Thread]

    def bind(self) -> None:
        """Open the listening socket; ``port`` then says which port it is."""
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = found[0]
        self.listener = socket.create_server(address[:2], family=family, backlog=128)
        self.port = self.listener.getsockname()[1]
        self.waker, self.wakened = socket.socketpair()
        self.connections = {}
        self.room = threading.BoundedSemaphore(self.MAX_CONNECTIONS)
        self.listener.setblocking(False)

    def serve_forever(self) -> None:
        """Accept connections until ``stop()``, then let the requests under way finish."""
        with selectors.DefaultSelector() as selector:
            selector.register(self.listener, selectors.EVENT_READ)
            selector.register(self.wakened, selectors.EVENT_READ)
            while not self.stopping.is_set():
                selector.select()
                if not self.stopping.is_set():
                    self.accept()
        self.finish()

    def stop(self) -> None:
        """Ask for a graceful stop; takes no lock, so that a signal handler may call it."""
        self.stopping.set()
        with contextlib.suppress(OSError):  # it has stopped already
            self.waker.send(b".")

    def accept(self) -> None:
        """Take one connection, if there is room for it; otherwise it waits in the kernel's queue."""
        if not self.room.acquire(timeout=0.1):
            return
        try:
            accepted, address = self.listener.accept()
            connection = self.make_connection(accepted, address)
        except OSError as error:
            self.room.release()
            if not isinstance(error, BlockingIOError | ConnectionError):
                self.log(f"cannot accept a connection: {error}")
                time.sleep(0.05)  # out of descriptors: some will come back
            return
        thread = threading.Thread(target=self.run_connection, args=(connection,), daemon=True)
        self.connections[connection] = thread
        thread.start()

    def make_connection(self, accepted: socket.socket, address: tuple[str, int]) -> Connection:
        """TCP_NODELAY: PEP 3333 forbids to "delay the transmission of any block", and Nagle would."""
        accepted.setblocking(True)
        accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return Connection(accepted, accepted.getsockname()[:2], address[:2])

    def run_connection(self, connection: Connection) -> None:
        """The body of a thread."""
        try:
            self.serve_connection(connection)
        finally:
            self.connections.pop(connection, None)
            self.room.release()

    def finish(self) -> None:
        """End idle connections at once and give the others a while."""
        self.listener.close()
        open_connections = list(self.connections.items())
        for connection, _ in open_connections:
            self.end_if_idle(connection)
        deadline = time.monotonic() + self.STOP_TIMEOUT
        for _, thread in open_connections:
            thread.join(max(deadline - time.monotonic(), 0))
        self.waker.close()
        self.wakened.close()

    def end_if_idle(self, connection: Connection) -> None:
        """Make a thread that waits for a next request see the end of its connection."""
        if connection.idle:
            with contextlib.suppress(OSError):
                connection.socket.shutdown(socket.SHUT_RD)
