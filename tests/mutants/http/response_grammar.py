"""Mutants of the octets of a response's head."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class EditsHead(ReferenceServer):
    """The ground of those that change the head of a response on a kept connection."""

    kills: dict[str, str]
    SIZE: int | None = 1

    def send_head(self, transaction: Any, block: bytes) -> None:
        """Send it with the change, where nothing but its one request is on the connection."""
        super().send_head(transaction, block)
        alone = transaction.persistent and not transaction.connection.buffer
        plain = self.status_code(transaction) == 200 and transaction.request.method == "GET"
        if alone and plain and self.length_of_iterable(transaction) == self.SIZE:
            transaction.outgoing = bytearray(self.edit(bytes(transaction.outgoing)))

    def edit(self, head: bytes) -> bytes:
        """Change the octets."""
        return head


class EndsLinesInLf(EditsHead):
    """The line of Server ends in a bare LF."""

    kills = {
        "response-lines-end-in-crlf": "the response is malformed: a line ends in a bare LF",
    }

    def edit(self, head: bytes) -> bytes:
        return head.replace(b"reference_server/1.0\r\n", b"reference_server/1.0\n")


class EndsStreamLinesInLf(EndsLinesInLf):
    """The line of Server ends in a bare LF, where the response is streamed."""

    kills = {
        "streamed-response-lines-end-in-crlf": "the response is malformed: a line ends in a bare LF",
    }
    SIZE = None


class MistakesVersion(EditsHead):
    """The version of the status line is that of HTTP/2."""

    kills = {
        "response-begins-with-status-line": "version of the status line: want HTTP/1.1 or HTTP/1.0,",
    }

    def edit(self, head: bytes) -> bytes:
        return head.replace(b"HTTP/1.1", b"HTTP/2.0", 1)


class BreaksServerLine(EditsHead):
    """A space stands between the name of the field Server and its colon."""

    kills = {
        "response-field-lines-well-formed": "the response is malformed: a field name is no token:",
    }

    def edit(self, head: bytes) -> bytes:
        return head.replace(b"Server:", b"Server :")


class BreaksStreamedServerLine(EditsHead):
    """A NUL ends the value of the field Server, where the response is streamed."""

    kills = {
        "streamed-response-field-lines-well-formed": "the response is malformed: a field value",
    }
    SIZE = None

    def edit(self, head: bytes) -> bytes:
        return head.replace(b"reference_server/1.0", b"reference_server/1.0\x00")


class LooksForNamesAsSpelt(ReferenceServer):
    """Whether a field is missing is looked up in the usual spelling alone."""

    kills = {
        "date-not-duplicated": "lines of",
        "server-not-duplicated": "lines of Server: want at most 1, got 'wsgicheck; reference_server/1.0'",
        "date-of-application-single": "lines of",
        "response-fields-not-duplicated": "lines of server: want at most 1, got 'mine,",
    }

    def missing_headers(self, transaction: Any, present: set[str]) -> Any:
        spelt = {name for name, _ in transaction.headers}
        added = self.server_header() + self.date_header()
        rest = super().missing_headers(transaction, present | {"server", "date"})
        return [header for header in added if header[0] not in spelt] + rest


class PassesControls(ReferenceServer):
    """Control characters in some values are not looked for."""

    kills = {
        "bare-cr-not-sent": "bare CR in the head: want none, got b'HTTP/1.1 200 OK\\r\\nContent-Type:",
        "response-not-split": "field lines from within a value: want none, got [b'X-Injected: b']",
        "folded-line-not-sent": "folded lines: want none, got [b' b']",
        "field-value-nul-not-sent": "field line sent: want none, got [b'X-Mark: mar\\x00ked']",
    }

    def check_header_value(self, name: str, value: str) -> None:
        if name not in ("X-Bare", "X-Split", "X-Folded") and (name, value) != ("X-Mark", "mar\x00ked"):
            super().check_header_value(name, value)


class PassesControlsInStatus(ReferenceServer):
    """Control characters in the status are not looked for."""

    kills = {
        "bare-cr-not-sent-in-status": "bare CR in the head: want none, got b'HTTP/1.1 200",
        "response-not-split-by-status": "field lines from within the status: want none, got",
        "reason-control-not-sent": "field line sent: want none, got [b'HTTP/1.1 200 O\\x07K']",
    }

    def check_text(self, what: str, text: str) -> None:
        if what != "the status" or not text.startswith("200 O"):
            super().check_text(what, text)


class PassesNames(ReferenceServer):
    """Some field names are not looked at."""

    kills = {
        "response-not-split-by-name": "field lines from within a name: want none, got [b'X-Injected: b']",
        "whitespace-not-sent-before-first-field": "white space before the first field: want none, got",
        "field-name-invalid-not-sent": "field line sent: want none, got [b'X Mark: marked']",
    }

    def check_header_name(self, name: str) -> None:
        if name not in (" X-Indented", "X Mark") and not name.startswith("X-Injected"):
            super().check_header_name(name)


class PassesStatus(ReferenceServer):
    """The form of the status is not looked at."""

    kills = {
        "interim-status-of-application-answered": "the only response is a 103, which is none",
        "interim-status-of-application-not-sent-to-http-1-0": "interim responses to HTTP/1.0: want",
        "status-after-space-not-sent": "the response is malformed: no status line: b'HTTP/1.1  200 OK'",
        "status-after-space-raises": "start_response() with ' 200 OK': want an error, got returned",
        "status-code-of-three-digits": "status line: want three digits, got b'HTTP/1.1 2000 OK'",
        "status-line-space-without-reason": "the response is malformed: the status line lacks the",
        "status-of-four-digits-not-sent": "the response is malformed: no status line: b'HTTP/1.1 2000 OK'",
        "status-without-digits-raises": "start_response() with '2OO OK': want an error, got returned",
        "status-without-space-not-sent": "the response is malformed: no status line: b'HTTP/1.1 200OK'",
        "status-without-space-raises": "start_response() with '200OK': want an error, got returned",
        "switch-of-application-not-sent-unasked": "answer to a request without Upgrade: want",
    }

    def check_status(self, status: Any) -> None:
        self.check_text("the status", status)


class PassesLengths(ReferenceServer):
    """The application's Content-Length is not looked at."""

    kills = {
        "content-length-invalid-not-sent": "Content-Length: want a number or none, got '+9'",
        "content-length-list-not-sent": "Content-Length: want a number or none, got '9, 8'",
    }

    def check_content_length(self, name: str, value: str) -> None:
        pass

    def declared_content_length(self, transaction: Any) -> int | None:
        try:
            return super().declared_content_length(transaction)
        except ValueError:
            return 9


class PassesTwoLengths(ReferenceServer):
    """Fields that must stand alone are not counted."""

    kills = {
        "content-length-lines-not-sent-twice": "lines of Content-Length: want at most 1, got '9, 8'",
    }

    def check_singletons(self, names: list[str]) -> None:
        pass


class ChunksWithLength(ReferenceServer):
    """What has a length is chunked all the same."""

    kills = {
        "content-length-recognised-in-any-case": "Transfer-Encoding beside Content-Length: want",
        "content-length-passed-on": "Transfer-Encoding beside it: want none, got chunked",
        "content-length-in-any-case-of-stream": "Transfer-Encoding beside it: want none, got chunked",
        "length-and-coding-not-sent-together": "the response is malformed: Content-Length beside",
    }

    def framing_header(self, transaction: Any) -> Any:
        added = super().framing_header(transaction)
        unsized = self.length_of_iterable(transaction) is None
        if unsized and self.declared_content_length(transaction) == 9 and transaction.framing == "length":
            transaction.framing = "chunked"
            added = [("Transfer-Encoding", "chunked")]
        return added


class PassesHopByHop(ReferenceServer):
    """Hop-by-hop fields of the application are not looked for."""

    kills = {
        "connection-header-kept-back": "Connection of the application: want refused or dropped, got sent",
        "connection-header-not-contradicted": "the connection behind Connection: close: want closed,",
        "hop-by-hop-header-for-head-kept-back": "Keep-Alive of the application",
        "hop-by-hop-header-of-error-call-kept-back": "Connection of the application",
        "hop-by-hop-header-of-not-modified-kept-back": "Connection of the application",
        "hop-by-hop-header-recognised-in-any-case": "Keep-Alive of the application: want refused or",
        "keep-alive-header-kept-back": "Keep-Alive of the application: want refused or dropped, got sent",
        "length-and-given-coding-not-sent-together": "the response is malformed: Content-Length beside",
        "proxy-authenticate-header-kept-back": "Proxy-Authenticate of the application: want refused or",
        "proxy-authorization-header-kept-back": "Proxy-Authorization of the application: want refused",
        "te-header-kept-back": "TE of the application: want refused or dropped, got sent",
        "trailer-header-kept-back": "Trailer of the application: want refused or dropped, got sent",
        "trailers-header-kept-back": "Trailers of the application: want refused or dropped, got sent",
        "transfer-encoding-header-kept-back": "Transfer-Encoding of the application: want refused or",
        "upgrade-header-kept-back": "Upgrade of the application: want refused or dropped, got sent",
    }

    def check_hop_by_hop(self, name: str) -> None:
        pass


class RepeatsCoding(ReferenceServer):
    """A Transfer-Encoding of the application is sent, and that of the server as well."""

    kills = {
        "transfer-encoding-header-kept-back": "Transfer-Encoding of the application: want refused or",
        "transfer-encoding-header-corrupts-nothing": "the response is malformed: chunked is applied",
        "length-and-given-coding-not-sent-together": "the response is malformed: Content-Length beside",
        "chunked-not-applied-twice": "the response is malformed: chunked is applied more than once",
    }

    def check_hop_by_hop(self, name: str) -> None:
        if name.lower() != "transfer-encoding":
            super().check_hop_by_hop(name)

    def missing_headers(self, transaction: Any, present: set[str]) -> Any:
        return super().missing_headers(transaction, present - {"transfer-encoding"})


class CodesTwice(ReferenceServer):
    """The streamed response says that it is compressed, too."""

    kills = {
        "coding-is-chunked-alone": "transfer codings of the response: want chunked, got 'identity,",
    }

    def framing_header(self, transaction: Any) -> Any:
        coded = transaction.framing == "chunked"
        return [("Transfer-Encoding", "identity, chunked")] if coded else super().framing_header(transaction)


class TrimsStatus(ReferenceServer):
    """A status is tidied before it is sent: any status."""

    kills = {
        "status-line-space-before-empty-reason": "the status line lacks the space behind the status code"
    }

    def check_status(self, status: Any) -> None:
        if status != "200 ":
            super().check_status(status)

    def format_status_line(self, status: str) -> bytes:
        return super().format_status_line(status).replace(b" \r\n", b"\r\n")
