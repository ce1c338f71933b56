"""Correct servers that run, check and forgive applications otherwise."""

from __future__ import annotations

from typing import Any, NoReturn

from reference_server import ReferenceServer
from reference_server.errors import ApplicationFault, ClientGone
from reference_server.state import Headers, Transaction
from tests.lenient.freedom import pep3333, rfc9110, rfc9112
from wsgicheck.model.law import Source


class ChecksHeadersLate(ReferenceServer):
    """Faults of status and headers are found when the head is sent, and are fatal then."""

    freedom = pep3333(
        "The start_response() Callable",
        "Servers should check for errors in the headers at the time start_response is called",
    )
    warns = {
        "*-raises": "the error should be raised while the application is running",
        "headers-in-*-raise": "the same",
    }

    def check_status(self, status: Any) -> None:
        pass

    def check_headers(self, headers: Any) -> None:
        pass

    def store_response(self, transaction: Transaction, status: Any, headers: Any) -> None:
        transaction.status, transaction.headers = status, headers

    def check_started(self, transaction: Transaction) -> None:
        super().check_started(transaction)
        if not transaction.head_sent:
            super().check_status(transaction.status)
            super().check_headers(transaction.headers)
            transaction.headers = list(transaction.headers)


class DropsHopByHopHeaders(ReferenceServer):
    """A header about the connection is left out, rather than made an error."""

    freedom = pep3333(
        "The start_response() Callable",
        "These features are the exclusive province of the actual web server, and a server or gateway should "
        "consider it a fatal error for an application to attempt sending them",
    )

    def check_hop_by_hop(self, name: str) -> None:
        pass

    def final_headers(self, transaction: Transaction) -> Headers:
        from reference_server.response_checks import HOP_BY_HOP

        kept = [header for header in transaction.headers if header[0].lower() not in HOP_BY_HOP]
        transaction.headers = kept
        return super().final_headers(transaction)


class RaisesItsOwnError(ReferenceServer):
    """After the head was sent, start_response() raises an error of the server's."""

    freedom = pep3333(
        "The start_response() Callable",
        "start_response must raise an error, and should re-raise using the exc_info tuple",
    )
    warns = {"exc-info-reraised": "the same exception should be raised"}

    def reraise(self, exc_info: Any) -> NoReturn:
        raise ApplicationFault("the head has been sent") from None


class ReleasesHeadByEmptyWrite(ReferenceServer):
    """The first call of write() releases the head, also with nothing to write."""

    freedom = pep3333(
        "The start_response() Callable", "or upon the application's first invocation of the write() callable"
    )

    def write(self, transaction: Transaction, block: bytes) -> None:
        if not block and not transaction.head_sent:
            transaction.write_called = True
            self.check_started(transaction)
            self.length_of_exhausted = lambda transaction: None  # type: ignore[method-assign]
            self.send_head(transaction, b"")
            self.flush(transaction)
        super().write(transaction, block)


class SendsEmptyResponsesEarly(ReferenceServer):
    """A head with Content-Length 0 waits for nothing."""

    freedom = pep3333(
        "The start_response() Callable",
        "The only possible exception to this rule is if the response headers explicitly include a "
        "Content-Length of zero.",
    )

    def make_iterator(self, transaction: Transaction) -> Any:
        early = transaction.status is not None and not transaction.head_sent
        if early and self.declared_content_length(transaction) == 0:
            self.send_head(transaction, b"")
            self.flush(transaction)
        return super().make_iterator(transaction)

    def response_satisfied(self, transaction: Transaction) -> bool:
        return (
            transaction.head_sent
            and transaction.content_length != 0
            and super().response_satisfied(transaction)
        )


class NeedsStartBeforeEmptyBlocks(ReferenceServer):
    """An empty block before start_response() was called is as wrong as any other."""

    freedom = pep3333(
        "Specification Details",
        "the application must invoke the start_response() callable before the iterable yields its first "
        "body bytestring",
    )

    def send_block(self, transaction: Transaction, block: bytes) -> None:
        self.check_started(transaction)
        super().send_block(transaction, block)


class CutsOffFailures(ReferenceServer):
    """An application that fails before the head was sent costs its client the connection."""

    freedom = pep3333(
        "Error Handling",
        "Servers should trap and log any exception that aborts an application or the iteration of its return "
        "value.",
    )
    warns = {"failure-*answered-500": "HTTP has a status for it"}
    sources = (Source.PEP_3333, Source.RFC_3875)

    def application_error(self, transaction: Transaction, error: BaseException) -> None:
        self.log_exception("the application failed", error)


class AddsErrorMessage(ReferenceServer):
    """A response of plain text that breaks off says so in its last lines, and still breaks off."""

    freedom = pep3333(
        "Error Handling", "the server or gateway may attempt to add an error message to the output"
    )

    def application_error(self, transaction: Transaction, error: BaseException) -> None:
        super().application_error(transaction, error)
        types = [value for name, value in transaction.headers if name.lower() == "content-type"]
        plain = bool(types) and types[0].startswith("text/plain")
        if plain and transaction.head_sent and transaction.framing == "chunked":
            self.send(transaction.connection, self.encode_chunk(b"\nThe server failed here.\n"))


class IteratesForNobody(ReferenceServer):
    """Where the client is gone, the iterable is gone through all the same, and then closed."""

    freedom = pep3333(
        "Specification Details",
        "terminated early due to an application error during iteration or an early disconnect of the browser",
    )

    def send_block(self, transaction: Transaction, block: bytes) -> None:
        try:
            super().send_block(transaction, block)
        except ClientGone:
            transaction.persistent = False


class LooksOneBlockAhead(ReferenceServer):
    """Where the announced length is reached, the iterable is asked once more."""

    freedom = pep3333(
        "Handling the Content-Length Header",
        "should stop iterating over the response when enough data has been sent",
    )

    def response_satisfied(self, transaction: Transaction) -> bool:
        satisfied = super().response_satisfied(transaction)
        looked = getattr(transaction, "looked", False)
        transaction.looked = satisfied  # type: ignore[attr-defined]
        return satisfied and looked


class SendsShortfalls(ReferenceServer):
    """What there is goes out under the length that was announced, and then the connection ends."""

    freedom = pep3333(
        "Handling the Content-Length Header",
        "the server should close the connection and log or otherwise report the error",
    )

    def check_enough(self, transaction: Transaction) -> None:
        if not transaction.head_sent:
            self.send_head(transaction, b"")
            self.flush(transaction)
        super().check_enough(transaction)


class FailsNoContentWithContent(ReferenceServer):
    """An application that gives content to a 204 or 304 has failed."""

    freedom = rfc9112("6.3", "is always terminated by the first empty line after the header fields")

    def send_block(self, transaction: Transaction, block: bytes) -> None:
        silent = transaction.status is not None and self.status_code(transaction) in (204, 304)
        if block and silent and transaction.request.method != "HEAD":
            raise ApplicationFault("content in a response that has none")
        super().send_block(transaction, block)


class ServesOneAtATime(ReferenceServer):
    """One thread serves everybody, one after the other."""

    freedom = pep3333(
        "Thread Support",
        "Thread support, or lack thereof, is also server-dependent.",
    )
    options = "--threads 1"


class ServesByProcesses(ReferenceServer):
    """Two processes of one thread each."""

    freedom = pep3333(
        "environ Variables",
        "an equivalent application object may be simultaneously invoked by another process",
    )
    options = "--processes 2 --threads 1"


class KeepsConnectionAfterFailure(ReferenceServer):
    """An application that failed before the head was sent costs nobody the connection."""

    freedom = pep3333(
        "Error Handling",
        "Servers should trap and log any exception that aborts an application or the iteration of its return "
        "value.",
    )

    def application_error(self, transaction: Transaction, error: BaseException) -> None:
        clean = self.client_persists(transaction.request) and transaction.body.finished
        if transaction.head_sent or transaction.request.version < (1, 1) or not clean:
            super().application_error(transaction, error)
            return
        self.log_exception("the application failed", error)
        transaction.status = "500 Internal Server Error"
        content = b"The application failed.\n"
        headers = [*self.date_header(), ("Content-Length", str(len(content)))]
        head = self.format_status_line(transaction.status) + self.format_headers(headers)
        silent = transaction.request.method == "HEAD"
        self.send(transaction.connection, head if silent else head + content)
        transaction.request.error_status = 500
        transaction.persistent = True


class AnswersForItself(ReferenceServer):
    """OPTIONS * is about the server, and TRACE about the message: neither reaches the application."""

    freedom = rfc9110("9.3.7", "applies to the server in general rather than to a specific resource")

    def call_application(self, transaction: Transaction) -> Any:
        start_response = self.make_start_response(transaction)
        allow = ("Allow", "GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH")
        if transaction.request.target == b"*":
            start_response("204 No Content", [allow])
            return []
        if transaction.request.method == "TRACE":
            start_response("405 Method Not Allowed", [allow, ("Content-Length", "0")])
            return []
        return super().call_application(transaction)


class MeasuresLists(ReferenceServer):
    """A list is all there: its length is that of all blocks together."""

    freedom = pep3333(
        "Handling the Content-Length Header",
        "a server or gateway may choose one of several approaches to handling it",
    )

    def content_length_of_single_block(self, transaction: Transaction, block: bytes) -> int | None:
        blocks = transaction.iterable
        listed = type(blocks) in (list, tuple) and all(isinstance(part, bytes) for part in blocks)
        if listed and not transaction.write_called:
            return sum(map(len, blocks))
        return super().content_length_of_single_block(transaction, block)


class JoinsLists(ReferenceServer):
    """A list is all there: it goes out in one piece."""

    freedom = pep3333(
        "Buffering and Streaming",
        "they must either fully transmit the block to the client, or guarantee that they will continue "
        "transmission even while the application is producing its next block",
    )

    def make_iterator(self, transaction: Transaction) -> Any:
        blocks = transaction.iterable
        if type(blocks) in (list, tuple) and all(isinstance(part, bytes) for part in blocks):
            return iter([b"".join(blocks)])
        return super().make_iterator(transaction)
