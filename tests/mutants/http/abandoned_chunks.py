"""Mutants that wait for the rest of a chunk whose client has left."""

from __future__ import annotations

import threading
import time
from typing import Any

from reference_server import ReferenceServer
from reference_server.errors import ClientGone, RequestRejected
from reference_server.state import Connection, RequestBody

LOST = "the server was lost"
SILENCE = "behind content that was broken off: want 'an answer, or the end', got silence"


class AsksForTheLineEndForEver(ReferenceServer):
    """What reads the line end behind a chunk reads on until it has two octets."""

    kills = {
        "chunked-content-cut-behind-data-ended": SILENCE,
        "chunked-content-cut-in-line-end-ended": SILENCE,
        "abandoned-chunks-survived": LOST,
        "abandoned-chunks-leave-nothing-behind": LOST,
        "half-closed-chunks-survived": LOST,
        "half-closed-chunks-leave-nothing-behind": LOST,
    }

    def check_chunk_end(self, connection: Connection, body: RequestBody) -> None:
        while len(connection.buffer) < 2:
            if not self.receive(connection, self.body_deadline(body)):
                time.sleep(0.01)
        super().check_chunk_end(connection, body)


class KeepsAThreadForEachCutChunk(ReferenceServer):
    """Whoever watches over chunked content is never told that its client has left."""

    kills = {
        "abandoned-chunks-leave-nothing-behind": "threads that 60 clients left behind",
        "half-closed-chunks-leave-nothing-behind": "threads that 60 clients left behind",
    }

    def read_chunked(self, transaction: Any, limit: int) -> bytes:
        try:
            return super().read_chunked(transaction, limit)
        except (ClientGone, RequestRejected):
            threading.Thread(target=threading.Event().wait, daemon=True).start()
            raise
