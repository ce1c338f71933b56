"""Mutants that leave content on the connection."""

from __future__ import annotations

from reference_server import ReferenceServer
from reference_server.state import Transaction


class LeavesContent(ReferenceServer):
    """Leaves the content of one method on the connection."""

    METHOD = ""

    def drain_or_close(self, transaction: Transaction) -> bool:
        request = transaction.request
        if request.method == self.METHOD and request.framing == "length":
            return True
        return super().drain_or_close(transaction)


class LeavesContentOfGet(LeavesContent):
    """The content of GET is left where it is."""

    METHOD = "GET"
    kills = {
        "unread-content-of-get-not-run": "calls for the request within the content: want 0, got 1",
    }


class LeavesContentOfHead(LeavesContent):
    """The content of HEAD is left where it is."""

    METHOD = "HEAD"
    kills = {
        "unread-content-of-head-not-run": "calls for the request within the content: want 0, got 1",
        "content-of-head-that-comes-late-not-a-request": "calls for the request within the content",
    }


class LeavesContentOfDelete(LeavesContent):
    """The content of DELETE is left where it is."""

    METHOD = "DELETE"
    kills = {
        "unread-content-of-delete-not-run": "calls for the request within the content: want 0, got 1",
    }


class LeavesContentOfOptions(LeavesContent):
    """The content of OPTIONS is left where it is."""

    METHOD = "OPTIONS"
    kills = {
        "unread-content-of-options-not-run": "calls for the request within the content: want 0, got 1",
    }


class LeavesContentOfPut(LeavesContent):
    """The content of PUT is left where it is."""

    METHOD = "PUT"
    kills = {
        "unread-content-of-put-not-run": "calls for the request within the content: want 0, got 1",
    }


class LeavesContentOfPost(ReferenceServer):
    """Leaves content of post."""

    kills = {
        "unread-body-not-a-request-when-streamed": "calls for the request within the unread body: want 0, got 1",
        "unread-content-behind-204-not-run": "calls for the request within the content",
        "unread-content-behind-304-not-run": "calls for the request within the content",
        "unread-content-behind-404-not-run": "calls for the request within the content",
        "unread-content-behind-503-not-run": "calls for the request within the content",
        "unread-content-behind-cleared-environ-not-run": "calls for the request within the content",
        "unread-content-behind-error-in-close-not-run": "calls for the request within the content",
        "unread-content-behind-exc-info-not-run": "calls for the request within the content",
        "unread-content-behind-excess-not-run": "calls for the request within the content",
        "unread-content-behind-file-not-run": "calls for the request within the content",
        "unread-content-behind-length-of-zero-not-run": "calls for the request within the content",
        "unread-content-behind-overwritten-length-not-run": "calls for the request within the content",
        "unread-content-behind-redirect-not-run": "calls for the request within the content",
        "unread-content-behind-replaced-input-not-run": "calls for the request within the content",
        "unread-content-behind-written-response-not-run": "calls for the request within the content",
        "unread-content-of-kept-http-1-0-not-run": "calls for the request within the content",
        "unread-content-of-post-not-run": "calls for the request within the content: want 0, got 1",
    }

    def drain_or_close(self, transaction: Transaction) -> bool:
        request, body = transaction.request, transaction.body
        unread = request.framing == "length" and body.remaining == request.content_length
        if request.method == "POST" and unread and not body.continue_expected:
            return True
        return super().drain_or_close(transaction)


class LeavesChunks(ReferenceServer):
    """Leaves chunks."""

    kills = {
        "half-read-chunked-body-not-a-request": "calls for the request within the unread body: want 0, got 1",
        "malformed-unread-body-answered-once": "responses to the one request: want 1, got '200, 400'",
        "request-behind-chunks-of-get-found": "answer to the request behind the chunks",
        "request-behind-chunks-of-head-found": "answer to the request behind the chunks",
        "request-behind-half-read-chunked-body-found": "what follows an unread body is answered with 200 OK",
        "request-behind-line-of-chunks-read-found": "answer to the request behind content read in part",
        "request-behind-part-of-chunk-found": "answer to the request behind content read in part",
        "request-behind-unread-chunked-body-found": "what follows an unread body is answered with 200 OK",
        "request-behind-unread-trailers-found": "what follows an unread body is answered with 400 Bad Request",
        "unread-chunks-not-run": "calls for the request within the content: want 0, got 1",
        "rest-of-chunk-that-comes-late-not-a-request": "calls for the request within the content",
    }

    def drain_or_close(self, transaction: Transaction) -> bool:
        buffer = transaction.connection.buffer
        if transaction.request.framing == "chunked" and not transaction.body.finished:
            del buffer[: buffer.find(b"\r\n") + 2]
            return True
        return super().drain_or_close(transaction)


class LeavesRest(ReferenceServer):
    """Leaves rest."""

    kills = {
        "partly-read-content-not-run": "calls for the request within the content: want 0, got 1",
        "rest-of-expected-content-not-run": "calls for the request within the content",
    }

    def drain_or_close(self, transaction: Transaction) -> bool:
        if 0 < transaction.body.remaining < transaction.request.content_length:
            return True
        return super().drain_or_close(transaction)


class LeavesExpectedContent(ReferenceServer):
    """Leaves expected content."""

    kills = {
        "unread-expected-content-not-run": "calls for the request within the content: want 0, got 1",
    }

    def drain_or_close(self, transaction: Transaction) -> bool:
        return transaction.body.continue_expected or super().drain_or_close(transaction)


class GoesOnBehindError(ReferenceServer):
    """Goes on behind error."""

    kills = {
        "content-of-refused-application-not-run": "calls for the request within the content: want 0, got 1",
        "half-read-body-not-a-request-after-error": "calls for the request within the unread body: want 0, got 1",
        "expected-content-of-failed-application-not-run": "calls for the request within the content",
        "close-honoured-after-error-behind-content": "connection behind the last response",
    }

    def run_application(self, transaction: Transaction) -> None:
        super().run_application(transaction)
        if not transaction.head_sent and transaction.request.framing == "length":
            while self.await_request(transaction.connection) and self.serve_request(transaction.connection):
                pass


class KnowsMethodsWithContent(ReferenceServer):
    """Only the methods of a list have content."""

    kills = {
        "unread-content-of-unknown-method-not-run": "calls for the request within the content: want 0, got 1",
    }

    def drain_or_close(self, transaction: Transaction) -> bool:
        if transaction.request.method == "FROBNICATE":
            return True
        return super().drain_or_close(transaction)
