"""Correct servers whose status lines and fields look otherwise."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from reference_server import ReferenceServer
from reference_server.state import Headers, Transaction
from tests.lenient.freedom import pep3333, rfc9110, rfc9112


class LowersFieldNames(ReferenceServer):
    """Every field name goes out in small letters."""

    freedom = rfc9110("5.1", "Field names are case-insensitive")

    def format_header(self, name: str, value: str) -> str:
        return super().format_header(name.lower(), value)


class CapitalizesFieldNames(ReferenceServer):
    """Every field name goes out In-Title-Case."""

    freedom = pep3333("The start_response() Callable", "HTTP header names are case-insensitive")

    def format_header(self, name: str, value: str) -> str:
        return super().format_header("-".join(word.capitalize() for word in name.split("-")), value)


class SendsNoSpaceAfterColon(ReferenceServer):
    """A value follows the colon at once, and has white space behind it."""

    freedom = rfc9112("5", 'field-line = field-name ":" OWS field-value OWS')
    warns = {"field-space-single": "a single space is preferred"}

    def format_header(self, name: str, value: str) -> str:
        return f"{name}:{value} \t\r\n"


class OmitsServer(ReferenceServer):
    """No Server field is added."""

    freedom = rfc9110("10.2.4", "An origin server MAY generate a Server header field in its responses.")

    def server_header(self) -> Headers:
        return []


class PutsItsFieldsFirst(ReferenceServer):
    """What the server adds stands before what the application gave, and there is more of it."""

    freedom = pep3333(
        "The start_response() Callable",
        "the server may change its contents in any way it desires",
    )

    def final_headers(self, transaction: Transaction) -> Headers:
        headers = super().final_headers(transaction)
        given = [header for header in headers if header in transaction.headers]
        added = [header for header in headers if header not in given]
        return [*added, ("Via", "1.1 twin"), ("X-Served-By", "twin"), *given]


class EmptiesTheList(ReferenceServer):
    """The application's own list is used up, as the PEP allows."""

    freedom = pep3333(
        "The start_response() Callable",
        "the server may change its contents in any way it desires",
    )

    def store_response(self, transaction: Transaction, status: str, headers: Headers) -> None:
        super().store_response(transaction, status, headers)
        headers[:] = [("X-Used", "up")]


class NormalizesReasons(ReferenceServer):
    """A known code gets its own phrase, an unknown one none at all."""

    freedom = rfc9112("4", "it might be translated for a given locale, overwritten by intermediaries")
    warns = {"status-reason-*": "the PEP would have a server play dumb"}

    def format_status_line(self, status: str) -> bytes:
        code = int(status[:3])
        known = {known.value: known.phrase for known in HTTPStatus}
        return super().format_status_line(f"{code} {known.get(code, '')}")


class SendsEarlyHints(ReferenceServer):
    """An interim response goes before each final one, as an early hint or a sign of life."""

    freedom = rfc9110("15.2", "one or more 1xx responses received prior to a final response")

    def send_head(self, transaction: Transaction, block: bytes) -> None:
        if transaction.request.version >= (1, 1):
            transaction.outgoing += b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"
        super().send_head(transaction, block)


class ShowsTracebacks(ReferenceServer):
    """An answer of the server's own is a page, with a length and a name of its own."""

    freedom = rfc9110("15.5", "the server SHOULD send a representation containing an explanation")

    def send_error(self, connection: Any, request: Any, status: HTTPStatus, detail: str) -> None:
        request.error_status = status.value
        page = f"<!DOCTYPE html>\n<title>{status.phrase}</title>\n<pre>Traceback: {detail!r}</pre>\n"
        content = page.encode("ascii", "xmlcharrefreplace")
        headers = [*self.date_header(), ("Content-Type", "text/html")]
        headers += [("Content-Length", str(len(content))), ("Connection", "close")]
        head = self.format_status_line(f"{status.value} {status.phrase}") + self.format_headers(headers)
        self.send(connection, head if request.method == "HEAD" else head + content)


class LeavesMetadataOutOfNotModified(ReferenceServer):
    """A 304 has what a cache needs, and the cookies of the application; nothing else."""

    freedom = rfc9110(
        "15.4.5", "a sender SHOULD NOT generate representation metadata other than the above listed fields"
    )
    KEPT = ("cache-control", "content-location", "date", "etag", "expires", "set-cookie", "vary")

    def keep_header(self, transaction: Transaction, name: str, value: str) -> bool:
        needed = self.status_code(transaction) != 304 or name.lower() in self.KEPT
        return needed and super().keep_header(transaction, name, value)


class MakesLocationsAbsolute(ReferenceServer):
    """A Location gets the scheme and authority of the server, as RFC 2616 (14.30) had it."""

    freedom = rfc9110("10.2.2", "The field value consists of a single URI-reference.")
    warns = {"redirect-location-kept": "the application's path may be meant for another host"}

    def final_headers(self, transaction: Transaction) -> Headers:
        hosts = [value for name, value in transaction.request.fields if name.lower() == b"host"]
        start = "http://" + hosts[0].decode("latin-1") if hosts else ""
        return [
            (name, start + value if name.lower() == "location" and value.startswith("/") else value)
            for name, value in super().final_headers(transaction)
        ]


class SetsCookieOfItsOwn(ReferenceServer):
    """A balancer sets a cookie by which it finds the same machine again, behind those of the application."""

    freedom = pep3333(
        "The start_response() Callable", "the server may change its contents in any way it desires"
    )

    def final_headers(self, transaction: Transaction) -> Headers:
        return [*super().final_headers(transaction), ("Set-Cookie", "machine=7; Path=/; HttpOnly")]
