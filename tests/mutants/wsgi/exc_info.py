"""Mutants of ``start_response()`` with ``exc_info``."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer
from reference_server.errors import ApplicationFault

RETURNS = "start_response() with exc_info before any output: want returns, got"


class ReturnsNothingForErrors(ReferenceServer):
    """An error page needs no write()."""

    kills = {
        "exc-info-accepted-before-output": "what start_response() returned: want callable, got not cal",
        "exc-info-accepted-in-first-call": "what start_response() returned: want callable, got not cal",
        "exc-info-accepted-in-first-iteration": "what start_response() returned: want callable, got no",
        "exc-info-released-after-raise": "what the trapped error held",
        "exc-info-replaces-repeatedly": "what start_response() returned: want callable, got not callable",
        "start-response-with-exc-info-returns-write": "what start_response() returned: want a callable",
    }

    def start_response(self, transaction: Any, status: Any, headers: Any, exc_info: Any) -> Any:
        write = super().start_response(transaction, status, headers, exc_info)
        return write if exc_info is None else None


class WantsResponseToReplace(ReferenceServer):
    """exc_info replaces a response, so there must be one."""

    kills = {
        "exc-info-accepted-in-first-call": "start_response() with exc_info before any output: want returns, got",
        "exc-info-released-after-raise": "what the trapped error held",
    }

    def check_error_call(self, transaction: Any, exc_info: Any) -> None:
        if not transaction.start_response_called:
            raise ApplicationFault("nothing to replace")
        super().check_error_call(transaction, exc_info)


class TakesReturnForOutput(ReferenceServer):
    """Once the application has returned, the headers count as sent."""

    kills = {
        "exc-info-accepted-in-first-iteration": "start_response() with exc_info before any output: wan",
        "exc-info-released-after-raise": "what the trapped error held",
        "headers-replaceable-after-empty-block": "start_response() with exc_info: want accepted, got r",
    }

    def check_error_call(self, transaction: Any, exc_info: Any) -> None:
        if transaction.iterable is not None:
            self.reraise(exc_info)
        super().check_error_call(transaction, exc_info)


class Merging(ReferenceServer):
    """Base of those that keep a part of the replaced response."""

    def merge(self, transaction: Any, status: str, headers: Any) -> None:
        """Put back what is kept of the status and the headers from before."""

    def start_response(self, transaction: Any, status: Any, headers: Any, exc_info: Any) -> Any:
        before = transaction.status, transaction.headers
        write = super().start_response(transaction, status, headers, exc_info)
        if exc_info is not None and before[0] is not None:
            self.merge(transaction, *before)
        return write


class KeepsStatus(Merging):
    """Only the headers are replaced, as the sentence says."""

    kills = {
        "exc-info-accepted-in-first-iteration": "status: want 503, got 200",
        "exc-info-released-after-raise": "what the trapped error held",
        "exc-info-replaces-by-declared-length": "status",
        "exc-info-replaces-for-head": "status: want 503, got 200",
        "exc-info-replaces-no-content-by-stream": "status",
        "exc-info-replaces-repeatedly": "status: want 503, got 200",
        "exc-info-replaces-status": "status: want 503, got 200",
        "exc-info-replaces-status-without-content": "status",
        "first-write-sends-replacing-response": "status",
        "headers-replaceable-after-empty-block": "status: want 503, got 200",
        "recovered-failure-replaces-status": "status of the error page: want 500, got 200",
    }

    def merge(self, transaction: Any, status: str, headers: Any) -> None:
        transaction.status = status


class TakesNoneForNothingSaid(Merging):
    """Who gives no headers has none to give instead of those that are there."""

    kills = {
        "exc-info-released-after-raise": "what the trapped error held",
        "exc-info-replaces-headers-by-none": "headers of the replaced response: want none, got",
    }

    def merge(self, transaction: Any, status: str, headers: Any) -> None:
        transaction.headers = transaction.headers or headers


class KeepsCookies(Merging):
    """Cookies that were set stay set."""

    kills = {
        "exc-info-released-after-raise": "what the trapped error held",
        "exc-info-replaces-headers": "headers of the replaced response: want none, got 'old=1'",
        "exc-info-replaces-headers-by-none": "headers of the replaced response",
    }

    def merge(self, transaction: Any, status: str, headers: Any) -> None:
        transaction.headers += [header for header in headers if header[0] == "Set-Cookie"]


class KeepsContentLength(Merging):
    """The length was taken down when it was first heard."""

    kills = {
        "exc-info-released-after-raise": "what the trapped error held",
        "exc-info-replaces-content-length": "Content-Length: want not that of before, got 3",
    }

    def merge(self, transaction: Any, status: str, headers: Any) -> None:
        transaction.headers += [header for header in headers if header[0] == "Content-Length"]


class ReplacesOnce(ReferenceServer):
    """The second error of one response is one too many."""

    kills = {
        "exc-info-released-after-raise": "what the trapped error held",
        "exc-info-replaces-repeatedly": "start_response() with exc_info before any output: want returns, got",
    }

    def check_error_call(self, transaction: Any, exc_info: Any) -> None:
        if getattr(transaction, "replaced", False):
            self.reraise(exc_info)
        transaction.replaced = transaction.start_response_called
        super().check_error_call(transaction, exc_info)


class KeepsExcInfo(ReferenceServer):
    """The last error is kept, should anybody ask for it."""

    kills = {
        "exc-info-of-first-call-released": "what the trapped error held",
        "exc-info-released": "what the trapped error held: want gone, got held",
        "exc-info-released-after-raise": "what the trapped error held",
    }

    def start_response(self, transaction: Any, status: Any, headers: Any, exc_info: Any) -> Any:
        transaction.last_error = exc_info
        return super().start_response(transaction, status, headers, exc_info)


class KeepsFirstExcInfo(ReferenceServer):
    """An error that is there from the beginning is kept for the log."""

    kills = {
        "exc-info-of-first-call-released": "what the trapped error held: want gone, got held",
        "exc-info-released-after-raise": "what the trapped error held",
    }

    def start_response(self, transaction: Any, status: Any, headers: Any, exc_info: Any) -> Any:
        if not transaction.start_response_called:
            transaction.first_error = exc_info
        return super().start_response(transaction, status, headers, exc_info)
