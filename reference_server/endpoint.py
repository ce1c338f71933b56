"""Where the server is reached: IPv4, IPv6 or a UNIX socket, in the clear or over TLS."""

from __future__ import annotations

import contextlib
import os
import socket
import stat
import time
from typing import Any

from .connection import ConnectionServing
from .errors import ClientGone
from .state import Connection


class Endpoint(ConnectionServing):
    """Opening the listening socket, and making a ``Connection`` of what it accepts."""

    listener: socket.socket

    def open_listener(self) -> socket.socket:
        """Bind and listen. Raises OSError where the address is taken, or not ours."""
        if self.unix is not None:
            return self.open_unix_listener(self.unix)
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = found[0]
        listener = socket.create_server(address[:2], family=family, backlog=self.BACKLOG)
        self.port = listener.getsockname()[1]
        return listener

    def open_unix_listener(self, path: str) -> socket.socket:
        """A socket that a killed server left behind is replaced; one that is served, or a file, is not."""
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self.remove_stale_socket(path)
            listener.bind(path)
            listener.listen(self.BACKLOG)
        except OSError:
            listener.close()
            raise
        self.bound_by = os.getpid()
        return listener

    def remove_stale_socket(self, path: str) -> None:
        """Only trying to connect tells whether somebody still listens."""
        with contextlib.suppress(FileNotFoundError):
            if not stat.S_ISSOCK(os.stat(path).st_mode):
                raise FileExistsError(f"{path} exists, and is no socket")
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as trial:
                trial.settimeout(1)
                try:
                    trial.connect(path)
                except ConnectionRefusedError:
                    os.unlink(path)

    def close_listener(self) -> None:
        """Refuse what is new. The path of a UNIX socket goes with the process that made it."""
        self.listener.close()
        if self.unix is not None and self.bound_by == os.getpid():
            with contextlib.suppress(OSError):
                os.unlink(self.unix)

    def describe_endpoint(self) -> str:
        """For the log: ``http://127.0.0.1:8000``, ``https://[::1]:8000`` or ``unix:/path``."""
        scheme = "https" if self.tls else "http"
        if self.unix is not None:
            return f"unix:{self.unix}" + (" (https)" if self.tls else "")
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{host}:{self.port}"

    def make_connection(self, accepted: socket.socket, address: Any) -> Connection:
        """TCP_NODELAY: PEP 3333 forbids to "delay the transmission of any block", and Nagle would."""
        accepted.setblocking(True)
        self.set_kernel_timeout(accepted, socket.SO_SNDTIMEO, self.SEND_TIMEOUT)
        if self.unix is not None:
            local, remote = ("localhost", 443 if self.tls else 80), ("", 0)
        else:
            accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            local, remote = accepted.getsockname()[:2], address[:2]
        plain = self.tls is None
        # Of greenlets no socket ever blocks, and so the kernel limits none of their waits.
        by_kernel = plain and os.get_blocking(accepted.fileno())
        return Connection(accepted, local, remote, timed_by_kernel=by_kernel, greeted=plain)

    def open_connection(self, connection: Connection) -> None:
        """Shake hands, in the connection's own thread: a slow client keeps nobody waiting."""
        if self.tls is None:
            return
        deadline = time.monotonic() + self.HEADER_TIMEOUT
        try:
            plain = connection.socket
            connection.socket = self.tls.wrap_socket(plain, server_side=True, do_handshake_on_connect=False)
            connection.socket.settimeout(deadline - time.monotonic())
            connection.socket.do_handshake()
        except (OSError, ValueError) as error:
            raise ClientGone(f"no TLS handshake: {error}") from error
        connection.greeted = True
