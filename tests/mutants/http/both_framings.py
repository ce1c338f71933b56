"""A mutant of requests that have both Content-Length and Transfer-Encoding."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class TellsLengthOfField(ReferenceServer):
    """Chunks override the length where content is read, and not where CONTENT_LENGTH is told."""

    kills = {
        "content-length-variable-beside-coding-of-chunks": "CONTENT_LENGTH of chunks beside Content-Length: want 5 or",
    }

    def check_no_content_length(self, lengths: list[bytes]) -> None:
        """Accept both, as RFC 9112, 6.3 allows, where the connection is closed behind it."""

    def keep_alive(self, transaction: Any) -> bool:
        return super().keep_alive(transaction) and not self.has_both(transaction.request)

    def has_both(self, request: Any) -> bool:
        """Tell whether the request has both fields."""
        return request.framing == "chunked" and bool(self.field_values(request, b"content-length"))

    def content_length(self, transaction: Any) -> str | None:
        request = transaction.request
        if self.has_both(request):
            return self.field_values(request, b"content-length")[0].decode("latin-1")
        return super().content_length(transaction)


class ForgivesBothFramingsOfGet(ReferenceServer):
    """A GET has no content worth a quarrel: its chunks are skipped, and the connection is kept."""

    kills = {
        "length-beside-coding-of-get-closes-connection": "the octets behind the request: want no call, got"
    }

    def determine_body_framing(self, request: Any) -> None:
        both = self.field_values(request, b"content-length") == [b"15"]
        if (
            request.method == "GET"
            and both
            and self.field_values(request, b"transfer-encoding") == [b"chunked"]
        ):
            request.framing = "chunked"
        else:
            super().determine_body_framing(request)
