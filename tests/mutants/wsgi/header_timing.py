"""Mutants that send the headers at another moment."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Any

from reference_server import ReferenceServer

EARLY = "want nothing sent, got a status line"


class StatusLineFirst(ReferenceServer):
    """Base of those that send the status line as soon as they believe that they know it."""

    def send_status_line(self, transaction: Any) -> None:
        """Send it once; the rest of the head follows where it should."""
        if transaction.status and not (
            transaction.head_sent or getattr(transaction.connection, "begun", False)
        ):
            self.send(transaction.connection, self.format_status_line(transaction.status))
            transaction.connection.begun = True

    def check_error_call(self, transaction: Any, exc_info: Any) -> None:
        if getattr(transaction.connection, "begun", False):
            self.reraise(exc_info)
        super().check_error_call(transaction, exc_info)

    def application_error(self, transaction: Any, error: BaseException) -> None:
        transaction.head_sent = transaction.head_sent or getattr(transaction.connection, "begun", False)
        super().application_error(transaction, error)

    def send_head(self, transaction: Any, block: bytes) -> None:
        super().send_head(transaction, block)
        if getattr(transaction.connection, "begun", False):
            del transaction.outgoing[: transaction.outgoing.index(b"\n") + 1]


class SendsAtStartResponse(StatusLineFirst):
    """start_response() sends what it was given."""

    kills = {
        "exc-info-released-after-raise": "what the trapped error held",
        "failure-once-begun-answered-500": "status where the application raised: want 500, got 200",
        "headers-held-across-empty-block": "headers before the first block that is not empty: want not",
        "headers-held-for-head-until-first-block": "headers before the first block",
        "headers-held-until-exhaustion": "headers before the end of an iterable without content: want ",
        "headers-held-until-first-block": "headers before the first block: want nothing sent, got a st",
        "headers-not-sent-by-error-call": "want nothing sent, got a status line",
        "headers-not-sent-by-start-response": "want nothing sent, got a status line",
        "headers-not-sent-by-start-response-for-head": "want nothing sent, got a status line",
        "recovered-failure-shown": "the error page from octet 0: want b'Something went wrong.\\n' (22 ",
    }

    def store_response(self, transaction: Any, status: str, headers: Any) -> None:
        super().store_response(transaction, status, headers)
        if transaction.iterable is None and [name for name, _ in headers] == ["Content-Type"]:
            self.send_status_line(transaction)


class SendsForHeadAtOnce(StatusLineFirst):
    """HEAD asks for headers, and there they are."""

    kills = {
        "content-sent-behind-head": "content behind HEAD",
        "content-behind-small-head-whole": "content behind HEAD",
        "exc-info-released-after-raise": "what the trapped error held",
        "headers-held-for-head-until-first-block": "headers before the first block",
        "headers-not-sent-by-start-response-for-head": "want nothing sent, got a status line",
    }

    def store_response(self, transaction: Any, status: str, headers: Any) -> None:
        super().store_response(transaction, status, headers)
        if transaction.request.method == "HEAD":
            self.send_status_line(transaction)


class SendsBeforeGenerators(StatusLineFirst):
    """The head of a generator's response does not wait for its first block."""

    kills = {
        "exc-info-released-after-raise": "what the trapped error held",
        "headers-held-for-head-until-first-block": "headers before the first block",
        "headers-held-until-first-block": "want nothing sent, got a status line",
        "session-head-beside-get": "response 5 of a session",
        "session-pages-in-order": "response 5 of a session",
    }

    def make_iterator(self, transaction: Any) -> Iterator[bytes]:
        if isinstance(transaction.iterable, types.GeneratorType):
            self.send_status_line(transaction)
        return super().make_iterator(transaction)


class SendsBeforeIterators(StatusLineFirst):
    """The head does not wait for iterators that set no length."""

    kills = {
        "empty-line-between-requests-ignored": "answer to the request behind an empty line",
        "exc-info-released-after-raise": "what the trapped error held",
        "head-fields-as-for-get": "fields differ: only for GET ['content-type', 'etag', 'server', 'set-cookie', 'x-mark'], only for HEAD []",
        "headers-held-across-empty-block": "headers before the first block that is not empty: want not",
        "headers-held-for-status-without-content": "headers before the end of an iterable without content",
        "headers-held-until-exhaustion": "want nothing sent, got a status line",
        "pipelined-responses-well-framed": "beginning of response 5",
        "request-behind-content-found": "answer to the request behind the content",
        "request-behind-post-without-length-found": "answer to the request behind it",
        "response-204-keeps-connection-aligned": "octets behind the 204",
        "response-304-keeps-connection-aligned": "octets behind the 304",
    }

    def make_iterator(self, transaction: Any) -> Iterator[bytes]:
        if (
            hasattr(transaction.iterable, "close")
            and not isinstance(transaction.iterable, types.GeneratorType)
            and self.declared_content_length(transaction) is None
        ):
            self.send_status_line(transaction)
        return super().make_iterator(transaction)


class SendsWithKnownLength(StatusLineFirst):
    """With the length of the application, nothing is left to wait for."""

    kills = {
        "exc-info-released-after-raise": "what the trapped error held",
        "headers-held-for-sized-iterable-of-known-length": "headers before the first block",
        "forty-pipelined-requests-answered": "answers to requests that are in order: want 200",
        "headers-held-with-content-length": "want nothing sent, got a status line",
        "request-behind-content-of-kept-http-1-0-found": "answer to the request behind the content: want 200",
        "request-behind-fields-like-content-length-found": "answer to the request behind it: want 200",
        "request-behind-kept-http-1-0-found": "answer to the request behind one of HTTP/1.0: want 200",
        "request-behind-large-content-found": "answer to the request behind the content: want 200",
        "request-behind-websocket-key-found": "answer to the request behind it: want 200",
    }

    def make_iterator(self, transaction: Any) -> Iterator[bytes]:
        if (self.declared_content_length(transaction) or 0) > 5:
            self.send_status_line(transaction)
        return super().make_iterator(transaction)


class SendsAtEmptyBlock(StatusLineFirst):
    """A block is a block."""

    kills = {
        "exc-info-released-after-raise": "what the trapped error held",
        "headers-held-across-empty-block": "want nothing sent, got a status line",
    }

    def send_block(self, transaction: Any, block: bytes) -> None:
        if block == b"":
            self.send_status_line(transaction)
        super().send_block(transaction, block)


class BuffersWrites(ReferenceServer):
    """What was written waits for what is returned."""

    kills = {
        "file-behind-write-stops-at-content-length": "response of a wrapped file",
        "headers-released-by-write": "headers after the first write(): want a status line, got nothing",
        "written-block-of-next-response-sent-at-once": "the written block, while the application waits",
        "written-block-sent-at-once": "the written block, while the application waits: want received, ",
        "written-block-to-http-1-0-sent-at-once": "the first written block, while the application waits",
    }

    def flush(self, transaction: Any) -> None:
        if transaction.iterable is not None:
            super().flush(transaction)


class HoldsAfterEmptyBlock(ReferenceServer):
    """Whoever began with an empty block is not believed to be in a hurry."""

    kills = {
        "block-sent-before-empty-block": "the first block, while the application waits",
        "headers-released-by-first-content": "want a status line, got nothing sent",
    }

    def send_block(self, transaction: Any, block: bytes) -> None:
        transaction.hold = getattr(transaction, "hold", False) or block == b""
        super().send_block(transaction, block)

    def finish_response(self, transaction: Any) -> None:
        transaction.hold = False
        super().finish_response(transaction)

    def flush(self, transaction: Any) -> None:
        if not getattr(transaction, "hold", False):
            super().flush(transaction)


class LosesHeadersWithoutBlocks(ReferenceServer):
    """Only a block brings the headers along."""

    kills = {"headers-released-at-exhaustion": "status of a response without content: want 203, got"}

    def finish_response(self, transaction: Any) -> None:
        if transaction.status and not transaction.head_sent and not getattr(transaction, "blocks", 0):
            transaction.status = "200 OK"
        super().finish_response(transaction)

    def send_block(self, transaction: Any, block: bytes) -> None:
        transaction.blocks = getattr(transaction, "blocks", 0) + 1
        super().send_block(transaction, block)


class LosesHeadersAfterEmptyBlocks(ReferenceServer):
    """Empty blocks use up the occasion to send the headers."""

    kills = {"headers-released-after-empty-blocks": "status of a response without content: want 203, got"}

    def finish_response(self, transaction: Any) -> None:
        if not transaction.head_sent and getattr(transaction, "blocks", 0):
            transaction.status = "200 OK"
        super().finish_response(transaction)

    def send_block(self, transaction: Any, block: bytes) -> None:
        transaction.blocks = getattr(transaction, "blocks", 0) + 1
        super().send_block(transaction, block)


class CountsEmptyBlockAsOutput(ReferenceServer):
    """The flag says that output has begun, though nothing was sent."""

    kills = {
        "exc-info-released-after-raise": "what the trapped error held",
        "headers-replaceable-after-empty-block": "start_response() with exc_info: want accepted, ",
    }

    def check_error_call(self, transaction: Any, exc_info: Any) -> None:
        if getattr(transaction, "begun", False):
            self.reraise(exc_info)
        super().check_error_call(transaction, exc_info)

    def send_block(self, transaction: Any, block: bytes) -> None:
        transaction.begun = True
        super().send_block(transaction, block)


class HurriesWithoutContent(ReferenceServer):
    """Base of those that send the head before the iteration, and then iterate all the same."""

    def hurries(self, transaction: Any) -> bool:
        """Return whether the head of this one goes ahead."""
        raise NotImplementedError

    def make_iterator(self, transaction: Any) -> Any:
        if transaction.status is not None and not transaction.head_sent and self.hurries(transaction):
            self.send_head(transaction, b"")
            self.flush(transaction)
            transaction.hurried = True
        return super().make_iterator(transaction)

    def response_satisfied(self, transaction: Any) -> bool:
        return super().response_satisfied(transaction) and not getattr(transaction, "hurried", False)


class HurriesForHead(HurriesWithoutContent):
    """Headers are all that HEAD asks for."""

    kills = {"headers-held-for-head-until-first-block": "headers before the first block: want nothing sent"}

    def hurries(self, transaction: Any) -> bool:
        return bool(transaction.request.method == "HEAD")


class HurriesWith304(HurriesWithoutContent):
    """Headers are all that there is to a 304."""

    kills = {
        "headers-held-for-status-without-content": "headers before the end of an iterable without content"
    }

    def hurries(self, transaction: Any) -> bool:
        return self.status_code(transaction) == 304


class HurriesWithOneBlock(HurriesWithoutContent):
    """One block of known length is as good as sent."""

    kills = {
        "headers-held-for-sized-iterable-of-known-length": "headers before the first block: want nothing sent"
    }

    def hurries(self, transaction: Any) -> bool:
        return self.length_of_iterable(transaction) == 1 and bool(self.declared_content_length(transaction))


class SendsErrorsAtOnce(StatusLineFirst):
    """Behind an error nothing will change any more."""

    kills = {
        "exc-info-released-after-raise": "what the trapped error held",
        "headers-not-sent-by-error-call": "headers before the application returned: want nothing sent",
    }

    def start_response(self, transaction: Any, status: Any, headers: Any, exc_info: Any) -> Any:
        first = not transaction.start_response_called
        write = super().start_response(transaction, status, headers, exc_info)
        if exc_info is not None and first:
            self.send_status_line(transaction)
        exc_info = None
        return write
