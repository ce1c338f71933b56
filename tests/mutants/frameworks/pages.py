"""Mutants of pages by a framework's router."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class GreetsForItself(ReferenceServer):
    """A greeting is the server's to say, in words of the same length."""

    kills = {
        "django-home-page-shown": "the page from octet 11: want",
        "flask-home-page-shown": "the page from octet 11: want",
        "bottle-home-page-shown": "the page from octet 11: want",
    }

    def queue_block(self, transaction: Any, block: bytes) -> None:
        if block.startswith(b"Hello from "):
            block = b"Hello from Nobody.\n"[: len(block)]
        super().queue_block(transaction, block)


class DecodesPeople(ReferenceServer):
    """A path of names is decoded as UTF-8 already, which no application can undo but by luck."""

    kills = {
        "django-route-found": "status of the page: want 200, got 500",
        "flask-route-found": "status of the page: want 200, got 500",
        "bottle-route-found": "status of the page: want 200, got 500",
    }

    def path_info(self, transaction: Any) -> str:
        path = super().path_info(transaction)
        return path.encode("latin-1").decode("utf-8") if path.startswith("/people/") else path


class RewordsFrameworks404(ReferenceServer):
    """The page of a 404 that says who does not know the path is touched up on its way."""

    kills = {
        "django-missing-page-shown": "the page from octet 7: want",
        "flask-missing-page-shown": "the page from octet 6: want",
        "bottle-missing-page-shown": "the page from octet 7: want",
    }

    def queue_block(self, transaction: Any, block: bytes) -> None:
        if self.status_code(transaction) == 404:
            block = block.replace(b" knows no ", b" holds no ")
        super().queue_block(transaction, block)


class HidesHostOfOldPages(ReferenceServer):
    """Host is shown without its port where the path is an old one."""

    kills = {
        "django-redirect-leads-back": "Location: want",
        "flask-redirect-leads-back": "Location: want",
        "bottle-redirect-leads-back": "Location: want",
    }

    def header_variables(self, transaction: Any) -> dict[str, str]:
        variables = super().header_variables(transaction)
        if transaction.request.path == b"/old":
            variables["HTTP_HOST"] = variables["HTTP_HOST"].partition(":")[0]
        return variables
