"""Mutants that add what the application gave, or left out on purpose."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class GuessesContentType(ReferenceServer):
    """A response without a type is a text."""

    kills = {
        "content-type-not-invented-for-response": "Content-Type: want absent, got text/plain",
        "response-304-gets-no-type": "Content-Type in a 304: want absent, got text/plain",
    }

    def missing_headers(self, transaction: Any, present: set[str]) -> Any:
        added = super().missing_headers(transaction, present)
        return added if "content-type" in present else [*added, ("Content-Type", "text/plain")]


class WantsHeaders(ReferenceServer):
    """An empty list is no list."""

    kills = {
        "empty-header-list-accepted": "start_response() with an empty list: want accepted, got refused",
    }

    def check_headers(self, headers: Any) -> None:
        if not headers:
            raise TypeError("no headers")
        super().check_headers(headers)


class KnowsDateInOneCase(ReferenceServer):
    """The Date of the application is looked for as it is usually written."""

    kills = {
        "date-not-duplicated": "lines of Date: want at most 1, got '",
        "date-of-application-single": "lines of Date: want at most 1, got 'Sun, 06 Nov 1994 08:49:",
    }

    def missing_headers(self, transaction: Any, present: set[str]) -> Any:
        names = {name for name, _ in transaction.headers}
        return super().missing_headers(transaction, present if "Date" in names else present - {"date"})


class AddsServerAlways(ReferenceServer):
    """The name of the server is the server's to give."""

    kills = {
        "server-not-duplicated": "lines of Server: want at most 1, got 'wsgicheck; reference_se",
        "response-fields-not-duplicated": "lines of server: want at most 1, got 'mine, reference_server/",
    }

    def missing_headers(self, transaction: Any, present: set[str]) -> Any:
        return super().missing_headers(transaction, present - {"server"})


class KnowsTypeInTwoCases(ReferenceServer):
    """A default type is added unless one is there, as anybody would write it."""

    kills = {
        "content-type-not-duplicated": "lines of Content-Type: want at most 1, got 'image/png; applica",
        "response-fields-not-duplicated": "lines of content-type: want at most 1, got 'text/plain, app",
    }

    def missing_headers(self, transaction: Any, present: set[str]) -> Any:
        added = super().missing_headers(transaction, present)
        names = {name for name, _ in transaction.headers}
        if names & {"Content-Type", "content-type"} or "content-type" not in present:
            return added
        return [*added, ("Content-Type", "application/octet-stream")]


class KnowsLengthInTwoCases(ReferenceServer):
    """The length of the application is looked for as it is usually written."""

    kills = {
        "content-length-recognised-in-any-case": "Transfer-Encoding beside Content-Length: want absent",
    }

    def declared_content_length(self, transaction: Any) -> int | None:
        for name, value in transaction.headers:
            if name in ("Content-Length", "content-length"):
                return int(value)
        return None


class TakesStatusHeader(ReferenceServer):
    """As in CGI, the header called Status is the status."""

    kills = {
        "status-header-changes-no-status": "status: want '200, or a refusal', got 404",
    }

    def store_response(self, transaction: Any, status: str, headers: Any) -> None:
        super().store_response(transaction, status, headers)
        transaction.status = dict(headers).get("Status", status)
