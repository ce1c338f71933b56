"""Mutants that take headers of other types."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class Converting(ReferenceServer):
    """Base of those that make what they want of what they get."""

    def convert(self, headers: Any) -> Any:
        """Return a list of pairs of strings, as far as this one goes."""
        raise NotImplementedError

    def start_response(self, transaction: Any, status: Any, headers: Any, exc_info: Any) -> Any:
        return super().start_response(transaction, status, self.convert(headers), exc_info)


class DecodesNames(Converting):
    """Octets are text, once they are decoded."""

    kills = {
        "header-name-of-octets-raises": "start_response() with a name that is bytes: want an error, go",
    }

    def convert(self, headers: Any) -> Any:
        return (
            [(each[0].decode(), *each[1:]) if isinstance(each[0], bytes) else each for each in headers]
            if type(headers) is list
            else headers
        )


class DecodesValues(Converting):
    """Octets are text, once they are decoded."""

    kills = {
        "header-value-of-octets-raises": "start_response() with a value that is bytes: want an error, ",
    }

    def convert(self, headers: Any) -> Any:
        return (
            [(each[0], each[1].decode()) if isinstance(each[1], bytes) else each for each in headers]
            if type(headers) is list
            else headers
        )


class FormatsNumbers(Converting):
    """A number has one way to be written."""

    kills = {
        "header-value-of-number-raises": "start_response() with a value that is a number: want an erro",
    }

    def convert(self, headers: Any) -> Any:
        return (
            [(each[0], str(each[1])) if isinstance(each[1], int) else each for each in headers]
            if type(headers) is list
            else headers
        )


class TakesTwoOfThree(Converting):
    """What stands behind the value is not looked at."""

    kills = {
        "header-of-three-raises": "start_response() with a tuple of three: want an error, got returned",
    }

    def convert(self, headers: Any) -> Any:
        return (
            [each[:2] if isinstance(each, tuple) else each for each in headers]
            if type(headers) is list
            else headers
        )


class TakesTuple(Converting):
    """Any sequence will do."""

    kills = {
        "headers-in-tuple-raise": "start_response() with a tuple of headers: want an error, got returned",
    }

    def convert(self, headers: Any) -> Any:
        return list(headers) if isinstance(headers, tuple) else headers


class TakesDict(Converting):
    """Any mapping will do."""

    kills = {
        "headers-in-dict-raise": "start_response() with a dict of headers: want an error, got returned",
    }

    def convert(self, headers: Any) -> Any:
        return list(headers.items()) if isinstance(headers, dict) else headers


class TakesLists(Converting):
    """Any pair will do."""

    kills = {
        "header-in-list-raises": "start_response() with a list of name and value: want an error, got r",
    }

    def convert(self, headers: Any) -> Any:
        return [tuple(each) for each in headers] if type(headers) is list else headers
