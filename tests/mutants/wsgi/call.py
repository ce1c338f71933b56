"""Mutants of the call of the application."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reference_server import ReferenceServer


class CallsTwice(ReferenceServer):
    """The application runs again for the same request, as after a timeout that was none."""

    kills = {
        "application-called-once": "calls of the application for one request: want 1, got 2",
        "application-called-once-for-head": "calls of the application for one request: want 1, got 2",
        "application-called-once-for-post": "calls of the application for one request: want 1, got 2",
        "close-own-while-overlapping": "calls of close() for request 1",
        "empty-block-written-first-harmless": "status",
        "empty-block-written-harmless": "the response",
        "empty-write-at-content-length-accepted": "write(b'') at the Content-Length",
        "environ-fresh-for-identical-request": "a key that the application set on an identical request",
        "environ-own-while-overlapping": "requests that were seen",
        "error-after-start-response-survived": "calls for the request after the error",
        "error-before-start-response-survived": "calls for the request after the error",
        "error-call-accepted-after-refused-headers": "start_response() with exc_info",
        "error-halfway-survived": "calls for the request after the error",
        "error-in-close-survived": "calls for the request after the error",
        "error-in-first-iteration-survived": "calls for the request after the error",
        "exc-info-accepted-before-output": "calls of start_response() that returned",
        "exc-info-accepted-in-first-call": "calls of start_response() that returned",
        "exc-info-accepted-in-first-iteration": "calls of start_response() that returned",
        "exc-info-replaces-repeatedly": "calls of start_response() that returned",
        "expect-ignored-from-http-1-0": "content from octet 0",
        "expect-with-content-answered": "content from octet 0",
        "file-behind-write-sent-whole": "content from octet 6",
        "file-behind-write-stops-at-content-length": "content from octet 6",
        "forty-pipelined-requests-answered": "calls for each request: want 1",
        "iterable-closed-after-client-left-while-written": "calls of close()",
        "iterable-closed-after-write": "calls of close()",
        "length-not-inferred-after-write": "content",
        "pipelined-bodies-kept-apart": "body of request 1",
        "pipelined-requests-answered-once": "calls for request 1",
        "second-call-refused": "a second start_response() without exc_info",
        "second-call-refused-after-error-call": "a start_response() without exc_info behind one with it",
        "second-call-refused-after-output": "a second start_response() without exc_info",
        "second-call-refused-after-refused-headers": "a second start_response() after a refused one",
        "second-call-refused-after-refused-status": "a second start_response() after a refused one",
        "second-call-refused-during-iteration": "a second start_response() without exc_info",
        "second-call-with-same-arguments-refused": "a second start_response() without exc_info",
        "write-for-head-accepted": "write() for HEAD",
        "write-takes-one-argument": "write(b'written')",
        "write-up-to-content-length-accepted": "write() up to the Content-Length",
        "written-blocks-before-yielded": "content",
        "written-blocks-counted": "content",
        "written-blocks-to-http-1-0": "content",
        "written-octets-unchanged": "the response",
        "written-response-delimited": "end of the response (framed by chunked)",
    }

    def call_application(self, transaction: Any) -> Iterable[bytes]:
        returned = super().call_application(transaction)
        self.application(dict(transaction.environ), lambda *arguments: None)
        return returned


class CallsTwiceForHead(ReferenceServer):
    """It asks for the headers first, as for a GET, and then for what HEAD wants."""

    kills = {"application-called-once-for-head": "calls of the application for one request: want 1, got 2"}

    def call_application(self, transaction: Any) -> Iterable[bytes]:
        if transaction.request.method == "HEAD":
            self.application(self.make_environ(transaction), lambda *arguments: None)
        return super().call_application(transaction)


class CallsTwiceForPost(ReferenceServer):
    """What has content is tried first."""

    kills = {
        "application-called-once-for-post": "calls of the application for one request: want 1, got 2",
        "pipelined-bodies-kept-apart": "body of request 1",
    }

    def call_application(self, transaction: Any) -> Iterable[bytes]:
        returned = super().call_application(transaction)
        if transaction.request.content_length == len(b"hello"):
            self.application(dict(transaction.environ), lambda *arguments: None)
        return returned


class CallsWithKeywords(ReferenceServer):
    """The application is called by the names that the PEP uses for illustration."""

    kills = {"application-called-positionally": "positional arguments: want 2, got 0"}

    def call_application(self, transaction: Any) -> Iterable[bytes]:
        transaction.environ = self.make_environ(transaction)
        returned: Iterable[bytes] = self.application(
            environ=transaction.environ, start_response=self.make_start_response(transaction)
        )
        return returned


class SubclassesDict(ReferenceServer):
    """The environ is a dict with manners of its own."""

    kills = {"environ-is-dict": "type(environ): want dict, got tests.mutants.wsgi.call.Environ"}

    def make_environ(self, transaction: Any) -> Any:
        return Environ(super().make_environ(transaction))


class Environ(dict):  # type: ignore[type-arg]
    """A subclass of dict."""


class TriesAgain(ReferenceServer):
    """What failed for want of a connection, or in time, may succeed the next time."""

    kills = {
        "application-called-once-when-connection-lost": "calls of the application for one request: want 1, got 2",
        "application-called-once-when-timed-out": "calls of the application for one request: want 1, got 2",
    }

    def call_application(self, transaction: Any) -> Any:
        try:
            return super().call_application(transaction)
        except (ConnectionError, TimeoutError):
            transaction.start_response_called = False
            return super().call_application(transaction)
