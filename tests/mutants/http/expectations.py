"""Mutants that know the 100-continue expectation of a plain upload alone, or of one way to read it."""

from __future__ import annotations

import time
from typing import Any

from reference_server import ReferenceServer
from reference_server.state import Transaction

NOTHING_CAME = "before the content was sent: want 100 or a final response, got nothing"


class KnowsExpectationOfPost(ReferenceServer):
    """Forms are posted, and nothing else has content; what comes with PUT is awaited."""

    kills = {
        "continue-before-content-of-put": "before the content was sent: want 100 or a final response, got nothing"
    }

    def continue_is_due(self, transaction: Any) -> bool:
        return bool(super().continue_is_due(transaction)) and transaction.request.method != "PUT"


class KnowsExpectationOfCommonMethods(ReferenceServer):
    """A table says which methods have content."""

    kills = {
        "continue-before-content-of-unknown-method": "before the content was sent: want 100 or a final response"
    }

    def continue_is_due(self, transaction: Any) -> bool:
        known = transaction.request.method in ("POST", "PUT", "PATCH", "DELETE", "GET")
        return bool(super().continue_is_due(transaction)) and known


class AwaitsContentOfNothing(ReferenceServer):
    """Whoever expects 100 has content, so its first octet is waited for."""

    kills = {
        "expect-with-length-of-zero-answered": "answer to a request of no content: want the final response, got"
    }

    def run_in_turn(self, transaction: Transaction) -> None:
        request = transaction.request
        if request.framing == "length" and not request.content_length and self.expects_continue(request):
            self.receive(transaction.connection, time.monotonic() + 3)
        super().run_in_turn(transaction)


class AsksByReadAlone(ReferenceServer):
    """Only read() sends the 100; a line is awaited without a word."""

    kills = {"continue-before-content-read-by-line": NOTHING_CAME}

    def read_input_line(self, transaction: Any, size: int | None) -> bytes:
        transaction.body.continue_expected = False
        return super().read_input_line(transaction, size)


class AsksForSmallContentAlone(ReferenceServer):
    """What is too large for the memory is taken into a file, by code that knows nothing of the 100."""

    kills = {"continue-before-large-content": NOTHING_CAME}

    def expects_continue(self, request: Any) -> bool:
        return super().expects_continue(request) and request.content_length < 0x10000


class ThrowsAwayWhatCameBehindAwaitedContent(ReferenceServer):
    """What was received in answer to a 100 is the content, up to its length; the rest is let go."""

    kills = {
        "request-behind-awaited-content-found": "the request behind the content: want a call, got neither"
    }

    def drain_or_close(self, transaction: Transaction) -> bool:
        aligned = super().drain_or_close(transaction)
        if transaction.body.continue_sent:
            transaction.connection.buffer.clear()
        return aligned
