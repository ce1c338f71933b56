"""Mutants of sessions: what sticks to a connection, a thread or the server, and meets the next page."""

from __future__ import annotations

import time
from typing import Any

from reference_server import ReferenceServer


def path_of(transaction: Any) -> str:
    path: str = transaction.environ.get("PATH_INFO", "")
    return path


class RepeatsLastBlock(ReferenceServer):
    """The buffer of a connection still holds a block of the stream when the next page is sent."""

    kills = {"session-pages-in-order": "the octets of response 6 from octet 0"}

    def queue_block(self, transaction: Any, block: bytes) -> None:
        connection = transaction.connection
        if path_of(transaction) == "/stream/20":
            connection.leftover = block
        elif getattr(connection, "leftover", b"") and block:
            block, connection.leftover = connection.leftover[: len(block)], b""
        super().queue_block(transaction, block)


class StaysWithHead(ReferenceServer):
    """That the client asked by HEAD is remembered with its connection, and not with the request."""

    kills = {"session-head-beside-get": "the end of response 2 of a session: want in order, got cut off"}

    def may_have_content(self, transaction: Any) -> bool:
        connection = transaction.connection
        head = transaction.request.method == "HEAD"
        connection.had_head = head or getattr(connection, "had_head", False)
        small = path_of(transaction) == "/pictures/small/dot.gif"
        return super().may_have_content(transaction) and not (connection.had_head and small)


class DropsSecondCookie(ReferenceServer):
    """A cookie that was changed is taken for a forgery."""

    kills = {"session-cookies-kept": "the counts of visits from octet"}

    def header_variables(self, transaction: Any) -> dict[str, str]:
        variables = super().header_variables(transaction)
        if "visits=2" in variables.get("HTTP_COOKIE", ""):
            del variables["HTTP_COOKIE"]
        return variables


class CapitalisesLocation(ReferenceServer):
    """Paths are spelled as on a system where that makes no difference."""

    kills = {
        "redirect-answered-302": "Location: want /about, got /About",
        "redirect-location-kept": "Location: want /about, got /About",
        "session-redirect-followed": "statuses behind a redirect: want (200, 200), got (404, 200)",
    }

    def format_header(self, name: str, value: str) -> str:
        return super().format_header(name, "/About" if (name, value) == ("Location", "/about") else value)


class DrainsNextRequest(ReferenceServer):
    """What a refused upload has left unread is thrown away, and the next request with it."""

    kills = {"session-goes-on-after-refused-upload": "status of the page after a refusal: want 200, got 0"}

    def drain_or_close(self, transaction: Any) -> bool:
        goes_on = super().drain_or_close(transaction)
        if goes_on and path_of(transaction) == "/about" and transaction.request.method == "POST":
            self.receive(transaction.connection, time.monotonic() + 5)
            transaction.connection.buffer.clear()
        return goes_on


class StaysFailed(ReferenceServer):
    """An application that raised is thought to be broken for good."""

    kills = {"session-goes-on-after-failure": "status of the page after a failure: want 200, got 500"}
    failed = False

    def application_error(self, transaction: Any, error: BaseException) -> None:
        self.failed = self.failed or path_of(transaction) == "/failing/before"
        super().application_error(transaction, error)

    def call_application(self, transaction: Any) -> Any:
        if self.failed and transaction.request.path == b"/hello/failed":
            raise RuntimeError("the application has failed before")
        return super().call_application(transaction)


class SharesPages(ReferenceServer):
    """Pages that differ in a number are taken for one, and kept for everybody."""

    kills = {"sessions-at-once-kept-apart": "a greeting from octet 14"}
    kept = b""

    def queue_block(self, transaction: Any, block: bytes) -> None:
        if path_of(transaction).startswith("/hello/client-"):
            block = type(self).kept = self.kept or block
        super().queue_block(transaction, block)
