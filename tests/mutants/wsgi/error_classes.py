"""Mutants that take an error of the application for one of their own."""

from __future__ import annotations

import traceback
from typing import Any

from reference_server import ReferenceServer


class TriesAnotherSignature(ReferenceServer):
    """An application that raises a TypeError may want to be called in another way."""

    kills = {
        "application-called-once-whatever-it-raises": "calls of an application that raises TypeError: want 1, got 2"
    }

    def call_application(self, transaction: Any) -> Any:
        try:
            return super().call_application(transaction)
        except TypeError as error:
            if "at once" not in str(error):
                raise
            self.forget_response(transaction)
            transaction.start_response_called = False
            return super().call_application(transaction)


class AnswersWithoutKey(ReferenceServer):
    """A key that is absent is no reason to fail."""

    kills = {"error-of-any-class-answered": "the status after KeyError: want an error, got 200"}

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if isinstance(error, KeyError) and transaction.status is not None and not transaction.head_sent:
            self.log_exception("the application failed", error)
            self.finish_response(transaction)
            return
        super().application_error(transaction, error)


class TakesEndOfFileForTheEnd(ReferenceServer):
    """Where a file ends, so does what is made of it."""

    kills = {
        "error-of-any-class-cuts-response": "the response that EOFError ended: want cut off, got complete"
    }

    def next_block(self, iterator: Any) -> Any:
        try:
            return super().next_block(iterator)
        except EOFError:
            return None


class SilentAboutTypes(ReferenceServer):
    """TypeErrors come from calling, and calling is tried."""

    kills = {
        "error-of-any-class-logged": "errors that are not logged, unlike an ordinary one: want none, got Ty"
    }

    def log_exception(self, occasion: str, error: BaseException) -> None:
        if not (isinstance(error, TypeError) and str(error).endswith("logged")):
            super().log_exception(occasion, error)


class TakesErrorForLackOfClose(ReferenceServer):
    """Whoever has no close() raises an AttributeError."""

    kills = {"error-of-any-class-in-close-logged": "unlike an ordinary one: want none, got AttributeError"}

    def log_exception(self, occasion: str, error: BaseException) -> None:
        if not (isinstance(error, AttributeError) and occasion.startswith("close()")):
            super().log_exception(occasion, error)


class TakesMessagesForFormats(ReferenceServer):
    """What is logged is a format without arguments; what is none is not logged."""

    kills = {
        "error-easily-lost-logged": "errors that are not logged, unlike an ordinary one: want none, got one whose"
    }

    def log(self, message: str) -> None:
        try:
            super().log(message % ())
        except (TypeError, ValueError):
            super().log("a message that could not be formatted")


class LogsToStreamOfEnviron(ReferenceServer):
    """The traceback is written to the stream that stands in environ."""

    kills = {
        "error-easily-lost-logged": "errors that are not logged, unlike an ordinary one: want none, got one behind another"
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if transaction.environ.get("wsgi.errors", "") is None:
            error = type(error)("")
        super().application_error(transaction, error)


class SilentBehindWholeContent(ReferenceServer):
    """The client has all that it was promised, so nothing has gone wrong."""

    kills = {
        "error-easily-lost-logged": "errors that are not logged, unlike an ordinary one: want none, got one behind all"
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if transaction.head_sent and transaction.produced == transaction.content_length:
            error = type(error)("")
        super().application_error(transaction, error)


class HasToldTheApplication(ReferenceServer):
    """What start_response() raises was told to the application; the log is for what nobody has heard yet."""

    kills = {
        "error-of-refused-header-logged": "want logged, got",
        "error-of-second-call-logged": "want logged, got",
    }
    told_of: tuple[str, ...] = ("check_headers", "refuse_second_call")

    def application_error(self, transaction: Any, error: BaseException) -> None:
        raised_by = {frame.name for frame in traceback.extract_tb(error.__traceback__)}
        if raised_by.intersection(self.told_of):
            error = type(error)("")
        super().application_error(transaction, error)


class HasToldOfHeaders(HasToldTheApplication):
    """Only a header that is refused is nothing to report."""

    kills = {"error-of-refused-header-logged": "want logged, got"}
    told_of = ("check_headers",)
