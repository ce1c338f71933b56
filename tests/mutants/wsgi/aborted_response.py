"""Mutants that end a response as if its application had not failed."""

from __future__ import annotations

import types
from http import HTTPStatus
from typing import Any

from reference_server import ReferenceServer


class Polite(ReferenceServer):
    """Base of those that end some responses with the last chunk."""

    def polite(self, transaction: Any) -> bool:
        """Return whether this one is ended in order."""
        raise NotImplementedError

    def application_error(self, transaction: Any, error: BaseException) -> None:
        super().application_error(transaction, error)
        if transaction.head_sent and self.polite(transaction):
            self.send(transaction.connection, self.last_chunk(transaction))


class PoliteToIterators(Polite):
    """Iterators get their last chunk in a finally."""

    kills = {
        "error-behind-large-block-cuts-response": "the response (chunked): want cut off, got complete",
        "connection-error-halfway-cuts-response": "the response (chunked)",
        "empty-text-block-refused": "a response with a block of text",
        "error-halfway-cuts-response": "the response (chunked): want cut off, got complete",
        "escaped-stop-iteration-cuts-response": "the response (chunked)",
        "failed-response-incomplete": "the chunked response of a failed application is ended with a la",
        "file-disk-error-cuts-response": "the response (chunked)",
        "file-read-error-cuts-response": "the response (chunked)",
        "generator-exit-halfway-cuts-response": "the response (chunked)",
        "index-error-halfway-cuts-response": "the response (chunked)",
        "none-block-refused": "a response with None for a block",
        "failed-next-response-incomplete": "a chunked response whose application failed",
    }

    def polite(self, transaction: Any) -> bool:
        return transaction.iterable is not None and not isinstance(transaction.iterable, types.GeneratorType)


class PoliteToGenerators(Polite):
    """A generator that failed is asked once more, and has ended."""

    kills = {
        "error-halfway-in-generator-cuts-response": "the response (chunked): want cut off, got complete",
        "failure-midway-shows": "the end of a response that failed midway (chunked): want cut off, got",
    }

    def polite(self, transaction: Any) -> bool:
        return isinstance(transaction.iterable, types.GeneratorType)


class PoliteAfterWrite(Polite):
    """What was written is ended in order."""

    kills = {
        "error-behind-large-write-cuts-response": "the response (chunked): want cut off, got complete",
        "error-after-write-cuts-response": "the response (chunked): want cut off, got complete",
    }

    def polite(self, transaction: Any) -> bool:
        return transaction.iterable is None


class PoliteBehindLargeBlock(Polite):
    """What has filled a buffer is ended in order; what is in it is thrown away."""

    kills = {
        "error-behind-large-block-cuts-response": "the response (chunked): want cut off, got complete",
        "error-behind-large-write-cuts-response": "the response (chunked): want cut off, got complete",
    }

    def polite(self, transaction: Any) -> bool:
        return transaction.produced == 65_536 and transaction.framing == "chunked"


class FillsUpBehindLargeBlock(ReferenceServer):
    """Another page is put where the rest of a large block was to stand."""

    kills = {
        "error-behind-large-block-short-of-length-cuts-response": "the response (content-length): want cut off",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        super().application_error(transaction, error)
        if transaction.content_length == 100_000:
            self.send(transaction.connection, b" " * (100_000 - transaction.produced))


class SendsErrorResponseBehindLargeBlock(ReferenceServer):
    """What has left the buffer is forgotten, and so is that it had a head."""

    kills = {"error-behind-large-block-adds-no-second-head": "a second status line follows the first block"}

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if transaction.produced == 65_536 and not transaction.write_called:
            transaction.head_sent = transaction.content_length is not None
        super().application_error(transaction, error)


class PadsFailedResponse(ReferenceServer):
    """What was promised is kept."""

    kills = {
        "error-behind-large-block-short-of-length-cuts-response": "the response (content-length): want cut off",
        "error-short-of-length-cuts-response": "the response (content-length): want cut off, got complete",
        "failure-short-of-length-shows": "the end of a response that failed midway (content-length): w",
        "file-disk-error-short-of-length-cuts-response": "the response (content-length)",
        "file-too-short-not-completed": "behind the file",
        "shortfall-not-filled": "content",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        super().application_error(transaction, error)
        if transaction.content_length is not None and transaction.head_sent:
            missing = transaction.content_length - transaction.produced
            self.send(transaction.connection, b" " * min(missing, 65_536))


class SendsErrorResponseAnyway(ReferenceServer):
    """The client is to be told, whatever it has got."""

    kills = {
        "error-behind-large-block-adds-no-second-head": "a second status line follows the first block",
        "error-after-write-adds-no-second-head": "a second status line follows what was written",
        "error-halfway-adds-no-second-head": "a second status line follows the first block",
        "error-short-of-length-cuts-response": "the response (content-length): want cut off, got complete",
        "file-disk-error-short-of-length-cuts-response": "the response (content-length)",
        "no-second-head-after-exc-info": "a second status line follows the first block",
        "response-205-without-later-content": "content of a 205",
        "error-halfway-adds-nothing-to-octets-for-http-1-0": "content: want b'part', got b'partHTTP/1.1 500",
        "nothing-follows-204-of-failed-application": "octets behind a whole 204 whose application failed",
        "nothing-follows-304-of-failed-application": "octets behind a whole 304 whose application failed",
        "nothing-follows-whole-content-of-failed-application": "octets behind a whole 200 whose application failed",
        "shortfall-of-next-response-not-filled": "content that fell short",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        sent, transaction.head_sent = transaction.head_sent, False
        if sent and isinstance(transaction.iterable, types.GeneratorType):
            transaction.head_sent = True
        super().application_error(transaction, error)


class AnswersErrorsOfTheCall(ReferenceServer):
    """Where the application did not return, there was no response."""

    kills = {
        "error-after-write-adds-no-second-head": "a second status line follows what was written",
        "nothing-follows-204-of-failed-application": "octets behind a whole 204 whose application failed",
        "nothing-follows-304-of-failed-application": "octets behind a whole 304 whose application failed",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if transaction.iterable is None and transaction.content_length is None:
            transaction.head_sent = False
        super().application_error(transaction, error)


class AppendsErrorMessage(ReferenceServer):
    """The client is told in one more chunk, whatever it takes the content for."""

    kills = {
        "error-halfway-adds-nothing-to-octets": "content: want b'part', got b'partInternal Server Er",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        super().application_error(transaction, error)
        if transaction.head_sent and transaction.framing == "chunked":
            message = HTTPStatus.INTERNAL_SERVER_ERROR.phrase.encode()
            self.send(transaction.connection, self.encode_chunk(message))


class AppendsErrorPage(ReferenceServer):
    """Where the content goes on until the connection ends, a page about the error ends it."""

    kills = {
        "error-halfway-adds-nothing-to-octets-for-http-1-0": "content: want b'part', got b'part<h1>Internal",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        super().application_error(transaction, error)
        if transaction.head_sent and transaction.framing == "close":
            self.send(transaction.connection, b"<h1>Internal Server Error</h1>")


class TakesIndexErrorForTheEnd(ReferenceServer):
    """The old protocol is known by its error, whatever it is that raises it."""

    kills = {
        "index-error-halfway-cuts-response": "the response (chunked): want cut off, got complete",
        "index-error-in-first-iteration-answered": "the status after an IndexError: want an error, got 200",
    }

    def next_block(self, iterator: Any) -> Any:
        try:
            return super().next_block(iterator)
        except IndexError:
            return None


class TakesEscapedStopIterationForTheEnd(ReferenceServer):
    """A StopIteration is the end, even where Python has made an error of it."""

    kills = {"escaped-stop-iteration-cuts-response": "the response (chunked): want cut off, got complete"}

    def next_block(self, iterator: Any) -> Any:
        try:
            return super().next_block(iterator)
        except RuntimeError as error:
            if "StopIteration" not in str(error):
                raise
            return None


class PoliteAfterConnectionError(Polite):
    """A connection that is gone is nobody's fault."""

    kills = {"connection-error-halfway-cuts-response": "the response (chunked): want cut off, got complete"}
    error: BaseException | None = None

    def handle_error(self, transaction: Any, error: BaseException) -> None:
        transaction.error = error
        super().handle_error(transaction, error)

    def polite(self, transaction: Any) -> bool:
        return isinstance(transaction.error, ConnectionResetError)


class PoliteAfterNoException(PoliteAfterConnectionError):
    """``except Exception`` aborts the response, and ``finally`` ends it."""

    kills = {
        "generator-exit-halfway-cuts-response": "the response (chunked): want cut off, got complete",
    }

    def polite(self, transaction: Any) -> bool:
        return isinstance(transaction.error, GeneratorExit)
