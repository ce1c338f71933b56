"""Mutants that answer for an application that failed."""

from __future__ import annotations

import traceback
import types
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from reference_server import ReferenceServer


class AnswersErrorsWith200(ReferenceServer):
    """The page says that it failed, and the status does not."""

    kills = {
        "error-before-start-response-answered": "the status after an error before start_response(): wa",
        "failure-answered-500": "status where the application raised: want 500, got 200",
        "error-behind-continue-answered": "behind 100 and an error",
    }

    def call_application(self, transaction: Any) -> Iterable[bytes]:
        try:
            return super().call_application(transaction)
        except Exception as error:
            if transaction.start_response_called:
                raise
            self.log_exception("the application failed", error)
            transaction.status = "200 OK"
            transaction.start_response_called = True
            return [b"the application failed"]


class SendsStoredHeadAfterCall(ReferenceServer):
    """Whatever happens, what was stored is sent in the end."""

    kills = {
        "stop-iteration-of-application-answered": "the status after a StopIteration: want an error, got 200",
        "error-after-start-response-answered": "the status after an error behind start_response(): wan",
        "connection-error-of-application-answered": "the status after a ConnectionResetError: want an ",
        "error-with-any-message-answered": "the status after an error with an odd message: want an err",
        "failure-once-begun-answered-500": "status where the application raised: want 500, got 200",
        "nothing-returned-refused": "answer to None instead of an iterable: want an error of the serve",
        "timeout-of-application-answered": "the status after a TimeoutError: want an error, got 200",
        "error-in-next-request-answered": "behind an error",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if transaction.iterable is None and transaction.status == "200 OK" and not transaction.head_sent:
            self.log_exception("the application failed", error)
            self.send_head(transaction, b"")
            self.flush(transaction)
        else:
            super().application_error(transaction, error)


class SendsStoredHeadAfterIteration(ReferenceServer):
    """An error in an iteration ends it, and what is left to send is the head."""

    kills = {
        "connection-closed-after-empty-shortfall": "the connection",
        "error-after-empty-block-answered": "the status after an error behind an empty block: want an ",
        "error-in-first-iteration-answered": "the status after an error in the first iteration: want a",
        "index-error-in-first-iteration-answered": "the status after an IndexError",
    }

    def fails(self, transaction: Any) -> bool:
        """Return whether the head is sent though nothing came behind it."""
        return not isinstance(transaction.iterable, types.GeneratorType)

    def application_error(self, transaction: Any, error: BaseException) -> None:
        begun = transaction.head_sent or not transaction.status or transaction.iterable is None
        if not begun and self.fails(transaction):
            self.send_head(transaction, b"")
            self.flush(transaction)
        super().application_error(transaction, error)


class SendsStoredHeadAfterGenerator(SendsStoredHeadAfterIteration):
    """The same for generators alone."""

    kills = {
        "error-in-generator-answered": "the status after an error in a generator: want an error, got 200",
    }

    def fails(self, transaction: Any) -> bool:
        return isinstance(transaction.iterable, types.GeneratorType)


class TakesErrorAfterEmptyBlockForEnd(ReferenceServer):
    """Behind the first block an error only ends the iteration."""

    kills = {
        "error-after-empty-block-answered": "the status after an error behind an empty block: want an ",
    }

    def send_block(self, transaction: Any, block: bytes) -> None:
        transaction.blocks = True
        super().send_block(transaction, block)

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if getattr(transaction, "blocks", False) and not transaction.head_sent and transaction.status:
            self.finish_response(transaction)
        super().application_error(transaction, error)


class ShowsTraceback(ReferenceServer):
    """The client is told what the log is told."""

    kills = {
        "error-response-without-traceback": "the error response: want no traceback, got b'Traceback (m",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if transaction.head_sent:
            super().application_error(transaction, error)
            return
        self.log_exception("the application failed", error)
        from http import HTTPStatus

        status = HTTPStatus.INTERNAL_SERVER_ERROR
        self.send_error(
            transaction.connection, transaction.request, status, "".join(traceback.format_exception(error))
        )


class TakesConnectionErrorsForItsOwn(ReferenceServer):
    """A connection that was reset is the client's, so there is nobody to answer: it is left to time out."""

    kills = {
        "connection-error-halfway-logged": "the error of the application",
        "connection-error-of-application-answered": "after a ConnectionResetError: want 'an error, or ",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if isinstance(error, ConnectionResetError):
            self.stopping.wait(12)
        super().application_error(transaction, error)


class TakesTimeoutsForItsOwn(ReferenceServer):
    """A timeout is the client's, who was too slow."""

    kills = {
        "error-of-any-class-answered": "the status after TimeoutError",
        "timeout-of-application-answered": "the status after a TimeoutError: want an error, got 200",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if isinstance(error, TimeoutError):
            self.send_head(transaction, b"")
            self.flush(transaction)
        else:
            super().application_error(transaction, error)


class AnswersTimeoutsWith408(ReferenceServer):
    """Whose time is over is not asked."""

    kills = {"timeout-of-application-not-answered-408": "the status after a TimeoutError: want another error"}

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if isinstance(error, TimeoutError) and not transaction.head_sent:
            self.log_exception("the application failed", error)
            self.send_error(
                transaction.connection, transaction.request, HTTPStatus.REQUEST_TIMEOUT, "too slow"
            )
        else:
            super().application_error(transaction, error)


class FormatsMessages(ReferenceServer):
    """The message becomes a part of the reason."""

    kills = {
        "error-with-any-message-answered": "the status after an error with an odd message: want an err",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        try:
            str(error).encode("utf-8")
        except UnicodeEncodeError:
            transaction.status = "200 OK"
            self.send_head(transaction, b"")
            self.flush(transaction)
        super().application_error(transaction, error)


class LeavesFailedRequests(ReferenceServer):
    """Where the application fails behind start_response(), the connection just ends."""

    kills = {
        "error-before-output-gets-response": "behind an error of the application: want an error response"
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if str(error) == "wsgicheck: after start_response":
            self.log_exception("the application failed", error)
        else:
            super().application_error(transaction, error)


class TakesStopIterationForTheEnd(ReferenceServer):
    """The application is called where it is iterated."""

    kills = {"stop-iteration-of-application-answered": "the status after a StopIteration: want an error"}

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if isinstance(error, StopIteration) and not transaction.head_sent:
            transaction.headers = []
            self.send_head(transaction, b"")
            self.flush(transaction)
        else:
            super().application_error(transaction, error)


class LeavesWhatIsNoException(ReferenceServer):
    """Where the error is no Exception, the connection just ends."""

    kills = {
        "error-that-is-no-exception-gets-response": "behind an error that is no Exception: want an error response"
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if type(error) is BaseException:
            self.log_exception("the application failed", error)
        else:
            super().application_error(transaction, error)
