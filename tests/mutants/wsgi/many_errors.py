"""Mutants that lose something with each error of the application."""

from __future__ import annotations

import os
import threading
from typing import Any

from reference_server import ReferenceServer

LOST = "the server was lost"


class LosesAWorkerByEachError(ReferenceServer):
    """Of twelve workers one ends by each error of the application, whatever its class."""

    kills = {
        "many-application-errors-survived": LOST,
        "many-application-errors-leave-nothing-behind": LOST,
        "many-errors-beyond-exception-survived": LOST,
    }
    errors = 0
    WORKERS = 12

    def counts(self, error: BaseException) -> bool:
        """Whether a worker ends by this error."""
        return True

    def application_error(self, transaction: Any, error: BaseException) -> None:
        self.errors += self.counts(error)
        super().application_error(transaction, error)

    def run_in_turn(self, transaction: Any) -> None:
        if self.errors >= self.WORKERS:
            threading.Event().wait()
        super().run_in_turn(transaction)


class LosesAWorkerByEachErrorBeyondException(LosesAWorkerByEachError):
    """A worker's loop has an ``except Exception``, and nobody looks whether it has ended."""

    kills = {"many-errors-beyond-exception-survived": LOST}

    def counts(self, error: BaseException) -> bool:
        return not isinstance(error, Exception)


class KeepsTheDescriptorOfAFailure(ReferenceServer):
    """A connection on which an application has failed is copied for somebody who is to look at it."""

    kills = {"many-application-errors-leave-nothing-behind": "descriptors that 60 clients left behind"}

    def application_error(self, transaction: Any, error: BaseException) -> None:
        os.dup(transaction.connection.socket.fileno())
        super().application_error(transaction, error)
