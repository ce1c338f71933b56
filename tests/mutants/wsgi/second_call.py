"""Mutants of a second call of ``start_response()``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reference_server import ReferenceServer

ACCEPTED = "want refused, got accepted"


class LetsSecondCallPass(ReferenceServer):
    """The last call wins, with or without exc_info."""

    kills = {
        "second-call-refused": "want refused, got accepted",
        "second-call-refused-after-error-call": "a start_response() without exc_info behind one with it",
        "second-call-refused-after-output": "a second start_response() without exc_info",
        "second-call-refused-after-refused-headers": "want refused, got accepted",
        "second-call-refused-after-refused-status": "want refused, got accepted",
        "second-call-refused-during-iteration": "want refused, got accepted",
        "second-call-with-none-refused": "want refused, got accepted",
        "second-call-with-same-arguments-refused": "want refused, got accepted",
    }

    def refuse_second_call(self, transaction: Any) -> Any:
        pass


class LetsRepetitionPass(ReferenceServer):
    """Who says the same again has said it once."""

    kills = {
        "exc-info-released-after-raise": "what the trapped error held",
        "second-call-with-same-arguments-refused": "want refused, got accepted",
    }

    def start_response(self, transaction: Any, status: Any, headers: Any, exc_info: Any) -> Any:
        if exc_info is None and transaction.status == status and transaction.headers == headers:
            return self.make_write(transaction)
        return super().start_response(transaction, status, headers, exc_info)


class ForgetsFirstCallOnReturn(ReferenceServer):
    """Whether start_response() was called is asked only while the application is called."""

    kills = {
        "second-call-refused-after-output": "a second start_response() without exc_info",
        "second-call-refused-during-iteration": "want refused, got accepted",
    }

    def refuse_second_call(self, transaction: Any) -> Any:
        if transaction.iterable is None:
            super().refuse_second_call(transaction)


class LetsCallBehindOutputPass(ReferenceServer):
    """What comes behind the head changes nothing, so it does no harm."""

    kills = {"second-call-refused-after-output": ACCEPTED}

    def refuse_second_call(self, transaction: Any) -> Any:
        if not transaction.head_sent:
            super().refuse_second_call(transaction)


class CountsArguments(ReferenceServer):
    """Three arguments are an error being handled, whatever the third one is."""

    kills = {
        "exc-info-released-after-raise": "what the trapped error held",
        "second-call-with-none-refused": "want refused, got accepted",
    }

    def make_start_response(self, transaction: Any) -> Callable[..., Any]:
        start_response = super().make_start_response(transaction)

        def counting(status: str, headers: Any, *rest: Any) -> Any:
            if rest == (None,):
                transaction.start_response_called = False
            return start_response(status, headers, *rest)

        return counting


class StoresHeadersOfRefusedCall(ReferenceServer):
    """The second call is refused when half of it has been done."""

    kills = {
        "exc-info-released-after-raise": "what the trapped error held",
        "responses-of-two-calls-not-mixed": "headers of the 200: want X-First, got X-Second",
    }

    def start_response(self, transaction: Any, status: Any, headers: Any, exc_info: Any) -> Any:
        if exc_info is None and transaction.status is not None:
            transaction.headers = list(headers)
        return super().start_response(transaction, status, headers, exc_info)


class CountsSuccessfulCalls(ReferenceServer):
    """A call that failed has not happened."""

    kills = {
        "exc-info-released-after-raise": "what the trapped error held",
        "second-call-refused-after-refused-headers": "want refused, got accepted",
        "second-call-refused-after-refused-status": "want refused, got accepted",
    }

    def start_response(self, transaction: Any, status: Any, headers: Any, exc_info: Any) -> Any:
        before = transaction.start_response_called
        try:
            return super().start_response(transaction, status, headers, exc_info)
        except (TypeError, ValueError):
            transaction.start_response_called = before
            raise


class GivesUpAfterRefusedCall(ReferenceServer):
    """After a call that failed there is nothing that exc_info could replace."""

    kills = {
        "error-call-accepted-after-refused-headers": "start_response() with exc_info: want accept",
        "exc-info-released-after-raise": "what the trapped error held",
    }

    def check_error_call(self, transaction: Any, exc_info: Any) -> None:
        if transaction.start_response_called and transaction.status is None:
            self.reraise(exc_info)
        super().check_error_call(transaction, exc_info)


class BeginsAnewWithErrorCall(ReferenceServer):
    """Behind an error page, it is as if nobody had called."""

    kills = {"second-call-refused-after-error-call": "behind one with it: want refused, got accepted"}

    def check_error_call(self, transaction: Any, exc_info: Any) -> None:
        transaction.replaced = True
        try:
            super().check_error_call(transaction, exc_info)
        finally:
            exc_info = None

    def refuse_second_call(self, transaction: Any) -> Any:
        if not getattr(transaction, "replaced", False):
            super().refuse_second_call(transaction)


class WritesWhatItCameWith(ReferenceServer):
    """Each ``write()`` has a response of its own."""

    kills = {"first-write-sends-replacing-response": "status: want 503, got 200"}

    def make_write(self, transaction: Any) -> Any:
        status, headers = transaction.status, transaction.headers

        def write(block: bytes, /) -> None:
            if not transaction.head_sent:
                transaction.status, transaction.headers = status, headers
            self.write(transaction, block)

        return write


class CirclesBackToExcInfo(ReferenceServer):
    """The frame that raises knows what it raised."""

    kills = {"exc-info-released-after-raise": "what the trapped error held: want gone, got held"}

    def reraise(self, exc_info: Any) -> Any:
        raise exc_info[1].with_traceback(exc_info[2])
