"""Two requests on one connection: the second goes out when the first is being answered."""

from __future__ import annotations

from ..model.play import PLAIN_TEXT, Play
from ..model.stimulus import Octets, Receive, Send
from .requests import octets

FIRST = b"GET /first HTTP/1.1\r\nHost: {authority}\r\nX-Wsgicheck-Ticket: {ticket}-1\r\n\r\n"
SECOND = (
    b"GET /second HTTP/1.1\r\nHost: {authority}\r\n"
    b"X-Wsgicheck-Ticket: {ticket}-2\r\nConnection: close\r\n\r\n"
)
SECOND_PLAY = Play(chunks=(b"the second",))


def two_in_turn(first_octets: bytes) -> Octets:
    """Return two requests on one connection: the second goes out when the first is being answered."""
    return Octets(FIRST, methods=("GET", "GET"), then=(Receive(first_octets), Send(SECOND)))


def two_in_turn_by_http_1_0(first_octets: bytes) -> Octets:
    """Return the same of a client of HTTP/1.0 that asks for the connection to be kept."""
    first = octets("GET", "Connection: keep-alive", version="HTTP/1.0")
    second = octets("GET", "Connection: close", label="2")
    return Octets(first, methods=("GET", "GET"), then=(Receive(first_octets), Send(second)))


def with_length(number: int) -> tuple[tuple[str, str], ...]:
    """Return the headers of a response of so many octets."""
    return (*PLAIN_TEXT, ("Content-Length", str(number)))
