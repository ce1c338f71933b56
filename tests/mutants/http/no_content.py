"""Mutants of the statuses without content."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class SendsContent204(ReferenceServer):
    """The blocks of an iterator are sent with a 204."""

    kills = {
        "response-204-without-content": "octets behind the header section of a 204: want b'', got",
        "response-204-keeps-connection-aligned": "octets behind the 204: want HTTP/1., got",
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
        "response-204-without-written-content": "octets behind the header section of a 204: want b'',",
    }

    def queue_block(self, transaction: Any, block: bytes) -> None:
        super().queue_block(transaction, block)
        if self.status_code(transaction) == 204 and transaction.write_called:
            transaction.outgoing += block


class SendsLastChunk204(ReferenceServer):
    """A last chunk follows a 204 that had no block at all."""

    kills = {
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
        "response-204-without-given-length": "Content-Length in a 204: want absent, got 0",
    }

    def keep_header(self, transaction: Any, name: str, value: str) -> bool:
        return self.status_code(transaction) == 204 or super().keep_header(transaction, name, value)


class CodesNothing(ReferenceServer):
    """A 204 without a length is announced as chunked."""

    kills = {
        "response-204-without-coding": "Transfer-Encoding in a 204: want absent, got chunked",
    }

    def framing_header(self, transaction: Any) -> Any:
        if self.status_code(transaction) == 204 and self.length_of_iterable(transaction) is None:
            return [("Transfer-Encoding", "chunked")]
        return super().framing_header(transaction)


class SendsContent304(SendsContent204):
    """The blocks of an iterator are sent with a 304."""

    kills = {
        "response-304-without-content": "octets behind the header section of a 304: want b'', got",
        "response-304-keeps-connection-aligned": "octets behind the 304: want HTTP/1., got",
    }
    CODE = 304


class SendsListedContent304(SendsListedContent204):
    """The block of a list is sent with a 304."""

    kills = {
        "response-304-without-listed-content": "octets behind the header section of a 304: want b'',",
    }
    CODE = 304


class SendsLastChunk304(SendsLastChunk204):
    """A last chunk follows a 304 that had no block at all."""

    kills = {
        "response-304-without-last-chunk": "octets behind the header section of a 304: want b'', got",
    }
    CODE = 304


class AddsLength304(AddsLength204):
    """A 304 with an empty list gets a Content-Length of 0."""

    kills = {
        "response-304-length-not-invented": "Content-Length in a 304: want absent, got 0",
        "response-304-length-not-invented-for-http-1-0": "Content-Length in a 304: want absent",
    }
    CODE = 304


class InfersLength304(InfersLength204):
    """A 304 whose iterator ends without a block gets a Content-Length of 0."""

    kills = {
        "response-304-length-not-inferred": "Content-Length in a 304: want absent, got 0",
    }
    CODE = 304


class ChangesLength304(ReferenceServer):
    """The Content-Length of the application becomes that of the 304 itself."""

    kills = {
        "response-304-length-unchanged": "Content-Length in a 304: want 9 or none, got 0",
    }

    def store_response(self, transaction: Any, status: str, headers: Any) -> None:
        if status.startswith("304"):
            headers = [(name, "0" if name.lower() == "content-length" else value) for name, value in headers]
        super().store_response(transaction, status, headers)


class DropsValidators(ReferenceServer):
    """The ETag is left out of a 304."""

    kills = {
        "response-304-fields-kept": "ETag in a 304: want '\"mark\"', got ''",
        "response-304-location-and-expiry-kept": "ETag in a 304: want 'W/\"mark\"'",
        "unchanged-picture-answered-304": "ETag of a 304: want 1, got 0",
    }

    def keep_header(self, transaction: Any, name: str, value: str) -> bool:
        dropped = self.status_code(transaction) == 304 and name == "ETag"
        return super().keep_header(transaction, name, value) and not dropped


class TakesResetForNoContent(ReferenceServer):
    """A 205 ends at its empty line, as a 204 does."""

    kills = {
        "response-205-delimited": "end of a 205 on a kept connection: want found, got timeout",
    }

    def framing_header(self, transaction: Any) -> Any:
        return [] if self.status_code(transaction) == 205 else super().framing_header(transaction)


class SendsContent205(ReferenceServer):
    """What an application yields with a 205 is sent."""

    kills = {
        "response-205-without-content": "content of a 205: want b'', got b'wsgicheck'",
    }

    def length_of_response(self, transaction: Any, block: bytes) -> int | None:
        if self.status_code(transaction) == 205:
            return len(block)
        return super().length_of_response(transaction, block)


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


class TypesNotModified(ReferenceServer):
    """A response without a Content-Type gets the default one, even a 304."""

    kills = {
        "response-304-gets-no-type": "Content-Type in a 304: want absent, got text/html",
    }

    def missing_headers(self, transaction: Any, present: set[str]) -> Any:
        added = super().missing_headers(transaction, present)
        typed = self.status_code(transaction) == 304 and "content-type" not in present
        return [*added, ("Content-Type", "text/html")] if typed else added


class SendsContent204ToOldClients(ReferenceServer):
    """The block of a list is sent with a 204 to a client of HTTP/1.0."""

    kills = {
        "response-204-to-http-1-0-without-content": "octets behind the header section of a 204: want b'', got",
    }

    def queue_block(self, transaction: Any, block: bytes) -> None:
        super().queue_block(transaction, block)
        if self.status_code(transaction) == 204 and transaction.request.version < (1, 1):
            transaction.outgoing += block


class TakesLengthOutOf204InOneCase(ReferenceServer):
    """``Content-Length`` is taken out of a 204, as it is spelt in the standard."""

    kills = {"response-204-without-given-length-in-any-case": "content-length in a 204: want absent, got 0"}

    def keep_header(self, transaction: Any, name: str, value: str) -> bool:
        spelt = name == "content-length" and self.status_code(transaction) == 204
        return spelt or super().keep_header(transaction, name, value)


class SendsListedContent205(ReferenceServer):
    """A list is known whole, and sent with a 205."""

    kills = {"response-205-without-listed-content": "content of a 205: want b'', got b'wsgicheck'"}

    def length_of_response(self, transaction: Any, block: bytes) -> Any:
        length = super().length_of_response(transaction, block)
        listed = self.length_of_iterable(transaction) == 1
        return len(block) if listed and self.status_code(transaction) == 205 else length


class LosesLocationOf304(ReferenceServer):
    """A 304 has no content, so nothing that begins with Content-, and it never expires."""

    kills = {"response-304-location-and-expiry-kept": "Content-Location in a 304: want /there, got ''"}

    def keep_header(self, transaction: Any, name: str, value: str) -> bool:
        lost = name == "Content-Location" and self.status_code(transaction) == 304
        return not lost and super().keep_header(transaction, name, value)


class SendsContentBehind205(ReferenceServer):
    """A 205 says that it has no content, and what comes is sent all the same."""

    kills = {
        "nothing-follows-205": "octets behind the header section of a 205: want b'', got b'wsgicheck'",
    }

    def truncate(self, transaction: Any, block: bytes) -> bytes:
        return block if self.status_code(transaction) == 205 else super().truncate(transaction, block)
