"""Mutants of the responses to HEAD."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


def is_head(transaction: Any) -> bool:
    return bool(transaction.request.method == "HEAD")


class SendsContent(ReferenceServer):
    """The block of an iterator is sent for HEAD."""

    kills = {
        "head-of-http-1-0-without-content": "octets behind the header section of a response to HEAD",
        "head-without-content": "octets behind the header section of a response to HEAD: want b'', got",
    }

    def queue_block(self, transaction: Any, block: bytes) -> None:
        super().queue_block(transaction, block)
        undeclared = self.declared_content_length(transaction) is None
        if is_head(transaction) and undeclared and type(transaction.iterable).__name__ == "Iterator":
            transaction.outgoing += block


class SendsListedContent(ReferenceServer):
    """The block of a list is sent for HEAD."""

    kills = {
        "head-keeps-connection-aligned": "octets behind the response to HEAD: want HTTP/1., got",
        "head-without-listed-content": "octets behind the header section of a response to HEAD: want",
        "nothing-follows-head-of-any-status": "behind HEAD with a list with 200",
    }

    def queue_block(self, transaction: Any, block: bytes) -> None:
        super().queue_block(transaction, block)
        if is_head(transaction) and self.length_of_iterable(transaction) == 1:
            transaction.outgoing += block


class SendsWrittenContent(ReferenceServer):
    """What is written is sent for HEAD."""

    kills = {
        "head-without-later-content": "octets behind the header section of a response to HEAD",
        "head-without-written-content": "octets behind the header section of a response to HEAD: want",
        "nothing-follows-head-of-any-status": "behind HEAD with a 200 of known length, written",
    }

    def queue_block(self, transaction: Any, block: bytes) -> None:
        super().queue_block(transaction, block)
        if is_head(transaction) and transaction.write_called:
            transaction.outgoing += block


class SendsDeclaredContent(ReferenceServer):
    """Content is sent up to the Content-Length of the application."""

    kills = {
        "head-behind-get-without-content": "octets behind the header section of a response to HEAD",
        "head-without-declared-content": "octets behind the header section of a response to HEAD: want",
        "head-without-ordinary-file-content": "octets behind the header section of a response to HEAD",
        "nothing-follows-head-of-any-status": "behind HEAD with a 200 of known length",
    }

    def queue_block(self, transaction: Any, block: bytes) -> None:
        super().queue_block(transaction, block)
        if is_head(transaction) and transaction.content_length is not None:
            transaction.outgoing += block


class SendsFileContent(ReferenceServer):
    """A wrapped file is sent for HEAD."""

    kills = {
        "head-without-file-content": "octets behind the header section of a response to HEAD: want",
        "head-without-ordinary-file-content": "octets behind the header section of a response to HEAD",
    }

    def queue_block(self, transaction: Any, block: bytes) -> None:
        super().queue_block(transaction, block)
        if is_head(transaction) and type(transaction.iterable).__name__ == "FileWrapper":
            transaction.outgoing += block


class SendsLastChunk(ReferenceServer):
    """The blocks are suppressed, the last chunk is not."""

    kills = {
        "head-keeps-connection-aligned": "octets behind the response to HEAD: want HTTP/1., got",
        "head-of-http-1-0-without-content": "octets behind the header section of a response to HEAD",
        "head-without-content": "octets behind the header section of a response to HEAD: want b'', got",
        "head-without-file-content": "octets behind the header section of a response to HEAD: want",
        "head-without-large-content": "octets behind the header section of a response to HEAD",
        "head-without-later-content": "octets behind the header section of a response to HEAD",
        "head-without-listed-content": "octets behind the header section of a response to HEAD: want",
        "head-without-written-content": "octets behind the header section of a response to HEAD: want",
        "nothing-follows-head-of-any-status": "behind HEAD with a list with 200",
    }

    def last_chunk(self, transaction: Any) -> bytes:
        if is_head(transaction) and transaction.content_length is None:
            return b"0\r\n\r\n"
        return super().last_chunk(transaction)


class SendsErrorPage(ReferenceServer):
    """The page about an error is sent for HEAD."""

    kills = {
        "head-error-without-content": "octets behind the header section of a response to HEAD: want",
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        transaction.request.method = "GET"
        super().application_error(transaction, error)


class ExplainsRefusal(ReferenceServer):
    """The explanation of a refusal is sent for HEAD."""

    kills = {
        "head-refusal-without-content": "octets behind the refusal of a HEAD request: want b'', got",
    }

    def reject_request(self, connection: Any, request: Any, rejection: Any) -> None:
        request.method = "GET"
        super().reject_request(connection, request, rejection)


class InventsLength(ReferenceServer):
    """A list without blocks has length 0, whatever the method."""

    kills = {
        "head-content-length-not-invented": "Content-Length for HEAD: want 9 or none, got ('0',)",
        "response-204-to-head-without-given-length": "Content-Length in a 204",
    }

    def length_of_response(self, transaction: Any, block: bytes) -> int | None:
        length = super().length_of_response(transaction, block)
        if is_head(transaction) and length is None and self.length_of_iterable(transaction) == 0:
            return 0
        return length


class InventsLengthAtEnd(ReferenceServer):
    """An iterator that ends without a block has length 0, whatever the method."""

    kills = {
        "head-content-length-not-invented-at-end": "Content-Length for HEAD: want 9 or none, got ('0',)",
    }

    def length_of_response(self, transaction: Any, block: bytes) -> int | None:
        length = super().length_of_response(transaction, block)
        unsized = self.length_of_iterable(transaction) is None
        return 0 if is_head(transaction) and length is None and unsized and not block else length


class ChangesLength(ReferenceServer):
    """The Content-Length of the application is replaced by that of what is there."""

    kills = {
        "head-content-length-unchanged": "Content-Length for HEAD: want 9 or none, got ('0',)",
        "missing-page-length-to-head": "Content-Length to HEAD: want 187, got 0",
        "picture-length-to-head": "Content-Length to HEAD: want 472, got 0",
        "response-204-to-head-without-given-length": "Content-Length in a 204",
    }

    def keep_header(self, transaction: Any, name: str, value: str) -> bool:
        if is_head(transaction) and name.lower() == "content-length" and not transaction.produced:
            transaction.content_length = self.length_of_iterable(transaction)
            return transaction.content_length != 0
        return super().keep_header(transaction, name, value)


class CountsNothing(ReferenceServer):
    """The length of one block is inferred for HEAD after the block was suppressed."""

    kills = {
        "content-length-of-head-of-any-status": "Content-Length of HEAD with a list with 200",
        "head-content-length-of-listed-content": "Content-Length for HEAD: want 9 or none, got ('0',)",
        "response-204-to-head-without-length": "Content-Length in a 204: want absent, got 0",
    }

    def length_of_response(self, transaction: Any, block: bytes) -> int | None:
        length = super().length_of_response(transaction, block)
        if is_head(transaction) and length is None and self.length_of_iterable(transaction) == 1:
            return 0
        return length


class DropsFields(ReferenceServer):
    """The ETag is left out for HEAD."""

    kills = {
        "head-fields-as-given": "ETag for HEAD: want ['\"mark\"'], got []",
        "head-fields-as-for-get": "fields differ: only for GET ['etag'], only for HEAD []",
        "picture-head-like-get": "ETag to HEAD: want 1, got 0",
    }

    def keep_header(self, transaction: Any, name: str, value: str) -> bool:
        return super().keep_header(transaction, name, value) and not (is_head(transaction) and name == "ETag")


class DropsOwnFields(ReferenceServer):
    """The server does not introduce itself for HEAD."""

    kills = {
        "head-fields-as-for-get": "fields differ: only for GET ['server'], only for HEAD []",
    }

    def missing_headers(self, transaction: Any, present: set[str]) -> Any:
        return super().missing_headers(transaction, present | {"server"} if is_head(transaction) else present)


class ForgetsNextRequest(ReferenceServer):
    """What was received along with HEAD is thrown away."""

    kills = {
        "head-connection-not-abandoned": "responses on the kept connection: want 2, got 1",
    }

    def drain_or_close(self, transaction: Any) -> bool:
        if is_head(transaction):
            transaction.connection.buffer.clear()
        return super().drain_or_close(transaction)


class SendsContentToOldClients(ReferenceServer):
    """A client of HTTP/1.0 gets the block of an iterator for HEAD: the connection ends here anyway."""

    kills = {
        "head-of-http-1-0-without-content": "octets behind the header section of a response to HEAD: want b'', g",
    }

    def queue_block(self, transaction: Any, block: bytes) -> None:
        super().queue_block(transaction, block)
        if is_head(transaction) and transaction.request.version < (1, 1):
            transaction.outgoing += block


class SendsLaterContent(ReferenceServer):
    """Only what comes with the headers is dropped for HEAD."""

    kills = {
        "head-without-later-content": "octets behind the header section of a response to HEAD: want b'', got",
        "nothing-follows-head-of-any-status": "behind HEAD with a 404 of known length, written",
    }

    def queue_block(self, transaction: Any, block: bytes) -> None:
        is_later = transaction.head_sent and transaction.write_called
        super().queue_block(transaction, block)
        if is_head(transaction) and is_later and getattr(transaction, "had_block", False):
            transaction.outgoing += block
        transaction.had_block = True


class SendsOrdinaryFileForHead(ReferenceServer):
    """What has a descriptor is sent by it."""

    kills = {
        "head-without-ordinary-file-content": "octets behind",
        "iterable-other-attributes-not-called": "attributes used",
    }

    def finish_response(self, transaction: Any) -> None:
        super().finish_response(transaction)
        file = getattr(transaction.iterable, "filelike", None)
        if type(file).__name__ == "BufferedReader" and transaction.request.method == "HEAD":
            file.seek(0)
            self.send(transaction.connection, file.read())


class SendsLargeBlockForHead(ReferenceServer):
    """What is larger than the buffer is sent past it."""

    kills = {"head-without-large-content": "octets behind the header section of a response to HEAD: want b''"}

    def queue_block(self, transaction: Any, block: bytes) -> None:
        super().queue_block(transaction, block)
        if is_head(transaction) and len(block) > 100_000:
            transaction.outgoing += block


class TellsOfErrorBehindHead(ReferenceServer):
    """Behind the header section, a word about what went wrong is better than none."""

    kills = {
        "failed-response-to-head-without-content": "octets behind the header section of a response to HEAD"
    }

    def application_error(self, transaction: Any, error: BaseException) -> None:
        super().application_error(transaction, error)
        if is_head(transaction) and transaction.head_sent:
            self.send(transaction.connection, b"the application failed\n")


class CountsFirstBlockForHead(ReferenceServer):
    """The first block that is yielded for HEAD is taken for all of the content."""

    kills = {
        "head-content-length-not-of-first-block": "Content-Length for HEAD: want 9 or none, got ('4',)",
    }

    def length_of_response(self, transaction: Any, block: bytes) -> int | None:
        length = super().length_of_response(transaction, block)
        yielded = block and not transaction.write_called and self.status_code(transaction) == 200
        return len(block) if length is None and yielded and is_head(transaction) else length


class BelievesMethodOfEnviron(ReferenceServer):
    """Whether there is content to send is told from the environ."""

    kills = {
        "head-of-overwritten-method-without-content": "octets behind the header section of a response to HEAD"
    }

    def queue_block(self, transaction: Any, block: bytes) -> None:
        super().queue_block(transaction, block)
        if is_head(transaction) and transaction.environ.get("REQUEST_METHOD") == "GET":
            transaction.outgoing += block
