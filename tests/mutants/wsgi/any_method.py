"""Mutants whose environ depends on the method."""

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


class FillsTemplateForOptions(ReferenceServer):
    """For OPTIONS, which is about the server, it is the server's own dictionary that is filled."""

    kills = {"environ-not-marked-by-request-of-any-method": "what PATCH has of other requests: want nothing"}

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        connection = transaction.connection
        filled = {key: environ[key] for key in environ if key.startswith("HTTP_X_OF_")}
        environ.update(getattr(connection, "filled", {}))
        if transaction.request.method == "OPTIONS":
            connection.filled = filled
        return environ


class LooksForNoChunksWithDelete(ReferenceServer):
    """DELETE has no content, in chunks at least."""

    kills = {
        "chunks-of-any-method-read": "content of DELETE in chunks: want hello, got",
        "request-behind-chunks-of-any-method-found": "answer to the request behind DELETE in chunks: want that",
    }

    def determine_body_framing(self, request: Any) -> None:
        super().determine_body_framing(request)
        if request.method == "DELETE" and request.framing == "chunked":
            request.framing = "none"
