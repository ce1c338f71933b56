"""Mutants of what is not there."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class FindsEverything(ReferenceServer):
    """A plain path that names no file never gets a 404, as behind a single-page application."""

    kills = {
        "bottle-missing-page-shown": "status of the page",
        "django-missing-page-shown": "status of the page",
        "file-status-and-headers-kept": "status of a wrapped file",
        "flask-missing-page-shown": "status of the page",
        "missing-page-answered-404": "status of a missing page: want 404, got 200",
        "preconditions-of-missing-resource-ignored": "answer to If-None-Match where there is nothing",
        "status-client-error-delivered": "status codes: want",
        "status-reason-of-known-code-delivered": "reason: want",
    }

    def store_response(self, transaction: Any, status: str, headers: list[tuple[str, str]]) -> None:
        plain = not {b".", b"%"} & {transaction.request.path[at : at + 1] for at in range(99)}
        missing = status.startswith("404") and plain and transaction.request.method == "GET"
        super().store_response(transaction, "200 OK" if missing else status, headers)


class FindsEverythingByHead(ReferenceServer):
    """HEAD is answered with 200 where GET gets a 404."""

    kills = {"missing-page-answered-404-to-head": "status of a missing page to HEAD: want 404, got 200"}

    def store_response(self, transaction: Any, status: str, headers: list[tuple[str, str]]) -> None:
        missing = status.startswith("404") and transaction.request.method == "HEAD"
        super().store_response(transaction, "200 OK" if missing else status, headers)


class RewordsMissingPage(ReferenceServer):
    """The page of a 404 is touched up on its way."""

    kills = {"missing-page-shown": "the page of a 404 from octet"}

    def queue_block(self, transaction: Any, block: bytes) -> None:
        if self.status_code(transaction) == 404:
            block = block.replace(b"nothing", b"Nothing")
        super().queue_block(transaction, block)


class CountsNoBlocksOfMissingPage(ReferenceServer):
    """The length of a 404 to HEAD is that of the blocks, of which there are none."""

    kills = {"missing-page-length-to-head": "Content-Length to HEAD: want 187, got 0"}

    def final_headers(self, transaction: Any) -> list[tuple[str, str]]:
        headers = super().final_headers(transaction)
        if transaction.request.method == "HEAD" and self.status_code(transaction) == 404:
            return [(name, "0" if name == "Content-Length" else value) for name, value in headers]
        return headers


class DropsAllow(ReferenceServer):
    """Allow is taken for a matter of the server's own."""

    kills = {"forbidden-method-answered-405": "Allow: want 'GET, HEAD', got"}

    def keep_header(self, transaction: Any, name: str, value: str) -> bool:
        return name != "Allow" and super().keep_header(transaction, name, value)


class RewordsRefusal(ReferenceServer):
    """The page of a 405 is touched up on its way."""

    kills = {"forbidden-method-page-shown": "the page of a 405 from octet"}

    def queue_block(self, transaction: Any, block: bytes) -> None:
        if self.status_code(transaction) == 405:
            block = block.replace(b"one of", b"any of")
        super().queue_block(transaction, block)
