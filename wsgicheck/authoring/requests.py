"""The octets of requests."""

from __future__ import annotations


def octets(
    method: str = "GET", *fields: str, label: str = "", version: str = "HTTP/1.1", body: bytes = b""
) -> bytes:
    """Return the octets of one request of a connection: ``label`` tells several apart (``2``, ``3``, ...).

    The fields stand behind ``Host`` and the ticket. A body is framed by one of them.
    """
    ticket = "{ticket}" + (f"-{label}" if label else "")
    lines = (f"{method} / {version}", "Host: {authority}", f"X-Wsgicheck-Ticket: {ticket}", *fields)
    return "".join(line + "\r\n" for line in lines).encode("latin-1") + b"\r\n" + body
