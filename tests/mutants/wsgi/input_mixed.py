"""Mutants whose ways of reading ``wsgi.input`` do not get on with one another."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer
from reference_server.errors import BrokenRequestBody


class PutsRestBehind(ReferenceServer):
    """What a line of a size leaves of it goes behind what was there."""

    kills = {"input-read-in-all-ways-in-order": "what was read in all ways from octet"}
    framing = "length"

    def read_input_line(self, transaction: Any, size: Any) -> bytes:
        line = super().read_input_line(transaction, size)
        ahead = transaction.body.lookahead
        left = (size or 0) - len(line)
        if left > 20 and line.endswith(b"\n") and transaction.request.framing == self.framing:
            ahead[:] = ahead[left:] + ahead[:left]
        return line


class PutsRestOfChunksBehind(PutsRestBehind):
    """The same where the content came in chunks."""

    kills = {"chunked-input-read-in-all-ways-in-order": "what was read in all ways from octet"}
    framing = "chunked"

    def read_input_line(self, transaction: Any, size: Any) -> bytes:
        line = super().read_input_line(transaction, size)
        if size in (5, 40) and transaction.request.framing == "chunked":
            return line[:-1]  # a size that is not there yet: the end of the line goes with the chunk
        return line


class BreaksOffSilently(ReferenceServer):
    """Whoever got something is not told that there was more."""

    kills: dict[str, str]
    method = ""

    def read_content(self, transaction: Any, limit: int) -> bytes:
        try:
            octets = super().read_content(transaction, limit)
        except BrokenRequestBody:
            if self.method == getattr(transaction, "method", "") and getattr(transaction, "got", b""):
                return b""
            raise
        transaction.got = octets
        return octets


class ReadsWhatCame(BreaksOffSilently):
    """read() gives what has come."""

    kills = {"chunks-that-break-off-not-read-at-once": "read() of chunks that break off: want an error, got"}
    method = "read"

    def read_input(self, transaction: Any, size: Any) -> bytes:
        transaction.method = "read" if size is None or size < 0 else ""
        return super().read_input(transaction, size)


class IteratesWhatCame(BreaksOffSilently):
    """An iteration ends where nothing more comes."""

    kills = {
        "chunks-that-break-off-not-iterated-to-an-end": "__iter__() of chunks that break off: want an er"
    }
    method = "iterate"

    def iterate_input(self, transaction: Any) -> Any:
        transaction.method = "iterate"
        return super().iterate_input(transaction)


class HandsOutWhatIsThere(ReferenceServer):
    """Behind a line, read() gives what it left behind."""

    kills = {"input-read-behind-line-whole": "read() behind readline() from octet"}

    def read_input(self, transaction: Any, size: Any) -> bytes:
        if (size is None or size < 0) and transaction.body.lookahead:
            return self.read_ahead(transaction, len(transaction.body.lookahead))
        return super().read_input(transaction, size)


class EndsLinesAtChunks(ReferenceServer):
    """A CR at the end of a chunk is the end of a line, whatever comes."""

    kills = {"chunked-input-read-in-all-ways-in-order": "among other ways: want a whole line, got"}

    def read_input_line(self, transaction: Any, size: Any) -> bytes:
        line = super().read_input_line(transaction, size)
        at = line.find(b"\r")
        if transaction.request.framing == "chunked" and b"ev\r" in line and 0 <= at < len(line) - 1:
            transaction.body.lookahead[:0] = line[at + 1 :]
            return line[: at + 1]
        return line


class IteratesOnce(ReferenceServer):
    """One iterator is all that there is."""

    kills = {"input-read-in-all-ways-in-order": "next() among other ways: want a whole line, got"}

    def iterate_input(self, transaction: Any) -> Any:
        body = transaction.body
        if getattr(body, "iterated", False) and transaction.request.framing == "length" and body.lookahead:
            return iter(())
        body.iterated = True
        return super().iterate_input(transaction)
