"""Servers whose fault shows in one shape of worker, and in another does not."""

from __future__ import annotations

import threading
from typing import Any

from reference_server import ReferenceServer


class KeepsResponsesByThread(ReferenceServer):
    """What start_response() was given is kept for the thread: greenlets of one thread share it."""

    kept: dict[int, Any] = {}

    def store_response(self, transaction: Any, status: str, headers: Any) -> None:
        super().store_response(transaction, status, headers)
        self.kept[threading.get_native_id()] = transaction.status, transaction.headers

    def send_head(self, transaction: Any, block: bytes) -> None:
        transaction.status, transaction.headers = self.kept[threading.get_native_id()]
        super().send_head(transaction, block)


class KeepsOneEnviron(ReferenceServer):
    """One dictionary serves a process: no harm where it serves one request at a time."""

    def make_environ(self, transaction: Any) -> Any:
        shared = self.__dict__.setdefault("shared", {})
        shared.clear()
        shared.update(super().make_environ(transaction))
        return shared


class ForgetsItsProcesses(ReferenceServer):
    """wsgi.multiprocess is false, which is right as long as there is one."""

    def multiprocess(self, transaction: Any) -> bool:
        return False
