"""Correct servers that frame or cut up responses otherwise."""

from __future__ import annotations

import contextlib
import queue
import threading
from http import HTTPStatus
from typing import Any

from reference_server import ReferenceServer
from reference_server.errors import ClientGone, RequestRejected
from reference_server.state import Framing, Headers, Transaction
from tests.lenient.freedom import pep3333, rfc9110, rfc9112


class DelimitsByClosing(ReferenceServer):
    """A response of unknown length ends with its connection, also for HTTP/1.1."""

    freedom = pep3333(
        "Handling the Content-Length Header",
        "The simplest of these is to close the client connection when the response is completed.",
    )
    warns = {"response-delimited-without-close": "HTTP would have a length or chunks wherever possible"}

    def framing_of_response(self, transaction: Transaction) -> Framing:
        found = super().framing_of_response(transaction)
        return "close" if found == "chunked" else found


class AnswersAsHttp10(ReferenceServer):
    """A server of HTTP/1.0: it closes, never chunks, and knows no transfer coding."""

    freedom = pep3333(
        "Handling the Content-Length Header",
        "And, if the server and client both support HTTP/1.1",
    )
    warns = {"version-not-lowered": "HTTP would have a server say the highest version that it knows"}

    def format_status_line(self, status: str) -> bytes:
        return f"HTTP/1.0 {status}\r\n".encode("latin-1")

    def framing_of_response(self, transaction: Transaction) -> Framing:
        found = super().framing_of_response(transaction)
        return "close" if found == "chunked" else found

    def keep_alive(self, transaction: Transaction) -> bool:
        return False

    def connection_header(self, transaction: Transaction) -> Headers:
        return []

    def check_transfer_encoding(self, request: Any, codings: list[bytes]) -> None:
        super().check_transfer_encoding(request, codings)
        raise RequestRejected(HTTPStatus.LENGTH_REQUIRED, "a server of HTTP/1.0 needs a length")

    def expects_continue(self, request: Any) -> bool:
        return False

    def check_expectation(self, request: Any) -> None:
        pass


class NeverInfersLength(ReferenceServer):
    """No Content-Length is made out of a single block, or of none."""

    freedom = pep3333(
        "Handling the Content-Length Header",
        "Under some circumstances, however, the server or gateway may be able to either generate a "
        "Content-Length header",
    )

    def content_length_of_single_block(self, transaction: Transaction, block: bytes) -> int | None:
        return None

    def length_of_exhausted(self, transaction: Transaction) -> int | None:
        return None


class InfersLengthOfSomeTypesOnly(ReferenceServer):
    """Only a list or a tuple of one block has a length that is trusted."""

    freedom = pep3333(
        "Handling the Content-Length Header",
        "If the application does not supply a Content-Length header, a server or gateway may choose one of "
        "several approaches to handling it.",
    )

    def length_of_iterable(self, transaction: Transaction) -> int | None:
        return (
            super().length_of_iterable(transaction) if type(transaction.iterable) in (list, tuple) else None
        )


class OmitsLengthOfHead(ReferenceServer):
    """Responses to HEAD, and 304, have no Content-Length, whatever the application says."""

    freedom = rfc9110(
        "8.6", "A server MAY send a Content-Length header field in a response to a HEAD request"
    )

    def keep_header(self, transaction: Transaction, name: str, value: str) -> bool:
        silent = not self.may_have_content(transaction)
        return super().keep_header(transaction, name, value) and not (
            silent and name.lower() == "content-length"
        )


class FindsLengthOfHead(ReferenceServer):
    """The one block of a response to HEAD is measured, as it would be for GET."""

    freedom = rfc9110(
        "8.6", "A server MAY send a Content-Length header field in a response to a HEAD request"
    )

    def length_of_response(self, transaction: Transaction, block: bytes) -> int | None:
        found = super().length_of_response(transaction, block)
        if found is None and block and transaction.request.method == "HEAD" and self.is_ok(transaction):
            return self.content_length_of_single_block(transaction, block)
        return found

    def is_ok(self, transaction: Transaction) -> bool:
        return self.status_code(transaction) not in (204, 205, 304)


class AnnouncesChunksToHead(ReferenceServer):
    """A response to HEAD says that the one to GET would be chunked."""

    freedom = rfc9112("6.1", "Transfer-Encoding MAY be sent in a response to a HEAD request")

    def framing_header(self, transaction: Transaction) -> Headers:
        silent = transaction.request.method == "HEAD" and self.status_code(transaction) not in (204, 205, 304)
        modern = transaction.request.version >= (1, 1)
        if silent and modern and transaction.content_length is None:
            return [("Transfer-Encoding", "chunked")]
        return super().framing_header(transaction)


class DrawsHeadToItsEnd(ReferenceServer):
    """The iterable of a response to HEAD is gone through to its end; its octets go nowhere."""

    freedom = pep3333(
        "Specification Details",
        "Applications returning a generator or other custom iterator should not assume the entire iterator "
        "will be consumed, as it may be closed early by the server.",
    )

    def response_satisfied(self, transaction: Transaction) -> bool:
        return self.may_have_content(transaction) and super().response_satisfied(transaction)

    def truncate(self, transaction: Transaction, block: bytes) -> bytes:
        return super().truncate(transaction, block) if self.may_have_content(transaction) else block


class SendsHeadApart(ReferenceServer):
    """The head and the first block are two segments."""

    freedom = pep3333(
        "Buffering and Streaming",
        "Send the entire block to the operating system (and request that any O/S buffers be flushed) before "
        "returning control to the application",
    )

    def send_head(self, transaction: Transaction, block: bytes) -> None:
        super().send_head(transaction, block)
        self.flush(transaction)


class CutsBlocksUp(ReferenceServer):
    """A block goes out in pieces of a few octets, each a chunk of its own where there are chunks."""

    freedom = pep3333(
        "Handling the Content-Length Header",
        "then the server may use chunked encoding to send a chunk for each write() call or bytestring "
        "yielded by the iterable",
    )

    def encode_chunk(self, block: bytes) -> bytes:
        size = max(7, len(block) // 50)
        parts = [block[at : at + size] for at in range(0, len(block), size)]
        return b"".join(super(CutsBlocksUp, self).encode_chunk(part) for part in parts)


class SpellsChunkSizesOut(ReferenceServer):
    """A chunk size has capital letters, leading zeros, and an extension."""

    freedom = rfc9112("7.1", "chunk = chunk-size [ chunk-ext ] CRLF chunk-data CRLF")

    def encode_chunk(self, block: bytes) -> bytes:
        return b"%06X;part=one\r\n%b\r\n" % (len(block), block) if block else b""

    def last_chunk(self, transaction: Transaction) -> bytes:
        return b"000\r\n\r\n" if transaction.framing == "chunked" else b""


class SendsTrailers(ReferenceServer):
    """The last chunk is followed by a trailer field, which the head has announced."""

    freedom = rfc9112("7.1.2", "A trailer section allows the sender to include additional fields at the end")

    def framing_header(self, transaction: Transaction) -> Headers:
        announced = [("Trailer", "Server-Timing")] if transaction.framing == "chunked" else []
        return super().framing_header(transaction) + announced

    def last_chunk(self, transaction: Transaction) -> bytes:
        return b"0\r\nServer-Timing: total\r\n\r\n" if transaction.framing == "chunked" else b""


class SendsByAnotherThread(ReferenceServer):
    """A thread sends what is queued, while the application is asked for its next block."""

    freedom = pep3333(
        "Buffering and Streaming",
        "Use a different thread to ensure that the block continues to be transmitted while the application "
        "produces the next block.",
    )

    def send(self, connection: Any, octets: bytes) -> None:
        if connection.lost:
            raise ClientGone("the client is gone")
        if not hasattr(connection, "queue"):
            connection.queue = queue.Queue()
            threading.Thread(target=self.send_queued, args=(connection,), daemon=True).start()
        connection.queue.put(octets)

    def send_queued(self, connection: Any) -> None:
        while (octets := connection.queue.get()) is not None:
            if not connection.lost:
                with contextlib.suppress(ClientGone):  # the mark on the connection tells the other thread
                    super().send(connection, octets)
            connection.queue.task_done()
        connection.queue.task_done()

    def send_file(self, transaction: Transaction, wrapper: Any) -> bool:
        self.settle(transaction.connection)
        return super().send_file(transaction, wrapper)

    def settle(self, connection: Any) -> None:
        if hasattr(connection, "queue"):
            connection.queue.join()

    def close_connection(self, connection: Any) -> None:
        if hasattr(connection, "queue"):
            connection.queue.put(None)
            connection.queue.join()
        super().close_connection(connection)


class TruncatesAndCloses(ReferenceServer):
    """After more content than was announced, the connection is not trusted any more."""

    freedom = rfc9112("9.5", "A client, server, or proxy MAY close the transport connection at any time.")

    def report_excess(self, transaction: Transaction) -> None:
        super().report_excess(transaction)
        transaction.persistent = False


class SaysThatItIsProcessing(ReferenceServer):
    """Clients of HTTP/1.1 hear that their request is being processed, before the application is called."""

    freedom = rfc9110(
        "15.2",
        "A client MUST be able to parse one or more 1xx responses received prior to a final response, even "
        "if the client does not expect one.",
    )

    def call_application(self, transaction: Transaction) -> Any:
        if transaction.request.version >= (1, 1):
            with contextlib.suppress(ClientGone):
                self.send(transaction.connection, b"HTTP/1.1 102 Processing\r\n\r\n")
        return super().call_application(transaction)
