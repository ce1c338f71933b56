"""Turns the words of a request into octets, with the ticket where it is to travel."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.stimulus import Carrier, Octets, Request, Visit

TICKET_FIELD = "X-Wsgicheck-Ticket"


@dataclass(frozen=True)
class Written:
    """The octets to send, and the request target in them.

    ``methods`` are those of the expected responses; for ``source`` and ``window`` see ``Connection``.
    """

    octets: bytes
    target: str
    methods: tuple[str, ...]
    source: str | None = None
    window: int | None = None


def token(ticket: str) -> str:
    """Return the ticket as the probe recognises it in any value of the environ."""
    return "wct-" + ticket


def target_with_ticket(target: str, ticket: str, carrier: Carrier) -> str:
    """Return the request target, with the ticket in its query or path where that carries it."""
    if carrier is Carrier.QUERY:
        return target + ("&" if "?" in target else "?") + token(ticket)
    if carrier is Carrier.PATH:
        path, mark, query = target.partition("?")
        return path.rstrip("/") + "/" + token(ticket) + mark + query
    return target


def write_request(request: Request, ticket: str, authority: str, carrier: Carrier) -> Written:
    """Return the octets of a request: one connection, closed behind it (RFC 9112 3, 9.6)."""
    target = target_with_ticket(request.target, ticket, carrier)
    lines = [f"{request.method} {target} {request.version}"]
    given = {name.lower() for name, _ in request.headers}
    if "host" not in given:
        lines.append(f"Host: {authority}")
    if carrier is Carrier.HEADER:
        lines.append(f"{TICKET_FIELD}: {token(ticket)}")
    lines.extend(f"{name}: {value}" for name, value in request.headers)
    if request.body is not None and not given & {"content-length", "transfer-encoding"}:
        lines.append(f"Content-Length: {len(request.body)}")
    if "connection" not in given and request.version == "HTTP/1.1":
        lines.append("Connection: close")
    head = "\r\n".join(lines) + "\r\n\r\n"
    octets = head.encode("latin-1") + (request.body or b"")
    return Written(octets, target, (request.method,), request.source, request.window)


def write_octets(octets: Octets, ticket: str, authority: str, scheme: str = "http") -> Written:
    """Return the octets of a hand-written request, its placeholders filled in."""
    raw = fill(octets.octets, ticket, authority, scheme)
    start_line = raw.split(b"\r\n", 1)[0].split(b" ")
    target = start_line[1].decode("latin-1") if len(start_line) > 1 else ""
    return Written(raw, target, octets.methods)


def fill(octets: bytes, ticket: str, authority: str, scheme: str = "http") -> bytes:
    """Fill in ``{ticket}``, ``{authority}`` and ``{scheme}``."""
    words = {b"{ticket}": token(ticket), b"{authority}": authority, b"{scheme}": scheme}
    for placeholder, word in words.items():
        octets = octets.replace(placeholder, word.encode())
    return octets


def visit_headers(visit: Visit, ticket: str) -> dict[str, str]:
    """Return the header fields of an ordinary client's request."""
    return {**dict(visit.headers), TICKET_FIELD: token(ticket)}
