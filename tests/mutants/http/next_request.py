"""Mutants that are strict with the first request of a connection alone."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class StrictAtFirst(ReferenceServer):
    """Base of those that trust a connection whose first request was in order."""

    def read_request_head(self, connection: Any, request: Any) -> None:
        request.is_next = getattr(connection, "had_request", False)
        connection.had_request = True
        self.is_next = request.is_next
        super().read_request_head(connection, request)


class TrustsHostOfFirst(StrictAtFirst):
    """The site of a connection is settled with its first request."""

    kills = {
        "host-missing-in-next-request-answered-400": "answer to the second request: want 400, got 'a call of the "
    }

    def check_host(self, request: Any) -> None:
        if not request.is_next:
            super().check_host(request)


class MendsColonsOfNext(StrictAtFirst):
    """The fields of later requests take a shorter way."""

    kills = {
        "space-before-colon-in-third-request-answered-400": "answer to the third request: want 400, got 'a call",
        "space-before-colon-in-next-request-answered-400": "answer to the second request: want 400, got 'a call",
    }

    def parse_field_line(self, line: bytes) -> tuple[bytes, bytes]:
        if getattr(self, "is_next", False):
            line = line.replace(b"X-A :", b"X-A:")
        return super().parse_field_line(line)


class ConvertsLengthOfNext(StrictAtFirst):
    """The length of later requests is left to int()."""

    kills = {
        "length-with-plus-in-next-request-answered-400": "answer to the second request: want 400, got 'a call of"
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        if getattr(self, "is_next", False):
            return int(lengths[0])
        return super().parse_content_length(lengths)


class TakesBothOfNext(StrictAtFirst):
    """Later requests may have both fields; the coding counts."""

    kills = {
        "length-beside-coding-in-next-request-not-kept": "calls for a request behind one with both fields: want"
    }

    def check_no_content_length(self, lengths: list[bytes]) -> None:
        if not getattr(self, "is_next", False):
            super().check_no_content_length(lengths)


class InheritsHost(ReferenceServer):
    """A request without Host is for the site of the one before."""

    kills = {
        "host-of-previous-request-gone": "HTTP_HOST of a request without Host: want absent, got one.example"
    }

    def read_request_head(self, connection: Any, request: Any) -> None:
        super().read_request_head(connection, request)
        hosts = self.field_values(request, b"host")
        if hosts:
            connection.site = hosts[0]
        elif getattr(connection, "site", b"") == b"one.example":
            request.fields.append((b"Host", connection.site))


class InheritsTarget(ReferenceServer):
    """The authority of a target is kept with the connection."""

    kills = {
        "host-of-previous-target-gone": "HTTP_HOST behind an absolute-form: want two.example, got one.example"
    }

    def host_variable(self, transaction: Any) -> dict[str, str]:
        variables = super().host_variable(transaction)
        if variables:
            transaction.connection.site = variables
        return getattr(transaction.connection, "site", {})


class InheritsVersion(ReferenceServer):
    """Whether chunks may be sent is settled with the first request."""

    kills = {
        "chunked-not-sent-to-http-1-0-behind-http-1-1": "Transfer-Encoding to HTTP/1.0: want absent, got chunked",
        "chunked-not-sent-to-http-1-0-behind-chunks": "Transfer-Encoding to HTTP/1.0 behind chunks: want",
    }

    def framing_of_response(self, transaction: Any) -> Any:
        framing = super().framing_of_response(transaction)
        behind = getattr(transaction.connection, "chunks", False)
        transaction.connection.chunks = transaction.request.version >= (1, 1)
        return "chunked" if framing == "close" and behind else framing


class InheritsChunks(ReferenceServer):
    """Once chunked, always chunked."""

    kills = {
        "chunked-not-sent-to-http-1-0-behind-chunks": "Transfer-Encoding to HTTP/1.0 behind chunks: want ab"
    }

    def framing_of_response(self, transaction: Any) -> Any:
        framing = super().framing_of_response(transaction)
        behind = getattr(transaction.connection, "chunks", False)
        transaction.connection.chunks = framing == "chunked"
        return "chunked" if framing == "close" and behind else framing


class InheritsKeepAlive(ReferenceServer):
    """A client that has said keep-alive once has said it for all its requests."""

    kills = {"keep-alive-of-previous-request-gone": "connection behind the second response: want closed, got"}

    def keep_alive(self, transaction: Any) -> bool:
        old = transaction.request.version < (1, 1)
        said = getattr(transaction.connection, "said", False)
        kept = super().keep_alive(transaction)
        transaction.connection.said = old and kept
        return kept or (old and said)


class InheritsFraming(ReferenceServer):
    """A connection on which chunks have come brings chunks."""

    kills = {"content-read-by-framing-of-each-request": "content of request 2: want"}

    def read_request_head(self, connection: Any, request: Any) -> None:
        super().read_request_head(connection, request)
        request.chunks_before = getattr(connection, "chunks", False)
        connection.chunks = bool(self.field_values(request, b"transfer-encoding"))

    def determine_body_framing(self, request: Any) -> None:
        super().determine_body_framing(request)
        if request.framing == "length" and request.content_length == 15 and request.chunks_before:
            request.framing, request.content_length = "chunked", 0


class CutsAtBuffer(ReferenceServer):
    """What is left in the buffer behind a response is kept up to its size."""

    kills = {"forty-pipelined-requests-answered": "answers"}

    def drain_or_close(self, transaction: Any) -> bool:
        kept = super().drain_or_close(transaction)
        del transaction.connection.buffer[8192:]
        return kept


class LeavesOctetOfOld(ReferenceServer):
    """Clients of old send a line end behind their content, and one octet is put back for its sake."""

    kills = {
        "request-behind-content-of-kept-http-1-0-found": "the method of the request behind the content: want GET"
    }

    def drain_or_close(self, transaction: Any) -> bool:
        kept = super().drain_or_close(transaction)
        if transaction.request.version < (1, 1) and transaction.request.content_length == 5:
            transaction.connection.buffer[:0] = b"o"
        return kept


class ClosesBehindTwenty(ReferenceServer):
    """A connection serves twenty requests; the client is not told."""

    kills = {
        "close-behind-several-requests-announced": "Connection of response 20, behind which the server closes: want"
    }
    enough = 20

    def drain_or_close(self, transaction: Any) -> bool:
        served = getattr(transaction.connection, "served", 0) + 1
        transaction.connection.served = served
        return super().drain_or_close(transaction) and served < self.enough


class ClosesBehindAHundred(ClosesBehindTwenty):
    """A connection serves a hundred requests, as is usual; the client is not told."""

    kills = {
        "close-behind-several-requests-announced": "Connection of response 100, behind which the server closes: want"
    }
    enough = 100
