"""Mutants that let pass what is no status."""

from __future__ import annotations

import re
from typing import Any

from reference_server import ReferenceServer


class Lenient(ReferenceServer):
    """Base of those that accept a status of one kind, and send it as it is."""

    def accepts(self, status: Any) -> bool:
        """Return whether this one is let pass."""
        raise NotImplementedError

    def check_status(self, status: Any) -> None:
        if not self.accepts(status):
            super().check_status(status)

    def status_code(self, transaction: Any) -> int:
        return 200 if self.accepts(transaction.status) else super().status_code(transaction)


class LetsSpaceBeMissing(Lenient):
    """Three digits in front are all that is looked for."""

    kills = {
        "status-without-space-not-sent": "the response is malformed: no status line: b'HTTP/1.1 200OK'",
        "status-without-space-raises": "start_response() with '200OK': want an error, got returned",
    }

    def accepts(self, status: Any) -> bool:
        return isinstance(status, str) and re.match("[0-9]{3}[A-Z]", status) is not None


class LetsSpaceStandBefore(Lenient):
    """int() takes white space, so the code was found to be a number."""

    kills = {
        "status-after-space-not-sent": "the response is malformed: no status line: b'HTTP/1.1  200 OK'",
        "status-after-space-raises": "start_response() with ' 200 OK': want an error, got returned",
    }

    def accepts(self, status: Any) -> bool:
        return isinstance(status, str) and status.startswith(" 200")


class LetsCodeBeLetters(Lenient):
    """Only the place of the space is looked at."""

    kills = {
        "status-without-digits-not-sent": "the response is malformed: no status line: b'HTTP/1.1 2OO OK'",
        "status-without-digits-raises": "start_response() with '2OO OK': want an error, got returned",
    }

    def accepts(self, status: Any) -> bool:
        return isinstance(status, str) and status.startswith("2OO ")


class LetsStatusBeOctets(Lenient):
    """What is formatted is not looked at."""

    kills = {
        "status-of-octets-not-sent-as-repr": 'the response is malformed: no status line: b"HTTP/1.1 b',
        "status-of-octets-raises": "start_response() with b'200 OK': want an error, got returned",
    }

    def accepts(self, status: Any) -> bool:
        return isinstance(status, bytes)


class LetsStatusBeNumber(Lenient):
    """What is formatted is not looked at."""

    kills = {
        "status-of-number-not-sent-as-is": "the response is malformed: the status line lacks the space",
        "status-of-number-raises": "start_response() with 200: want an error, got returned",
    }

    def accepts(self, status: Any) -> bool:
        return isinstance(status, int)


class ForgivesLfBehindStatus(ReferenceServer):
    """A ``$`` also matches before a line feed at the end."""

    kills = {
        "status-before-lf-raises": "start_response() with LF behind the status: want an error, got returned"
    }

    def start_response(self, transaction: Any, status: Any, headers: Any, exc_info: Any) -> Any:
        try:
            forgiven = status[:-1] if isinstance(status, str) and status.endswith("\n") else status
            return super().start_response(transaction, forgiven, headers, exc_info)
        finally:
            exc_info = None


class TakesAnyStatus(ReferenceServer):
    """What stands behind the code is the application's affair."""

    kills = {
        "status-with-line-end-injects-nothing": "X-Injected, which stood in the status: want absent, got yes",
        "status-of-error-call-injects-nothing": "X-Injected, which stood in the status: want absent, got yes",
    }

    def check_status(self, status: Any) -> None:
        if not isinstance(status, str) or "\r\n" not in status:
            super().check_status(status)


class ChecksFirstStatusAlone(ReferenceServer):
    """The status of a call with exc_info is taken as it is."""

    kills = {
        "status-of-error-call-injects-nothing": "X-Injected, which stood in the status: want absent, got yes"
    }

    def check_error_call(self, transaction: Any, exc_info: Any) -> None:
        self.trusting = True
        try:
            super().check_error_call(transaction, exc_info)
        finally:
            exc_info = None

    def check_status(self, status: Any) -> None:
        trusted, self.trusting = getattr(self, "trusting", False), False
        if not trusted:
            super().check_status(status)


class TakesAnyNumber(ReferenceServer):
    """A status begins with a number."""

    kills = {"status-of-four-digits-not-sent": "no status line"}

    def check_status(self, status: Any) -> None:
        if status != "2000 OK":
            super().check_status(status)
