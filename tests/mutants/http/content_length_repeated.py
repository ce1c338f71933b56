"""Mutants of several Content-Lengths, in one field or more."""

from __future__ import annotations

from reference_server import ReferenceServer
from reference_server.state import Request


class TakesFirstOfList(ReferenceServer):
    """Takes first of list."""

    kills = {
        "length-list-alike-read-once-or-refused": "CONTENT_LENGTH: want 5, got '5, 5'",
        "length-list-with-difference-at-its-end-refused": "the malformed request",
        "length-list-with-difference-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.partition(b", ")[0] for value in lengths)])


class DropsEmptyMember(ReferenceServer):
    """Drops empty member."""

    kills = {
        "length-list-with-empty-member-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([*(value.removesuffix(b",") for value in lengths)])


class TakesFirstLength(ReferenceServer):
    """Takes first length."""

    kills = {
        "length-repeated-with-difference-at-the-end-refused": "the malformed request",
        "length-repeated-with-difference-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "length-repeated-with-difference-refused-in-other-order": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "request-behind-smaller-length-not-run": "calls for the request within the content: want 0, got 1",
        "length-repeated-in-other-letters-with-difference-refused": "the malformed request: want a refusal, got 'a call",
        "length-repeated-behind-zero-refused": "the malformed request: want a refusal, got 'a call",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([lengths[0]])


class TakesLastLength(ReferenceServer):
    """Takes last length."""

    kills = {
        "length-repeated-with-difference-at-the-end-refused": "the malformed request",
        "length-repeated-with-difference-refused": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "length-repeated-with-difference-refused-in-other-order": "the malformed request: want a refusal, got 'a call, and 200 as answer'",
        "request-behind-smaller-length-not-run-in-other-order": "calls for the request within the content: want 0, got 1",
        "length-repeated-in-other-letters-with-difference-refused": "the malformed request: want a refusal, got 'a call",
        "length-repeated-behind-zero-refused": "the malformed request: want a refusal, got 'a call",
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([lengths[-1]])


class ForgivesLeadingComma(ReferenceServer):
    """An empty member before the number is dropped."""

    kills = {"length-list-with-leading-comma-refused": "the malformed request: want a refusal, got 'a call"}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length([value.lstrip(b",") for value in lengths])


class ComparesTwoMembers(ReferenceServer):
    """A list whose first two numbers are equal is a repetition."""

    kills = {
        "length-list-with-difference-at-its-end-refused": "the malformed request: want a refusal, got 'a call"
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        members = lengths[0].split(b", ")
        return super().parse_content_length(members[:1] if len(members) > 2 else lengths)


class ComparesTwoFields(ReferenceServer):
    """Of several fields the first two are compared."""

    kills = {
        "length-repeated-with-difference-at-the-end-refused": "the malformed request: want a refusal, got 'a call"
    }

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length(lengths[:1] if len(lengths) > 2 else lengths)


class KeepsFieldsAsWritten(ReferenceServer):
    """The fields are in a dictionary by their names as written, and the first that fits is taken."""

    kills = {
        "coding-repeated-in-other-letters-without-chunked-last-refused": "the malformed request: want a refusal",
        "host-repeated-apart-answered-400": "the malformed request: want a refusal, got 'a call",
        "length-repeated-in-other-letters-with-difference-refused": "the malformed request: want a refusal",
    }

    def field_values(self, request: Request, name: bytes) -> list[bytes]:
        written = next((key for key, _ in request.fields if key.lower() == name), b"")
        return [value for key, value in request.fields if key == written]


class TakesZeroForNone(ReferenceServer):
    """A length that is false is none, and the next one is the first."""

    kills = {"length-repeated-behind-zero-refused": "the malformed request: want a refusal, got 'a call, and"}

    def parse_content_length(self, lengths: list[bytes]) -> int:
        return super().parse_content_length(lengths[1:] if lengths[0] == b"0" and lengths[1:] else lengths)
