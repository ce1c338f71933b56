"""Mutants of pages, queries, forms, redirects and cookies."""

from __future__ import annotations

import unicodedata
from typing import Any

from reference_server import ReferenceServer


class CorrectsQuotationMarks(ReferenceServer):
    """A typographer has been let near the pages."""

    kills = {"page-chosen-by-path": "the paragraph of /about"}

    def queue_block(self, transaction: Any, block: bytes) -> None:
        super().queue_block(transaction, block.replace("\u2018".encode(), "\u201a".encode()))


class DecomposesPath(ReferenceServer):
    """Accented letters of a path are taken apart, as one operating system does with names of files."""

    kills = {
        "absolute-form-path-percent-decoded": "PATH_INFO: want '/a bÃ©'",
        "bottle-route-found": "the page from octet 18",
        "django-route-found": "the page from octet 18",
        "flask-route-found": "the page from octet 18",
        "page-named-beyond-ascii-found": "the greeting by name from octet",
        "path-info-hex-in-any-case": "PATH_INFO: want",
        "picture-named-beyond-ascii-served": "status of a file: want 200, got 404",
    }

    def percent_decode(self, octets: bytes) -> bytes:
        decoded = super().percent_decode(octets)
        try:
            return unicodedata.normalize("NFD", decoded.decode("utf-8")).encode()
        except UnicodeDecodeError:
            return decoded


class DropsBareKeys(ReferenceServer):
    """The query is parsed and put together again, without the keys that have no value."""

    kills = {
        "query-fields-kept": "the echo of the query from octet",
        "query-string-raw": "QUERY_STRING: want",
        "query-with-empty-parts-kept": "parts of QUERY_STRING",
        "target-with-url-inside-served": "QUERY_STRING: want http://two...",
    }

    def query_string(self, transaction: Any) -> str:
        pairs = super().query_string(transaction).split("&")
        return "&".join(pair for pair in pairs if "=" in pair or len(pairs) == 1)


class NormalisesForms(ReferenceServer):
    """Line ends in the fields of a form are those of the server's own system."""

    kills = {"form-fields-kept": "the echo of the form from octet"}

    def read_input(self, transaction: Any, size: int | None) -> bytes:
        octets = super().read_input(transaction, size)
        form = transaction.environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded")
        return octets.replace(b"%0D%0A", b"%0A") if form else octets


class SeesOther(ReferenceServer):
    """A redirect is given the status that a later specification would prefer."""

    kills = {
        "redirect-answered-302": "status of a redirect: want 302, got 303",
        "status-redirect-delivered": "status codes: want",
    }

    def store_response(self, transaction: Any, status: str, headers: list[tuple[str, str]]) -> None:
        super().store_response(transaction, "303 See Other" if status.startswith("302") else status, headers)


class CompletesLocation(ReferenceServer):
    """Location becomes an absolute URI, as an older specification asked for."""

    kills = {"redirect-location-kept": "Location: want /about, got http://127.0.0.1:"}

    def format_header(self, name: str, value: str) -> str:
        if name == "Location" and value.startswith("/"):
            value = f"http://127.0.0.1:{self.port}{value}"
        return super().format_header(name, value)


class JoinsCookies(ReferenceServer):
    """Set-Cookie is joined by a comma like any other field."""

    kills = {
        "cookies-set-apart": "Set-Cookie: want 'visits=1; Path=/ | colour=blue;",
        "head-fields-as-given": "Set-Cookie for HEAD: want",
        "session-cookies-kept": "the counts of visits from octet 18",
        "sessions-at-once-kept-apart": "the counts of visits from octet 18",
        "set-cookie-lines-delivered-apart": "Set-Cookie: want",
        "set-cookie-lines-of-one-name-delivered": "Set-Cookie",
    }

    def final_headers(self, transaction: Any) -> list[tuple[str, str]]:
        headers = super().final_headers(transaction)
        cookies = [value for name, value in headers if name.lower() == "set-cookie"]
        others = [header for header in headers if header[0].lower() != "set-cookie"]
        return others + ([("Set-Cookie", ", ".join(cookies))] if cookies else [])


class UnquotesCookies(ReferenceServer):
    """The quotation marks of a cookie are taken off before the application sees it."""

    kills = {
        "cookie-sent-back-read": "HTTP_COOKIE",
        "ordinary-headers-have-variables": "HTTP_COOKIE: want",
    }

    def join_repeated_fields(self, name: str, values: list[bytes]) -> str:
        joined = super().join_repeated_fields(name, values)
        return joined.replace('"', "") if name == "HTTP_COOKIE" else joined
