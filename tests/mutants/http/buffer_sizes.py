"""Mutants that expect something behind a full buffer."""

from __future__ import annotations

from reference_server import ReferenceServer
from reference_server.state import Connection


class FillsBuffer(ReferenceServer):
    """The ground of those that read until a buffer is not full."""

    kills: dict[str, str]
    SIZE: int

    def receive(self, connection: Connection, deadline: float) -> bool:
        before = len(connection.buffer)
        received = super().receive(connection, deadline)
        while received and not before and len(connection.buffer) == self.SIZE:
            received = super().receive(connection, deadline)
        return received


class FillsKilobyte(FillsBuffer):
    """A request that fills a kilobyte is awaited further."""

    kills = {"request-of-1024-octets-answered": "the request: want a call of the application, got"}
    SIZE = 1024


class FillsPage(FillsBuffer):
    """A request that fills a page of memory is awaited further."""

    kills = {
        "request-of-4096-octets-answered": "the request: want a call of the application, got",
        "request-of-4096-octets-with-content-answered": "the request: want a call of the application, got",
    }
    SIZE = 4096


class FillsBufferOfLibrary(FillsBuffer):
    """A request that fills 8192 octets is awaited further."""

    kills = {"request-of-8192-octets-answered": "the request: want a call of the application, got"}
    SIZE = 8192
