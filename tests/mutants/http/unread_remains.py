"""Mutants that leave unread content on the connection, behind one kind of response."""

from __future__ import annotations

from typing import Any

from tests.mutants.http.unread_body import LeavesBody

NOT_RUN = "calls for the request within the content: want 0, got 1"


class LeavesContentBehind204(LeavesBody):
    """Behind a response without content there is nothing to be done."""

    kills = {
        "unread-content-behind-204-not-run": "calls for the request within the content: want 0, got 1",
        "unread-expected-content-behind-204-not-run": "calls for the request within the content",
    }

    def leaves(self, transaction: Any) -> bool:
        return bool(self.status_code(transaction) == 204 and transaction.body.remaining)


class LeavesContentBehind304(LeavesBody):
    """What was not modified was not asked with content."""

    kills = {"unread-content-behind-304-not-run": NOT_RUN}

    def leaves(self, transaction: Any) -> bool:
        return bool(self.status_code(transaction) == 304 and transaction.body.remaining)


class LeavesContentBehindLengthOfZero(LeavesBody):
    """Behind a Content-Length of 0 there is nothing to be done."""

    kills = {"unread-content-behind-length-of-zero-not-run": NOT_RUN}

    def leaves(self, transaction: Any) -> bool:
        return bool(
            transaction.framing == "length" and not transaction.produced and transaction.body.remaining
        )


class LeavesContentBehindFile(LeavesBody):
    """What sends files goes straight on to the next request."""

    kills = {"unread-content-behind-file-not-run": NOT_RUN}

    def leaves(self, transaction: Any) -> bool:
        return "FileWrapper" in type(transaction.iterable).__name__ and bool(transaction.body.remaining)


class LeavesContentBehindWrites(LeavesBody):
    """Where write() has sent the response, nothing is left to be done."""

    kills = {"unread-content-behind-written-response-not-run": NOT_RUN}

    def leaves(self, transaction: Any) -> bool:
        return bool(transaction.write_called and transaction.body.remaining)


class LeavesContentBehindExcess(LeavesBody):
    """Where enough was sent, it returns at once."""

    kills = {"unread-content-behind-excess-not-run": NOT_RUN}

    def iterate(self, transaction: Any) -> None:
        super().iterate(transaction)
        transaction.cut = self.next_block(self.make_iterator(transaction)) is not None

    def leaves(self, transaction: Any) -> bool:
        return bool(getattr(transaction, "cut", False) and transaction.body.remaining)


class LeavesContentBehindErrorInClose(LeavesBody):
    """The error skips what stands behind close()."""

    kills = {"unread-content-behind-error-in-close-not-run": NOT_RUN}

    def close_iterable(self, transaction: Any) -> None:
        close = getattr(transaction.iterable, "close", None)
        if transaction.closed or close is None:
            return
        transaction.closed = True
        try:
            close()
        except Exception as error:
            transaction.skipped = True
            self.log_exception("close() of the application's iterable raised", error)

    def leaves(self, transaction: Any) -> bool:
        return bool(getattr(transaction, "skipped", False) and transaction.body.remaining)


class LeavesContentOfHttp10(LeavesBody):
    """Keep-alive of HTTP/1.0 is another business."""

    kills = {"unread-content-of-kept-http-1-0-not-run": NOT_RUN}

    def leaves(self, transaction: Any) -> bool:
        return bool(transaction.request.version < (1, 1) and transaction.body.remaining)


class LeavesContentThatWasAskedFor(LeavesBody):
    """What was asked for was read: so it is thought."""

    kills = {"rest-of-expected-content-not-run": NOT_RUN}

    def leaves(self, transaction: Any) -> bool:
        return bool(transaction.body.continue_sent and transaction.body.remaining)


class LeavesContentBehindErrors(LeavesBody):
    """An error is an end."""

    kills = {
        "unread-content-behind-404-not-run": NOT_RUN,
        "unread-content-behind-503-not-run": NOT_RUN,
        "unread-content-behind-exc-info-not-run": NOT_RUN,
    }

    def leaves(self, transaction: Any) -> bool:
        return bool(self.status_code(transaction) >= 400 and transaction.body.remaining)


class LeavesContentBehindRefusals(LeavesBody):
    """Who is refused sends nothing more."""

    kills = {"unread-content-behind-404-not-run": NOT_RUN}

    def leaves(self, transaction: Any) -> bool:
        return bool(400 <= self.status_code(transaction) < 500 and transaction.body.remaining)


class LeavesContentBehindRedirects(LeavesBody):
    """Who goes elsewhere has nothing more to say here."""

    kills = {"unread-content-behind-redirect-not-run": NOT_RUN}

    def leaves(self, transaction: Any) -> bool:
        found = 300 <= self.status_code(transaction) < 400 and self.status_code(transaction) != 304
        return bool(found and transaction.body.remaining)


class LeavesContentBehindExcInfo(LeavesBody):
    """What failed is over."""

    kills = {"unread-content-behind-exc-info-not-run": NOT_RUN}

    def check_error_call(self, transaction: Any, exc_info: Any) -> None:
        transaction.replaced = True
        super().check_error_call(transaction, exc_info)

    def leaves(self, transaction: Any) -> bool:
        return bool(getattr(transaction, "replaced", False) and transaction.body.remaining)


class LeavesExpectedContentBehind204(LeavesBody):
    """What was not asked for is not there."""

    kills = {"unread-expected-content-behind-204-not-run": NOT_RUN}

    def leaves(self, transaction: Any) -> bool:
        return bool(self.status_code(transaction) == 204 and transaction.body.continue_expected)


class LeavesExpectedContentOfHead(LeavesBody):
    """What was not asked for is not there."""

    kills = {"unread-expected-content-of-head-not-run": NOT_RUN}

    def leaves(self, transaction: Any) -> bool:
        return bool(transaction.request.method == "HEAD" and transaction.body.continue_expected)
