"""Mutants that close as they were asked to, and do not say so everywhere."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class SaysNothingTo(ReferenceServer):
    """Ground of those that close and do not say so."""

    def is_quiet(self, transaction: Any) -> bool:
        """Tell whether the close of this response goes without saying."""
        return False

    def connection_header(self, transaction: Any) -> Any:
        asked = b"close" in self.list_members(transaction.request, b"connection")
        return [] if asked and self.is_quiet(transaction) else super().connection_header(transaction)


class SaysNothingToHead(SaysNothingTo):
    """A response to HEAD has the fields of the content, and no others."""

    kills = {"close-answered-to-head": "Connection of the response: want close, got absent"}

    def is_quiet(self, transaction: Any) -> bool:
        return bool(transaction.request.method == "HEAD")


class SaysNothingOfStreams(SaysNothingTo):
    """The last chunk says that it is the last."""

    kills = {"close-answered-when-streamed": "Connection of the response: want close, got absent"}

    def is_quiet(self, transaction: Any) -> bool:
        return bool(transaction.framing == "chunked")
