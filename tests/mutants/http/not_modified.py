"""Mutants of 304 (Not Modified)."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer

from .no_content import (
    AddsLength204,
    InfersLength204,
    SendsContent204,
    SendsLastChunk204,
    SendsLaterContent204,
    SendsListedContent204,
)


class SendsContent304(SendsContent204):
    """The blocks of an iterator are sent with a 304."""

    kills = {
        "response-304-keeps-connection-aligned": "octets behind the 304: want HTTP/1., got",
        "response-304-without-content": "octets behind the header section of a 304: want b'', got",
        "response-304-without-file-content": "octets behind the header section of a 304",
        "response-304-without-later-content": "octets behind the header section of a 304",
    }
    CODE = 304


class SendsListedContent304(SendsListedContent204):
    """The block of a list is sent with a 304."""

    kills = {
        "response-304-without-listed-content": "octets behind the header section of a 304: want b'',",
    }
    CODE = 304


class SendsLastChunk304(SendsLastChunk204):
    """A last chunk follows a 304 that had no block at all."""

    kills = {
        "response-304-without-last-chunk": "octets behind the header section of a 304: want b'', got",
    }
    CODE = 304


class AddsLength304(AddsLength204):
    """A 304 with an empty list gets a Content-Length of 0."""

    kills = {
        "response-304-length-not-invented": "Content-Length in a 304: want absent, got 0",
        "response-304-length-not-invented-for-http-1-0": "Content-Length in a 304",
    }
    CODE = 304


class InfersLength304(InfersLength204):
    """A 304 whose iterator ends without a block gets a Content-Length of 0."""

    kills = {
        "response-304-length-not-inferred": "Content-Length in a 304: want absent, got 0",
    }
    CODE = 304


class ChangesLength304(ReferenceServer):
    """The Content-Length of the application becomes that of the 304 itself."""

    kills = {
        "response-304-length-unchanged": "Content-Length in a 304: want 9 or none, got 0",
    }

    def store_response(self, transaction: Any, status: str, headers: Any) -> None:
        if status.startswith("304"):
            headers = [(name, "0" if name.lower() == "content-length" else value) for name, value in headers]
        super().store_response(transaction, status, headers)


class DropsValidators(ReferenceServer):
    """The ETag is left out of a 304."""

    kills = {
        "response-304-fields-kept": "ETag in a 304: want '\"mark\"', got ''",
        "response-304-location-and-expiry-kept": "ETag in a 304",
        "unchanged-picture-answered-304": "ETag of a 304: want 1, got 0",
    }

    def keep_header(self, transaction: Any, name: str, value: str) -> bool:
        dropped = self.status_code(transaction) == 304 and name == "ETag"
        return super().keep_header(transaction, name, value) and not dropped


class TypesNotModified(ReferenceServer):
    """A response without a Content-Type gets the default one, even a 304."""

    kills = {
        "response-304-gets-no-type": "Content-Type in a 304: want absent, got text/html",
    }

    def missing_headers(self, transaction: Any, present: set[str]) -> Any:
        added = super().missing_headers(transaction, present)
        typed = self.status_code(transaction) == 304 and "content-type" not in present
        return [*added, ("Content-Type", "text/html")] if typed else added


class SendsLaterContent304(SendsLaterContent204):
    """What comes behind the first block of a 304 is sent."""

    kills = {
        "response-304-without-later-content": "octets behind the header section of a 304: want b'', got",
        "response-304-without-written-content": "octets behind the header section of a 304: want b'', got",
    }
    CODE = 304


class SendsOrdinaryFileOf304(ReferenceServer):
    """What has a descriptor is sent by it."""

    kills = {
        "iterable-other-attributes-not-called": "attributes used",
        "response-304-without-file-content": "octets behind the header section of a 304: want b'', got",
    }

    def finish_response(self, transaction: Any) -> None:
        super().finish_response(transaction)
        if self.sends_file(transaction):
            file = transaction.iterable.filelike
            file.seek(0)
            self.send(transaction.connection, file.read())

    def sends_file(self, transaction: Any) -> bool:
        """Return whether the file goes out although it must not."""
        opened = type(getattr(transaction.iterable, "filelike", None)).__name__ == "BufferedReader"
        return opened and self.status_code(transaction) == 304


class LosesLocationOf304(ReferenceServer):
    """A 304 has no content, so nothing that begins with Content-, and it never expires."""

    kills = {"response-304-location-and-expiry-kept": "Content-Location in a 304: want /there, got ''"}

    def keep_header(self, transaction: Any, name: str, value: str) -> bool:
        lost = name == "Content-Location" and self.status_code(transaction) == 304
        return not lost and super().keep_header(transaction, name, value)
