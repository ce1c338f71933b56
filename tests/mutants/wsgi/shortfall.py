"""Mutants of data that falls short of the Content-Length."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer
from reference_server.errors import ApplicationFault


class KeepsConnectionAfterShortfall(ReferenceServer):
    """Nobody counts at the end."""

    kills = {
        "connection-closed-after-shortfall": "the connection: want closed, got kept for the next request",
        "connection-closed-after-shortfall-of-one": "the connection",
        "connection-of-http-1-0-closed-after-shortfall": "the connection: want closed, got kept",
        "file-too-short-not-completed": "want the end of the connection",
        "shortfall-not-filled": "content: want b'wsgicheck', got b'wsgicheckHTTP/1.1 20'",
        "shortfall-reported": "want a report, got nothing about it",
    }

    def check_enough(self, transaction: Any) -> None:
        if transaction.produced == 0 or transaction.write_called or isinstance(transaction.iterable, list):
            super().check_enough(transaction)


class FillsShortfall(ReferenceServer):
    """What is missing is made up of spaces, and then the connection is closed."""

    kills = {
        "file-too-short-not-completed": "want the end of the connection",
        "shortfall-not-filled": "content: want b'wsgicheck', got b'wsgicheck           '",
    }

    def check_enough(self, transaction: Any) -> None:
        try:
            super().check_enough(transaction)
        except Exception:
            if transaction.head_sent and hasattr(transaction.iterable, "__next__"):
                missing = (transaction.content_length or 0) - transaction.produced
                self.send(transaction.connection, b" " * min(missing, 65_536))
            raise


class KeepsConnectionAfterNothing(ReferenceServer):
    """Where no block came, the length is believed."""

    kills = {"connection-closed-after-empty-shortfall": "the connection: want closed, got kept"}

    def check_enough(self, transaction: Any) -> None:
        if transaction.produced:
            super().check_enough(transaction)


class KeepsConnectionAfterWrites(ReferenceServer):
    """What is written is not counted."""

    kills = {
        "connection-closed-after-written-shortfall": "the connection: want closed, got kept",
        "shortfall-of-next-response-not-filled": "content that fell short",
    }

    def check_enough(self, transaction: Any) -> None:
        if not transaction.write_called:
            super().check_enough(transaction)


class KeepsConnectionAfterLists(ReferenceServer):
    """A list of one block is taken for whole."""

    kills = {"connection-closed-after-shortfall-of-list": "the connection: want closed, got kept"}

    def check_enough(self, transaction: Any) -> None:
        if not isinstance(transaction.iterable, list) or transaction.write_called:
            super().check_enough(transaction)


class KeepsShortfallToItself(ReferenceServer):
    """The connection ends, and the log says nothing."""

    kills = {"shortfall-reported": "want a report, got nothing about it"}

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if not (isinstance(error, ApplicationFault) and transaction.head_sent):
            super().application_error(transaction, error)


class ForgivesOneOctet(ReferenceServer):
    """A length may be one too large: who counts from zero, and who from one?"""

    kills = {"connection-closed-after-shortfall-of-one": "the connection: want closed, got kept"}

    def check_enough(self, transaction: Any) -> None:
        if (transaction.content_length or 0) - transaction.produced != 1:
            super().check_enough(transaction)


class KeepsHttp10AfterShortfall(ReferenceServer):
    """Whoever asks for the connection to be kept in so many words gets it kept."""

    kills = {"connection-of-http-1-0-closed-after-shortfall": "the connection: want closed, got kept"}

    def check_enough(self, transaction: Any) -> None:
        if transaction.request.version >= (1, 1) or not transaction.persistent:
            super().check_enough(transaction)
