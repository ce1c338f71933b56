"""The model's reading of requests: what the law says of the octets of one connection."""

from __future__ import annotations

import re

from . import rules
from .content import read_content
from .head import read_cut_head, read_head, read_persistence
from .message import Message
from .reading import After, Reading

MESSAGES_LIMIT = 32
LOOSE_LINE_END = re.compile(rb"(?<!\r)\n")


def read_connection(octets: bytes, authority: bytes) -> tuple[Reading, ...]:
    """Return the messages of one connection, up to where nothing more can be said."""
    readings: list[Reading] = []
    at = 0
    while len(readings) < MESSAGES_LIMIT:
        reading = _read(Message(octets, at, authority))
        if reading is None:
            break
        readings.append(reading)
        if reading.after is not After.CONTINUES:
            break
        at = reading.end
    return tuple(readings)


def _read(message: Message) -> Reading | None:
    """Return the reading of a message; None where no octets are left."""
    octets, at = message.octets, message.start
    while octets.startswith(b"\r\n", at):
        message.free("an empty line stands before the request")
        at += 2
    if at >= len(octets):
        return None
    message.end = len(octets)
    head_end = octets.find(b"\r\n\r\n", at)
    head = octets[at : head_end if head_end >= 0 else len(octets)]
    loose = LOOSE_LINE_END.search(head)
    if loose:
        message.unknown("a line ends in a bare LF")
    if head_end < 0:
        if not loose:
            read_cut_head(message, head)
            message.end_with(rules.HEAD_INCOMPLETE)
    elif not loose:
        message.end = head_end + 4
        read_head(message, head)
        read_content(message)
        read_persistence(message)  # behind the content: what ended the connection first is its reason
    return message.reading(at, head)
