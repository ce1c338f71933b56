"""Mutants of the Date field."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from reference_server import ReferenceServer


def without_date(headers: Any) -> Any:
    return [header for header in headers if header[0] != "Date"]


class SendsNoDateWithList(ReferenceServer):
    """A response of known length has no Date."""

    kills = {
        "date-sent": "Date in a 200: want present, got absent",
        "date-sent-beside-given-headers": "Date in a 200: want present, got absent",
        "date-sent-in-next-response": "Date in the second response: want present, got absent",
        "date-sent-to-http-1-0": "Date in a 200",
        "date-sent-to-post": "Date in a 200: want present, got absent",
    }

    def missing_headers(self, transaction: Any, present: set[str]) -> Any:
        added = super().missing_headers(transaction, present)
        plain = transaction.framing == "length" and self.status_code(transaction) == 200
        return without_date(added) if plain else added


class SendsNoDateWithStream(ReferenceServer):
    """A chunked response has no Date."""

    kills = {
        "date-sent-when-streamed": "Date in a 200: want present",
        "date-sent-when-written": "Date in a 200: want present, got absent",
        "date-sent-with-file": "Date in a 200: want present, got absent",
    }

    def missing_headers(self, transaction: Any, present: set[str]) -> Any:
        added = super().missing_headers(transaction, present)
        return without_date(added) if transaction.framing == "chunked" else added


class SendsNoDateIn404(ReferenceServer):
    """A 404 has no Date."""

    kills = {
        "date-sent-in-404": "Date in a 404: want present",
    }
    CODE = 404

    def missing_headers(self, transaction: Any, present: set[str]) -> Any:
        added = super().missing_headers(transaction, present)
        return without_date(added) if self.status_code(transaction) == self.CODE else added


class SendsNoDateIn304(SendsNoDateIn404):
    """A 304 has no Date."""

    kills = {
        "date-sent-in-304": "Date in a 304: want present",
    }
    CODE = 304


class SendsNoDateInRefusal(ReferenceServer):
    """A refusal has no Date."""

    kills = {
        "date-sent-in-refusal": "Date in a ",
        "expectation-refusal-dated": "Date of a 417: want present",
        "fields-refusal-dated": "Date of a 431: want present",
        "target-refusal-dated": "Date of a 414: want present",
    }

    def send_error(self, connection: Any, request: Any, status: HTTPStatus, detail: str) -> None:
        self.date_header = list  # type: ignore[method-assign]
        try:
            super().send_error(connection, request, status, detail)
        finally:
            del self.date_header  # type: ignore[method-assign]


class SpellsDateOtherwise(ReferenceServer):
    """The zone of Date is called UTC."""

    kills = {
        "date-in-imf-fixdate": "want",
        "date-of-error-in-imf-fixdate": "Date of an error: want an IMF-fixdate, got",
    }

    def format_date(self, timestamp: float) -> str:
        return super().format_date(timestamp).replace("GMT", "UTC")


class MistakesWeekday(ReferenceServer):
    """The week of Date begins on Sunday."""

    kills = {
        "date-in-imf-fixdate": "weekday of",
    }

    def format_date(self, timestamp: float) -> str:
        return super().format_date(timestamp + 86400)[:3] + super().format_date(timestamp)[3:]


class IsAnHourLate(ReferenceServer):
    """Date is the time of a zone east of Greenwich."""

    kills = {
        "date-current": "want",
    }

    def format_date(self, timestamp: float) -> str:
        return super().format_date(timestamp + 3600)


class SendsDateTwice(ReferenceServer):
    """Date is added at two places."""

    kills = {
        "date-sent-in-place-of-replaced-one": "lines of Date",
        "date-single": "lines of",
    }

    def missing_headers(self, transaction: Any, present: set[str]) -> Any:
        added = super().missing_headers(transaction, present)
        return added + self.date_header() if "date" not in present else added


class AddsDate(ReferenceServer):
    """Date is added although the application gave one in small letters."""

    kills = {
        "date-not-duplicated": "lines of",
        "date-of-application-single": "lines of",
    }

    def missing_headers(self, transaction: Any, present: set[str]) -> Any:
        added = super().missing_headers(transaction, present)
        small = any(name == "date" for name, _ in transaction.headers)
        return added + self.date_header() if small else added


class SpellsDateOfErrorsOtherwise(ReferenceServer):
    """The zone of the Date of a 500 is called UTC."""

    kills = {"date-of-error-in-imf-fixdate": "Date of an error: want an IMF-fixdate, got"}

    def send(self, connection: Any, octets: bytes) -> None:
        if octets.startswith(b"HTTP/1.1 500"):
            octets = octets.replace(b" GMT\r\n", b" UTC\r\n", 1)
        super().send(connection, octets)


class SendsNoDateForHead(ReferenceServer):
    """A response to HEAD has no Date."""

    kills = {
        "date-sent-for-head": "Date in a 200: want present",
    }

    def missing_headers(self, transaction: Any, present: set[str]) -> Any:
        added = super().missing_headers(transaction, present)
        return without_date(added) if transaction.request.method == "HEAD" else added


class SendsNoDateToHttp10(ReferenceServer):
    """A response to HTTP/1.0 has no Date."""

    kills = {
        "date-sent-to-http-1-0": "Date in a 200: want present",
    }

    def missing_headers(self, transaction: Any, present: set[str]) -> Any:
        added = super().missing_headers(transaction, present)
        return without_date(added) if transaction.request.version < (1, 1) else added


class SendsNoDateIn204(SendsNoDateIn404):
    """A 204 has no Date."""

    kills = {"date-sent-in-204": "Date in a 204: want present"}
    CODE = 204


class _SometimesUndated(ReferenceServer):
    """The ground of some others: there is no Date in responses of one kind."""

    def undated(self, transaction: Any, present: set[str]) -> bool:
        raise NotImplementedError

    def missing_headers(self, transaction: Any, present: set[str]) -> Any:
        added = super().missing_headers(transaction, present)
        return without_date(added) if self.undated(transaction, present) else added


class SendsNoDateToPost(_SometimesUndated):
    """Only what can be cached needs a Date."""

    kills = {"date-sent-to-post": "Date in a 200: want present"}

    def undated(self, transaction: Any, present: set[str]) -> bool:
        return bool(transaction.request.method == "POST")


class SendsNoDateWhenWritten(_SometimesUndated):
    """write() has a way of its own to the wire."""

    kills = {"date-sent-when-written": "Date in a 200: want present"}

    def undated(self, transaction: Any, present: set[str]) -> bool:
        return bool(transaction.write_called)


class SendsNoDateWithFile(_SometimesUndated):
    """A file has a way of its own to the wire."""

    kills = {"date-sent-with-file": "Date in a 200: want present"}

    def undated(self, transaction: Any, present: set[str]) -> bool:
        return "FileWrapper" in type(transaction.iterable).__name__


class SendsNoDateBesideGivenServer(_SometimesUndated):
    """Who names the server has made all headers."""

    kills = {"date-sent-beside-given-headers": "Date in a 200: want present"}

    def undated(self, transaction: Any, present: set[str]) -> bool:
        return "server" in present


class SendsNoDateTwice(_SometimesUndated):
    """A connection has heard what time it is."""

    kills = {"date-sent-in-next-response": "Date in the second response: want present, got absent"}

    def undated(self, transaction: Any, present: set[str]) -> bool:
        dated = getattr(transaction.connection, "dated", False)
        transaction.connection.dated = True
        return bool(dated)
