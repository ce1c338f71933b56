"""Mutants that take the end of a client's sending for the end of its interest."""

from __future__ import annotations

import socket
from typing import Any

from reference_server import ReferenceServer


class HalfCloseMutant(ReferenceServer):
    """Its subclasses look whether the client has finished sending."""

    def has_finished(self, transaction: Any) -> bool:
        """Tell whether the end of what the client sends has come."""
        peer = transaction.connection.socket
        peer.settimeout(0.05)
        try:
            return bool(peer.recv(1, socket.MSG_PEEK) == b"")
        except TimeoutError:
            return False
        finally:
            peer.settimeout(None)


class DropsHalfClosedContent(HalfCloseMutant):
    """Who ends behind its content has given up its upload."""

    kills = {
        "half-closed-client-with-content-answered": "the client that shut down its sending side behind its content",
    }
    framing = "length"

    def send_head(self, transaction: Any, block: bytes) -> None:
        if transaction.request.framing == self.framing and self.has_finished(transaction):
            transaction.connection.lost = True
        super().send_head(transaction, block)


class DropsHalfClosedChunks(DropsHalfClosedContent):
    """Who ends behind its chunks has given up its upload."""

    kills = {
        "half-closed-client-with-chunks-answered": "the client that shut down its sending side behind its chunks",
    }
    framing = "chunked"


class EndsStreamOfHalfClosed(HalfCloseMutant):
    """A stream whose client has finished is ended, in good order."""

    kills = {
        "half-closed-client-gets-whole-stream": "content of a stream to a half-closed client: want",
    }

    def next_block(self, iterator: Any) -> Any:
        block = super().next_block(iterator)
        return None if block == b"second " and self.has_finished(self.streams[id(iterator)]) else block

    def make_iterator(self, transaction: Any) -> Any:
        iterator = super().make_iterator(transaction)
        self.streams = {**getattr(self, "streams", {}), id(iterator): transaction}
        return iterator
