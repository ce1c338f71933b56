"""Mutants of the server's own responses."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from reference_server import ReferenceServer


class Refuses(ReferenceServer):
    """The ground of those that change the octets of an error response."""

    kills: dict[str, str]
    STATUS = HTTPStatus.BAD_REQUEST
    ABOUT = "Content-Length"

    def send_error(self, connection: Any, request: Any, status: HTTPStatus, detail: str) -> None:
        """Note what is being sent, for ``send``."""
        connection.about = detail if status == self.STATUS and self.ABOUT in detail else ""
        super().send_error(connection, request, status, detail)

    def send(self, connection: Any, octets: bytes) -> None:
        if getattr(connection, "about", ""):
            octets = self.change(octets)
        super().send(connection, octets)

    def change(self, octets: bytes) -> bytes:
        """Change the octets of the response."""
        return octets


class RefusesInLf(Refuses):
    """The status line of a refusal ends in a bare LF."""

    kills = {
        "refusal-well-formed": "the response is malformed: a line ends in a bare LF",
    }

    def change(self, octets: bytes) -> bytes:
        return octets.replace(b"\r\n", b"\n", 1)


class RefusesLineInOldestHttp(Refuses):
    """An invalid request line is answered with content alone."""

    kills = {
        "refusal-of-request-line-well-formed": "the response is malformed: no status line: b'400 Bad",
    }
    ABOUT = "HTTP version"

    def change(self, octets: bytes) -> bytes:
        return octets.partition(b"\r\n\r\n")[2]


class RefusesHostInLf(RefusesInLf):
    """The status line of a refusal for want of Host ends in a bare LF."""

    kills = {
        "refusal-for-host-well-formed": "the response is malformed: a line ends in a bare LF",
    }
    ABOUT = "Host"


class RefusesWithoutEnd(Refuses):
    """A refusal promises one octet more than it has."""

    kills = {
        "refusal-delimited": "end of a refusal: want found, got eof",
        "head-refusal-without-content": "octets behind the refusal of a HEAD request: want b'', got",
    }

    def change(self, octets: bytes) -> bytes:
        return octets[:-1]


class RefusesLineWithoutEnd(RefusesWithoutEnd):
    """The refusal of a request line promises one octet more than it has."""

    kills = {
        "refusal-of-request-line-delimited": "end of a refusal: want found, got eof",
    }
    ABOUT = "HTTP version"


class RefusesTwice(Refuses):
    """A malformed request is refused twice."""

    kills = {
        "coding-beside-length-from-http-1-0-closes-connection": "answers, to the request and to what is behind it",
        "head-refusal-without-content": "octets behind the refusal of a HEAD request: want b'', got",
        "nothing-follows-refusal": "octets behind a refusal: want b'', got b'HTTP/1.1 400 Bad",
        "request-behind-invalid-length-of-third-not-run": "answers to the malformed request",
    }

    def change(self, octets: bytes) -> bytes:
        return octets + octets


class RefusesSilently(Refuses):
    """A refusal does not say that the connection is closed."""

    kills = {
        "refusal-announces-close": "Connection of a refusal that is closed behind: want close, got absent",
    }

    def change(self, octets: bytes) -> bytes:
        return octets.replace(b"Connection: close\r\n", b"")


class RefusesAndKeeps(ReferenceServer):
    """A refusal says close, and the connection is kept."""

    kills = {
        "refusal-closes-as-announced": "connection behind Connection: close: want closed, got open",
    }

    def serve_request(self, connection: Any) -> bool:
        return super().serve_request(connection) or getattr(connection, "refused", False)

    def is_five(self, request: Any) -> bool:
        """Say whether this is the one kind of refusal that goes wrong."""
        return request.method == "GET" and (b"Content-Length", b"five") in request.fields

    def reject_request(self, connection: Any, request: Any, rejection: Any) -> None:
        super().reject_request(connection, request, rejection)
        connection.refused = self.is_five(request) and not connection.buffer


class RefusesAndServes(RefusesAndKeeps):
    """What was received behind a refused request is served."""

    kills = {
        "length-invalid-for-get-refused": "the octets behind the malformed request: want no call, got",
        "refusal-is-last-as-announced": "calls for a request behind Connection: close: want 0, got 1",
    }

    def reject_request(self, connection: Any, request: Any, rejection: Any) -> None:
        super().reject_request(connection, request, rejection)
        connection.refused = self.is_five(request) and bool(connection.buffer)


class ExplainsNothing(Refuses):
    """A refusal has no content."""

    kills = {
        "refusal-explains": "content of a refusal: want an explanation, got nothing",
    }

    def change(self, octets: bytes) -> bytes:
        head = octets.partition(b"\r\n\r\n")[0].split(b"\r\n")
        lines = [line for line in head if not line.startswith(b"Content-Length")]
        return b"\r\n".join([*lines, b"Content-Length: 0", b"", b""])


class AnswersBadChunkInLf(ReferenceServer):
    """What answers a malformed chunk behind its response is no response."""

    kills = {
        "bad-chunk-answered-well-formed": "octets behind the response: want b'', got b'400 Bad",
    }

    def drain_or_close(self, transaction: Any) -> bool:
        drained = super().drain_or_close(transaction)
        if transaction.body.broken:
            self.send(transaction.connection, b"400 Bad Request\r\n\r\n")
        return drained


class FailsInLf(ReferenceServer):
    """The status line of the page about an error ends in a bare LF, if the connection could be kept."""

    kills = {
        "error-response-well-formed": "the response is malformed: a line ends in a bare LF",
        "late-error-response-well-formed": "the response is malformed: a line ends in a bare LF",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        transaction.connection.failed = (
            self.client_persists(transaction.request) and not transaction.head_sent
        )
        super().application_error(transaction, error)

    def send(self, connection: Any, octets: bytes) -> None:
        failed = getattr(connection, "failed", False)
        super().send(connection, octets.replace(b"\r\n", b"\n", 1) if failed else octets)


class MixesHeads(ReferenceServer):
    """The page about an error that comes late carries the length of the response in its place."""

    kills = {
        "late-error-response-well-formed": "the response is malformed: Content-Length beside",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        late = transaction.status is not None and not transaction.head_sent
        transaction.connection.late = late and self.client_persists(transaction.request)
        super().application_error(transaction, error)

    def send(self, connection: Any, octets: bytes) -> None:
        if getattr(connection, "late", False):
            octets = octets.replace(b"Content-Type", b"Transfer-Encoding: chunked\r\nContent-Type", 1)
        super().send(connection, octets)


class FailsTwice(ReferenceServer):
    """The page about an error is sent twice."""

    kills = {
        "nothing-follows-error-response": "octets behind an error page: want b'', got b'HTTP/1.1 500",
        "head-error-without-content": "octets behind the header section of a response to HEAD: want",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        super().application_error(transaction, error)
        if transaction.status is None:
            super().application_error(transaction, error)


class FailsWithoutWord(ExplainsNothing):
    """The page about an error is empty."""

    kills = {
        "error-response-explains": "content of an error page: want an explanation, got nothing",
    }
    STATUS = HTTPStatus.INTERNAL_SERVER_ERROR
    ABOUT = "application"
