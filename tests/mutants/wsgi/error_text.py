"""Mutants that lose what is told to ``wsgi.errors`` at one stage of a response."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer
from reference_server.error_stream import ErrorStream


class _Heard(ErrorStream):
    """A stream that its server may stop to listen to."""

    __slots__ = ("end", "transaction")

    def write(self, text: str, /) -> int:
        self.end = text
        if self._server.deaf(self.transaction):  # type: ignore[attr-defined]
            return len(text)
        return super().write(text)


class Hearing(ReferenceServer):
    """The ground of those that do not listen always."""

    kills: dict[str, str]

    def make_errors(self, transaction: Any) -> Any:
        transaction.errors = _Heard(self)
        transaction.errors.transaction = transaction
        transaction.closing = transaction.failed = False
        return transaction.errors

    def close_iterable(self, transaction: Any) -> None:
        transaction.closing = True
        super().close_iterable(transaction)

    def application_error(self, transaction: Any, error: BaseException) -> None:
        transaction.failed = True
        super().application_error(transaction, error)

    def deaf(self, transaction: Any) -> bool:
        """Return whether what is told now is lost."""
        raise NotImplementedError


class DeafWhileIterated(Hearing):
    """The stream is that of the call."""

    kills = {
        "errors-text-of-iteration-recorded": "the server's output: want wsgicheck-b07e11 told between",
        "errors-text-around-error-halfway-recorded": "the server's output: want wsgicheck-b07e15 told before",
    }

    def deaf(self, transaction: Any) -> bool:
        return bool(transaction.head_sent and not transaction.closing)


class DeafInClose(Hearing):
    """The stream is taken back when the response is complete."""

    kills = {
        "errors-text-of-close-recorded": "the server's output: want wsgicheck-b07e12 told while it is closed"
    }

    def deaf(self, transaction: Any) -> bool:
        empty = (transaction.status or "")[:3] == "304"
        return bool(transaction.closing and not transaction.failed and not empty)


class DeafBehindNotModified(Hearing):
    """The same behind a 304 alone."""

    kills = {
        "errors-text-of-close-of-not-modified-recorded": "the server's output: want wsgicheck-b07e13 told while",
    }

    def deaf(self, transaction: Any) -> bool:
        return bool(transaction.closing and (transaction.status or "")[:3] == "304")


class LosesTextBeforeError(Hearing):
    """What was held back goes with the request that failed."""

    kills = {"errors-text-before-error-recorded": "the server's output: want wsgicheck-b07e14 told before an"}

    def deaf(self, transaction: Any) -> bool:
        transaction.told = [*getattr(transaction, "told", []), transaction.errors.end]
        return True

    def run_application(self, transaction: Any) -> None:
        super().run_application(transaction)
        if not transaction.failed or transaction.head_sent:
            for text in getattr(transaction, "told", []):
                self.write_error(text)


class DeafBehindErrors(Hearing):
    """Who has failed is not listened to any more."""

    kills = {
        "errors-text-around-error-halfway-recorded": "the server's output: want wsgicheck-b07e16 told while",
    }

    def deaf(self, transaction: Any) -> bool:
        return bool(transaction.closing and transaction.failed)


class WaitsForLineEnd(Hearing):
    """A line is told when it is a line."""

    kills = {"errors-text-without-line-end-recorded": "the server's output: want wsgicheck-b07e17 told witho"}

    def deaf(self, transaction: Any) -> bool:
        return not transaction.errors.end.endswith("\n")


class DropsBlankText(Hearing):
    """Text without a letter is no message."""

    kills = {
        "errors-line-end-alone-ends-line": "between two lines that were printed: want a line ending, got"
    }

    def deaf(self, transaction: Any) -> bool:
        return not transaction.errors.end.strip()
