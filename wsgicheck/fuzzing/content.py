"""The reading of the content: by its length or in chunks, and of what frames it (RFC 9112 6 and 7)."""

from __future__ import annotations

import re

from . import rules
from .message import TOKEN, WITHOUT_CONTENT, Message, variable_of

CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]+)(.*)", re.DOTALL)
CHUNK_TOKEN = rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
CHUNK_EXTENSION = re.compile(
    rb"(?:;" + CHUNK_TOKEN + rb"(?:=(?:" + CHUNK_TOKEN + rb'|"[\t \x21\x23-\x5b\x5d-\x7e]*"))?)*'
)


def read_content(message: Message) -> None:
    """Read on behind the head, as its fields frame the content."""
    codings, lengths = message.values(b"transfer-encoding"), message.values(b"content-length")
    if codings:
        _read_codings(message, codings, bool(lengths))
    elif lengths:
        _read_length(message, lengths)


def _read_length(message: Message, lengths: list[bytes]) -> None:
    members = [member.strip(b" \t") for member in b",".join(lengths).split(b",")]
    if (
        not all(re.fullmatch(rb"[0-9]+", member) for member in members)
        or len({member.lstrip(b"0") for member in members}) > 1
    ):
        message.refuse(
            rules.LENGTH_INVALID, f"Content-Length is invalid: {b', '.join(lengths)[:60]!r}", lost=False
        )
        message.content = None
        message.end_with(rules.LENGTH_INVALID_LAST)
        return
    if len(members) > 1 or (members[0] != b"0" and members[0].startswith(b"0")):
        message.free("a Content-Length that may be refused")
    digits = members[0].lstrip(b"0") or b"0"
    length = int(digits) if len(digits) <= 19 else 10**19
    message.framing = "length"
    message.content = message.octets[message.end : message.end + length]
    message.end += len(message.content)
    if length and message.method in WITHOUT_CONTENT:
        message.free("a method whose content has no meaning")
    if len(message.content) < length:
        message.cut_short(rules.LENGTH_COVERS)


def _read_codings(message: Message, codings: list[bytes], length_too: bool) -> None:
    message.length_beside = length_too
    if length_too:
        message.free("Content-Length stands beside Transfer-Encoding")
        message.end_with(rules.LENGTH_AND_CODING)
    if message.version < (1, 1):
        message.free("Transfer-Encoding in HTTP/1.0")
        message.content = None
        message.end_with(rules.CODING_IN_1_0)
        return
    members = [member.strip(b" \t").lower() for member in b",".join(codings).split(b",")]
    named = [member for member in members if member]
    if members != named:
        message.free("an empty member of Transfer-Encoding")
    if not named or named[-1].partition(b";")[0].rstrip(b" \t") != b"chunked":
        message.refuse(rules.CHUNKED_NOT_FINAL, "chunked is not the final transfer coding", lost=False)
        message.content = None
        message.end_with(rules.CHUNKED_NOT_FINAL_LAST)
    elif named != [b"chunked"]:
        message.unknown("a transfer coding that need not be known")
    else:
        if message.method in WITHOUT_CONTENT:
            message.free("a method whose content has no meaning")
        message.framing = "chunked"
        _read_chunks(message)


def _read_chunks(message: Message) -> None:
    content = bytearray()
    while True:
        line = _take_line(message)
        if line is None:
            break
        found = CHUNK_SIZE.fullmatch(line)
        if found is None or not _is_extension(message, found.group(2)):
            message.free(f"a chunk size is malformed: {line[:40]!r}")
            message.whole = False
            message.end_with(rules.CHUNK_MALFORMED)
            break
        if len(found.group(1)) > 16:
            message.free("a chunk size of many digits")
        size = int(found.group(1), 16) if len(found.group(1).lstrip(b"0")) <= 16 else 1 << 70
        if size == 0:
            _read_trailers(message)
            break
        data = message.octets[message.end : message.end + size]
        content += data
        message.end += len(data)
        if not _take_chunk_end(message, len(data) == size):
            break
    if message.content is not None:
        message.content = bytes(content)


def _is_extension(message: Message, text: bytes) -> bool:
    """Return whether a server may take what follows the size for extensions; note where it need not."""
    if not CHUNK_EXTENSION.fullmatch(text):
        message.free("what follows a chunk size may be refused")
    return not text.strip(b" \t") or text.lstrip(b" \t").startswith(b";")


def _take_line(message: Message) -> bytes | None:
    """Take a line of the chunked coding; None where it never ends, or recipients may differ on it."""
    at = message.octets.find(b"\n", message.end)
    if at < 0:
        message.cut_short(rules.CHUNKS_COVER)
        return None
    line = message.octets[message.end : at + 1]
    if not line.endswith(b"\r\n") or b"\r" in line[:-2]:
        _loose_chunks(message)
        return None
    message.end = at + 1
    return line[:-2]


def _loose_chunks(message: Message) -> None:
    message.free("a bare CR or LF stands in the chunked coding")
    message.content = None
    message.lose()


def _take_chunk_end(message: Message, complete: bool) -> bool:
    behind = message.octets[message.end : message.end + 2]
    if not complete or (len(behind) < 2 and b"\r\n".startswith(behind)):
        message.cut_short(rules.CHUNKS_COVER)
    elif behind == b"\r\n":
        message.end += 2
        return True
    elif behind[:1] in (b"\n", b"\r"):
        _loose_chunks(message)
    else:
        message.free("the data of a chunk is longer than its size")
        message.whole = False
        message.end_with(rules.CHUNK_MALFORMED)
    return False


def _read_trailers(message: Message) -> None:
    while (line := _take_line(message)) is not None:
        if not line:
            return
        name, colon, value = line.partition(b":")
        if not colon or not TOKEN.fullmatch(name) or re.search(rb"[^\t\x20-\x7e]", value):
            message.free("a trailer line may be refused")
        else:
            message.trailers.add(variable_of(name))
