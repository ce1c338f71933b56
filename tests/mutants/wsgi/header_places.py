"""Mutants that let pass a line end in some headers, or behind some octets."""

from __future__ import annotations

import re
from typing import Any

from reference_server import ReferenceServer


class Lenient(ReferenceServer):
    """Base of those that look at some headers, or at a part of them, alone."""

    def part_to_check(self, name: str, value: str) -> str:
        """Return what is looked at."""
        return value

    def check_header_value(self, name: str, value: str) -> None:
        super().check_header_value(name, self.part_to_check(name, value))


class LooksAtTheBegin(Lenient):
    """Of a long value the begin says enough; what is sent is mended."""

    kills = {"header-value-with-late-line-end-raises": "that start_response() takes: want none, got X-Long"}

    def part_to_check(self, name: str, value: str) -> str:
        return value[:1000]

    def format_header(self, name: str, value: str) -> str:
        return super().format_header(name, re.sub(r"[\x00-\x1f\x7f]", " ", value))


class TrustsInCookies(Lenient):
    """A cookie is made by a library; what is sent is mended."""

    kills = {"known-header-with-line-end-raises": "that start_response() takes: want none, got Set-Cookie"}

    def part_to_check(self, name: str, value: str) -> str:
        return "" if name.lower() == "set-cookie" else value

    def format_header(self, name: str, value: str) -> str:
        return super().format_header(name, re.sub(r"[\x00-\x1f\x7f]", " ", value))


class SendsLateLineEnds(Lenient):
    """Of a long value the begin says enough."""

    kills = {
        "header-value-with-late-line-end-raises": "that start_response() takes: want none, got X-Long",
        "response-not-split-by-late-line-end": "line end reaches the client: want none, got X-Long",
    }

    def part_to_check(self, name: str, value: str) -> str:
        return value[:1000]


class SendsLineEndsOfLocations(Lenient):
    """A location is put together from the request, and goes back as it came."""

    kills = {
        "known-header-with-line-end-raises": "that start_response() takes: want none, got Location",
        "response-not-split-by-known-header": "line end reaches the client: want none, got Location",
    }

    def part_to_check(self, name: str, value: str) -> str:
        return "" if name == "Location" else value


class LooksAtTheFirst(ReferenceServer):
    """Who is in order in the first header is so in the others; what is sent is mended."""

    kills = {"line-end-behind-good-headers-raises": "that start_response() takes: want none, got X-Second"}

    def check_headers(self, headers: Any) -> None:
        super().check_headers(headers[:1] if headers[0][0] == "X-First" else headers)

    def format_header(self, name: str, value: str) -> str:
        return super().format_header(name, re.sub(r"[\x00-\x1f\x7f]", " ", value))
