"""Mutants that forget an error, or do not survive it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from reference_server import ReferenceServer


class Silent(ReferenceServer):
    """Base of those that log some errors by their class alone."""

    def silent(self, transaction: Any) -> bool:
        """Return whether nothing is said about this one."""
        raise NotImplementedError

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if self.silent(transaction):
            error = type(error)("").with_traceback(None)
        super().application_error(transaction, error)


class SilentBeforeStart(Silent):
    """Who did not start has not failed."""

    kills = {
        "error-before-start-response-logged": 'the error of the application: want logged, got "not in',
        "error-easily-lost-logged": "errors that are not logged, unlike an ordinary one",
        "error-for-head-logged": "the error of the application",
        "error-of-any-class-logged": "errors that are not logged, unlike an ordinary one",
        "error-on-kept-connection-logged": "the error of the application",
        "error-that-is-no-exception-logged": "the error of the application",
    }

    def silent(self, transaction: Any) -> bool:
        return not transaction.start_response_called


class SilentAfterStart(Silent):
    """A 500 in the access log must do."""

    kills = {
        "error-after-start-response-logged": 'the error of the application: want logged, got "not in ',
        "error-easily-lost-logged": "errors that are not logged, unlike an ordinary one: want none, got one behind",
        "error-of-refused-header-logged": "the error of start_response()",
        "error-of-second-call-logged": "the error of start_response()",
    }

    def silent(self, transaction: Any) -> bool:
        return transaction.start_response_called and transaction.iterable is None


class SilentInIteration(Silent):
    """The handler around the iteration only cleans up."""

    kills = {
        "error-in-first-iteration-logged": 'the error of the application: want logged, got "not in th',
    }

    def silent(self, transaction: Any) -> bool:
        return transaction.iterable is not None and not transaction.head_sent


class SilentHalfway(Silent):
    """What comes behind the head is taken for a client that has gone."""

    kills = {
        "connection-error-halfway-logged": "the error of the application",
        "error-halfway-logged": "the error of the application: want logged, got \"not in the server's out",
        "system-error-halfway-logged": "the error of the application",
    }

    def silent(self, transaction: Any) -> bool:
        return transaction.iterable is not None and bool(transaction.head_sent)


class Fragile(ReferenceServer):
    """Base of those that some errors leave unable to serve the next request of that client."""

    hurt: Any = frozenset()

    def client(self, transaction: Any) -> str:
        """Return who asks: the ticket without the number of the request."""
        environ = self.make_environ(transaction)
        ticket = environ.get("HTTP_X_WSGICHECK_TICKET") or environ.get("QUERY_STRING")
        return str(ticket or environ["PATH_INFO"])[: len("wct-0123456789abcdef")]

    def hurts(self, transaction: Any) -> bool:
        """Return whether the server does not get over this error."""
        raise NotImplementedError

    def application_error(self, transaction: Any, error: BaseException) -> None:
        transaction.failed = True
        super().application_error(transaction, error)

    def close_iterable(self, transaction: Any) -> None:
        super().close_iterable(transaction)
        if self.hurts(transaction):
            self.hurt = self.hurt | {transaction.client}

    def call_application(self, transaction: Any) -> Any:
        transaction.client = self.client(transaction)  # before the application empties its environ
        if transaction.client in self.hurt:
            raise OSError("no worker is left")
        return super().call_application(transaction)


class DiesBeforeStart(Fragile):
    """An error that comes at once ends the worker."""

    kills = {
        "error-before-start-response-survived": "calls for the request after the error: want 1, got 0",
        "session-goes-on-after-failure": "status of the page after a failure",
    }

    def hurts(self, transaction: Any) -> bool:
        return bool(getattr(transaction, "failed", False) and not transaction.start_response_called)


class DiesAfterStart(Fragile):
    """An error behind start_response() ends the worker."""

    kills = {
        "error-after-start-response-survived": "calls for the request after the error: want 1, got 0",
        "many-errors-beyond-exception-survived": "a plain request afterwards: want 200, got",
        "many-application-errors-survived": "a plain request afterwards: want 200, got",
    }

    def hurts(self, transaction: Any) -> bool:
        return bool(
            getattr(transaction, "failed", False)
            and transaction.start_response_called
            and transaction.iterable is None
        )


class DiesInIteration(Fragile):
    """An error in the iteration ends the worker."""

    kills = {
        "error-in-first-iteration-survived": "calls for the request after the error: want 1, got 0",
    }

    def hurts(self, transaction: Any) -> bool:
        return bool(
            getattr(transaction, "failed", False)
            and transaction.iterable is not None
            and not transaction.head_sent
        )


class DiesHalfway(Fragile):
    """An error behind the head ends the worker."""

    kills = {
        "error-halfway-survived": "calls for the request after the error: want 1, got 0",
        "many-errors-beyond-exception-survived": "a plain request afterwards: want 200, got",
        "many-application-errors-survived": "a plain request afterwards: want 200, got",
    }

    def hurts(self, transaction: Any) -> bool:
        return bool(
            getattr(transaction, "failed", False)
            and transaction.iterable is not None
            and transaction.head_sent
        )


class DiesInClose(Fragile):
    """An error in close() ends the worker."""

    kills = {
        "error-in-close-survived": "calls for the request after the error: want 1, got 0",
        "many-application-errors-survived": "a plain request afterwards: want 200, got",
        "many-errors-beyond-exception-survived": "a plain request afterwards: want 200, got",
        "system-exit-in-close-survived": "calls for the request behind a SystemExit in close()",
    }

    def hurts(self, transaction: Any) -> bool:
        return bool(getattr(transaction, "close_failed", False))

    def close_iterable(self, transaction: Any) -> None:
        returned = transaction.iterable
        performance = getattr(returned, "_performance", None)
        transaction.close_failed = performance is not None and bool(performance.play["closing"])
        super().close_iterable(transaction)


class SilentInClose(ReferenceServer):
    """The response is out: what close() raises is nobody's concern."""

    kills = {"error-in-close-logged": "the error of the application: want logged, got"}

    def log_exception(self, occasion: str, error: BaseException) -> None:
        if not occasion.startswith("close()"):
            super().log_exception(occasion, error)


class SilentOnLostConnections(ReferenceServer):
    """A connection that is lost halfway is its own, and happens all day."""

    kills = {"connection-error-halfway-logged": "the error of the application: want logged, got"}

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if not (transaction.head_sent and isinstance(error, ConnectionError)):
            super().application_error(transaction, error)


class SilentOnSystemErrors(ReferenceServer):
    """What the system reports halfway is the loss of a client."""

    kills = {
        "connection-error-halfway-logged": "the error of the application: want logged, got",
        "system-error-halfway-logged": "the error of the application: want logged, got",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if not (transaction.head_sent and isinstance(error, OSError)):
            super().application_error(transaction, error)


class SilentOnNoException(ReferenceServer):
    """``except Exception`` logs, and nothing else does."""

    kills = {"error-that-is-no-exception-logged": "the error of the application: want logged, got"}

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if not isinstance(error, Exception):
            error = BaseException("")
        super().application_error(transaction, error)


class SilentOnKeptConnections(ReferenceServer):
    """What it logs is logged by the one who accepted the connection."""

    kills = {"error-on-kept-connection-logged": "the error of the application: want logged, got"}

    def serve_transaction(self, transaction: Any) -> None:
        transaction.connection.served = getattr(transaction.connection, "served", 0) + 1
        super().serve_transaction(transaction)

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if transaction.connection.served > 1:
            error = type(error)("")
        super().application_error(transaction, error)


class DiesOfLostConnections(Fragile):
    """What looks like its own client's loss ends the worker."""

    kills = {"connection-error-halfway-survived": "calls for the request after the error: want 1, got 0"}

    def application_error(self, transaction: Any, error: BaseException) -> None:
        super().application_error(transaction, error)
        transaction.lost_one = isinstance(error, ConnectionError) and transaction.head_sent

    def hurts(self, transaction: Any) -> bool:
        return bool(getattr(transaction, "lost_one", False))


class DiesOfNoException(Fragile):
    """``except Exception`` is all that stands between an application and the worker."""

    kills = {
        "error-that-is-no-exception-survived": "calls for the request after the error: want 1, got 0",
        "many-errors-beyond-exception-survived": "a plain request afterwards: want 200, got",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        super().application_error(transaction, error)
        transaction.fatal = not isinstance(error, Exception)

    def hurts(self, transaction: Any) -> bool:
        return bool(getattr(transaction, "fatal", False))


class SaysNothingOfHead(ReferenceServer):
    """An error in answer to HEAD, for which there is no page, is not told at all."""

    kills = {
        "error-for-head-logged": "the error of the application: want logged, got",
        "failed-response-to-head-without-content": "octets behind the header section of a response to HEAD",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if transaction.request.method == "HEAD":
            self.send_error(transaction.connection, transaction.request, HTTPStatus.INTERNAL_SERVER_ERROR, "")
        else:
            super().application_error(transaction, error)
