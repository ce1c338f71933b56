"""Octets in, octets out: the only methods that touch the socket of a connection."""

from __future__ import annotations

import re
import socket
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
        connection.socket.settimeout(max(deadline - time.monotonic(), 0.001))
        try:
            octets = connection.socket.recv(self.RECEIVE_OCTETS)
        except TimeoutError:
            raise
        except OSError as error:
            connection.ended = True
            raise ClientGone("the client reset the connection") from error
        connection.buffer += octets
        connection.ended = not octets
        return bool(octets)

    def receive_line(self, connection: Connection, limit: int, deadline: float) -> bytes | None:
        """Take one line without its CRLF; None when it is longer than *limit* octets."""
        buffer = connection.buffer
        start = 0
        while (end := buffer.find(b"\r\n", start)) < 0:
            self.check_line_ends(bytes(buffer[: limit + 2]))
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
            connection.socket.settimeout(self.SEND_TIMEOUT)
            connection.socket.sendall(octets)
        except OSError as error:
            connection.lost = True
            raise ClientGone("the client does not take the response") from error

    def close_connection(self, connection: Connection) -> None:
        """Close in stages, lest a reset destroy the response on its way.

        RFC 9112, 9.6: "First, the server performs a half-close by closing only the write side".
        """
        try:
            connection.socket.shutdown(socket.SHUT_WR)
            self.linger(connection)
        except OSError:
            pass
        finally:
            connection.socket.close()

    def linger(self, connection: Connection) -> None:
        """Throw away what still arrives, until the client closes too or the time is up."""
        deadline = time.monotonic() + self.LINGER_TIMEOUT
        while (left := deadline - time.monotonic()) > 0:
            connection.socket.settimeout(left)
            if not connection.socket.recv(self.RECEIVE_OCTETS):
                return
