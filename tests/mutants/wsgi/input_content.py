"""Mutants of the content that the application reads."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class TranslatesCarriageReturns(ReferenceServer):
    """The stream is in text mode somewhere."""

    kills = {
        "body-echoed-unchanged": "the octets of the echo from octet 0",
        "chunked-content-of-100000-octets-whole": "the content from octet 13: want b'\\r\\x0e\\x0f\\x10\\x11\\x12\\x13\\x14\\x15\\x16\\x17\\x18\\x19\\x1a\\x1b\\x1c\\x1d\\x1e\\x1f !\"#$' (102400 octets)",
        "chunked-input-large-whole": "content from octet 13",
        "chunked-upload-arrives-whole": "the receipt of a chunked upload from octet 12",
        "content-octets-unchanged": "the content from octet 13",
        "content-of-100000-octets-whole": "the content from octet 13",
        "content-read-by-framing-of-each-request": "content of request 2: want '5\\r\\nhello\\r\\n0\\r\\n\\r\\n'",
        "input-octets-exact": "body from octet 13",
        "input-of-megabytes-read-at-once": "octets of read()",
        "input-read-behind-line-whole": "read() behind readline() from octet 89",
        "underscore-transfer-encoding-ignored": "body that the application read: want '0\\r\\n\\r\\n', got '0\\n\\n\\n\\n'",
        "upload-arrives-whole": "the octets of the receipt of an upload from octet 12",
    }

    def read_input(self, transaction: Any, size: Any) -> bytes:
        return super().read_input(transaction, size).replace(b"\r", b"\n")


class LosesAnOctetHalfway(ReferenceServer):
    """The buffer of 512 KiB wraps around one octet too far."""

    kills = {
        "input-large-body-in-one-read": "octets of the body: want 1048576, got 1048575",
        "input-large-body-whole": "octets of the body: want 1048576, got 1048575",
        "input-of-megabytes-read-at-once": "octets of read()",
    }

    def read_delimited(self, transaction: Any, limit: int) -> bytes:
        before = transaction.body.remaining
        octets = super().read_delimited(transaction, limit)
        border = 512 * 1024
        return octets[:-1] if transaction.body.remaining <= border < before and len(octets) > 1 else octets


class LosesAnOctetBetweenSegments(ReferenceServer):
    """The result of a long read is put together with one octet less."""

    kills = {
        "input-large-body-in-one-read": "octets of the body: want 1048576, got 1048575",
        "input-of-megabytes-read-at-once": "octets of read()",
    }

    def read_input(self, transaction: Any, size: Any) -> bytes:
        octets = super().read_input(transaction, size)
        return octets[:500_000] + octets[500_001:] if len(octets) >= 1_048_576 else octets


class TakesASilenceForTheEnd(ReferenceServer):
    """What has not come when the application reads does not come any more."""

    kills = {
        "expect-read-blocks": "content from octet 4: want b'content' (11 octets), got b'' (4 octets)",
        "input-waits-for-late-content": "body from octet 3",
        "input-octet-by-octet-whole": "body from octet 3: want b'def' (6 octets), got b'' (3 octets)",
        "content-in-pieces-joined": "the content from octet 3: want b'loworld' (10 octets), got b'' (3 octets)",
    }

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


class TidiesUpBeforeIteration(ReferenceServer):
    """What is left of the body when the call returns is read away."""

    kills = {
        "input-readable-during-iteration": "body from octet 0: want b'0123456789'",
        "input-readable-behind-first-block": "body from octet",
    }

    def iterate(self, transaction: Any) -> None:
        if transaction.request.content_length == 10 and not transaction.body.finished:
            self.read_input(transaction, None)
        super().iterate(transaction)


class ThrowsAwayUnreadBehindHead(ReferenceServer):
    """Once it answers, what has come of the body is in the way, and goes."""

    kills = {
        "input-readable-behind-first-block": "body from octet 0: want b'0123456789' (10 octets), got b''"
    }

    def send_head(self, transaction: Any, block: bytes) -> None:
        super().send_head(transaction, block)
        while transaction.connection.buffer and transaction.body.remaining and not transaction.body.finished:
            self.read_body(transaction, self.RECEIVE_OCTETS)


class ReturnsWhatItCollected(ReferenceServer):
    """Several segments are collected in a bytearray, and that is returned."""

    kills = {"input-of-several-segments-is-bytes": "type of read(5): want bytes, got bytearray"}

    def read_input(self, transaction: Any, size: Any) -> Any:
        transaction.fetched = 0
        octets = super().read_input(transaction, size)
        return bytearray(octets) if self.input_size(size) and transaction.fetched > 1 else octets

    def read_content(self, transaction: Any, limit: int) -> bytes:
        octets = super().read_content(transaction, limit)
        transaction.fetched = getattr(transaction, "fetched", 0) + bool(octets)
        return octets
