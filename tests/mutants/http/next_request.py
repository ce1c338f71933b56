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
        "space-before-colon-in-next-request-answered-400": "answer to the second request: want 400, got 'a call"
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
