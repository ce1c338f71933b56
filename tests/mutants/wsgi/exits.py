"""Mutants that take a ``sys.exit()`` of the application for something else."""

from __future__ import annotations

import os
from typing import Any

from reference_server import ReferenceServer


class TakesExitForTheEnd(ReferenceServer):
    """Who exits has nothing more to say."""

    kills = {
        "system-exit-of-application-answered": "the status after a SystemExit: want an error, got 200",
        "system-exit-halfway-cuts-response": "the response (chunked): want cut off, got complete",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if not isinstance(error, SystemExit):
            super().application_error(transaction, error)
        elif transaction.head_sent:
            self.send(transaction.connection, self.last_chunk(transaction))
        else:
            self.send_head(transaction, b"")
            self.flush(transaction)


class ObeysExits(ReferenceServer):
    """An application that exits ends the server."""

    kills = {
        "iterable-closed-after-system-exit": "the server was lost while it served this exchange alone: its process ended with status 1",
        "system-exit-halfway-cuts-response": "the server was lost while it served this exchange alone",
        "system-exit-of-application-answered": "the server was lost while it served this exchange alone",
        "system-exit-survived": "the server was lost while it served this exchange alone",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if isinstance(error, SystemExit):
            os._exit(1)
        super().application_error(transaction, error)


class ObeysExitsInClose(ReferenceServer):
    """Where nothing traps it, an exit is what it says."""

    kills = {"system-exit-in-close-survived": "the server was lost while it served this exchange alone"}

    def log_exception(self, what: str, error: BaseException) -> None:
        if isinstance(error, SystemExit) and what.startswith("close()"):
            os._exit(1)
        super().log_exception(what, error)


class LetsExitsPassByClose(ReferenceServer):
    """What is an order to end is no error, and passes by all that is done behind one."""

    kills = {"iterable-closed-after-system-exit": "calls of close() after a SystemExit: want 1, got 0"}

    def application_error(self, transaction: Any, error: BaseException) -> None:
        super().application_error(transaction, error)
        if isinstance(error, SystemExit):
            transaction.closed = True
