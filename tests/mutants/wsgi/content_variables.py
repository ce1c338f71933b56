"""Mutants of CONTENT_TYPE."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class TypesContentAlone(ReferenceServer):
    """Where there is no content there is no type of it."""

    kills = {"content-type-without-content-is-the-field": "CONTENT_TYPE of a GET without content: want"}

    def content_type(self, transaction: Any) -> str | None:
        if transaction.request.framing == "none" and transaction.request.method == "GET":
            return None
        return super().content_type(transaction)
