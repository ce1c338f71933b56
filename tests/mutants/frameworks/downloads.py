"""Mutants of a streamed download."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class ForgetsLineOfDownload(ReferenceServer):
    """The block that a counter of four digits begins with is forgotten."""

    kills = {
        "django-download-arrives-whole": "the download from octet",
        "flask-download-arrives-whole": "the download from octet",
        "bottle-download-arrives-whole": "the download from octet",
    }

    def encode_block(self, transaction: Any, block: bytes) -> bytes:
        return b"" if block == b"line 1000\n" else super().encode_block(transaction, block)
