"""Mutants of the fields that a server adds."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class SendsHost(ReferenceServer):
    """The Host of the request comes back."""

    kills = {"request-fields-not-sent": "fields of requests in a response: want none, got Host"}

    def missing_headers(self, transaction: Any, present: set[str]) -> Any:
        return [*super().missing_headers(transaction, present), ("Host", "a.example")]


class AnnouncesTimeout(ReferenceServer):
    """Keep-Alive comes without its mention in Connection."""

    kills = {"connection-fields-listed": "Connection beside Keep-Alive: want lists it, got absent"}

    def timed(self, transaction: Any) -> bool:
        return transaction.persistent and transaction.request.version >= (1, 1)

    def missing_headers(self, transaction: Any, present: set[str]) -> Any:
        timeout = [("Keep-Alive", "timeout=5")] if self.timed(transaction) else []
        return [*super().missing_headers(transaction, present), *timeout]


class AnnouncesTimeoutToHttp10(AnnouncesTimeout):
    """Keep-Alive comes even where the connection closes, to HTTP/1.0."""

    kills = {
        "connection-fields-listed-to-http-1-0": "Connection beside Proxy-Connection: want lists it, got keep-alive"
    }

    def missing_headers(self, transaction: Any, present: set[str]) -> Any:
        old = transaction.persistent and transaction.request.version < (1, 1)
        added = [("Proxy-Connection", "keep-alive")] if old else []
        return [*super(AnnouncesTimeout, self).missing_headers(transaction, present), *added]


class ListsTheDate(ReferenceServer):
    """Connection lists what goes to everybody."""

    kills = {"connection-lists-no-end-to-end-field": "end-to-end fields in Connection: want none, got Date"}

    def connection_header(self, transaction: Any) -> Any:
        return [(name, value + ", Date") for name, value in super().connection_header(transaction)]


class ListsNothing(ReferenceServer):
    """A list in Connection ends in a comma."""

    kills = {"lists-without-empty-members": "members of connection: want none empty, got ['close', '']"}

    def connection_header(self, transaction: Any) -> Any:
        return [
            (name, value + ",") if value == "close" else (name, value)
            for name, value in super().connection_header(transaction)
        ]


class ListsNothingWhenStreaming(ReferenceServer):
    """The list of codings begins with a comma."""

    kills = {
        "lists-without-empty-members-when-streamed": "members of transfer-encoding: "
        "want none empty, got ['', 'chunked']",
        "coding-is-chunked-alone": "transfer codings of the response: want chunked",
    }

    def framing_header(self, transaction: Any) -> Any:
        return [
            (name, ", chunked") if value == "chunked" else (name, value)
            for name, value in super().framing_header(transaction)
        ]


class SpacesTwice(ReferenceServer):
    """Two spaces follow the colon of Server."""

    kills = {"field-space-single": "a field line: want one space behind the colon, got"}

    def format_header(self, name: str, value: str) -> str:
        return super().format_header(name, " " + value if name == "Server" else value)


class NamesItselfInWords(ReferenceServer):
    """Server is a sentence."""

    kills = {"server-field-well-formed": "Server: want products and comments, got"}
    SOFTWARE = "reference server, version 1.0"


class NamesThePlatform(ReferenceServer):
    """Server names the distribution."""

    kills = {"server-field-without-platform": "Server: want no platform, got"}
    SOFTWARE = "reference_server/1.0 (Debian)"


class Compresses(ReferenceServer):
    """The ground of the others: turns content around, which is as good as compressing it."""

    wanted = (b"gzip",)
    named = True
    marked = True

    def compresses(self, transaction: Any) -> bool:
        accepted = self.list_members(transaction.request, b"accept-encoding")
        return any(coding in accepted for coding in self.wanted)

    def call_application(self, transaction: Any) -> Any:
        iterable = super().call_application(transaction)
        if not isinstance(iterable, list) or not self.compresses(transaction):
            return iterable
        if self.named:
            transaction.headers.append(("Content-Encoding", "gzip"))
        if self.marked:
            transaction.headers = [
                (name, "W/" + value if name == "ETag" else value) for name, value in transaction.headers
            ]
        return [block[::-1] for block in iterable]


class CompressesSilently(Compresses):
    """Content-Encoding is forgotten."""

    kills = {
        "content-coding-named": "Content-Encoding of content that was changed: want the coding, got absent"
    }
    named = False


class CompressesUnderTheSameTag(Compresses):
    """The entity tag of the application stays."""

    kills = {
        "entity-tag-of-coded-content-its-own": "ETag of compressed content: want 'another, or a weak one', got"
    }
    marked = False


class CompressesUnasked(Compresses):
    """Whoever accepts some coding is taken to accept this one."""

    kills = {"content-coding-not-unasked": "Content-Encoding where none is acceptable: want absent, got gzip"}
    wanted = (b"x-wsgicheck",)


class AnswersOldInOld(ReferenceServer):
    """HTTP/1.0 is answered in HTTP/1.0."""

    kills = {
        "version-of-response-highest": "version of a response to HTTP/1.0: want HTTP/1.1, got HTTP/1.0",
    }

    def send_head(self, transaction: Any, block: bytes) -> None:
        super().send_head(transaction, block)
        if transaction.request.version < (1, 1):
            transaction.outgoing[:] = transaction.outgoing.replace(b"HTTP/1.1 ", b"HTTP/1.0 ", 1)


class SendsATrailer(ReferenceServer):
    """A trailer field comes unannounced."""

    kills = {"trailers-announced": "trailers that Trailer does not list: want none, got ['x-sum']"}

    def last_chunk(self, transaction: Any) -> bytes:
        end = super().last_chunk(transaction)
        return end.replace(b"0\r\n", b"0\r\nX-Sum: 1\r\n") if end else end
