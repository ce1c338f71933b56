"""Mutants that lose or change headers of the application."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class RefusesEmptyValue(ReferenceServer):
    """A header without a value is a mistake, is it not."""

    kills = {
        "headers-accepted": "start_response() with valid headers: want accepted, got ValueError: no va",
    }

    def check_header_value(self, name: str, value: str) -> None:
        if not value:
            raise ValueError(f"no value for {name}")
        super().check_header_value(name, value)


class Changing(ReferenceServer):
    """Base of those that change what the application gives."""

    def change(self, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return what becomes of the headers."""
        raise NotImplementedError

    def store_response(self, transaction: Any, status: str, headers: Any) -> None:
        super().store_response(transaction, status, self.change(list(headers)))


class CutsValueAtSemicolon(Changing):
    """A value ends where its parameters begin."""

    kills = {
        "header-value-delivered": "X-Plain: want 'a \"b\", c; d=e', got 'a \"b\", c'",
    }

    def change(self, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return [(name, value.split(";")[0] if name == "X-Plain" else value) for name, value in headers]


class DropsEmptyValue(Changing):
    """A header without a value says nothing."""

    kills = {
        "header-without-value-delivered": "X-Empty: want '', got absent",
    }

    def change(self, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return [(name, value) for name, value in headers if value]


class JoinsSpaces(Changing):
    """White space is white space."""

    kills = {
        "header-inner-spaces-delivered": "X-Inner: want 'two  spaces', got two spaces",
    }

    def change(self, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return [
            (name, " ".join(value.split(" ")) if "  " not in value else " ".join(value.split()))
            for name, value in headers
        ]


class HeadersInUtf8(ReferenceServer):
    """The headers are encoded as everything is nowadays."""

    kills = {
        "header-value-sent-as-latin-1": "X-Latin: want 'café ÿ', got 'cafÃ© Ã¿'",
    }

    def format_headers(self, headers: Any) -> bytes:
        return "".join([*(self.format_header(*header) for header in headers), "\r\n"]).encode()


class ShortValues(Changing):
    """A value has a limit, as a name has."""

    kills = {
        "header-long-value-delivered": "X-Long: want 4000 octets, got 3999",
        "very-long-header-value-delivered": "X-Very-Long",
    }

    def change(self, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return [(name, value[:3999]) for name, value in headers]


class DashesInNames(Changing):
    """An underscore was a dash once."""

    kills = {
        "header-token-name-delivered": "x_under.score~1: want token, got absent",
    }

    def change(self, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return [(name.replace("_", "-"), value) for name, value in headers]


class DropsEqualLines(Changing):
    """A line that was there already adds nothing."""

    kills = {
        "header-lines-delivered-in-order": "X-Order: want 'A,B,A,C', got 'A,B,C'",
    }

    def change(self, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return list(dict.fromkeys(headers))


class ReversesLines(Changing):
    """Headers are put in front of those that are there."""

    kills = {
        "header-lines-delivered-in-order": "X-Order: want 'A,B,A,C', got 'C,A,B,A'",
    }

    def change(self, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        ordered = [header for header in headers if header[0].lower() == "x-order"]
        return [header for header in headers if header not in ordered] + ordered[::-1]


class AddsCharset(Changing):
    """All text is UTF-8."""

    kills = {
        "content-type-without-charset-unchanged": "Content-Type: want text/html, got 'text/html; charset=utf-8'",
    }

    def change(self, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        text = ("Content-Type", "text/html")
        return [
            ("Content-Type", "text/html; charset=utf-8") if header == text else header for header in headers
        ]


class JoinsCookies(Changing):
    """Lines of one name are joined."""

    kills = {
        "set-cookie-lines-delivered-apart": "Set-Cookie: want ('a=1; Path=/', 'b=2; Expires=",
        "set-cookie-lines-of-one-name-delivered": "Set-Cookie: want",
    }

    def change(self, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        cookies = [value for name, value in headers if name == "Set-Cookie"]
        others = [header for header in headers if header[0] != "Set-Cookie"]
        return [*others, ("Set-Cookie", ", ".join(cookies))] if cookies else others


class WeakensETag(Changing):
    """Whoever recodes content has to weaken the tag; this one does so anyway."""

    kills = {
        "head-fields-as-given": "ETag for HEAD",
        "headers-with-meaning-unchanged": "ETag: want '\"wsgicheck\"', got 'W/\"wsgicheck\"'",
        "response-304-fields-kept": "ETag in a 304",
        "response-304-location-and-expiry-kept": "ETag in a 304: want 'W/\"mark\"'",
    }

    def change(self, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return [(name, "W/" + value if name == "ETag" else value) for name, value in headers]


class FiftyHeaders(Changing):
    """The table has fifty places."""

    kills = {
        "many-header-lines-delivered": "lines X-Number-* that did not arrive",
        "many-headers-delivered": "headers lost or changed: want none, got 'X-Number-51, X-Number-5",
    }

    def change(self, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return headers[:50]


class SendsHundred(Changing):
    """There is room for 128 lines."""

    kills = {"many-header-lines-delivered": "lines X-Number-* that did not arrive: want none, got"}

    def change(self, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return headers[:128]


class CutsLongValues(Changing):
    """A line has room for 8190 octets."""

    kills = {"very-long-header-value-delivered": "X-Very-Long: want 12000 octets, got 8190 octets"}

    def change(self, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return [(name, value[:8190]) for name, value in headers]


class DropsHeadersOfNoContent(ReferenceServer):
    """Where there is no content, there is nothing to describe."""

    kills = {
        "headers-delivered-with-any-status": "Set-Cookie with a 204: want 'a=1; Path=/', got absent",
        "headers-delivered-with-no-content": "X-Plain in a 204: want of no content, got absent",
    }

    def keep_header(self, transaction: Any, name: str, value: str) -> bool:
        return self.status_code(transaction) != 204 and super().keep_header(transaction, name, value)


class KeepsOneCookieOfAName(ReferenceServer):
    """A cookie that is there already is not set again."""

    kills = {"set-cookie-lines-of-one-name-delivered": "Set-Cookie: want"}

    def final_headers(self, transaction: Any) -> Any:
        found: set[str] = set()
        headers = []
        for name, value in super().final_headers(transaction):
            cookie = value.partition("=")[0] if name.lower() == "set-cookie" else ""
            if cookie not in found:
                headers.append((name, value))
            found |= {cookie} if cookie else set()
        return headers


class KeepsListedFieldsOfNotModified(ReferenceServer):
    """A 304 has the fields that HTTP names for it, and no others."""

    kills = {"headers-delivered-with-any-status": "Set-Cookie with a 304: want 'a=1; Path=/', got absent"}
    LISTED = (
        "cache-control",
        "content-location",
        "content-length",
        "etag",
        "expires",
        "last-modified",
        "vary",
    )

    def keep_header(self, transaction: Any, name: str, value: str) -> bool:
        listed = self.status_code(transaction) != 304 or name.lower() in self.LISTED
        return listed and super().keep_header(transaction, name, value)


class SetsNoCookieInErrors(ReferenceServer):
    """An error page sets no cookie."""

    kills = {"headers-delivered-with-any-status": "Set-Cookie with a 500: want 'a=1; Path=/', got absent"}

    def keep_header(self, transaction: Any, name: str, value: str) -> bool:
        cookie = self.status_code(transaction) >= 500 and name.lower() == "set-cookie"
        return not cookie and super().keep_header(transaction, name, value)


class KeepsDateForItself(ReferenceServer):
    """Date and Server are for the server to say."""

    kills = {
        "date-and-server-headers-accepted": "start_response() with valid headers: want accepted, got ValueError: no bus"
    }

    def store_response(self, transaction: Any, status: str, headers: Any) -> None:
        if {"date", "server"} <= {name.lower() for name, _ in headers}:
            raise ValueError("no business of the application")
        super().store_response(transaction, status, headers)


class MissesContentOfNotModified(ReferenceServer):
    """A length without content is a mistake, whatever the status is."""

    kills = {
        "length-with-not-modified-accepted": "start_response() with valid headers: want accepted, got ValueError: no co"
    }

    def store_response(self, transaction: Any, status: str, headers: Any) -> None:
        if status.startswith("304") and headers[:1] == [("ETag", '"x"')]:
            raise ValueError("no content to have a length")
        super().store_response(transaction, status, headers)
