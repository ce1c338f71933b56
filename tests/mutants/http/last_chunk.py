"""Mutants that are careless around the last chunk."""

from __future__ import annotations

from reference_server import ReferenceServer
from reference_server.state import Connection, RequestBody


class SkipsToLastChunk(ReferenceServer):
    """Before the last chunk two octets are skipped, whatever they are."""

    kills = {
        "other-octets-before-last-chunk-refused": "content with a fault: want 'nothing of what is behind it"
    }

    def check_chunk_end(self, connection: Connection, body: RequestBody) -> None:
        if connection.buffer.startswith(b"XX0\r\n"):
            del connection.buffer[:2]
        else:
            super().check_chunk_end(connection, body)


class SeesLastChunk(ReferenceServer):
    """A last chunk is one wherever it stands."""

    kills = {
        "line-end-missing-before-last-chunk-refused": "content with a fault: want 'nothing of what is behind it"
    }

    def check_chunk_end(self, connection: Connection, body: RequestBody) -> None:
        if not connection.buffer.startswith(b"0\r\n\r\n"):
            super().check_chunk_end(connection, body)


class ExpectsFourTrailers(ReferenceServer):
    """Behind four trailers the next request is expected."""

    kills = {
        "request-behind-eight-trailers-found": "answer to the request behind eight trailers: want 200, got 400"
    }

    def decode_trailers(self, connection: Connection, body: RequestBody) -> None:
        for _ in range(4):
            if self.receive_line(connection, self.MAX_CHUNK_LINE, self.body_deadline(body)) == b"":
                return
