"""Mutants that abuse brings down, or that it makes grow."""

from __future__ import annotations

import os
import signal
import threading
from typing import Any

from reference_server import ReferenceServer
from reference_server.errors import ClientGone

LOST = "the server was lost"


class Watching(ReferenceServer):
    """Notes of each connection how far its client came, and whether it left with a reset."""

    def await_request(self, connection: Any) -> bool:
        connection.stage = "idle"
        began = super().await_request(connection)
        connection.stage = "head" if began else connection.stage
        return began

    def run_application(self, transaction: Any) -> None:
        transaction.connection.stage = "body"
        super().run_application(transaction)

    def send(self, connection: Any, octets: bytes) -> None:
        connection.stage = "response"
        try:
            super().send(connection, octets)
        except ClientGone:
            connection.was_reset = True
            raise

    def receive(self, connection: Any, deadline: float) -> bool:
        connection.packets = getattr(connection, "packets", 0) + 1
        try:
            arrived = super().receive(connection, deadline)
        except ClientGone:
            connection.was_reset = True
            raise
        connection.abandoned |= not arrived and connection.stage in ("head", "body")
        return arrived

    def serve_connection(self, connection: Any) -> None:
        connection.served, connection.abandoned = 0, False
        super().serve_connection(connection)

    def serve_request(self, connection: Any) -> bool:
        persists = super().serve_request(connection)
        connection.served += 1
        return persists

    def close_connection(self, connection: Any) -> None:
        self.lose(connection, connection.stage, getattr(connection, "was_reset", False))
        super().close_connection(connection)

    def lose(self, connection: Any, stage: str, reset: bool) -> None:
        """What the sinner does when a connection comes to its end."""


class KeepsTheDescriptorOfAReset(Watching):
    """The way of an error out of the server goes past a close()."""

    kills = {
        "resets-before-request-leave-nothing-behind": "descriptors that 60 clients left behind",
        "resets-in-head-leave-nothing-behind": "descriptors that 60 clients left behind",
        "resets-in-body-leave-nothing-behind": "descriptors that 60 clients left behind",
        "resets-before-response-leave-nothing-behind": "descriptors that 60 clients left behind",
        "resets-in-response-leave-nothing-behind": "descriptors that 21 clients left behind",
        "resets-before-accept-leave-nothing-behind": "descriptors that 150 clients left behind",
    }

    def lose(self, connection: Any, stage: str, reset: bool) -> None:
        if reset:
            os.dup(connection.socket.fileno())


class KeepsTheDescriptorOfAnAbandonedRequest(Watching):
    """A connection whose request never comes to its end is not closed."""

    kills = {
        "abandoned-heads-leave-nothing-behind": "descriptors that 60 clients left behind",
        "half-closed-heads-leave-nothing-behind": "descriptors that 60 clients left behind",
        "abandoned-bodies-leave-nothing-behind": "descriptors that 60 clients left behind",
        "abandoned-large-bodies-leave-nothing-behind": "descriptors that 60 clients left behind",
        "half-closed-bodies-leave-nothing-behind": "descriptors that 60 clients left behind",
        "abandoned-chunks-leave-nothing-behind": "descriptors that 60 clients left behind",
        "half-closed-chunks-leave-nothing-behind": "descriptors that 60 clients left behind",
    }

    def lose(self, connection: Any, stage: str, reset: bool) -> None:
        if connection.abandoned and not reset:
            os.dup(connection.socket.fileno())


class KeepsAThreadForAnIdleConnection(Watching):
    """The thread that watches over idle connections is never told that one has ended."""

    kills = {"idle-connections-leave-nothing-behind": "threads that 60 clients left behind"}

    def lose(self, connection: Any, stage: str, reset: bool) -> None:
        if stage == "idle" and not connection.served and not reset:
            threading.Thread(target=threading.Event().wait, daemon=True).start()


class KeepsAProcessForALateRequest(Watching):
    """A request that does not come at once is handed to a child process, which nobody ends."""

    kills = {
        "late-heads-leave-nothing-behind": "processes that 60 clients left behind",
        "late-bodies-leave-nothing-behind": "that 60 clients left behind",
    }

    def lose(self, connection: Any, stage: str, reset: bool) -> None:
        late = connection.packets > 1 and stage == "response" and not (reset or connection.abandoned)
        if late and os.fork() == 0:
            signal.pause()


class DiesOfTheTenthReset(Watching):
    """An error of recv() or send() that nobody expects is counted, and ten of them end the server."""

    kills = {
        "resets-before-request-survived": LOST,
        "resets-before-request-leave-nothing-behind": LOST,
        "resets-in-head-survived": LOST,
        "resets-in-head-leave-nothing-behind": LOST,
        "resets-in-body-survived": LOST,
        "resets-in-body-leave-nothing-behind": LOST,
        "resets-before-response-survived": LOST,
        "resets-before-response-leave-nothing-behind": LOST,
        "resets-in-response-survived": LOST,
        "resets-in-response-leave-nothing-behind": LOST,
        "resets-before-accept-survived": LOST,
        "resets-before-accept-leave-nothing-behind": LOST,
    }
    resets = 0
    MOST = 10

    def lose(self, connection: Any, stage: str, reset: bool) -> None:
        self.resets += reset and not (stage == "idle" and connection.served)
        if self.resets >= self.MOST:
            os._exit(3)


class DiesOfAnIdleClient(Watching):
    """A connection that ends before its first octet ends the server."""

    kills = {
        "connection-without-request-survived": "the server was lost while it served this exchange alone: its process e",
        "idle-connections-leave-nothing-behind": "the server was lost",
        "idle-connections-survived": "the server was lost",
    }

    def lose(self, connection: Any, stage: str, reset: bool) -> None:
        if stage == "idle" and not connection.served and not reset:
            os._exit(3)


class WaitsForTheRestOfAnAbandonedRequest(Watching):
    """A worker whose client has left in the middle of a request goes on waiting, and serves nobody any more."""

    kills = {
        "abandoned-heads-survived": LOST,
        "abandoned-heads-leave-nothing-behind": LOST,
        "half-closed-heads-survived": LOST,
        "half-closed-heads-leave-nothing-behind": LOST,
        "abandoned-bodies-survived": LOST,
        "abandoned-bodies-leave-nothing-behind": LOST,
        "abandoned-large-bodies-survived": LOST,
        "abandoned-large-bodies-leave-nothing-behind": LOST,
        "half-closed-bodies-survived": LOST,
        "half-closed-bodies-leave-nothing-behind": LOST,
        "abandoned-chunks-survived": LOST,
        "abandoned-chunks-leave-nothing-behind": LOST,
        "half-closed-chunks-survived": LOST,
        "half-closed-chunks-leave-nothing-behind": LOST,
    }

    def lose(self, connection: Any, stage: str, reset: bool) -> None:
        if connection.abandoned and not reset:
            self.turns.acquire()


class ForgetsRequestsBeyondItsWorkers(Watching):
    """Of requests that are under way at once, more than there are workers are never looked at again."""

    kills = {
        "late-heads-all-answered": "clients with a whole request that were left waiting: want 0, got",
        "late-bodies-all-answered": "clients with a whole request that were left waiting: want 0, got",
    }
    under_way = 0
    MOST = 12

    def serve_request(self, connection: Any) -> bool:
        late = not connection.buffer.endswith(b"\r\n\r\n")
        self.under_way += late
        try:
            if late and self.under_way > self.MOST:
                while self.receive(connection, float(2**30)):
                    pass
                raise ClientGone("forgotten")
            return super().serve_request(connection)
        finally:
            self.under_way -= late


class WatchingLarge(Watching):
    """Notes of each connection whether its request has large content."""

    def run_application(self, transaction: Any) -> None:
        transaction.connection.large = transaction.request.content_length == 2_000_000
        super().run_application(transaction)


class KeepsTheFileOfALargeBody(WatchingLarge):
    """The temporary file of large content is closed by whoever has read it to its end."""

    kills = {"abandoned-large-bodies-leave-nothing-behind": "descriptors that 60 clients left behind"}

    def lose(self, connection: Any, stage: str, reset: bool) -> None:
        if getattr(connection, "large", False) and connection.abandoned:
            os.dup(connection.socket.fileno())


class KeepsTheWorkerOfALargeBody(WatchingLarge):
    """The worker that waits for the rest of large content waits for ever."""

    kills = {"abandoned-large-bodies-survived": LOST, "abandoned-large-bodies-leave-nothing-behind": LOST}

    def lose(self, connection: Any, stage: str, reset: bool) -> None:
        if getattr(connection, "large", False) and connection.abandoned:
            self.turns.acquire()
