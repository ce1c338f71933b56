"""Content-Length in one field line or several, with another request behind it (RFC 9110 8.6)."""

from __future__ import annotations

from ..model.stimulus import Octets
from .requests import NEXT_REQUEST


def with_lengths(*values: bytes, method: bytes = b"POST") -> Octets:
    """Return a request with ``hello`` and a Content-Length of each of these values, and a GET behind it."""
    lines = b"".join(b"Content-Length: " + value + b"\r\n" for value in values)
    head = method + b" /?{ticket} HTTP/1.1\r\nHost: {authority}\r\n" + lines + b"\r\n"
    return Octets(head + b"hello" + NEXT_REQUEST, (method.decode(), "GET"))


VALID_LENGTH = with_lengths(b"5")
