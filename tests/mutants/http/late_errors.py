"""Mutants of errors that come when the response is whole, or the request was read."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from reference_server import ReferenceServer


class AnswersLateErrors(ReferenceServer):
    """The ground of those that send a page about an error behind a response that was whole."""

    def answers(self, transaction: Any) -> bool:
        """Say whether there is a page behind this one."""
        return False

    def application_error(self, transaction: Any, error: BaseException) -> None:
        super().application_error(transaction, error)
        if transaction.head_sent and self.answers(transaction):
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            self.send_error(transaction.connection, transaction.request, status, "the application failed")


class AnswersBehind204(AnswersLateErrors):
    """No content was sent, so there is room for a page."""

    kills = {
        "nothing-follows-204-of-failed-application": "octets behind a whole 204 whose application failed: want"
    }

    def answers(self, transaction: Any) -> bool:
        return self.status_code(transaction) == 204


class AnswersBehind304(AnswersLateErrors):
    """No content was sent, so there is room for a page."""

    kills = {
        "nothing-follows-304-of-failed-application": "octets behind a whole 304 whose application failed: want"
    }

    def answers(self, transaction: Any) -> bool:
        return self.status_code(transaction) == 304


class AnswersBehindWholeContent(AnswersLateErrors):
    """The response is done, so another one can begin."""

    kills = {
        "nothing-follows-whole-content-of-failed-application": "octets behind a whole 200 whose application failed"
    }

    def answers(self, transaction: Any) -> bool:
        whole = transaction.content_length == transaction.produced > 0
        return bool(whole and transaction.write_called and self.status_code(transaction) == 200)


class LeavesReadersWithoutAnswer(ReferenceServer):
    """Where the content of the request was read, its connection is dropped with the error."""

    kills = {"error-behind-content-answered": "behind an error of the application: want an error response"}
    FRAMING = "length"

    def application_error(self, transaction: Any, error: BaseException) -> None:
        read = transaction.body.received and transaction.body.finished
        if read and transaction.request.framing == self.FRAMING and not transaction.head_sent:
            self.log_exception("the application failed", error)
        else:
            super().application_error(transaction, error)


class LeavesReadersOfChunksWithoutAnswer(LeavesReadersWithoutAnswer):
    """Where chunks were read, the connection is dropped with the error."""

    kills = {
        "error-behind-chunked-content-answered": "behind an error of the application: want an error response"
    }
    FRAMING = "chunked"
