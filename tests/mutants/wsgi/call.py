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
        "connection-error-halfway-survived": "calls for the request after the error",
        "empty-write-at-content-length-accepted": "write(b'') at the Content-Length",
        "error-that-is-no-exception-survived": "calls for the request after the error",
        "file-behind-write-sent-whole": "content from octet 6",
        "file-behind-write-stops-at-content-length": "content from octet 6",
        "iterable-closed-after-client-left-while-written": "calls of close()",
        "second-call-refused-after-error-call": "a start_response() without exc_info behind one with it",
        "write-for-head-accepted": "write() for HEAD",
        "forty-pipelined-requests-answered": "calls for each request: want 1",
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
