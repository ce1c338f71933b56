"""TLS over a socket: octets in the clear on our side, and the closure alerts in plain sight.

``SSLSocket`` hides what is on trial here: it takes an incomplete close for an ordinary one, and its
``unwrap()`` waits for the peer's alert. So TLS is spoken over buffers, and the socket stays ours.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import time

RECORDS_OCTETS = 64 * 1024
LATE_SECONDS = 0.1
"""A call ends this long after its limit at the latest, even while records without content keep coming."""


def client_context(authorities: str, *, any_name: bool) -> ssl.SSLContext:
    """Return what is needed to believe servers whose certificates these authorities (a PEM file) vouch for.

    ``any_name`` believes a certificate made out to another name: servers are reached by their loopback
    address here, whatever name they are to have. Raises OSError for a file that cannot be used.
    """
    context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile=authorities)
    context.check_hostname = not any_name
    # By default an end without a closure alert is taken for one with it.
    context.options &= ~getattr(ssl, "OP_IGNORE_UNEXPECTED_EOF", 0)
    return context


class SecureSocket:
    """As much of a socket as ``Connection`` needs. The handshake is done when it has been made.

    Raises OSError (of which ``ssl.SSLError`` is one), TimeoutError where the peer is silent.
    """

    def __init__(self, opened: socket.socket, context: ssl.SSLContext, name: str, seconds: float) -> None:
        self._socket = opened
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=name)
        self._ahead = bytearray()
        self.alerted = False
        """Whether the peer has sent its closure alert."""
        self.settimeout(seconds)
        while True:
            try:
                self._tls.do_handshake()
                break
            except ssl.SSLWantReadError:
                self._flush()
                self._take()
        self._flush()

    def settimeout(self, seconds: float) -> None:
        """Let the next call end within so many seconds, however many records it takes."""
        self._limit = time.monotonic() + seconds

    def setsockopt(self, level: int, option: int, value: int | bytes) -> None:
        """Set an option of the socket below."""
        self._socket.setsockopt(level, option, value)

    def sendall(self, octets: bytes) -> None:
        """Send octets; the empty string sends nothing, not an empty record."""
        if octets:
            self._tls.write(octets)
        self._flush()

    def recv(self, limit: int) -> bytes:
        """Return some octets; b"" at the end, be it by a closure alert or without one."""
        if self._ahead:
            octets = bytes(self._ahead[:limit])
            del self._ahead[:limit]
            return octets
        while True:
            try:
                octets = self._tls.read(limit)
            except ssl.SSLWantReadError:
                self._flush()
                self._take()
            except ssl.SSLZeroReturnError:  # the second of two alerts
                self.alerted = True
                return b""
            except ssl.SSLEOFError:
                return b""
            else:
                self.alerted = self.alerted or not octets
                return octets

    def shutdown_writing(self, alert: bool) -> None:
        """End our side, with a closure alert before the FIN or without one (an "incomplete close")."""
        if alert:
            self._read_ahead()  # what stands before our alert would be an error behind it
            with contextlib.suppress(ssl.SSLError):  # it asks for the peer's alert, which is read later
                self._tls.unwrap()
            self._flush()
        self._socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Close the socket below."""
        self._socket.close()

    def _read_ahead(self) -> None:
        with contextlib.suppress(ssl.SSLError):
            while octets := self._tls.read(RECORDS_OCTETS):
                self._ahead += octets

    def _flush(self) -> None:
        octets = self._outgoing.read()
        if octets:
            self._limit_wait()
            self._socket.sendall(octets)

    def _take(self) -> None:
        if time.monotonic() > self._limit + LATE_SECONDS:
            raise TimeoutError("the records never end")
        self._limit_wait()
        octets = self._socket.recv(RECORDS_OCTETS)
        if octets:
            self._incoming.write(octets)
        else:
            self._incoming.write_eof()

    def _limit_wait(self) -> None:
        self._socket.settimeout(max(0.001, self._limit - time.monotonic()))
