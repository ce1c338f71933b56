"""Mutants of the statuses without content."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer
from reference_server.file_wrapper import FileWrapper


class SendsContent204(ReferenceServer):
    """The blocks of an iterator are sent with a 204."""

    kills = {
        "response-204-keeps-connection-aligned": "octets behind the 204: want HTTP/1., got",
        "response-204-without-content": "octets behind the header section of a 204: want b'', got",
        "response-204-without-later-content": "octets behind the header section of a 204",
        "response-204-of-any-reason-without-content": "octets behind the header section of a 204: want b''",
        "response-204-without-file-content": "octets behind the header section of a 204: want b'', got",
    }
    CODE = 204

    def queue_block(self, transaction: Any, block: bytes) -> None:
        super().queue_block(transaction, block)
        sized = self.length_of_iterable(transaction) is not None
        if self.status_code(transaction) == self.CODE and not sized and not transaction.write_called:
            transaction.outgoing += block


class SendsListedContent204(ReferenceServer):
    """The block of a list is sent with a 204."""

    kills = {
        "response-204-to-http-1-0-without-content": "octets behind the header section of a 204",
        "response-204-without-listed-content": "octets behind the header section of a 204: want b'',",
    }
    CODE = 204

    def queue_block(self, transaction: Any, block: bytes) -> None:
        super().queue_block(transaction, block)
        if self.status_code(transaction) == self.CODE and self.length_of_iterable(transaction) == 1:
            transaction.outgoing += block


class SendsWrittenContent204(ReferenceServer):
    """What is written is sent with a 204."""

    kills = {
        "response-204-without-later-written-content": "octets behind the header section of a 204",
        "response-204-without-written-content": "octets behind the header section of a 204: want b'',",
    }

    def queue_block(self, transaction: Any, block: bytes) -> None:
        super().queue_block(transaction, block)
        if self.status_code(transaction) == 204 and transaction.write_called:
            transaction.outgoing += block


class SendsLastChunk204(ReferenceServer):
    """A last chunk follows a 204 that had no block at all."""

    kills = {
        "exc-info-replaces-by-status-without-content": "octets behind the header section of a 204",
        "response-204-without-last-chunk": "octets behind the header section of a 204: want b'', got",
    }
    CODE = 204

    def last_chunk(self, transaction: Any) -> bytes:
        unsized = self.length_of_iterable(transaction) is None
        if self.status_code(transaction) == self.CODE and unsized and not transaction.produced:
            return b"0\r\n\r\n"
        return super().last_chunk(transaction)


class AddsLength204(ReferenceServer):
    """A 204 with an empty list gets a Content-Length of 0."""

    kills = {
        "response-204-without-length": "Content-Length in a 204: want absent, got 0",
    }
    CODE = 204

    def length_of_response(self, transaction: Any, block: bytes) -> int | None:
        length = super().length_of_response(transaction, block)
        listed = self.length_of_iterable(transaction) == 0 and not transaction.headers
        return 0 if self.status_code(transaction) == self.CODE and listed else length


class InfersLength204(ReferenceServer):
    """A 204 whose iterator ends without a block gets a Content-Length of 0."""

    kills = {
        "response-204-without-inferred-length": "Content-Length in a 204: want absent, got 0",
    }
    CODE = 204

    def length_of_response(self, transaction: Any, block: bytes) -> int | None:
        length = super().length_of_response(transaction, block)
        unsized = self.length_of_iterable(transaction) is None and not block
        return 0 if self.status_code(transaction) == self.CODE and unsized else length


class KeepsLength204(ReferenceServer):
    """The Content-Length of the application stays in a 204."""

    kills = {
        "response-204-to-head-without-given-length": "Content-Length in a 204: want absent, got 0",
        "response-204-without-given-length": "Content-Length in a 204: want absent, got 0",
        "response-204-without-given-length-of-content": "Content-Length in a 204",
    }

    def keep_header(self, transaction: Any, name: str, value: str) -> bool:
        return self.status_code(transaction) == 204 or super().keep_header(transaction, name, value)


class TakesZeroOutOf204(ReferenceServer):
    """Only a length of 0 is known to be wrong in a 204."""

    kills = {"response-204-without-given-length-of-content": "Content-Length in a 204: want absent, got 5"}

    def keep_header(self, transaction: Any, name: str, value: str) -> bool:
        given = self.status_code(transaction) == 204 and name.lower() == "content-length" and value != "0"
        return given or super().keep_header(transaction, name, value)


class CodesNothing(ReferenceServer):
    """A 204 without a length is announced as chunked."""

    kills = {
        "response-204-without-coding": "Transfer-Encoding in a 204: want absent, got chunked",
        "response-204-without-coding-beside-content": "Transfer-Encoding in a 204: want absent, got chunked",
        "response-204-without-coding-when-written": "Transfer-Encoding in a 204: want absent, got chunked",
    }

    def framing_header(self, transaction: Any) -> Any:
        if self.status_code(transaction) == 204 and self.length_of_iterable(transaction) is None:
            return [("Transfer-Encoding", "chunked")]
        return super().framing_header(transaction)


class PassesInterim(ReferenceServer):
    """An interim status of the application is its answer."""

    kills = {
        "interim-status-of-application-not-sent-to-http-1-0": "interim responses to HTTP/1.0: want",
        "interim-status-of-application-answered": "the only response is a 103, which is none",
        "switch-of-application-not-sent-unasked": "answer to a request without Upgrade: want",
    }

    def check_final(self, status: str) -> None:
        pass


class MeasuresInterim(ReferenceServer):
    """An interim status of the application is sent with a length, and the final one behind it."""

    kills = {
        "interim-status-of-application-without-length": "length or coding in a 103: want absent, got 0",
        "switch-of-application-not-sent-unasked": "answer to a request without Upgrade: want",
    }

    def check_final(self, status: str) -> None:
        if status.startswith("103"):
            raise InterimGiven(status)

    def application_error(self, transaction: Any, error: BaseException) -> None:
        if isinstance(error, InterimGiven) and transaction.request.version >= (1, 1):
            self.send(transaction.connection, b"HTTP/1.1 103 Early Hints\r\nContent-Length: 0\r\n\r\n")
        super().application_error(transaction, error)


class InterimGiven(ValueError):
    """The application gave an interim status."""


class SendsContent204ToOldClients(ReferenceServer):
    """The block of a list is sent with a 204 to a client of HTTP/1.0."""

    kills = {
        "response-204-to-http-1-0-without-content": "octets behind the header section of a 204: want b'', got",
    }

    def queue_block(self, transaction: Any, block: bytes) -> None:
        super().queue_block(transaction, block)
        if self.status_code(transaction) == 204 and transaction.request.version < (1, 1):
            transaction.outgoing += block


class SendsLaterContent204(ReferenceServer):
    """What comes behind the first block of a 204 is sent."""

    kills = {
        "response-204-without-later-content": "octets behind the header section of a 204: want b'', got",
        "response-204-without-later-written-content": "octets behind the header section of a 204: want b'', got",
    }
    CODE = 204

    def response_satisfied(self, transaction: Any) -> bool:
        return super().response_satisfied(transaction) and self.status_code(transaction) != self.CODE

    def queue_block(self, transaction: Any, block: bytes) -> None:
        later = transaction.produced > 0
        super().queue_block(transaction, block)
        if self.status_code(transaction) == self.CODE and later:
            transaction.outgoing += block


class TakesLengthOutOf204InOneCase(ReferenceServer):
    """``Content-Length`` is taken out of a 204, as it is spelt in the standard."""

    kills = {"response-204-without-given-length-in-any-case": "content-length in a 204: want absent, got 0"}

    def keep_header(self, transaction: Any, name: str, value: str) -> bool:
        spelt = name == "content-length" and self.status_code(transaction) == 204
        return spelt or super().keep_header(transaction, name, value)


class CodesContentLeftOut(ReferenceServer):
    """The fields are settled when there is a first block; that a 204 has no content, behind that."""

    kills = {
        "response-204-without-coding-beside-content": "Transfer-Encoding in a 204: want absent, got chunked"
    }
    written = False

    def send_head(self, transaction: Any, block: bytes) -> None:
        transaction.coded = bool(block) and transaction.write_called == self.written
        super().send_head(transaction, block)

    def framing_header(self, transaction: Any) -> Any:
        coded = getattr(transaction, "coded", False) and self.status_code(transaction) == 204
        listed = isinstance(transaction.iterable, list)
        return (
            [("Transfer-Encoding", "chunked")]
            if coded and not listed
            else super().framing_header(transaction)
        )


class CodesWhatIsWritten(CodesContentLeftOut):
    """The same with ``write()``."""

    kills = {
        "response-204-without-coding-when-written": "Transfer-Encoding in a 204: want absent, got chunked"
    }
    written = True


class KnowsItByItsReason(ReferenceServer):
    """The status without content is "204 No Content", and no other."""

    kills = {
        "response-204-of-any-reason-without-content": "octets behind the header section of a 204: want b'', got"
    }

    def queue_block(self, transaction: Any, block: bytes) -> None:
        super().queue_block(transaction, block)
        if transaction.status[:4] == "204 " and transaction.status.lower() != "204 no content":
            transaction.outgoing += block


class TellsHeadTheLength204(ReferenceServer):
    """For HEAD the length is told that GET would get, whatever the status is."""

    kills = {"response-204-to-head-without-length": "Content-Length in a 204: want absent, got 9"}

    def length_of_response(self, transaction: Any, block: bytes) -> int | None:
        if transaction.request.method == "HEAD" and self.status_code(transaction) == 204:
            return self.content_length_of_single_block(transaction, block)
        return super().length_of_response(transaction, block)


class KeepsGivenLengthForHead(ReferenceServer):
    """HEAD is told whatever length was given."""

    kills = {"response-204-to-head-without-given-length": "Content-Length in a 204: want absent, got 0"}

    def keep_header(self, transaction: Any, name: str, value: str) -> bool:
        return transaction.request.method == "HEAD" or super().keep_header(transaction, name, value)


class SendsFileWith204(ReferenceServer):
    """The kernel sends whatever is in the file."""

    kills = {"response-204-without-file-content": "octets behind the header section of a 204: want b'', got"}

    def queue_block(self, transaction: Any, block: bytes) -> None:
        super().queue_block(transaction, block)
        if self.status_code(transaction) == 204 and isinstance(transaction.iterable, FileWrapper):
            transaction.outgoing += block


class CodesLaterNothing(ReferenceServer):
    """What it knows of a 204 is looked up once per connection."""

    kills = {
        "later-response-204-without-coding": "Transfer-Encoding in the second 204: want absent, got chunked"
    }

    def framing_header(self, transaction: Any) -> Any:
        connection = transaction.connection
        before, connection.sent_nothing = getattr(connection, "sent_nothing", False), True
        if before and self.status_code(transaction) == 204:
            return [("Transfer-Encoding", "chunked")]
        return super().framing_header(transaction)
