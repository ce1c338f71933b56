"""Mutants of Expect/Continue, as the application sees it."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class LosesExpectedContent(ReferenceServer):
    """The first octet behind a 100 is lost."""

    kills = {
        "expect-content-delivered": "content from octet 10",
        "expecting-request-served-in-pieces": "content of the request cut behind each line",
    }

    def read_delimited(self, transaction: Any, limit: int) -> bytes:
        octets = super().read_delimited(transaction, limit)
        expected = transaction.body.continue_sent and len(octets) == 11
        return octets[:-1] + b"T" if expected else octets


class DoesNotBlockBehindContinue(ReferenceServer):
    """What has not come right behind the 100 does not come."""

    kills = {
        "expect-content-delivered": "content from octet 0: want b'the content' (11 octets), got b'' (0 octets)",
        "expect-read-blocks": "the first read(): want bytes of the content, got b''",
    }

    def read_delimited(self, transaction: Any, limit: int) -> bytes:
        body = transaction.body
        if body.continue_sent and not transaction.connection.buffer and not hasattr(body, "tried"):
            body.tried = True
            return b""
        return super().read_delimited(transaction, limit)


class WaitsForTheClient(ReferenceServer):
    """The third way of the PEP: wait until the client gives up waiting."""

    kills = {
        "continue-before-chunks": "before the chunks were sent: want 100 or a final response",
        "continue-before-content": "before the content was sent: want 100 or a final response, got nothing",
        "continue-before-content-of-put": "before the content was sent: want 100 or a final response",
        "continue-before-content-of-unknown-method": "before the content was sent: want 100 or a final response",
        "continue-before-content-read-by-iterable": "before the content was sent",
        "continue-before-content-read-by-iteration": "before the content was sent",
        "continue-before-content-read-by-line": "before the content was sent: want 100 or a final response",
        "continue-before-large-content": "before the content was sent: want 100 or a final response",
        "continue-for-expectation-in-list": "before the content was sent: want 100 or a final response",
        "expect-not-waited-out": "before the content was sent: want 100 or a final response, got nothing",
    }

    def send_continue(self, transaction: Any) -> None:
        transaction.body.continue_expected = False


class WantsExpectedContentRead(ReferenceServer):
    """A response without a look at the content is an error, where it was announced."""

    kills = {"expect-unread-content-answered": "content from octet 0"}

    def finish_response(self, transaction: Any) -> None:
        super().finish_response(transaction)

    def send_head(self, transaction: Any, block: bytes) -> None:
        unread = transaction.body.continue_expected and not transaction.body.continue_sent
        if unread and transaction.status == "200 OK" and block.startswith(b"refused"):
            raise RuntimeError("the content was not read")
        super().send_head(transaction, block)
