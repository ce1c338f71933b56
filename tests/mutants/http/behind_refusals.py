"""Mutants that refuse a request and go on with what they have not read of it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from reference_server import ReferenceServer
from reference_server.errors import RequestRejected


class GoesOn(ReferenceServer):
    """Its subclasses keep the connection behind one kind of refusal."""

    def goes_on(self, request: Any, rejection: RequestRejected) -> bool:
        """Tell whether the connection is kept."""
        return False

    def reject_request(self, connection: Any, request: Any, rejection: RequestRejected) -> None:
        super().reject_request(connection, request, rejection)
        connection.goes_on = self.goes_on(request, rejection)

    def serve_request(self, connection: Any) -> bool:
        connection.goes_on = False
        return super().serve_request(connection) or bool(connection.goes_on)


class GoesOnBehindVersion(GoesOn):
    """A version is refused as soon as it is read."""

    kills = {
        "request-in-content-of-refused-version-not-run": "answers to the one request that is refused: want 505",
        "version-refusal-well-framed": "octets behind a 505: want b'', got",
    }

    def goes_on(self, request: Any, rejection: RequestRejected) -> bool:
        return rejection.status == HTTPStatus.HTTP_VERSION_NOT_SUPPORTED


class GoesOnBehindScheme(GoesOn):
    """A misdirected request is in order, and so is its connection."""

    kills = {
        "request-in-content-of-refused-scheme-not-run": "answers to the one request that is refused: want 421",
        "scheme-refusal-well-framed": "octets behind a 421: want b'', got",
    }

    def goes_on(self, request: Any, rejection: RequestRejected) -> bool:
        return rejection.status == HTTPStatus.MISDIRECTED_REQUEST


class GoesOnBehindHost(GoesOn):
    """Host is missing, and the head has been read."""

    kills = {"request-in-content-of-refused-host-not-run": "calls for the request within the content: want 0"}

    def goes_on(self, request: Any, rejection: RequestRejected) -> bool:
        return "without Host" in rejection.detail


class GoesOnBehindField(GoesOn):
    """One bad line is one bad line."""

    kills = {
        "request-behind-length-with-space-before-colon-not-run": "calls for the request within the content",
        "request-in-content-of-refused-field-not-run": "answers to the one request that is refused: want",
    }

    def goes_on(self, request: Any, rejection: RequestRejected) -> bool:
        return "a field name" in rejection.detail and request.method == "POST"


class GoesOnBehindFields(GoesOn):
    """What is too much is read with the next request."""

    kills = {"rest-of-too-large-head-not-answered": "answers to the one request that is refused: want 431"}

    def goes_on(self, request: Any, rejection: RequestRejected) -> bool:
        return rejection.status == HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE and len(request.target) < 40

    def reject_request(self, connection: Any, request: Any, rejection: RequestRejected) -> None:
        super().reject_request(connection, request, rejection)
        connection.goes_on = connection.goes_on and b"X-Many" not in connection.buffer


class GoesOnBehindTarget(GoesOn):
    """A buffer that was too small is emptied, and filled again."""

    kills = {
        "rest-of-too-long-target-not-answered": "answers to the one request that is refused: want 414, got",
        "target-refusal-well-framed": "octets behind a 414: want b'', got",
    }

    def goes_on(self, request: Any, rejection: RequestRejected) -> bool:
        return rejection.status == HTTPStatus.REQUEST_URI_TOO_LONG

    def reject_request(self, connection: Any, request: Any, rejection: RequestRejected) -> None:
        super().reject_request(connection, request, rejection)
        if connection.goes_on:
            del connection.buffer[: self.MAX_REQUEST_LINE]


class GoesOnBehindExpectation(GoesOn):
    """Who is refused its expectation does not send its content."""

    kills = {
        "request-in-chunks-of-refused-expectation-not-run": "answers to the one request that is refused: want 417"
    }

    def goes_on(self, request: Any, rejection: RequestRejected) -> bool:
        return rejection.status == HTTPStatus.EXPECTATION_FAILED and bool(
            self.field_values(request, b"transfer-encoding")
        )
