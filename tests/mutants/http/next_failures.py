"""Mutants that deal with failures otherwise in the second response of a connection."""

from __future__ import annotations

from typing import Any

from reference_server.state import Transaction
from tests.mutants.http.later_requests import CountsRequests


class EndsNextFailedResponse(CountsRequests):
    """On a connection that has served before, a failed response is ended as any other."""

    kills = {
        "failed-next-response-incomplete": "a chunked response whose application failed: want cut off, got"
    }

    def application_error(self, transaction: Transaction, error: BaseException) -> None:
        super().application_error(transaction, error)
        if self.served and transaction.head_sent and transaction.framing == "chunked":
            self.send(transaction.connection, b"0\r\n\r\n")


class DropsNextFailedRequest(CountsRequests):
    """On a connection that has served before, an error is followed by the close."""

    kills = {"error-in-next-request-answered": "behind an error: want an error response, got nothing"}

    def application_error(self, transaction: Transaction, error: BaseException) -> None:
        if self.served and not transaction.head_sent:
            self.log_exception("the application failed", error)
        else:
            super().application_error(transaction, error)


class SendsNextExcess(CountsRequests):
    """The count of octets is that of the first response, which is done."""

    kills = {"excess-of-next-response-not-sent": "before the third status line: want nothing, got excess"}

    def truncate(self, transaction: Any, block: bytes) -> bytes:
        return block if self.served == 1 else super().truncate(transaction, block)

    def response_satisfied(self, transaction: Any) -> bool:
        return self.served != 1 and super().response_satisfied(transaction)


class KeepsConnectionBehindNextShortfall(CountsRequests):
    """What was written on a kept connection is not counted."""

    kills = {"shortfall-of-next-response-not-filled": "content that fell short: want no other response in it"}

    def check_enough(self, transaction: Any) -> None:
        if not (self.served == 1 and transaction.write_called):
            super().check_enough(transaction)
