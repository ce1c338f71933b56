"""Mutants of what is left of content that was read by lines, or in the middle of a chunk."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class CountsLinesTwice(ReferenceServer):
    """What readline() did not hand out is still to be read, or so it counts."""

    kills = {
        "request-behind-iterated-line-found": "answer to the request behind content read in part: want",
        "request-behind-line-read-found": "answer to the request behind content read in part: want",
    }

    def counts(self, transaction: Any) -> None:
        body = transaction.body
        if transaction.request.framing == "length" and body.lookahead:
            body.remaining += len(body.lookahead)
            body.finished = False

    def drain_or_close(self, transaction: Any) -> bool:
        self.counts(transaction)
        return super().drain_or_close(transaction)


class CountsLinesTwiceBehindErrors(CountsLinesTwice):
    """The same where the application has failed, whose connection it keeps."""

    kills = {
        "request-behind-line-read-by-failed-call-found": "answer to the request behind content read in part",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        super().application_error(transaction, error)
        transaction.persistent = transaction.failed = bool(transaction.body.lookahead)

    def counts(self, transaction: Any) -> None:
        if getattr(transaction, "failed", False):
            super().counts(transaction)


class PutsLinesBack(ReferenceServer):
    """What readline() did not hand out goes back to where it came from."""

    kills = {
        "request-behind-line-of-chunks-read-found": "answer to the request behind content read in part: want",
    }

    def drain_or_close(self, transaction: Any) -> bool:
        drained = super().drain_or_close(transaction)
        if drained and transaction.request.framing == "chunked":
            transaction.connection.buffer[:0] = transaction.body.lookahead
        return drained


class LeavesRestOfChunk(ReferenceServer):
    """Chunks are drained, but not what is left of one."""

    kills = {
        "request-behind-part-of-chunk-found": "answer to the request behind content read in part: want that",
    }

    def drain_or_close(self, transaction: Any) -> bool:
        body = transaction.body
        if transaction.request.framing == "chunked" and body.received and body.remaining:
            return True
        return super().drain_or_close(transaction)
