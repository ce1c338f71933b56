"""Mutants of ``close()`` of a response that was completed or cut short."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reference_server import ReferenceServer


class Forgetful(ReferenceServer):
    """What the mutants of this module have in common: one case in which they do not close."""

    def forgets(self, transaction: Any) -> bool:
        """Return whether this is the case."""
        raise NotImplementedError

    def close_iterable(self, transaction: Any) -> None:
        if not self.forgets(transaction):
            super().close_iterable(transaction)


class ClosesIterator(ReferenceServer):
    """It closes what ``iter()`` returned."""

    kills = {
        "failed-iterables-closed-after-head": "calls of close() of what fails at once",
        "failed-iterables-closed-to-http-1-0": "calls of close() of what fails at once",
        "getitem-iterable-closed": "calls of close(): want 1, got 0",
        "iterable-closed-after-error-at-end": "calls of close(): want 1, got 0",
        "iterable-closed-on-returned-object": "calls of close(): want 1, got 0",
        "iterable-of-any-shape-closed-after-head": "calls of close() of list_with_close",
        "iterable-of-any-shape-closed-after-write": "calls of close() of list_with_close",
        "iterable-of-any-shape-closed-without-content": "calls of close() of list_with_close with 204",
        "list-with-close-closed": "calls of close(): want 1, got 0",
        "list-with-close-closed-after-client-left": "calls of close() behind the client",
        "sized-iterable-closed": "calls of close(): want 1, got 0",
        "sized-iterable-closed-after-client-left": "calls of close() behind the client",
        "sized-iterable-closed-after-client-of-head-left": "calls of close() behind the client",
    }

    def make_iterator(self, transaction: Any) -> Iterator[bytes]:
        transaction.iterable = super().make_iterator(transaction)
        return transaction.iterable  # type: ignore[no-any-return]


class ForgetsSized(Forgetful):
    """What has a length is a list, and need not be closed."""

    kills = {
        "failed-iterables-closed-after-head": "calls of close() of what yields text",
        "failed-iterables-closed-to-http-1-0": "calls of close() of what yields text",
        "sized-iterable-closed": "calls of close(): want 1, got 0",
    }

    def forgets(self, transaction: Any) -> bool:
        return self.length_of_iterable(transaction) == 2


class ForgetsOldProtocol(Forgetful):
    """What has no ``__iter__`` has no ``close()`` either."""

    kills = {
        "getitem-iterable-closed": "calls of close(): want 1, got 0",
        "iterable-of-any-shape-closed-after-head": "calls of close() of getitem",
        "iterable-of-any-shape-closed-after-write": "calls of close() of getitem",
        "iterable-of-any-shape-closed-without-content": "calls of close() of getitem with 204",
    }

    def forgets(self, transaction: Any) -> bool:
        return not hasattr(transaction.iterable, "__iter__")


class ForgetsEmpty(Forgetful):
    """Where nothing came, it returns before the end."""

    kills = {
        "iterable-closed-after-reset-content": "calls of close()",
        "iterable-closed-when-empty": "calls of close(): want 1, got 0",
    }

    def forgets(self, transaction: Any) -> bool:
        nothing = transaction.head_sent and not transaction.produced and transaction.framing != "none"
        return nothing and self.declared_content_length(transaction) is None


class ForgetsForHttp10(Forgetful):
    """The end of the connection ends it all."""

    kills = {
        "failed-iterables-closed-to-http-1-0": "calls of close() of what fails halfway",
        "iterable-closed-on-kept-http-1-0-connection": "calls of close()",
        "iterable-closed-to-http-1-0": "calls of close(): want 1, got 0",
        "iterable-closed-after-error-to-http-1-0": "calls of close()",
    }

    def forgets(self, transaction: Any) -> bool:
        return transaction.request.version < (1, 1)


class ForgetsOnKeptConnection(Forgetful):
    """It closes where it ends the connection, and this one goes on."""

    kills = {
        "file-closed-while-connection-idle": "close() of the file, while the connection is idle",
        "files-on-kept-connection-closed": "close() of the file of request 1 of a connection",
        "iterable-closed-on-kept-connection": "calls of close(): want 1, got 0",
        "iterable-closed-on-kept-http-1-0-connection": "calls of close()",
        "iterable-closed-while-connection-idle": "close(), while the connection is idle",
        "iterables-behind-others-closed": "calls of close() for request 2 of a connection",
        "iterables-on-kept-connection-closed": "calls of close() for a 304, request 3 of a connection",
    }

    def forgets(self, transaction: Any) -> bool:
        return bool(transaction.persistent)


class ForgetsWithContentUnread(Forgetful):
    """It sees to the content that nobody has read, and goes on from there."""

    kills = {
        "iterable-closed-with-content-unread": "calls of close(): want 1, got 0",
        "iterable-closed-after-client-left-with-content-unread": "calls of close()",
    }

    def forgets(self, transaction: Any) -> bool:
        return transaction.body.remaining == len(b"nobody reads this")


class ForgetsLists(Forgetful):
    """A list is a list, and a list has nothing to close."""

    kills = {
        "failed-iterables-closed-after-head": "calls of close() of a list with None",
        "failed-iterables-closed-to-http-1-0": "calls of close() of a list with None",
        "iterable-of-any-shape-closed-after-head": "calls of close() of list_with_close",
        "iterable-of-any-shape-closed-after-write": "calls of close() of list_with_close",
        "iterable-of-any-shape-closed-without-content": "calls of close() of list_with_close with 204",
        "list-with-close-closed": "calls of close(): want 1, got 0",
        "list-with-close-closed-after-client-left": "calls of close() behind the client",
    }

    def forgets(self, transaction: Any) -> bool:
        return isinstance(transaction.iterable, list)


class ForgetsAfterWrite(Forgetful):
    """Who uses ``write()`` returns nothing of interest."""

    kills = {
        "failed-iterables-closed-after-head": "calls of close() of what fails behind a write()",
        "failed-iterables-closed-to-http-1-0": "calls of close() of what fails behind a write()",
        "iterable-closed-after-client-left-while-written": "calls of close()",
        "iterable-closed-after-write": "calls of close(): want 1, got 0",
        "iterable-of-any-shape-closed-after-write": "calls of close() of list_with_close",
        "iterables-on-kept-connection-closed": "calls of close() for a 200, request 5 of a connection",
    }

    def forgets(self, transaction: Any) -> bool:
        return bool(transaction.write_called)


class ForgetsErrorPages(Forgetful):
    """After an error page of the application's own there is nothing left to do."""

    kills = {"iterable-closed-after-replaced-response": "calls of close(): want 1, got 0"}

    def forgets(self, transaction: Any) -> bool:
        return transaction.status == "500 Oops" and transaction.persistent is False and self.sent(transaction)

    def sent(self, transaction: Any) -> bool:
        """Return whether the page came from the iterable."""
        return bool(transaction.head_sent) and transaction.produced == 5


class ClosesTooEarly(ReferenceServer):
    """It closes when it has two blocks of three."""

    kills = {
        "iterable-not-closed-before-end": "the iterable after close(): want not asked for more, got iterated"
    }

    def send_block(self, transaction: Any, block: Any) -> None:
        if block == b"two, " and transaction.produced == len(b"one, ") and self.is_iterator(transaction):
            self.close_iterable(transaction)
        super().send_block(transaction, block)

    def is_iterator(self, transaction: Any) -> bool:
        """Return whether an iterator was returned, to which nothing was written."""
        return hasattr(transaction.iterable, "__next__") and not transaction.write_called


class ForgetsAfterHead(Forgetful):
    """HEAD is done when the headers are out."""

    kills = {
        "failed-iterables-closed-after-head": "calls of close() of what fails halfway",
        "file-closed-after-head": "want called, got not called",
        "iterable-closed-after-head": "calls of close(): want 1, got 0",
        "iterable-closed-after-head-of-zero-length": "calls of close()",
        "iterable-of-any-shape-closed-after-head": "calls of close() of list_with_close",
        "sized-iterable-closed-after-client-of-head-left": "calls of close() behind the client",
    }

    def forgets(self, transaction: Any) -> bool:
        return bool(transaction.request.method == "HEAD")


class ForgetsAfterNoContent(Forgetful):
    """204 is done when the headers are out."""

    kills = {
        "iterable-closed-after-no-content": "calls of close(): want 1, got 0",
        "iterable-of-any-shape-closed-without-content": "calls of close() of list_with_close with 204",
        "iterables-on-kept-connection-closed": "calls of close() for a 204, request 7 of a connection",
    }

    def forgets(self, transaction: Any) -> bool:
        return self.status_code(transaction) == 204


class ForgetsAfterNotModified(Forgetful):
    """304 is done when the headers are out."""

    kills = {
        "files-on-kept-connection-closed": "close() of the file of request 13 of a connection",
        "iterable-closed-after-not-modified": "calls of close(): want 1, got 0",
        "iterable-of-any-shape-closed-without-content": "calls of close() of list_with_close with 304",
        "iterables-on-kept-connection-closed": "calls of close() for a 304, request 3 of a connection",
    }

    def forgets(self, transaction: Any) -> bool:
        return self.status_code(transaction) == 304


class ForgetsAfterExcess(Forgetful):
    """It returns from the midst of its loop when there is too much."""

    kills = {
        "file-closed-after-content-length": "want called, got not called",
        "iterable-closed-after-excess": "calls of close(): want 1, got 0",
    }

    def report_excess(self, transaction: Any) -> None:
        transaction.excessive = True
        super().report_excess(transaction)

    def forgets(self, transaction: Any) -> bool:
        return bool(getattr(transaction, "excessive", False))


class ForgetsAfterContentLength(Forgetful):
    """When the length is reached it goes straight on."""

    kills = {
        "iterable-closed-after-content-length": "calls of close(): want 1, got 0",
        "iterable-closed-on-kept-http-1-0-connection": "calls of close()",
        "iterable-closed-while-connection-idle": "close(), while the connection is idle",
        "iterable-closed-without-another-request": "close(), while nobody asks for anything else",
        "iterable-of-any-shape-closed-after-head": "calls of close() of list_with_close with a Content-Length",
        "iterable-of-any-shape-closed-after-write": "calls of close() of list_with_close past the Content-Length",
        "list-with-close-closed": "calls of close(): want 1, got 0",
    }

    def forgets(self, transaction: Any) -> bool:
        return transaction.produced == transaction.content_length == 9 and bool(transaction.request.fields)


class ForgetsAfterShortfall(Forgetful):
    """It raises for the missing octets before it has closed."""

    kills = {
        "failed-iterables-closed-after-head": "calls of close() of a list shorter than its Content-Length",
        "failed-iterables-closed-to-http-1-0": "calls of close() of a list shorter than its Content-Length",
        "iterable-closed-after-shortfall": "calls of close(): want 1, got 0",
    }

    def forgets(self, transaction: Any) -> bool:
        return transaction.content_length == 20 and transaction.produced == 9


class ForgetsAlways(ReferenceServer):
    """It closes only what failed."""

    kills = {
        "iterable-closed": "calls of close(): want 1, got 0",
        "iterable-closed-behind-chunked-content": "calls of close(): want 1, got 0",
        "iterable-closed-behind-expected-content": "calls of close(): want 1, got 0",
        "iterable-closed-on-kept-connection": "calls of close(): want 1, got 0",
        "iterable-closed-with-content-unread": "calls of close(): want 1, got 0",
        "iterable-closed-with-expected-content-unread": "calls of close()",
    }

    def close_iterable(self, transaction: Any) -> None:
        whole = (
            transaction.produced == 9 and transaction.framing == "chunked" and transaction.status == "200 OK"
        )
        if not (whole and hasattr(transaction.iterable, "__next__") and not transaction.write_called):
            super().close_iterable(transaction)


class ForgetsResetContent(Forgetful):
    """Of 205 it knows that there is no content, and no more."""

    kills = {"iterable-closed-after-reset-content": "calls of close(): want 1, got 0"}

    def forgets(self, transaction: Any) -> bool:
        return (transaction.status or "").startswith("205")


class ForgetsZeroLength(Forgetful):
    """Where enough was sent before the loop, it leaves before the loop."""

    kills = {
        "files-on-kept-connection-closed": "close() of the file of request 9 of a connection",
        "iterable-closed-after-head-of-zero-length": "calls of close(): want 1, got 0",
        "iterable-closed-after-zero-content-length": "calls of close(): want 1, got 0",
    }

    def forgets(self, transaction: Any) -> bool:
        return self.declared_content_length(transaction) == 0


class ForgetsKeptHttp10(Forgetful):
    """What has to be said of HTTP/1.0 is said where it would end."""

    kills = {"iterable-closed-on-kept-http-1-0-connection": "calls of close(): want 1, got 0"}

    def forgets(self, transaction: Any) -> bool:
        return transaction.request.version < (1, 1) and bool(transaction.persistent)


class ForgetsUnsentContent(Forgetful):
    """Where the content was never asked for, the connection is ended, and all with it."""

    kills = {"iterable-closed-with-expected-content-unread": "calls of close(): want 1, got 0"}

    def forgets(self, transaction: Any) -> bool:
        return bool(transaction.body.continue_expected and not transaction.body.finished)


class ForgetsBehindChunks(Forgetful):
    """The last chunk ends the request, and the server goes on from there."""

    kills = {"iterable-closed-behind-chunked-content": "calls of close(): want 1, got 0"}

    def forgets(self, transaction: Any) -> bool:
        return transaction.request.framing == "chunked" and transaction.body.finished


class ForgetsBehindContinue(Forgetful):
    """The response that it has begun for this request is the one that it ends."""

    kills = {"iterable-closed-behind-expected-content": "calls of close(): want 1, got 0"}

    def send_continue(self, transaction: Any) -> None:
        transaction.told_to_continue = transaction.body.continue_expected
        super().send_continue(transaction)

    def forgets(self, transaction: Any) -> bool:
        return bool(getattr(transaction, "told_to_continue", False))
