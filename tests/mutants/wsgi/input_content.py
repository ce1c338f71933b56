"""Mutants of the content that the application reads."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class TranslatesCarriageReturns(ReferenceServer):
    """The stream is in text mode somewhere."""

    kills = {"input-octets-exact": "body from octet 13"}

    def read_input(self, transaction: Any, size: Any) -> bytes:
        return super().read_input(transaction, size).replace(b"\r", b"\n")


class LosesAnOctetHalfway(ReferenceServer):
    """The buffer of 512 KiB wraps around one octet too far."""

    kills = {"input-large-body-whole": "octets of the body: want 1048576, got 1048575"}

    def read_delimited(self, transaction: Any, limit: int) -> bytes:
        before = transaction.body.remaining
        octets = super().read_delimited(transaction, limit)
        border = 512 * 1024
        return octets[:-1] if transaction.body.remaining <= border < before and len(octets) > 1 else octets


class LosesAnOctetBetweenSegments(ReferenceServer):
    """The result of a long read is put together with one octet less."""

    kills = {"input-large-body-in-one-read": "octets of the body: want 1048576, got 1048575"}

    def read_input(self, transaction: Any, size: Any) -> bytes:
        octets = super().read_input(transaction, size)
        return octets[:500_000] + octets[500_001:] if len(octets) >= 1_048_576 else octets


class TakesASilenceForTheEnd(ReferenceServer):
    """What has not come when the application reads does not come any more."""

    kills = {"input-waits-for-late-content": "body from octet 3"}

    def take(self, connection: Any, body: Any, limit: int) -> bytes:
        if not connection.buffer and body.remaining in (7, 3):
            return b""
        return super().take(connection, body, limit)


class LosesLoneOctets(ReferenceServer):
    """A segment of one octet is taken for a mere acknowledgement."""

    kills = {"input-octet-by-octet-whole": "body from octet"}

    def receive(self, connection: Any, deadline: float) -> bool:
        before = len(connection.buffer)
        more = super().receive(connection, deadline)
        if more and bytes(connection.buffer[before:]) == b"c":
            connection.buffer[before:] = b"C"
        return more
