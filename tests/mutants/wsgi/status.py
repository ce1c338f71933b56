"""Mutants of the status line."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from reference_server import ReferenceServer


class KnowsFewSuccesses(ReferenceServer):
    """What the table does not list is what its hundred stands for (RFC 9110, 15, misread)."""

    kills = {"status-success-delivered": "status codes: want (201, 202, 203, 226, 299), got (201, 202,"}

    def format_status_line(self, status: str) -> bytes:
        return super().format_status_line("200" + status[3:] if status[:3] == "299" else status)


class RedirectsAsOfOld(ReferenceServer):
    """HTTP/1.0 had no 307."""

    kills = {"status-redirect-delivered": "status codes: want (300, 301, 302, 303, 307), got (300, 301"}

    def format_status_line(self, status: str) -> bytes:
        return super().format_status_line("302" + status[3:] if status[:3] == "307" else status)


class KnowsNoOddClientError(ReferenceServer):
    """A 4xx that is not in the registry is a 400."""

    kills = {"status-client-error-delivered": "status codes: want (400, 403, 404, 410, 418, 499), got"}

    def format_status_line(self, status: str) -> bytes:
        return super().format_status_line("400" + status[3:] if status[:3] == "499" else status)


class PutsItsOwnErrorPage(ReferenceServer):
    """An unavailable application is explained by the server."""

    kills = {"status-server-error-delivered": "content of a 503: want b'content', got b'Unavail'"}

    def encode_block(self, transaction: Any, block: bytes) -> bytes:
        if transaction.status.startswith("503 Service"):
            block = b"Unavailable"[: len(block)]
        return super().encode_block(transaction, block)


class OwnReasons(ReferenceServer):
    """The reason is the standard's where there is one."""

    kills = {
        "status-reason-delivered": "reason: want 'Froody, indeed: (yes)!', got OK",
        "status-reason-of-known-code-delivered": "reason: want Nothing Here, got Not Found",
    }

    def format_status_line(self, status: str) -> bytes:
        try:
            reason = HTTPStatus(int(status[:3])).phrase
        except ValueError:
            reason = status[4:]
        return super().format_status_line(f"{status[:3]} {reason}")


class TrimsReason(ReferenceServer):
    """Of the reason only the first word is sent."""

    kills = {
        "status-reason-delivered": "reason: want 'Froody, indeed: (yes)!', got 'Froody,'",
        "status-reason-of-known-code-delivered": "reason: want Nothing Here, got Nothing",
    }

    def format_status_line(self, status: str) -> bytes:
        return super().format_status_line(" ".join(status.split(" ")[:2]))


class StatusInUtf8(ReferenceServer):
    """The status line is encoded as everything is nowadays."""

    kills = {"status-reason-latin-1": "reason: want 'Caf"}

    def format_status_line(self, status: str) -> bytes:
        return f"HTTP/1.1 {status}\r\n".encode()
