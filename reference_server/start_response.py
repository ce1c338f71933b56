"""The ``start_response()`` callable: PEP 3333, The ``start_response()`` Callable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from .environ import EnvironMaking
from .errors import ApplicationFault
from .response_checks import ResponseChecks
from .state import Transaction

Write = Callable[[bytes], None]


class StartResponse(ResponseChecks, EnvironMaking):
    """It stores, and "**must not** actually transmit the response headers"."""

    def make_start_response(self, transaction: Transaction) -> Callable[..., Write]:
        """One for each invocation: nothing of it carries over to the next request."""

        def start_response(status: str, headers: Any, exc_info: Any = None, /) -> Write:
            try:
                return self.start_response(transaction, status, headers, exc_info)
            finally:
                exc_info = None  # "Avoid circular ref."

        return start_response

    def start_response(self, transaction: Transaction, status: Any, headers: Any, exc_info: Any) -> Write:
        """Store status and headers, in place of what an earlier call may have stored."""
        try:
            self.check_call(transaction, exc_info)
        finally:
            exc_info = None
        # Noted before the checks: "This includes the case where the first call ... raised an error."
        transaction.start_response_called = True
        self.forget_response(transaction)
        self.check_status(status)
        self.check_headers(headers)
        self.store_response(transaction, status, headers)
        return self.make_write(transaction)

    def check_call(self, transaction: Transaction, exc_info: Any) -> None:
        """Which call this is decides whether it is allowed."""
        try:
            if exc_info is not None:
                self.check_error_call(transaction, exc_info)
            elif transaction.start_response_called:
                self.refuse_second_call(transaction)
        finally:
            exc_info = None

    def check_error_call(self, transaction: Transaction, exc_info: Any) -> None:
        """With ``exc_info`` after the headers have been sent, it "**must** raise an error"."""
        try:
            if transaction.head_sent:
                self.reraise(exc_info)
        finally:
            exc_info = None

    def refuse_second_call(self, transaction: Transaction) -> NoReturn:
        """It is "a fatal error to call ``start_response`` without the ``exc_info`` argument" twice."""
        raise ApplicationFault("start_response() called a second time without exc_info")

    def reraise(self, exc_info: Any) -> NoReturn:
        """``raise exc_info[1].with_traceback(exc_info[2])``: the very same exception."""
        try:
            if not isinstance(exc_info[1], BaseException):
                raise ApplicationFault("start_response() called after the headers were sent")
            raise exc_info[1].with_traceback(exc_info[2])
        finally:
            exc_info = None

    def forget_response(self, transaction: Transaction) -> None:
        """Replacement is total: if the new call fails its checks, the old response is gone as well."""
        transaction.status = None
        transaction.headers = []

    def store_response(self, transaction: Transaction, status: str, headers: list[tuple[str, str]]) -> None:
        """A copy of the list, since the application may go on changing its own."""
        transaction.status = status
        transaction.headers = list(headers)

    def make_write(self, transaction: Transaction) -> Write:
        """PEP 3333: "must return a ``write(body_data)`` callable that takes one positional parameter"."""

        def write(body_data: bytes, /) -> None:
            self.write(transaction, body_data)

        return write

    def write(self, transaction: Transaction, block: bytes) -> None:
        """See ``Response``, which knows how to send."""
        raise NotImplementedError
