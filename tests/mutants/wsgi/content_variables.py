"""Mutants that look for content where they expect some."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class ExpectsContentOfSome(ReferenceServer):
    """Only POST, PUT and PATCH have a type."""

    kills = {
        "content-variables-of-any-method": "CONTENT_TYPE of DELETE: want text/x-of-1, got absent or empty"
    }

    def content_type(self, transaction: Any) -> str | None:
        if transaction.request.method in ("DELETE", "OPTIONS", "PROPFIND"):
            return None
        return super().content_type(transaction)
