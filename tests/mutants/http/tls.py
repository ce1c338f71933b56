"""Mutants of the end of a connection over TLS."""

from __future__ import annotations

import os
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
