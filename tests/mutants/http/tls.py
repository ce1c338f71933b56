"""Mutants of the end of a connection over TLS."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import ssl
from typing import Any

from reference_server import ReferenceServer
from reference_server.errors import ClientGone


class LeavesWithoutAlert(ReferenceServer):
    """The connection below is closed, and TLS is not told."""

    over_tls = True
    kills = {
        "closure-alert-sent": "before the connection was closed: want a closure alert, got none",
        "closure-alert-sent-after-refusal": "before the connection was closed: want a closure alert, got none",
    }

    def say_goodbye(self, connection: Any) -> None:
        pass


class LeavesWithoutAlertAfterRefusal(ReferenceServer):
    """Only the usual way out is tidy."""

    over_tls = True
    kills = {
        "closure-alert-sent-after-refusal": "before the connection was closed: want a closure alert, got none"
    }

    def reject_request(self, connection: Any, request: Any, rejection: Any) -> None:
        super().reject_request(connection, request, rejection)
        connection.socket.close()


class DiesOfIncompleteClose(ReferenceServer):
    """A client that leaves without an alert is taken for the end of everything."""

    over_tls = True
    kills = {"incomplete-close-survived": "the server was lost while it served this exchange alone"}

    def open_connection(self, connection: Any) -> None:
        super().open_connection(connection)
        connection.socket.suppress_ragged_eofs = False

    def receive(self, connection: Any, deadline: float) -> bool:
        try:
            return super().receive(connection, deadline)
        except ClientGone as error:
            if isinstance(error.__cause__, ssl.SSLEOFError):
                os._exit(1)
            raise


BESIDE = "a request over TLS beside a connection that does not shake hands: want 200, got"


class AwaitsHello(ReferenceServer):
    """Takes the next connection when the one before has begun its handshake, or what passes for it."""

    def has_begun(self, came: bytes) -> bool:
        """Whether what came so far is enough."""
        return bool(came)

    def make_connection(self, accepted: socket.socket, address: Any) -> Any:
        came = accepted.recv(4096, socket.MSG_PEEK)
        gone = select.poll()
        gone.register(accepted, select.POLLRDHUP)
        while came and not self.has_begun(came) and not gone.poll(10):
            came = accepted.recv(4096, socket.MSG_PEEK)
        return super().make_connection(accepted, address)


class AwaitsFirstOctet(AwaitsHello):
    """Looks at the first octet of each connection before it accepts another."""

    over_tls = True
    kills = {"tls-request-served-beside-silent-connection": BESIDE}


class AwaitsWholeHello(AwaitsHello):
    """Looks at the first message of each connection before it accepts another."""

    over_tls = True
    kills = {
        "tls-request-served-beside-silent-connection": BESIDE,
        "tls-request-served-beside-half-a-hello": BESIDE,
    }

    def has_begun(self, came: bytes) -> bool:
        return came[:1] != b"\x16" or len(came) >= 5 + int.from_bytes(came[3:5], "big")


class ExplainsItselfToPlainHttp(ReferenceServer):
    """Whoever speaks HTTP without TLS is told so, and waited for until it has gone."""

    over_tls = True
    kills = {"tls-request-served-beside-plain-http": BESIDE}

    def make_connection(self, accepted: socket.socket, address: Any) -> Any:
        if select.select([accepted], [], [], 0.05)[0]:
            with contextlib.suppress(OSError):
                if accepted.recv(3, socket.MSG_PEEK) == b"GET":
                    accepted.sendall(b"HTTP/1.1 400 Speak TLS\r\nConnection: close\r\n\r\n")
                    while accepted.recv(4096):
                        pass
        return super().make_connection(accepted, address)
