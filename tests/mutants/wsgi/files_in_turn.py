"""Mutants that sin with files on a connection that has had others."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer
from reference_server.file_wrapper import FileWrapper


class SendsOneFile(ReferenceServer):
    """What it remembers of a file is the connection's: the rest of a second large file is sent already."""

    kills = {"files-on-kept-connection-sent-whole": "content of response 8 of the connection from octet"}

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
        "files-on-kept-connection-closed": "close() of the file of request 11 of a connection: want call"
    }

    def close_iterable(self, transaction: Any) -> None:
        unsent = transaction.framing == "none" and isinstance(transaction.iterable, FileWrapper)
        if not (unsent and transaction.persistent and transaction.request.method == "GET"):
            super().close_iterable(transaction)
