"""Mutants of what becomes of an unread body."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class LeavesBody(ReferenceServer):
    """The ground of those that leave an unread body on the connection."""

    kills: dict[str, str]

    def leaves(self, transaction: Any) -> bool:
        """Say whether the body of this one is left."""
        return False

    def drain_or_close(self, transaction: Any) -> bool:
        return self.leaves(transaction) or super().drain_or_close(transaction)


class LeavesBodyOfStream(LeavesBody):
    """An unread body is left behind a streamed response."""

    kills = {
        "unread-body-not-a-request-when-streamed": "calls for the request within the unread body: want",
    }

    def leaves(self, transaction: Any) -> bool:
        return bool(transaction.framing == "chunked" and transaction.body.remaining)


class LeavesRestOfChunks(ReferenceServer):
    """The chunks behind those that were read are left, up to the data of the next."""

    kills = {
        "half-read-chunked-body-not-a-request": "calls for the request within the unread body: want 0,",
        "request-behind-half-read-chunked-body-found": "what follows an unread body is answered with",
    }

    def drain_or_close(self, transaction: Any) -> bool:
        body = transaction.body
        read = bool(getattr(body, "begun", False))
        if transaction.request.framing == "chunked" and read and not body.finished:
            self.decode_chunk_size(transaction.connection, body)
            return True
        return super().drain_or_close(transaction)

    def read_input(self, transaction: Any, size: int | None) -> bytes:
        transaction.body.begun = True
        return super().read_input(transaction, size)


class LeavesRestAfterError(ReferenceServer):
    """Behind an error the connection is kept, and the rest of a body left."""

    kills = {
        "half-read-body-not-a-request-after-error": "calls for the request within the unread body:",
    }

    def leaves(self, transaction: Any) -> bool:
        body = transaction.body
        return bool(body.remaining and body.remaining != transaction.request.content_length)

    def application_error(self, transaction: Any, error: BaseException) -> None:
        super().application_error(transaction, error)
        transaction.left = transaction.persistent = not transaction.head_sent and self.leaves(transaction)

    def drain_or_close(self, transaction: Any) -> bool:
        return getattr(transaction, "left", False) or super().drain_or_close(transaction)


class LeavesLargeBody(LeavesBody):
    """A body that is too large to be drained is left."""

    kills = {
        "large-unread-body-not-a-request": "calls for the request within the unread body: want 0, got 1",
    }

    def leaves(self, transaction: Any) -> bool:
        return bool(transaction.body.remaining > self.MAX_DRAIN)

    def can_drain(self, transaction: Any) -> bool:
        return True


class DrainsOneTooFew(LeavesBody):
    """All but the last octet of an unread body is drained."""

    kills = {
        "request-behind-unread-body-found": "what follows an unread body is answered with 400 Bad Request",
    }

    def leaves(self, transaction: Any) -> bool:
        body, buffer = transaction.body, transaction.connection.buffer
        whole = 50 < body.remaining == transaction.request.content_length <= len(buffer)
        if whole:
            del buffer[: body.remaining - 1]
        return whole


class DrainsOneChunk(ReferenceServer):
    """Of unread chunks the first is drained."""

    kills = {
        "malformed-unread-body-answered-once": "responses to the one request: want 1, got '200, 400'",
        "request-behind-line-of-chunks-read-found": "answer to the request behind content read in part",
        "request-behind-unread-chunked-body-found": "what follows an unread body is answered with 400",
        "request-behind-unread-trailers-found": "what follows an unread body is answered with 400 Bad Request",
    }

    def drain_or_close(self, transaction: Any) -> bool:
        body = transaction.body
        untouched = transaction.request.framing == "chunked" and not getattr(body, "begun", False)
        if untouched and not body.finished:
            self.read_body(transaction, 65536)
            return True
        return super().drain_or_close(transaction)

    def read_input(self, transaction: Any, size: int | None) -> bytes:
        transaction.body.begun = True
        return super().read_input(transaction, size)


class DrainsTooMuch(ReferenceServer):
    """Behind a body read in part its whole length is drained again."""

    kills = {
        "request-behind-half-read-body-found": "what follows an unread body is answered with 400 Bad",
    }

    def drain_or_close(self, transaction: Any) -> bool:
        body, length = transaction.body, transaction.request.content_length
        if 0 < body.remaining < length:
            body.remaining = length
        return super().drain_or_close(transaction)


class DrainsOneMoreChunk(ReferenceServer):
    """Of chunks read in part one more is drained."""

    kills = {
        "request-behind-half-read-chunked-body-found": "what follows an unread body is answered with",
        "request-behind-part-of-chunk-found": "answer to the request behind content read in part",
    }

    def drain_or_close(self, transaction: Any) -> bool:
        body = transaction.body
        if transaction.request.framing == "chunked" and getattr(body, "begun", False) and not body.finished:
            self.read_body(transaction, 65536)
            return True
        return super().drain_or_close(transaction)

    def read_input(self, transaction: Any, size: int | None) -> bytes:
        transaction.body.begun = True
        return super().read_input(transaction, size)


class GivesUpLargeBody(ReferenceServer):
    """The response is lost where the body is too large to be drained."""

    kills = {
        "response-readable-before-body-is-read": "response to an upload that is not read: want whole,",
    }

    def run_in_turn(self, transaction: Any) -> None:
        transaction.connection.lost = transaction.body.remaining > self.MAX_DRAIN
        super().run_in_turn(transaction)


class DrainsWhatHasArrived(ReferenceServer):
    """What lies in the buffer is thrown away; what is still on its way is forgotten."""

    kills = {
        "rest-of-body-that-comes-late-not-a-request": "calls for the request within the unread body: want 0, got 1",
        "content-of-head-that-comes-late-not-a-request": "calls for the request within the content",
        "rest-of-expected-content-not-run": "calls for the request within the content",
    }

    def drain_or_close(self, transaction: Any) -> bool:
        body = transaction.body
        if transaction.request.framing != "length" or not body.remaining or transaction.connection.buffer:
            return super().drain_or_close(transaction)
        return not body.continue_expected


class DrainsNoTrailers(ReferenceServer):
    """What is drained ends with its last chunk."""

    kills = {"request-behind-unread-trailers-found": "what follows an unread body is answered with 400"}

    def decode_trailers(self, connection: Any, body: Any) -> None:
        if body.deadline is None or not connection.buffer.startswith(b"X-Trailer"):
            super().decode_trailers(connection, body)


class AnswersTheRestOfTheBody(ReferenceServer):
    """What is found wrong while the rest of a body is read is answered as it would be before the response."""

    kills = {"malformed-unread-body-answered-once": "responses to the one request: want 1, got '200, 400'"}

    def drain_or_close(self, transaction: Any) -> bool:
        aligned = super().drain_or_close(transaction)
        if transaction.body.broken == "a malformed chunk size line":
            status = transaction.body.broken_status
            self.send_error(transaction.connection, transaction.request, status, transaction.body.broken)
        return aligned


class DrainsToALimit(ReferenceServer):
    """An unread body is drained up to a limit, and then the next request is read."""

    kills = {"large-unread-body-not-a-request": "what is left of a large body is answered with 501"}

    def can_drain(self, transaction: Any) -> bool:
        return True

    def drain_or_close(self, transaction: Any) -> bool:
        aligned = super().drain_or_close(transaction)
        return aligned or bool(transaction.request.content_length > self.MAX_DRAIN)
