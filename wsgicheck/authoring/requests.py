"""The octets of requests."""

from __future__ import annotations

from ..model.stimulus import Octets


def octets(
    method: str = "GET", *fields: str, label: str = "", version: str = "HTTP/1.1", body: bytes = b""
) -> bytes:
    """Return the octets of one request of a connection: ``label`` tells several apart (``2``, ``3``, ...).

    The fields stand behind ``Host`` and the ticket. A body is framed by one of them.
    """
    ticket = "{ticket}" + (f"-{label}" if label else "")
    lines = (f"{method} / {version}", "Host: {authority}", f"X-Wsgicheck-Ticket: {ticket}", *fields)
    return "".join(line + "\r\n" for line in lines).encode("latin-1") + b"\r\n" + body


LAST_GET = b"GET /?{ticket} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n"
"""The beginning of the last request of a connection: field lines, an empty line and the content follow."""
LAST_POST = LAST_GET.replace(b"GET", b"POST")
NEXT_REQUEST = LAST_GET.replace(b"{ticket}", b"{ticket}-2") + b"\r\n"
"""A request behind another one."""
GET_KEPT = Octets(octets("GET"))
"""A request that lets the connection be kept."""
GET_TWICE = Octets(octets("GET") + octets("GET", "Connection: close", label="2"), methods=("GET", "GET"))
GET_KEPT_BY_HTTP_1_0 = Octets(octets("GET", "Connection: keep-alive", version="HTTP/1.0"))
