"""Our reader of responses: octets in, a :class:`Response` out, with every fault named (RFC 9112).

It reads on where the grammar is broken but the meaning is plain, because a checker must be able to
say what it saw; each departure is listed in ``Response.faults``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..model.exchange import Response

HEAD_LIMIT = 256 * 1024
"""Octets; a longer head is a fault, and reading stops."""
INTERIM_LIMIT = 100
"""Interim responses; a server that never comes to the final one is cut off."""
FAULTS_LIMIT = 20
"""Faults of one response that are told."""

_STATUS_LINE = re.compile(rb"(HTTP/[0-9]\.[0-9]) ([0-9]{3})(?: ([^\r\n]*))?$", re.S)
_TOKEN = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+$")
_VALUE = re.compile(rb"[\t \x21-\x7e\x80-\xff]*$")
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;.*)?$", re.S)
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_DIGITS = re.compile(r"[0-9]+$")


class ResponseReader:
    """Reads one connection's responses, in order.

    ``methods`` are the methods of the requests, because the framing of a response depends on its
    request (RFC 9112 6.3). Feed octets as they come; ``finish`` when the connection has ended.
    """

    def __init__(self, methods: tuple[str, ...]) -> None:
        self._methods = methods
        self._buffer = bytearray()
        self._current: Response | None = None
        self._chunk_left: int | None = None
        self._length_left = 0
        self._content = bytearray()
        self._trailers = False
        self._looked = 0
        """How far the buffer was searched for the end of a head."""
        self.responses: list[Response] = []
        self.interim: list[Response] = []
        self.broken = False

    @property
    def done(self) -> bool:
        """Whether every expected response has been read to its end."""
        return len(self.responses) >= len(self._methods) or self.broken

    def _reading(self) -> bool:
        return not self.done

    @property
    def surplus(self) -> bytes:
        """The octets behind the last expected response."""
        return bytes(self._buffer) if self.done else b""

    def feed(self, octets: bytes) -> None:
        """Take octets that arrived, and read as far as they go."""
        self._buffer += octets
        while self._reading() and self._step():
            pass

    def finish(self, orderly: bool) -> None:
        """Note that the connection has ended: ``orderly`` by a close, not by a reset or a deadline."""
        if self.done:
            return
        if self._current is None:
            if self._buffer.strip(b"\r\n"):
                self._read_cut_head(bytes(self._buffer), "the connection ended within the head")
        elif self._current.framing == "close":
            self._end(orderly, "" if orderly else "the connection did not end in order")
        else:
            self._end(False, "the connection ended within the content")

    # ---- one step a state ---------------------------------------------------------------------------

    def _step(self) -> bool:
        if self._current is None:
            return self._step_head()
        framing = self._current.framing
        if framing == "content-length":
            return self._step_length()
        if framing == "chunked":
            return self._step_chunk()
        self._content += self._buffer
        self._buffer.clear()
        return False

    def _step_head(self) -> bool:
        end = _HEAD_END.search(self._buffer, max(0, self._looked - 3))
        self._looked = 0 if end else len(self._buffer)
        if end is None:
            if len(self._buffer) > HEAD_LIMIT:
                self._read_cut_head(
                    bytes(self._buffer[:HEAD_LIMIT]), f"the head is longer than {HEAD_LIMIT} octets"
                )
                self.broken = True
            return False
        head, separator = bytes(self._buffer[: end.start()]), end.group()
        del self._buffer[: end.end()]
        self._read_head(head, separator)
        return True

    def _read_cut_head(self, head: bytes, fault: str) -> None:
        """Read as much of a head as came: whatever its framing would be, the response is not complete."""
        before = len(self.responses)
        self._read_head(head, b"")
        if len(self.responses) > before:
            self._current = self.responses.pop()
        self._end(False, fault)

    def _read_head(self, head: bytes, separator: bytes) -> None:
        faults: list[str] = []
        if separator not in (b"\r\n\r\n", b"") or re.search(rb"(?<!\r)\n", head):
            faults.append("a line ends in a bare LF")
        lines = re.split(rb"\r?\n", head)
        found = _STATUS_LINE.match(lines[0])
        if found is None:
            self._current = Response("", 0, "", (), faults=(f"no status line: {lines[0][:80]!r}",), head=head)
            self._end(False)
            self.broken = True
            return
        if found.group(3) is None:
            faults.append("the status line lacks the space behind the status code")
        elif not _VALUE.match(found.group(3)):
            faults.append("the reason phrase contains a control character")
        headers = tuple(_field_line(line, faults) for line in lines[1:])
        del faults[FAULTS_LIMIT:]
        response = Response(
            version=found.group(1).decode("ascii"),
            status=int(found.group(2)),
            reason=(found.group(3) or b"").decode("latin-1"),
            headers=headers,
            head=head + separator,
        )
        self._frame(response, faults)

    def _frame(self, response: Response, faults: list[str]) -> None:
        """Find how the end of the content is found (RFC 9112 6.3)."""
        if 100 <= response.status < 200 and response.status != 101:
            self.interim.append(replace(response, faults=tuple(faults)))
            if len(self.interim) > INTERIM_LIMIT:
                self._current = response
                self._break("interim responses without end")
            return
        method = self._methods[len(self.responses)]
        codings = [
            part.strip().lower()
            for value in response.values("transfer-encoding")
            for part in value.split(",")
        ]
        lengths = response.values("content-length")
        framing = "close"
        if codings and lengths:
            faults.append("Content-Length beside Transfer-Encoding")
        if len(lengths) > 1:
            faults.append("Content-Length is repeated")
        if lengths and not all(_DIGITS.match(value) for value in lengths):
            faults.append(f"Content-Length is not a number: {lengths[0][:40]!r}")
        tunnel = method == "CONNECT" and 200 <= response.status < 300
        if method == "HEAD" or response.status in (101, 204, 304) or tunnel:
            framing = "none"
        elif codings:
            framing = "chunked" if codings[-1] == "chunked" else "close"
            if codings.count("chunked") > 1:
                faults.append("chunked is applied more than once")
        elif lengths and _DIGITS.match(lengths[0]) and len(lengths[0]) < 20 and len(set(lengths)) == 1:
            framing = "content-length"
            self._length_left = int(lengths[0])
        self._current = replace(response, framing=framing, faults=tuple(faults))
        self._chunk_left, self._trailers = None, False
        if framing == "none" or (framing == "content-length" and self._length_left == 0):
            self._end(True)

    def _step_length(self) -> bool:
        block = self._buffer[: self._length_left]
        self._content += block
        del self._buffer[: len(block)]
        self._length_left -= len(block)
        if self._length_left == 0:
            self._end(True)
            return True
        return False

    def _step_chunk(self) -> bool:
        if self._chunk_left is None or self._trailers:
            return self._step_chunk_line()
        if self._chunk_left > 0:
            block = self._buffer[: self._chunk_left]
            self._content += block
            del self._buffer[: len(block)]
            self._chunk_left -= len(block)
            return self._chunk_left == 0
        if len(self._buffer) < 2:
            return False
        if self._buffer[:2] != b"\r\n":
            self._break(f"chunk data is not followed by CRLF but by {bytes(self._buffer[:2])!r}")
            return False
        del self._buffer[:2]
        self._chunk_left = None
        return True

    def _step_chunk_line(self) -> bool:
        at = self._buffer.find(b"\n")
        if at < 0:
            if len(self._buffer) > HEAD_LIMIT:
                self._break("a chunk line is too long")
            return False
        line = bytes(self._buffer[: at + 1])
        if not line.endswith(b"\r\n"):
            self._fault("a chunk line ends in a bare LF")
        del self._buffer[: at + 1]
        line = line.rstrip(b"\r\n")
        if self._trailers:
            if not line:
                self._end(True)
            else:
                faults: list[str] = []
                _field_line(line, faults)
                for fault in faults:
                    self._fault("trailer section: " + fault)
            return True
        found = _CHUNK_SIZE.match(line)
        if found is None:
            self._break(f"no chunk size: {line[:40]!r}")
            return False
        if re.match(rb"[0-9A-Fa-f]+[ \t]", line):
            self._fault("white space follows a chunk size")
        self._chunk_left = int(found.group(1), 16)
        self._trailers = self._chunk_left == 0
        return True

    # ---- endings ------------------------------------------------------------------------------------

    def _fault(self, fault: str) -> None:
        faults = self._current.faults if self._current is not None else ()
        if self._current is not None and fault not in faults and len(faults) <= FAULTS_LIMIT:
            self._current = replace(self._current, faults=(*self._current.faults, fault))

    def _break(self, fault: str) -> None:
        """End a response whose framing cannot be followed any further."""
        self._end(False, fault)
        self.broken = True

    def _end(self, complete: bool, fault: str = "") -> None:
        if fault:
            self._fault(fault)
        if self._current is not None:
            self.responses.append(replace(self._current, content=bytes(self._content), complete=complete))
        self._current = None
        self._content.clear()


def _field_line(line: bytes, faults: list[str]) -> tuple[str, str]:
    """Return name and value of a field line (RFC 9112 5), noting what is against the grammar."""
    name, colon, value = line.partition(b":")
    if not colon:
        faults.append(f"a field line has no colon: {line[:80]!r}")
    elif not _TOKEN.match(name):
        faults.append(f"a field name is no token: {name[:80]!r}")
    if not _VALUE.match(value):
        faults.append(f"a field value contains a control character: {line[:80]!r}")
    return name.decode("latin-1"), value.strip(b" \t").decode("latin-1")
