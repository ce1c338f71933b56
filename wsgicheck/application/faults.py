"""What the observer raises."""

from __future__ import annotations

from ..model.violation import Violation


class Fault(AssertionError):
    """A duty of WSGI was broken; ``violation`` says which and how.

    An ``AssertionError``, so that a test suite that ran under ``wsgiref.validate`` needs no other handler.
    """

    def __init__(self, violation: Violation) -> None:
        super().__init__(violation.text)
        self.violation = violation


class ApplicationFault(Fault):
    """The application, or middleware between it and the observer, broke one of its duties."""


class ServerFault(Fault):
    """The server, or middleware between it and the observer, broke one of its duties."""
