"""Mutants of the content of a request."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer
from reference_server.errors import BadRequest, ClientGone
from reference_server.state import Connection, Request, RequestBody, Transaction


class WaitsForFirstOctet(ReferenceServer):
    """Waits for first octet."""

    kills = {}

    def make_body(self, request: Request) -> RequestBody:
        if super().field_values(request, b"content-length") == [b"0"]:
            raise BadRequest("no content")
        return super().make_body(request)


class WantsLengthOfPost(ReferenceServer):
    """Wants length of post."""

    kills = {}

    def determine_body_framing(self, request: Request) -> None:
        super().determine_body_framing(request)
        if request.method == "POST" and request.framing == "none":
            raise BadRequest("a POST without a length")


class TakesCrOutOfContent(ReferenceServer):
    """Takes cr out of content."""

    kills = {}

    def read_delimited(self, transaction: Transaction, limit: int) -> bytes:
        return super().read_delimited(transaction, limit).replace(b"\x0d", b"\x0a")


class HandsOverOneBuffer(ReferenceServer):
    """Hands over one buffer."""

    kills = {}

    def read_delimited(self, transaction: Transaction, limit: int) -> bytes:
        octets = super().read_delimited(transaction, limit)
        if transaction.request.content_length > 65_536 and transaction.body.remaining:
            transaction.body.finished = True
        return octets


class HandsOverOnePacket(ReferenceServer):
    """Hands over one packet."""

    kills = {}

    def read_delimited(self, transaction: Transaction, limit: int) -> bytes:
        octets = super().read_delimited(transaction, limit)
        if octets == b"hel":
            transaction.body.finished = True
        return octets


class IgnoresContentOfGet(ReferenceServer):
    """Ignores content of get."""

    kills = {}

    def make_body(self, request: Request) -> RequestBody:
        body = super().make_body(request)
        if request.method == "GET" and request.content_length == 5:
            body.finished = True
        return body


class ReadsOneOctetTooMany(ReferenceServer):
    """Reads one octet too many."""

    kills = {}

    def make_body(self, request: Request) -> RequestBody:
        body = super().make_body(request)
        body.remaining += request.content_length == 5 and request.method == "POST"
        return body


class LeavesLastOctet(ReferenceServer):
    """Leaves last octet."""

    kills = {}

    def drain_or_close(self, transaction: Transaction) -> bool:
        kept = super().drain_or_close(transaction)
        if transaction.request.content_length == 5:
            transaction.connection.buffer[:0] = b"o"
        return kept


class ReadsToTheEndWithoutLength(ReferenceServer):
    """Reads to the end without length."""

    kills = {}

    def determine_body_framing(self, request: Request) -> None:
        super().determine_body_framing(request)
        persists = b"close" not in self.list_members(request, b"connection")
        if request.method == "POST" and request.framing == "none" and persists:
            request.framing, request.content_length = "length", 10


class TakesHalfForWhole(ReferenceServer):
    """Takes half for whole."""

    kills = {}

    def make_environ(self, transaction: Transaction) -> Any:
        environ = super().make_environ(transaction)
        if environ.get("CONTENT_LENGTH") == "10" and len(transaction.connection.buffer) == 5:
            environ["CONTENT_LENGTH"] = "5"
        return environ

    def take(self, connection: Connection, body: RequestBody, limit: int) -> bytes:
        try:
            return super().take(connection, body, limit)
        except ClientGone:
            body.finished = True
            return b""
