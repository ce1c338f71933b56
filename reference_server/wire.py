"""Octets in, octets out: the only methods that touch the socket of a connection."""

from __future__ import annotations

import contextlib
import re
import socket
import struct
import time

from .base import Base
from .errors import BadRequest, ClientGone
from .state import Connection

BAD_LINE_END = re.compile(rb"\r(?=[^\n])|(?<!\r)\n")


class Wire(Base):
    """Receiving and sending, each with a limit in time."""

    def receive(self, connection: Connection, deadline: float) -> bool:
        """Append what arrives to the buffer; false when the client has finished sending.

        RFC 9112, 9.6: a connection half-closed by the client "does not delimit a request message,
        nor does it imply that the client is no longer interested in a response".
        """
        if connection.ended:
            return False
        self.limit_wait(connection, max(deadline - time.monotonic(), 0.001))
        try:
            octets = connection.socket.recv(self.RECEIVE_OCTETS)
        except TimeoutError:
            raise
        except BlockingIOError:
            raise TimeoutError("the client sent nothing in time") from None  # SO_RCVTIMEO
        except OSError as error:
            connection.ended = True
            raise ClientGone("the client reset the connection") from error
        connection.buffer += octets
        connection.ended = not octets
        return bool(octets)

    def limit_wait(self, connection: Connection, seconds: float) -> None:
        """Let the next receiving wait no longer than *seconds*, which may be rounded up by 10 ms.

        The kernel is told rather than Python, whose own timeouts cost two more system calls for each
        octet string sent or received; and it is told nothing when it knows already.
        """
        if not connection.timed_by_kernel:
            connection.socket.settimeout(min(seconds, self.TLS_IDLE_SLICE) if connection.idle else seconds)
        elif not seconds <= connection.receive_limit <= seconds + 0.01:
            connection.receive_limit = seconds
            self.set_kernel_timeout(connection.socket, socket.SO_RCVTIMEO, seconds)

    def set_kernel_timeout(self, opened: socket.socket, option: int, seconds: float) -> None:
        """*option* is SO_RCVTIMEO or SO_SNDTIMEO; the value is a ``struct timeval`` (socket(7))."""
        whole, fraction = divmod(max(seconds, 0.001), 1)
        opened.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", int(whole), int(fraction * 1_000_000)))

    def receive_line(self, connection: Connection, limit: int, deadline: float) -> bytes | None:
        """Take one line without its CRLF; None when it is longer than *limit* octets."""
        buffer = connection.buffer
        start = 0
        while (end := buffer.find(b"\r\n", start)) < 0:
            self.check_line_ends(bytes(buffer[start : limit + 2]))  # not all of it for each octet that drips
            if not b"\r\n".startswith(buffer[limit : limit + 2]):
                return None
            start = max(len(buffer) - 1, 0)
            if not self.receive(connection, deadline):
                raise BadRequest("the message ends within a line")
        if end > limit:
            return None
        line = bytes(buffer[:end])
        self.check_line_ends(line)
        del buffer[: end + 2]
        return line

    def check_line_ends(self, octets: bytes) -> None:
        """RFC 9112, 2.2: a bare CR is invalid, and a bare LF as a line end is only a MAY.

        Both are refused, because recipients that differ on them can be played against each other.
        """
        if BAD_LINE_END.search(octets):
            raise BadRequest("a line must end with CRLF, and CR or LF have no other place")

    def send(self, connection: Connection, octets: bytes) -> None:
        """Hand all octets to the operating system before returning.

        PEP 3333, Buffering and Streaming, first way: "Send the entire block to the operating system".
        """
        if connection.lost:
            raise ClientGone("the client is gone")
        try:
            if not connection.timed_by_kernel:
                connection.socket.settimeout(self.SEND_TIMEOUT)
                connection.socket.sendall(octets)
            else:
                self.send_at_pace(connection, octets)
        except OSError as error:
            connection.lost = True
            raise ClientGone("the client does not take the response") from error

    def send_at_pace(self, connection: Connection, octets: bytes) -> None:
        """The kernel was told its limit when it was accepted: it comes back early only where that ran out."""
        rest = memoryview(octets)
        while True:
            began = time.monotonic()
            sent = connection.socket.send(rest)
            if sent == len(rest):
                return
            self.check_pace(sent, began)
            rest = rest[sent:]

    def check_pace(self, sent: int, began: float) -> None:
        """Some progress is not enough: a client that takes an octet a minute would hold a turn for ever."""
        waited = time.monotonic() - began
        if waited >= self.SEND_TIMEOUT * 0.9 and sent < waited * self.MIN_RATE:
            raise TimeoutError(f"the client took {sent} octets in {waited:.0f} s")

    def close_connection(self, connection: Connection) -> None:
        """Close in stages, lest a reset destroy the response on its way.

        RFC 9112, 9.6: "First, the server performs a half-close by closing only the write side".
        """
        try:
            self.say_goodbye(connection)
            connection.socket.shutdown(socket.SHUT_WR)
            self.linger(connection)
        except OSError:
            pass
        finally:
            connection.socket.close()

    def say_goodbye(self, connection: Connection) -> None:
        """RFC 9112, 9.8: a server "MUST attempt to initiate an exchange of closure alerts" of TLS.

        It "MAY close the connection after sending a closure alert" without waiting for the client's.
        """
        if self.tls is not None:
            connection.socket.settimeout(0)
            with contextlib.suppress(OSError, ValueError):
                connection.socket.unwrap()  # type: ignore[attr-defined]

    def linger(self, connection: Connection) -> None:
        """Throw away what still arrives, until the client closes too or the time is up."""
        deadline = time.monotonic() + self.LINGER_TIMEOUT
        while (left := deadline - time.monotonic()) > 0:
            connection.socket.settimeout(left)
            if not connection.socket.recv(self.RECEIVE_OCTETS):
                return
