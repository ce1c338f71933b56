"""Mutants that know HEAD, but not with every status."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class SendsWrittenPages(ReferenceServer):
    """What is written goes out where its length is known."""

    kills = {
        "nothing-follows-head-of-any-status": "behind HEAD with a 404 of known length, written: want a stat"
    }

    def queue_block(self, transaction: Any, block: bytes) -> None:
        super().queue_block(transaction, block)
        missing = self.status_code(transaction) == 404 and transaction.write_called
        if transaction.request.method == "HEAD" and missing and transaction.content_length:
            transaction.outgoing += block


class CountsPagesThatAreNotSent(ReferenceServer):
    """A page about an error has no length where it has no content."""

    kills = {
        "content-length-of-head-of-any-status": "Content-Length of HEAD with a 404 of known length: want 14"
    }

    def final_headers(self, transaction: Any) -> Any:
        headers = super().final_headers(transaction)
        if transaction.request.method != "HEAD" or self.status_code(transaction) != 404:
            return headers
        return [(name, "0" if name.lower() == "content-length" else value) for name, value in headers]
