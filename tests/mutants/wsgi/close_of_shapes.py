"""Mutants that forget to close where a shape of iterable and a way out of the response meet."""

from __future__ import annotations

import socket
from typing import Any

from reference_server import ReferenceServer
from reference_server.errors import ClientGone


class Forgetful(ReferenceServer):
    """The ground of those that close all but some."""

    kills: dict[str, str]

    def forgets(self, transaction: Any) -> bool:
        """Return whether this one is not closed."""
        raise NotImplementedError

    def close_iterable(self, transaction: Any) -> None:
        if not self.forgets(transaction):
            super().close_iterable(transaction)


class ForgetsListsForHead(Forgetful):
    """A list that nobody wants the content of is nothing to go through, nor to close."""

    kills = {
        "iterable-of-any-shape-closed-after-head": "calls of close() of list_with_close: want 1, got 0",
        "failed-iterables-closed-after-head": "calls of close() of a list with None: want 1, got 0",
    }

    def forgets(self, transaction: Any) -> bool:
        return bool(transaction.request.method == "HEAD" and isinstance(transaction.iterable, list))


class ForgetsSizedWithoutContent(Forgetful):
    """Of a 204 it is enough to know that there is one block."""

    kills = {
        "iterable-of-any-shape-closed-without-content": "calls of close() of sized with 204: want 1, got 0",
    }

    def forgets(self, transaction: Any) -> bool:
        sized = not isinstance(transaction.iterable, list) and self.length_of_iterable(transaction) == 1
        return bool((transaction.status or "")[:3] == "204" and sized)


class ForgetsListsBehindWrites(Forgetful):
    """Who writes returns an empty list, which is nothing to close."""

    kills = {"iterable-of-any-shape-closed-after-write": "calls of close() of list_with_close: want 1, got 0"}

    def forgets(self, transaction: Any) -> bool:
        return bool(transaction.write_called and isinstance(transaction.iterable, list))


class Failing(Forgetful):
    """Remembers which ones failed."""

    def application_error(self, transaction: Any, error: BaseException) -> None:
        transaction.failed = True
        super().application_error(transaction, error)


class ForgetsFailuresOfOldClients(Failing):
    """Behind an error, and to HTTP/1.0, the end of the connection has to do."""

    kills = {"failed-iterables-closed-to-http-1-0": "calls of close() of what fails halfway: want 1, got 0"}

    def forgets(self, transaction: Any) -> bool:
        return bool(getattr(transaction, "failed", False) and transaction.request.version < (1, 1))


class ForgetsFailuresForHead(Failing):
    """Who fails where nobody would have seen it is not looked after."""

    kills = {"failed-iterables-closed-after-head": "calls of close() of what fails at once: want 1, got 0"}

    def forgets(self, transaction: Any) -> bool:
        return bool(getattr(transaction, "failed", False) and transaction.request.method == "HEAD")


class Lonely(Forgetful):
    """Remembers whose client has left."""

    kills: dict[str, str]

    def handle_error(self, transaction: Any, error: BaseException) -> None:
        transaction.lonely = isinstance(error, ClientGone)
        super().handle_error(transaction, error)

    def forgets(self, transaction: Any) -> bool:
        return bool(getattr(transaction, "lonely", False) and self.forgets_lonely(transaction))

    def forgets_lonely(self, transaction: Any) -> bool:
        """Return whether this one is not closed, whose client has left."""
        raise NotImplementedError


class ForgetsSizedBehindClients(Lonely):
    """What has a length ends where it is counted."""

    kills = {"sized-iterable-closed-after-client-left": "calls of close() behind the client: want 1, got 0"}

    def forgets_lonely(self, transaction: Any) -> bool:
        sized = (
            not isinstance(transaction.iterable, list) and self.length_of_iterable(transaction) is not None
        )
        return sized and transaction.request.method != "HEAD"


class ForgetsListsBehindClients(Lonely):
    """A list needs no closing."""

    kills = {"list-with-close-closed-after-client-left": "calls of close() behind the client: want 1, got 0"}

    def forgets_lonely(self, transaction: Any) -> bool:
        return isinstance(transaction.iterable, list)


class ForgetsSizedOfHeadBehindClients(Forgetful):
    """Who asks for headers alone and does not take them has asked for nothing."""

    kills = {
        "sized-iterable-closed-after-client-of-head-left": "calls of close() behind the client: want 1, got",
    }

    def forgets(self, transaction: Any) -> bool:
        gone = transaction.request.method == "HEAD" and self.length_of_iterable(transaction) == 1
        return bool(gone and self.has_left(transaction))

    def has_left(self, transaction: Any) -> bool:
        """Return whether the client has reset its connection."""
        try:
            return not transaction.connection.socket.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except OSError:
            return True
