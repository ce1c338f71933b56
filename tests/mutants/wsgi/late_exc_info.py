"""Mutants of ``start_response()`` with ``exc_info`` after output."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class ForgivesAfterOutput(ReferenceServer):
    """After output the new response is stored, for nobody."""

    kills = {
        "exc-info-raises-after-block": "start_response() with exc_info after output: want an error, go",
        "exc-info-raises-after-head-was-answered": "start_response() with exc_info after the headers",
        "exc-info-raises-after-large-block": "start_response() with exc_info after output: want an error, go",
        "exc-info-raises-after-write": "start_response() with exc_info after output: want an error, go",
        "exc-info-raises-behind-complete-content": "start_response() with exc_info after output",
        "exc-info-raises-in-next-response": "start_response() with exc_info after output",
    }

    def check_error_call(self, transaction: Any, exc_info: Any) -> None:
        pass


class ForgivesAfterLargeBlock(ReferenceServer):
    """A buffer that has been emptied holds nothing that a response could not replace."""

    kills = {
        "exc-info-raises-after-large-block": "start_response() with exc_info after output: want an erro",
        "exc-info-released-after-raise": "what the trapped error held",
    }

    def check_error_call(self, transaction: Any, exc_info: Any) -> None:
        if transaction.produced < 65_536:
            super().check_error_call(transaction, exc_info)


class ForgivesAfterWrite(ReferenceServer):
    """What was written does not count as sent before the application has returned."""

    kills = {
        "exc-info-raises-after-head-was-answered": "start_response() with exc_info after the headers",
        "exc-info-raises-after-write": "start_response() with exc_info after output: want an erro",
        "exc-info-raises-behind-complete-content": "start_response() with exc_info after output",
        "exc-info-released-after-raise": "what the trapped error held",
    }

    def check_error_call(self, transaction: Any, exc_info: Any) -> None:
        if transaction.iterable is not None:
            super().check_error_call(transaction, exc_info)


class RaisesAnotherError(ReferenceServer):
    """The error is of the same class, with the same message."""

    kills = {
        "exc-info-reraised": "what was raised: want the error of exc_info, got",
    }

    def reraise(self, exc_info: Any) -> Any:
        raise exc_info[0](*exc_info[1].args)


class RaisesWithoutTraceback(ReferenceServer):
    """The error is raised as if it came from here."""

    kills = {
        "exc-info-released-after-raise": "what the trapped error held",
        "exc-info-traceback-kept": "the traceback of exc_info: want kept, got lost",
    }

    def reraise(self, exc_info: Any) -> Any:
        raise exc_info[1].with_traceback(None)


class SendsHeadsForHeadAtOnce(ReferenceServer):
    """HEAD asks for headers, and there they are."""

    kills = {
        "exc-info-raises-after-head-was-answered": "start_response() with exc_info after the headers",
        "exc-info-released-after-raise": "what the trapped error held",
        "exc-info-replaces-for-head": "status: want 503, got 200",
    }

    def start_response(self, transaction: Any, status: Any, headers: Any, exc_info: Any) -> Any:
        if exc_info is not None and transaction.request.method == "HEAD":
            return self.make_write(transaction)
        return super().start_response(transaction, status, headers, exc_info)


class SendsSecondHead(ReferenceServer):
    """The status of the error is sent, although there is one already."""

    kills = {
        "exc-info-released-after-raise": "what the trapped error held",
        "no-second-head-after-exc-info": "a second status line follows the first block",
    }

    def start_response(self, transaction: Any, status: Any, headers: Any, exc_info: Any) -> Any:
        if exc_info is not None and transaction.head_sent:
            self.send(transaction.connection, self.format_status_line(status) + b"\r\n")
        return super().start_response(transaction, status, headers, exc_info)


class ReplacesHeadersOfHead(ReferenceServer):
    """Where no content is sent, nothing has been sent."""

    kills = {
        "exc-info-raises-after-head-was-answered": "start_response() with exc_info after the headers: want an er",
        "exc-info-released-after-raise": "what the trapped error held",
    }

    def check_error_call(self, transaction: Any, exc_info: Any) -> None:
        if transaction.request.method != "HEAD":
            super().check_error_call(transaction, exc_info)


class ForgivesBehindCompleteContent(ReferenceServer):
    """Once all of the content has been sent, the response is off the books."""

    kills = {
        "exc-info-raises-after-head-was-answered": "start_response() with exc_info after the headers",
        "exc-info-raises-behind-complete-content": "start_response() with exc_info after output: want an error",
        "exc-info-released-after-raise": "what the trapped error held",
    }

    def check_error_call(self, transaction: Any, exc_info: Any) -> None:
        if not (transaction.head_sent and self.response_satisfied(transaction)):
            super().check_error_call(transaction, exc_info)
