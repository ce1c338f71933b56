"""Mutants of the end of a response."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class SaysNoLengthOfList(ReferenceServer):
    """The length of one known block is not said, though the connection is kept."""

    kills = {
        "listed-response-delimited": "the response says no length, and the connection is not closed",
        "content-length-sent-where-known": "framing of one known block: want Content-Length, got close",
    }

    def framing_header(self, transaction: Any) -> Any:
        sized = self.length_of_iterable(transaction) == 1 and transaction.persistent
        return [] if sized and transaction.framing == "length" else super().framing_header(transaction)


class SaysNoCoding(ReferenceServer):
    """A streamed response is neither chunked nor followed by the close."""

    kills = {
        "content-sent-behind-head": "content behind HEAD",
        "content-behind-small-head-whole": "content behind HEAD",
        "expect-case-insensitive": "answer to 100-CONTINUE: want 100, got no response",
        "file-response-delimited": "the response says no length, and the connection is not closed",
        "http-1-0-kept-response-delimited": "the connection is kept behind a response without a",
        "kept-http-1-0-file-response-delimited": "the connection is kept behind a response without a Content-Length",
        "kept-http-1-0-written-response-delimited": "the connection is kept behind a response without a Content-Length",
        "response-delimited-without-close": "framing of a streamed response: want chunked, got close",
        "stream-arrives-whole": "the octets of a stream from octet 0: want b'line 1\\nline 2\\nline",
        "stream-outlives-empty-blocks": "the octets of a stream with empty blocks from octet 0: want",
        "streamed-response-delimited": "the response says no length, and the connection is not closed",
        "written-response-delimited": "the response says no length, and the connection is not closed",
    }

    def framing_of_response(self, transaction: Any) -> Any:
        framing = super().framing_of_response(transaction)
        return "close" if framing == "chunked" else framing

    def keep_alive(self, transaction: Any) -> bool:
        return bool(self.client_persists(transaction.request) and self.can_drain(transaction))


class ClosesBehindStream(ReferenceServer):
    """A streamed response ends with its connection."""

    kills = {
        "response-delimited-without-close": "framing of a streamed response: want chunked, got close",
    }

    def framing_of_response(self, transaction: Any) -> Any:
        framing = super().framing_of_response(transaction)
        return "close" if framing == "chunked" else framing


class ClosesBehindList(ReferenceServer):
    """The response to one known block ends with its connection."""

    kills = {
        "connection-persists": "connection behind a plain response: want kept, got closed",
        "content-length-sent-where-known": "framing of one known block: want Content-Length, got close",
    }

    def content_length_of_single_block(self, transaction: Any, block: bytes) -> int | None:
        return None

    def framing_of_response(self, transaction: Any) -> Any:
        framing = super().framing_of_response(transaction)
        listed = framing == "chunked" and self.length_of_iterable(transaction) == 1
        return "close" if listed else framing


class SaysNoLengthOfWritten(ReferenceServer):
    """A response made by write() is neither chunked nor followed by the close."""

    kills = {
        "written-response-delimited": "the response says no length, and the connection is not closed",
    }

    def framing_header(self, transaction: Any) -> Any:
        if transaction.write_called and transaction.framing == "chunked":
            transaction.framing = "length"
            return []
        return super().framing_header(transaction)


class SaysNoLengthOfNothing(ReferenceServer):
    """A response without content has no length."""

    kills = {
        "empty-list-delimited": "the response says no length, and the connection is not closed behind it",
        "empty-written-response-delimited": "the response says no length, and the connection is not closed behind it",
        "kept-http-1-0-empty-response-delimited": "the connection is kept behind a response without a Content-Length",
    }

    def framing_header(self, transaction: Any) -> Any:
        sized = self.length_of_iterable(transaction) == 0
        empty = sized and transaction.content_length == 0 and self.status_code(transaction) == 200
        return [] if empty else super().framing_header(transaction)


class SaysNoLengthOfSilence(ReferenceServer):
    """A response whose iterator yields nothing has no length."""

    kills = {
        "empty-iterator-delimited": "the response says no length, and the connection is not closed",
    }

    def framing_header(self, transaction: Any) -> Any:
        unsized = self.length_of_iterable(transaction) is None
        empty = unsized and transaction.content_length == 0 and self.status_code(transaction) == 200
        return [] if empty else super().framing_header(transaction)


class SaysNoLengthOfFile(ReferenceServer):
    """A wrapped file is neither chunked nor followed by the close."""

    kills = {
        "file-response-delimited": "the response says no length, and the connection is not closed",
    }

    def framing_header(self, transaction: Any) -> Any:
        if type(transaction.iterable).__name__ == "FileWrapper" and transaction.framing == "chunked":
            transaction.framing = "length"
            return []
        return super().framing_header(transaction)


class CountsOneMore(ReferenceServer):
    """The inferred length is one octet too much."""

    kills = {
        "half-closed-client-answered": "the client that shut down its sending side got no whole response",
        "listed-response-delimited": "end of the response (framed by content-length): want found, got",
        "content-length-is-of-content": "octets behind the Content-Length on a kept connection: want",
    }

    def content_length_of_single_block(self, transaction: Any, block: bytes) -> int | None:
        length = super().content_length_of_single_block(transaction, block)
        kept = self.client_persists(transaction.request) and transaction.request.framing == "none"
        return length if length is None or not kept or block != b"wsgicheck" else length + 1

    def check_enough(self, transaction: Any) -> None:
        if transaction.content_length != 10:
            super().check_enough(transaction)


class CountsCharacters(ReferenceServer):
    """The inferred length is that of the text."""

    kills = {
        "content-length-is-of-octets": "content of the response from octet 2: want b'\\xe2\\x82\\xac'",
    }

    def content_length_of_single_block(self, transaction: Any, block: bytes) -> int | None:
        length = super().content_length_of_single_block(transaction, block)
        return None if length is None else len(block.decode("utf-8", "replace"))


class CountsFileWrongly(ReferenceServer):
    """The length of a wrapped file is taken from its first five octets."""

    kills = {
        "content-length-of-file": "content of the response from octet 5: want b' second' (12 octets),",
    }

    def length_of_response(self, transaction: Any, block: bytes) -> int | None:
        length = super().length_of_response(transaction, block)
        wrapped = type(transaction.iterable).__name__ == "FileWrapper" and block == b"first second"
        return 5 if wrapped and self.may_have_content(transaction) else length


class CutsDeclared(ReferenceServer):
    """The first octet behind the first block of a declared response is lost, and made up at the end."""

    kills = {
        "written-blocks-counted": "content: want b'writtenyield', got b'writtenieldy'",
        "content-length-as-declared": "content of the response from octet 6: want b'second' (12",
    }

    def queue_block(self, transaction: Any, block: bytes) -> None:
        if self.declared_content_length(transaction) == 12 and transaction.produced:
            block = block[1:] + block[:1]
        super().queue_block(transaction, block)


class AddsLineToList(ReferenceServer):
    """An empty line follows a response of known length, as in the time of HTTP/1.0 posts."""

    kills = {
        "bad-chunk-answered-well-formed": "octets behind the response: want b'', got b'\\r\\n'",
        "excess-of-list-not-sent": "octets behind the Content-Length: want none, got b'\\r\\n'",
        "nothing-follows-listed-response": "octets behind the response: want b'', got b'\\r\\n'",
        "request-behind-kept-http-1-0-found": "answer to the request behind one of HTTP/1.0: want 200",
    }

    def last_chunk(self, transaction: Any) -> bytes:
        if transaction.framing == "length" and self.length_of_iterable(transaction) == 1:
            return b"\r\n"
        return super().last_chunk(transaction)


class AddsLineToStream(ReferenceServer):
    """An empty line too many follows the last chunk."""

    kills = {
        "empty-block-last-adds-nothing": "octets behind the response: want none, got b'\\r\\n'",
        "expect-case-insensitive": "answer to 100-CONTINUE: want 100, got 0",
        "head-fields-as-for-get": "fields differ: only for GET ['content-type', 'etag', 'server',",
        "second-response-after-written-one": "status of the second response: want 200, got",
        "pipelined-responses-well-framed": "beginning of response 5: want a status line, got",
        "nothing-follows-streamed-response": "octets behind the response: want b'', got b'\\r\\n'",
    }

    def last_chunk(self, transaction: Any) -> bytes:
        chunk = super().last_chunk(transaction)
        return chunk + b"\r\n" if chunk and type(transaction.iterable).__name__ == "Iterator" else chunk


class EndsNothingInChunk(ReferenceServer):
    """A last chunk follows a response without content."""

    kills = {
        "nothing-follows-empty-response": "octets behind the response: want b'', got b'0\\r\\n\\r\\n'",
    }

    def last_chunk(self, transaction: Any) -> bytes:
        sized = self.length_of_iterable(transaction) == 0
        if transaction.framing == "length" and sized and self.status_code(transaction) == 200:
            return b"0\r\n\r\n"
        return super().last_chunk(transaction)


class EndsDeclaredInChunk(ReferenceServer):
    """A last chunk follows a response with the application's Content-Length."""

    kills = {
        "file-in-memory-stops-at-content-length": "behind the content: want nothing, got b'0\\r\\n\\r\\n'",
        "file-stops-at-content-length": "behind the content: want nothing, got b'0\\r\\n\\r\\n'",
        "nothing-follows-declared-response": "octets behind the response: want b'', got b'0\\r\\n\\r\\n'",
        "ordinary-file-stops-at-content-length": "behind the content",
    }

    def last_chunk(self, transaction: Any) -> bytes:
        if transaction.framing == "length" and transaction.content_length == 12:
            return b"0\r\n\r\n"
        return super().last_chunk(transaction)


class WritesExcess(ReferenceServer):
    """What is written beyond the Content-Length goes out, and the connection is kept."""

    kills = {
        "excess-to-http-1-0-not-sent": "octets behind the Content-Length",
        "excess-written-not-on-kept-connection": "the connection is kept behind octets beyond the",
        "excess-written-not-sent": "octets behind the Content-Length: want none, got b'67'",
        "excess-written-of-zero-length-not-sent": "octets behind the Content-Length",
        "response-205-without-later-content": "content of a 205",
        "write-across-content-length-raises": "write() past the Content-Length: want an error, got no",
        "write-past-content-length-raises": "write() past the Content-Length: want an error, got no error",
        "write-past-zero-length-raises": "write() past the Content-Length",
    }

    def truncate(self, transaction: Any, block: bytes) -> bytes:
        return block if transaction.write_called else super().truncate(transaction, block)
