"""The head of a response: RFC 9112, sections 4 and 6; RFC 9110, sections 6.6.1 and 8.6."""

from __future__ import annotations

import time

from .start_response import StartResponse
from .state import Framing, Headers, Request, Transaction

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class ResponseHead(StartResponse):
    """Everything that is decided at the last moment before the head is sent."""

    last_date = (0, "")

    def send_head(self, transaction: Transaction, block: bytes) -> None:
        """Decide on framing and persistence; *block* is the first of the body, empty if there is none.

        The head waits in ``outgoing`` only to leave together with that block.
        """
        transaction.content_length = self.length_of_response(transaction, block)
        transaction.framing = self.framing_of_response(transaction)
        transaction.persistent = self.keep_alive(transaction)
        headers = self.final_headers(transaction)
        transaction.outgoing += self.format_status_line(transaction.status or "")
        transaction.outgoing += self.format_headers(headers)
        transaction.head_sent = True

    def status_code(self, transaction: Transaction) -> int:
        """The first three characters, which ``check_status`` has found to be digits."""
        return int((transaction.status or "000")[:3])

    def may_have_content(self, transaction: Transaction) -> bool:
        """RFC 9112, 6.3: responses to HEAD, 1xx, 204 and 304 end at the empty line."""
        code = self.status_code(transaction)
        return transaction.request.method != "HEAD" and code >= 200 and code not in (204, 304)

    def declared_content_length(self, transaction: Transaction) -> int | None:
        """What the application says; header names "are case-insensitive"."""
        values = [value for name, value in transaction.headers if name.lower() == "content-length"]
        return int(values[0]) if values else None

    def length_of_response(self, transaction: Transaction, block: bytes) -> int | None:
        """The length of the body, if anybody knows it."""
        code = self.status_code(transaction)
        if code < 200 or code == 204:
            return None  # RFC 9110, 8.6: MUST NOT be sent
        if code == 205:
            return 0  # RFC 9110, 15.3.6: no content, yet unlike 204 it needs a length that says so
        declared = self.declared_content_length(transaction)
        if declared is not None or not self.may_have_content(transaction):
            return declared  # for HEAD and 304, a guess could differ from what GET would say
        if not block:
            return self.length_of_exhausted(transaction)
        return self.content_length_of_single_block(transaction, block)

    def length_of_exhausted(self, transaction: Transaction) -> int | None:
        """The iterable has ended without a single octet: RFC 9110, 8.6, SHOULD send a known length."""
        return 0

    def content_length_of_single_block(self, transaction: Transaction, block: bytes) -> int | None:
        """PEP 3333, Handling the ``Content-Length`` Header: an iterable "whose ``len()`` is 1",

        and only if the application "does *not* call the ``write()`` callable".
        """
        if transaction.write_called or self.length_of_iterable(transaction) != 1:
            return None
        return len(block)

    def length_of_iterable(self, transaction: Transaction) -> int | None:
        """PEP 3333: if it "succeeds, the server must be able to rely on the result being accurate"."""
        try:
            return len(transaction.iterable)  # type: ignore[arg-type]
        except Exception:
            return None

    def framing_of_response(self, transaction: Transaction) -> Framing:
        """RFC 9112, 6.3: prefer a length or chunks to closing; 6.1: no chunks for an HTTP/1.0 client."""
        if not self.may_have_content(transaction):
            return "none"
        if transaction.content_length is not None:
            return "length"
        return "chunked" if transaction.request.version >= (1, 1) else "close"

    def client_persists(self, request: Request) -> bool:
        """RFC 9112, 9.3: "close", then the protocol version, then "keep-alive", in this order."""
        options = self.list_members(request, b"connection")
        if b"close" in options:
            return False
        return request.version >= (1, 1) or b"keep-alive" in options

    def keep_alive(self, transaction: Transaction) -> bool:
        """Whether the connection may persist after this response."""
        return (
            self.client_persists(transaction.request)
            and transaction.framing != "close"
            and self.can_drain(transaction)
            and not self.stopping.is_set()
        )

    def final_headers(self, transaction: Transaction) -> Headers:
        """The application's headers in its order, then what it left to the server."""
        headers = [header for header in transaction.headers if self.keep_header(transaction, *header)]
        return headers + self.missing_headers(transaction, {name.lower() for name, _ in headers})

    def keep_header(self, transaction: Transaction, name: str, value: str) -> bool:
        """RFC 9110, 8.6: no Content-Length in 204; that of a 205 is zero and nothing else."""
        return name.lower() != "content-length" or self.status_code(transaction) not in (204, 205)

    def missing_headers(self, transaction: Transaction, present: set[str]) -> Headers:
        """PEP 3333: where one required by HTTP is omitted, "the server or gateway **must** add it"."""
        added = self.date_header() + self.server_header()
        added += self.framing_header(transaction) + self.connection_header(transaction)
        return [(name, value) for name, value in added if name.lower() not in present]

    def date_header(self) -> Headers:
        """RFC 9110, 6.6.1: a server with a clock MUST send Date in all 2xx, 3xx and 4xx responses."""
        second = int(time.time())
        made_at, date = self.last_date
        if second != made_at:  # a date is good for a second; a pair is replaced whole, so no lock
            date = self.format_date(second)
            self.last_date = second, date
        return [("Date", date)]

    def format_date(self, timestamp: float) -> str:
        """RFC 9110, 5.6.7: IMF-fixdate, in English whatever the locale is."""
        year, month, day, hour, minute, second, weekday, *_ = time.gmtime(timestamp)
        date = f"{DAYS[weekday]}, {day:02} {MONTHS[month - 1]} {year:04}"
        return f"{date} {hour:02}:{minute:02}:{second:02} GMT"

    def server_header(self) -> Headers:
        """RFC 9110, 10.2.4: a MAY, which the PEP expects to be "normally" supplied."""
        return [("Server", self.SOFTWARE)]

    def framing_header(self, transaction: Transaction) -> Headers:
        """RFC 9112, 6.2: never Content-Length and Transfer-Encoding together."""
        if transaction.framing == "chunked":
            return [("Transfer-Encoding", "chunked")]
        if transaction.content_length is not None:
            return [("Content-Length", str(transaction.content_length))]
        return []

    def connection_header(self, transaction: Transaction) -> Headers:
        """RFC 9112, 9.6: announce the close; 9.3: HTTP/1.0 must hear that the connection persists."""
        if not transaction.persistent:
            return [("Connection", "close")]
        return [("Connection", "keep-alive")] if transaction.request.version < (1, 1) else []

    def format_status_line(self, status: str) -> bytes:
        """RFC 9112, 4: ``status-line = HTTP-version SP status-code SP [ reason-phrase ]``.

        RFC 9110, 6.2: our own highest version, even for an HTTP/1.0 client.
        """
        return f"HTTP/1.1 {status}\r\n".encode("latin-1")

    def format_headers(self, headers: Headers) -> bytes:
        """RFC 9112, 5; PEP 3333, Unicode Issues: on the wire they are ISO-8859-1."""
        return "".join([*(self.format_header(*header) for header in headers), "\r\n"]).encode("latin-1")

    def format_header(self, name: str, value: str) -> str:
        """RFC 9110, 5.6.3: one SP after the colon, as preferred."""
        return f"{name}: {value}\r\n"
