"""Mutants of the 100-continue expectation on the wire."""

from __future__ import annotations

import time
from typing import Any

from reference_server import ReferenceServer


class ContinuesTwice(ReferenceServer):
    """The reader of the head sends a 100, and the input stream does."""

    kills = {"continue-sent-once": "interim responses: want at most one, got '100, 100'"}

    def send_continue(self, transaction: Any) -> None:
        if self.continue_is_due(transaction):
            self.send(transaction.connection, b"HTTP/1.1 100 Continue\r\n\r\n")
        super().send_continue(transaction)


class _Continue(ReferenceServer):
    """The ground of some others: the octets of the 100."""

    interim = b"HTTP/1.1 100 Continue\r\n\r\n"

    def send(self, connection: Any, octets: bytes) -> None:
        super().send(connection, self.interim if octets.startswith(b"HTTP/1.1 100") else octets)


class ContinuesWithALength(_Continue):
    """The 100 says that it has no content."""

    kills = {"continue-well-formed": "Content-Length in the 100: want absent, got ('0',)"}
    interim = b"HTTP/1.1 100 Continue\r\nContent-Length: 0\r\n\r\n"


class ContinuesWithBareLineFeeds(_Continue):
    """The 100 ends its lines with LF."""

    kills = {"continue-well-formed": "faults of the 100: want none, got"}
    interim = b"HTTP/1.1 100 Continue\n\n"


class EndsBehindContinue(ReferenceServer):
    """The response to content that was asked for is cut off."""

    kills = {"continue-followed-by-final": "final response: want 200, got 500"}

    def send_head(self, transaction: Any, block: bytes) -> None:
        closing = (b"Connection", b"close") in transaction.request.fields
        if transaction.body.continue_sent and closing and block.startswith(b"this is the answer"):
            raise ConnectionError("the connection is gone")
        super().send_head(transaction, block)


class ContinuesWithinTheResponse(ReferenceServer):
    """100 is sent when the application reads, whatever was sent before."""

    kills = {"continue-not-within-response": "the response is malformed"}

    def continue_is_due(self, transaction: Any) -> bool:
        return bool(transaction.body.continue_expected and not transaction.connection.buffer)


class RefusesExpectationsOfHttp10(ReferenceServer):
    """An HTTP/1.0 client cannot expect anything: 417."""

    kills = {"expect-ignored-from-http-1-0": "the application: want called"}

    def determine_body_framing(self, request: Any) -> None:
        from http import HTTPStatus

        from reference_server.errors import RequestRejected

        super().determine_body_framing(request)
        if request.version == (1, 0) and self.list_members(request, b"expect"):
            raise RequestRejected(HTTPStatus.EXPECTATION_FAILED, "no expectations in HTTP/1.0")


class ComparesLetters(ReferenceServer):
    """The expectation is compared as it stands."""

    kills = {"expect-case-insensitive": "answer to 100-CONTINUE: want 100, got 200"}

    def expects_continue(self, request: Any) -> bool:
        return super().expects_continue(request) and b"100-CONTINUE" not in dict(request.fields).values()


class LosesContentThatDidNotWait(ReferenceServer):
    """What came before the 100 is thrown away."""

    kills = {"expect-with-content-answered": "content from octet"}

    def read_delimited(self, transaction: Any, limit: int) -> bytes:
        octets = super().read_delimited(transaction, limit)
        asked = self.expects_continue(transaction.request)
        return octets[:-1] + b"T" if asked and not transaction.body.continue_sent else octets


class ContinuesWithoutContent(ReferenceServer):
    """Who expects 100 gets it, and then is waited for."""

    kills = {
        "expect-with-length-of-zero-answered": "answer to a request of no content: want the final response, got",
        "expect-without-content-answered": "answer to a request without content: want the final response",
    }

    def call_application(self, transaction: Any) -> Any:
        if transaction.body.continue_expected and transaction.body.finished:
            self.send(transaction.connection, b"HTTP/1.1 100 Continue\r\n\r\n")
            self.receive(transaction.connection, time.monotonic() + 5)
        return super().call_application(transaction)


class WaitsForRefusedContent(ReferenceServer):
    """The response is held back until the content has come."""

    kills = {"expect-refused-before-content": "before the content was sent: want 403, got nothing"}

    def send_head(self, transaction: Any, block: bytes) -> None:
        if transaction.body.continue_expected and transaction.status.startswith("403"):
            self.receive(transaction.connection, time.monotonic() + 5)
        super().send_head(transaction, block)


class ClosesWithoutAWord(ReferenceServer):
    """The connection is closed behind a refusal, which does not say so."""

    kills = {"expect-refused-says-close": "Connection of the refusal: want close, got persistent"}

    def send(self, connection: Any, octets: bytes) -> None:
        if octets.startswith(b"HTTP/1.1 403"):
            octets = octets.replace(b"Connection: close\r\n", b"")
        super().send(connection, octets)


class TakesRefusedContentForARequest(ReferenceServer):
    """The client that was refused sends no content: so the next octets are a request."""

    kills = {
        "expect-refused-content-no-request": "the request behind the content: want answered for itself",
        "unread-expected-content-not-run": "calls for the request within the content: want 0, got 1",
    }

    def can_drain(self, transaction: Any) -> bool:
        if transaction.body.continue_expected:
            transaction.body.finished = True
            return True
        return super().can_drain(transaction)


class LooksAtLengthAlone(ReferenceServer):
    """A request without a Content-Length has no content to ask for."""

    kills = {
        "continue-before-chunks": "before the chunks were sent: want 100 or a final response, got nothing"
    }

    def expects_continue(self, request: Any) -> bool:
        return super().expects_continue(request) and request.framing == "length"


class ComparesWholeValue(ReferenceServer):
    """The field is the expectation."""

    kills = {
        "continue-for-expectation-in-list": "before the content was sent: want 100 or a final response, got"
    }

    def expects_continue(self, request: Any) -> bool:
        whole = len(self.list_members(request, b"expect")) == 1
        return super().expects_continue(request) and whole
