"""Mutants of a form with a file."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class EndsFormAtDash(ReferenceServer):
    """What looks like the boundary of a form is put right, though an octet of it is missing."""

    kills = {
        "django-upload-arrives-whole": "the receipt of an upload from octet",
        "flask-upload-arrives-whole": "the receipt of an upload from octet",
        "bottle-upload-arrives-whole": "the receipt of an upload from octet",
    }

    def read_input(self, transaction: Any, size: int | None) -> bytes:
        return super().read_input(transaction, size).replace(b"\r\n--b0undar\r\n", b"\r\n--b0undar\n\n")
