"""Mutants of requests at the same time."""

from __future__ import annotations

import os
import threading
from typing import Any

from reference_server import ReferenceServer


class CallsItselfSingleThreaded(ReferenceServer):
    """The threads are forgotten in the environ."""

    kills = {"wsgi-multithread-true": "wsgi.multithread with two threads in the application: want true"}

    def multithread(self, transaction: Any) -> bool:
        return False


class ForksWithoutSayingSo(ReferenceServer):
    """Each request is served by a child process, and wsgi.multiprocess is false."""

    kills = {
        "close-announced-for-head-without-content": "Connection of a response that is closed behind",
        "close-announced-when-streamed": "Connection of a response that is closed behind: want close, got absent",
        "connection-persists": "connection behind a plain response: want kept, got closed",
        "half-closed-client-with-pipeline-answered": "answers to a client that has finished sending",
        "not-persistent-announced": "Connection of a response that is closed behind: want close, got absent",
        "wsgi-multiprocess-true": "wsgi.multiprocess with two processes in the application",
    }

    def run_in_turn(self, transaction: Any) -> None:
        child = os.fork()
        if not child:
            try:
                self.turns = threading.BoundedSemaphore(1)
                self.log_lock = threading.Lock()
                transaction.persistent = False
                super().run_in_turn(transaction)
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        transaction.persistent = False


class CallsItselfACgiScript(ReferenceServer):
    """run_once is true, as it is in the sample gateway of the PEP."""

    kills = {"wsgi-run-once-false": "wsgi.run_once in a process that serves many requests"}

    def run_once(self, transaction: Any) -> bool:
        return True


class ChangesItsMind(ReferenceServer):
    """multiprocess is true in every second request."""

    kills = {"concurrency-flags-steady": "the three flags: want"}
    requests = 0

    def multiprocess(self, transaction: Any) -> bool:
        self.requests += 1
        return self.requests % 2 == 0


class SharesAnEnviron(ReferenceServer):
    """A request that comes while another is under way gets its environ."""

    kills = {"environ-own-while-overlapping": "request that the environ is of: want"}

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        with self.log_lock:
            shared = getattr(self, "under_way", None)
            if (
                shared is not None
                and "wct-" in str(shared)
                and shared["HTTP_X_WSGICHECK_TICKET"][-2:-1] == "-"
            ):
                shared.update(environ)
                return shared
            self.under_way = environ
        return environ

    def close_iterable(self, transaction: Any) -> None:
        super().close_iterable(transaction)
        self.under_way = None


class MixesResponses(ReferenceServer):
    """What start_response() was given is kept by the server."""

    kills = {"start-response-own-while-overlapping": "status"}

    def store_response(self, transaction: Any, status: str, headers: Any) -> None:
        super().store_response(transaction, status, headers)
        self.stored = transaction.status, transaction.headers

    def send_head(self, transaction: Any, block: bytes) -> None:
        if len(self.connections) > 1 and transaction.status[:2] == "20" and transaction.status[4:7] == "Num":
            transaction.status, transaction.headers = self.stored
        super().send_head(transaction, block)


class MixesContent(ReferenceServer):
    """A block is kept by the server until it is sent."""

    kills = {"content-own-while-overlapping": "content of response"}

    def send_block(self, transaction: Any, block: bytes) -> None:
        if block.startswith(b"content of request"):
            block = self.__dict__.setdefault("kept", block)
        super().send_block(transaction, block)


class ClosesTheLatest(ReferenceServer):
    """The iterable under way is kept by the server."""

    kills = {"close-own-while-overlapping": "calls of close() for request"}

    def call_application(self, transaction: Any) -> Any:
        self.latest = super().call_application(transaction)
        return self.latest

    def close_iterable(self, transaction: Any) -> None:
        if transaction.produced == len(b"one, two"):
            transaction.iterable = self.latest
        super().close_iterable(transaction)


class WritesToTheLatest(ReferenceServer):
    """The response under way is kept by the server."""

    kills = {"write-own-while-overlapping": "content of response"}

    def store_response(self, transaction: Any, status: str, headers: Any) -> None:
        super().store_response(transaction, status, headers)
        self.latest = transaction

    def write(self, transaction: Any, block: bytes) -> None:
        super().write(self.latest if block.startswith(b"(") else transaction, block)


class SharesWhatWasReadAhead(ReferenceServer):
    """What readline() has read ahead is kept by the server while anybody reads."""

    kills = {"input-own-while-overlapping": "content of request"}
    shared: Any = None

    def make_input(self, transaction: Any) -> Any:
        if transaction.request.content_length == 180:
            self.shared = self.shared if self.shared is not None else transaction.body.lookahead
            transaction.body.lookahead = self.shared
        return super().make_input(transaction)
