"""Correct servers that frame, read or refuse the content of requests otherwise."""

from __future__ import annotations

import io
import tempfile
from http import HTTPStatus
from typing import Any

from reference_server import ReferenceServer
from reference_server.errors import BadRequest, BrokenRequestBody, RequestRejected
from reference_server.state import Request, Transaction
from tests.lenient.freedom import pep3333, rfc9110, rfc9112
from wsgicheck.model.law import Source

PRE_READ = "pre-read the client's request body and buffer it in-memory or on disk"


class ReadsBeforehand(ReferenceServer):
    """All content is read before the application is called, and its length is then known."""

    freedom = pep3333("environ Variables", PRE_READ)

    def run_application(self, transaction: Transaction) -> None:
        octets = bytearray()
        try:
            while block := self.read_body(transaction, self.RECEIVE_OCTETS):
                octets += block
        except BrokenRequestBody as error:
            self.handle_error(transaction, error)
            return
        transaction.body.lookahead = octets
        super().run_application(transaction)

    def content_length(self, transaction: Transaction) -> str | None:
        found = super().content_length(transaction)
        chunked = transaction.request.framing == "chunked"
        return str(len(transaction.body.lookahead)) if chunked else found


class RefusesChunks(ReferenceServer):
    """Content without a length is refused."""

    freedom = rfc9112(
        "6.3",
        "A server MAY reject a request that contains a message body but not a Content-Length by responding "
        "with 411 (Length Required).",
    )

    def check_transfer_encoding(self, request: Request, codings: list[bytes]) -> None:
        super().check_transfer_encoding(request, codings)
        raise RequestRejected(HTTPStatus.LENGTH_REQUIRED, "content needs a length here")


class FollowsTransferEncoding(ReferenceServer):
    """Beside Transfer-Encoding a Content-Length is forgotten, and the connection ends."""

    freedom = rfc9112("6.1", "process such a request in accordance with the Transfer-Encoding alone")

    def check_no_content_length(self, lengths: list[bytes]) -> None:
        pass

    def determine_body_framing(self, request: Request) -> None:
        super().determine_body_framing(request)
        both = request.framing == "chunked" and self.field_values(request, b"content-length")
        if both:
            request.fields = [field for field in request.fields if field[0].lower() != b"content-length"]
            request.fields.append((b"Connection", b"close"))


class MergesEqualLengths(ReferenceServer):
    """Equal Content-Lengths, in several lines or in a list, count as one."""

    freedom = rfc9112("6.3", "unless the field value can be successfully parsed as a comma-separated list")

    def parse_content_length(self, lengths: list[bytes]) -> int:
        members = [member.strip(b" \t") for length in lengths for member in length.split(b",")]
        if len(set(members)) > 1:
            raise BadRequest("different Content-Lengths")
        return super().parse_content_length(members[:1])

    def content_length(self, transaction: Transaction) -> str | None:
        known = transaction.request.framing == "length"
        return str(transaction.request.content_length) if known else None


class SaysContinueAtOnce(ReferenceServer):
    """100 is sent before the application is called."""

    freedom = pep3333(
        "HTTP 1.1 Expect/Continue",
        'Respond to requests containing an Expect: 100-continue request with an immediate "100 Continue" '
        "response, and proceed normally.",
    )

    def run_application(self, transaction: Transaction) -> None:
        if not transaction.body.finished:
            self.send_continue(transaction)
        super().run_application(transaction)


class SaysContinueToEverybody(ReferenceServer):
    """100 is sent also where some of the content is there already."""

    freedom = rfc9110("10.1.1", "A server MAY omit sending a 100 (Continue) response")

    def continue_is_due(self, transaction: Transaction) -> bool:
        return transaction.body.continue_expected and not transaction.head_sent


class WaitsOutExpectations(ReferenceServer):
    """Nothing is said until the client sends on its own: the PEP allows it, and HTTP does not."""

    freedom = pep3333(
        "HTTP 1.1 Expect/Continue",
        "Wait until the client decides that the server does not support expect/continue, and sends the "
        "request body on its own.",
    )
    sources = (Source.PEP_3333, Source.RFC_3875)
    warns = {"expect-not-waited-out": "not recommended, says the PEP"}

    def send_continue(self, transaction: Transaction) -> None:
        pass


class HandsOutWhatIsThere(ReferenceServer):
    """read(n) returns what has arrived, which may be less than n."""

    freedom = pep3333("environ Variables", "or use any other technique for providing such an input stream")
    warns = {
        "chunked-input-read-over-chunks-whole": "an unbuffered stream may, and surprises applications",
        "input-read-of-*-whole": "an unbuffered stream may, and surprises applications",
    }

    def read_input(self, transaction: Transaction, size: int | None) -> bytes:
        wanted = self.input_size(size)
        if wanted is None:
            return super().read_input(transaction, size)
        if wanted == 0:
            return b""
        return self.read_ahead(transaction, wanted) or self.read_body(transaction, wanted)


class IgnoresHints(ReferenceServer):
    """readlines() returns all lines, whatever the hint is."""

    freedom = pep3333(
        "Input and Error Streams",
        "The application is free not to supply it, and the server or gateway is free to ignore it.",
    )

    def read_input_lines(self, transaction: Transaction, hint: int | None) -> list[bytes]:
        return super().read_input_lines(transaction, None)


class OmitsSizeOfReadline(ReferenceServer):
    """readline() takes no size, as in WSGI 1.0."""

    freedom = pep3333(
        "Input and Error Streams",
        'Servers should support the optional "size" argument to readline(), but as in WSGI 1.0, they are '
        "allowed to omit support for it.",
    )
    warns = {"input-readline-*size*": "the size should be supported"}

    def make_input(self, transaction: Transaction) -> Any:
        from reference_server.input_stream import InputStream

        class Old(InputStream):
            __slots__ = ()

            def readline(self) -> bytes:  # type: ignore[override]
                return super().readline()

        return Old(self, transaction)


class SpoolsContent(ReferenceServer):
    """A file of the standard library serves the content, read beforehand."""

    freedom = pep3333("environ Variables", PRE_READ)

    def make_input(self, transaction: Transaction) -> Any:
        spooled = tempfile.SpooledTemporaryFile(max_size=1000)  # noqa: SIM115 (the application's for the request)
        spooled.write(self.read_input(transaction, None))
        spooled.seek(0)
        return spooled


class Raw(io.RawIOBase):
    """What io.BufferedReader needs of the content."""

    def __init__(self, server: ReferenceServer, transaction: Transaction) -> None:
        self.server = server
        self.transaction = transaction

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        octets = self.server.read_body(self.transaction, len(buffer))
        buffer[: len(octets)] = octets
        return len(octets)


class StreamsByBufferedReader(ReferenceServer):
    """wsgi.input is a buffered reader of the standard library, over what ends with the content."""

    freedom = pep3333("environ Variables", "or use any other technique for providing such an input stream")

    def make_input(self, transaction: Transaction) -> Any:
        return io.BufferedReader(Raw(self, transaction))


class RefusesContentOfGet(ReferenceServer):
    """A GET request with content is refused, and the connection closed."""

    freedom = rfc9110(
        "9.3.1",
        "might lead some implementations to reject the request and close the connection because of its "
        "potential as a request smuggling attack",
    )

    def check_body_size(self, request: Request) -> None:
        super().check_body_size(request)
        if request.method == "GET" and (request.content_length or request.framing == "chunked"):
            raise BadRequest("content in a GET request")
