"""Mutants that look into the environ for what is left of a request."""

from __future__ import annotations

from typing import Any

from tests.mutants.http.unread_body import LeavesBody

NOT_RUN = "calls for the request within the content: want 0, got 1"


class DrainsInputOfEnviron(LeavesBody):
    """The stream in the environ is the one to be read to its end."""

    kills = {
        "unread-content-behind-cleared-environ-not-run": NOT_RUN,
        "unread-content-behind-replaced-input-not-run": NOT_RUN,
    }

    def leaves(self, transaction: Any) -> bool:
        return transaction.environ.get("wsgi.input") is None and bool(transaction.body.remaining)


class BelievesLengthOfEnviron(LeavesBody):
    """CONTENT_LENGTH says whether anything is left."""

    kills = {
        "unread-content-behind-cleared-environ-not-run": NOT_RUN,
        "unread-content-behind-overwritten-length-not-run": NOT_RUN,
    }

    def leaves(self, transaction: Any) -> bool:
        return transaction.environ.get("CONTENT_LENGTH", "0") == "0" and bool(transaction.body.remaining)
