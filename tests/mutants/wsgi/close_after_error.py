"""Mutants of ``close()`` where an error or the client ended the request."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer
from reference_server.errors import ApplicationFault, ClientGone


class Forgetful(ReferenceServer):
    """What the mutants of this module have in common: an error behind which they do not close."""

    def forgets(self, transaction: Any, error: BaseException) -> bool:
        """Return whether this is the error."""
        raise NotImplementedError

    def handle_error(self, transaction: Any, error: BaseException) -> None:
        super().handle_error(transaction, error)
        if self.forgets(transaction, error):
            transaction.closed = True


class ForgetsAfterError(Forgetful):
    """``close()`` follows the loop instead of standing in a ``finally``."""

    kills = {
        "failed-iterables-closed-to-http-1-0": "calls of close() of what fails halfway",
        "iterable-closed-after-error": "calls of close(): want 1, got 0",
        "iterable-closed-after-error-to-http-1-0": "calls of close(): want 1, got 0",
        "iterable-closed-after-error-that-is-no-exception": "calls of close(): want 1, got 0",
    }

    def forgets(self, transaction: Any, error: BaseException) -> bool:
        return str(error) == "halfway"


class ForgetsAfterErrorAtOnce(Forgetful):
    """It leaves for its error page before it enters the loop."""

    kills = {
        "failed-iterables-closed-after-head": "calls of close() of what fails at once",
        "failed-iterables-closed-to-http-1-0": "calls of close() of what fails at once",
        "iterable-closed-after-error-at-once": "calls of close(): want 1, got 0",
    }

    def forgets(self, transaction: Any, error: BaseException) -> bool:
        return not transaction.head_sent and str(error) == "at once"


class ForgetsAfterErrorAtEnd(Forgetful):
    """All was sent when it failed, so nothing is done."""

    kills = {"iterable-closed-after-error-at-end": "calls of close(): want 1, got 0"}

    def finish_response(self, transaction: Any) -> None:
        if str(self.length_of_iterable(transaction)) == "1" and transaction.content_length == 14:
            transaction.closed = True
        super().finish_response(transaction)


class ForgetsAfterNoException(Forgetful):
    """``except Exception`` does the closing."""

    kills = {"iterable-closed-after-error-that-is-no-exception": "calls of close(): want 1, got 0"}

    def forgets(self, transaction: Any, error: BaseException) -> bool:
        return not isinstance(error, Exception)


class ForgetsWhenIterRaises(ReferenceServer):
    """What has no iterator is nothing."""

    kills = {"iterable-closed-when-iter-raises": "calls of close(): want 1, got 0"}

    def make_iterator(self, transaction: Any) -> Any:
        try:
            return super().make_iterator(transaction)
        except Exception:
            transaction.closed = True
            raise


class ForgetsAfterText(Forgetful):
    """A TypeError of its own ends it differently."""

    kills = {
        "failed-iterables-closed-to-http-1-0": "calls of close() of what yields text",
        "iterable-closed-after-text-block": "calls of close(): want 1, got 0",
    }

    def forgets(self, transaction: Any, error: BaseException) -> bool:
        return isinstance(error, TypeError) and "str" in str(error) and transaction.iterable is not None


class ForgetsWithoutStatus(Forgetful):
    """Where there is no status there is no response, and so no end of it."""

    kills = {
        "empty-iterable-closed-without-start-response": "calls of close(): want 1, got 0",
        "failed-iterables-closed-after-head": "calls of close() of what was returned without start_response()",
        "failed-iterables-closed-to-http-1-0": "calls of close() of what was returned without start_response()",
        "iterable-closed-without-start-response": "calls of close(): want 1, got 0",
    }

    def forgets(self, transaction: Any, error: BaseException) -> bool:
        return isinstance(error, ApplicationFault) and not transaction.start_response_called


class ForgetsAfterHeaderError(Forgetful):
    """Headers that it refused leave nothing to be closed."""

    kills = {"iterable-closed-after-header-error": "calls of close(): want 1, got 0"}

    def forgets(self, transaction: Any, error: BaseException) -> bool:
        return transaction.start_response_called and transaction.status is None


class ForgetsAfterLateExcInfo(Forgetful):
    """The error that it raised by itself goes past the end."""

    kills = {"iterable-closed-after-late-exc-info": "calls of close(): want 1, got 0"}

    def forgets(self, transaction: Any, error: BaseException) -> bool:
        return str(error) == "too late"


class ForgetsWhenClientLeft(Forgetful):
    """Where nobody is there any more, nobody has to be told."""

    kills = {
        "file-closed-after-hang-up": "want called, got not called",
        "iterable-closed-after-client-left": "calls of close(): want 1, got 0",
        "iterable-closed-after-client-left-before-end": "calls of close(): want 1, got 0",
        "iterable-closed-after-client-left-before-headers": "calls of close(): want 1, got 0",
        "iterable-closed-after-client-left-in-next-response": "calls of close() of the second iterable",
        "iterable-closed-after-client-left-short-of-length": "calls of close(): want 1, got 0",
        "iterable-closed-after-client-left-while-written": "calls of close()",
        "iterable-closed-after-client-left-with-content-unread": "calls of close(): want 1, got 0",
        "list-with-close-closed-after-client-left": "calls of close() behind the client",
        "sized-iterable-closed-after-client-left": "calls of close() behind the client",
        "sized-iterable-closed-after-client-of-head-left": "calls of close() behind the client",
    }

    def forgets(self, transaction: Any, error: BaseException) -> bool:
        return isinstance(error, ClientGone)


class ForgetsAfterLostWrites(ReferenceServer):
    """A client that leaves in ``write()`` ends the request there."""

    kills = {"iterable-closed-after-client-left-while-written": "calls of close(): want 1, got 0"}

    def close_iterable(self, transaction: Any) -> None:
        if not (transaction.connection.lost and transaction.write_called):
            super().close_iterable(transaction)


class FailsToSayThatItFailed(Forgetful):
    """What the error page raises leaves by another way."""

    kills = {"iterable-closed-after-error-behind-client": "calls of close(): want 1, got 0"}

    def forgets(self, transaction: Any, error: BaseException) -> bool:
        return str(error) == "nobody hears of it" and bool(transaction.connection.lost)


class ForgetsWhenClientLeftLater(Forgetful):
    """A connection that has served a request is only given back to its pool."""

    kills = {
        "iterable-closed-after-client-left-in-next-response": "calls of close() of the second iterable: want 1, got 0"
    }

    def call_application(self, transaction: Any) -> Any:
        connection = transaction.connection
        connection.calls = getattr(connection, "calls", 0) + 1
        return super().call_application(transaction)

    def forgets(self, transaction: Any, error: BaseException) -> bool:
        return isinstance(error, ClientGone) and transaction.connection.calls > 1


class ForgetsWhenClientLeftShortOfLength(Forgetful):
    """What has a length is closed when that is reached."""

    kills = {"iterable-closed-after-client-left-short-of-length": "calls of close(): want 1, got 0"}

    def forgets(self, transaction: Any, error: BaseException) -> bool:
        return isinstance(error, ClientGone) and transaction.framing == "length"


class ForgetsWhenClientLeftUnread(Forgetful):
    """There is content to throw away, and with it goes the rest."""

    kills = {"iterable-closed-after-client-left-with-content-unread": "calls of close(): want 1, got 0"}

    def forgets(self, transaction: Any, error: BaseException) -> bool:
        return isinstance(error, ClientGone) and not transaction.body.finished


class ForgetsAfterErrorToHttp10(Forgetful):
    """The connection is closed, and that is thought to be all."""

    kills = {"iterable-closed-after-error-to-http-1-0": "calls of close(): want 1, got 0"}

    def forgets(self, transaction: Any, error: BaseException) -> bool:
        return transaction.request.version < (1, 1) and not isinstance(error, ClientGone)
