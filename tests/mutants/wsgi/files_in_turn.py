"""Mutants that sin with files on a connection that has had others."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer
from reference_server.file_wrapper import FileWrapper


class SendsOneFile(ReferenceServer):
    """What it remembers of a file is the connection's: the rest of a second large file is sent already."""

    kills = {"files-on-kept-connection-sent-whole": "content of response 7 of the connection from octet"}

    def send_block(self, transaction: Any, block: bytes) -> None:
        connection = transaction.connection
        known = getattr(connection, "file", None)
        if isinstance(transaction.iterable, FileWrapper):
            if known is not None and known is not transaction and len(block) > 20_000:
                block = block[:20_000]
            connection.file = transaction
        super().send_block(transaction, block)


class LeavesUnsentFilesOpen(ReferenceServer):
    """A file that is not sent is left to the collector, where the connection is kept."""

    kills = {
        "files-on-kept-connection-closed": "close() of the file of request 13 of a connection: want call"
    }

    def close_iterable(self, transaction: Any) -> None:
        unsent = transaction.framing == "none" and isinstance(transaction.iterable, FileWrapper)
        if not (unsent and transaction.persistent and transaction.request.method == "GET"):
            super().close_iterable(transaction)


class EndsEmptyFilesTwice(ReferenceServer):
    """A file is one chunk of its size, and the last chunk comes behind it."""

    kills = {
        "empty-file-leaves-next-response-aligned": "octets behind an empty file: want a status line, got",
    }

    def last_chunk(self, transaction: Any) -> bytes:
        octets = super().last_chunk(transaction)
        empty = isinstance(transaction.iterable, FileWrapper) and not transaction.produced
        return octets * 2 if empty else octets

    def length_of_exhausted(self, transaction: Any) -> int | None:
        if isinstance(transaction.iterable, FileWrapper):
            return None
        return super().length_of_exhausted(transaction)
