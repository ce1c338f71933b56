"""Mutants of the Content-Length."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class RepeatsContentLength(ReferenceServer):
    """It adds the length of a single block although there is one, in other letters."""

    kills = {
        "response-fields-not-duplicated": "want at most 1, got '9, 9'",
        "content-length-in-any-case": "Content-Length: want 9, got '9, 9'",
    }

    def missing_headers(self, transaction: Any, present: set[str]) -> Any:
        added = super().missing_headers(transaction, present)
        if any(name == "content-LENGTH" for name, _ in transaction.headers):
            added.append(("Content-Length", "9"))
        return added


class ChunksSizedStream(ReferenceServer):
    """It knows the name of the length only as everybody writes it, and applies chunks otherwise."""

    kills = {"content-length-in-any-case-of-stream": "Transfer-Encoding beside it: want none, got chunked"}

    def framing_of_response(self, transaction: Any) -> Any:
        if any(name == "CONTENT-length" for name, _ in transaction.headers):
            return "chunked"
        return super().framing_of_response(transaction)


class TakesZeroForAbsent(ReferenceServer):
    """``if not length:`` frames the empty content once more."""

    kills = {"content-length-zero-accepted": "Transfer-Encoding beside it: want none, got chunked"}

    def framing_header(self, transaction: Any) -> Any:
        if transaction.content_length == 0 and self.declared_content_length(transaction) == 0:
            return [("Transfer-Encoding", "chunked")]
        return super().framing_header(transaction)

    def last_chunk(self, transaction: Any) -> bytes:
        zero = transaction.content_length == 0 and self.declared_content_length(transaction) == 0
        return b"0\r\n\r\n" if zero else super().last_chunk(transaction)


class DropsContentLength(ReferenceServer):
    """Iterators are sent in chunks, and their length is left out."""

    kills = {
        "content-length-passed-on": "Content-Length: want 9, got none",
        "content-length-recognised-in-any-case": "Transfer-Encoding beside Content-Length: want absent",
    }

    def keep_header(self, transaction: Any, name: str, value: str) -> bool:
        return super().keep_header(transaction, name, value) and not self.replaced(transaction, name, value)

    def replaced(self, transaction: Any, name: str, value: str) -> bool:
        """Return whether chunks take the place of the length."""
        iterator = hasattr(transaction.iterable, "__next__") and transaction.request.method == "GET"
        return name == "Content-Length" and value == "9" and iterator

    def framing_of_response(self, transaction: Any) -> Any:
        if any(self.replaced(transaction, *header) for header in transaction.headers):
            return "chunked" if transaction.request.version >= (1, 1) else "close"
        return super().framing_of_response(transaction)

    def response_satisfied(self, transaction: Any) -> bool:
        return False if transaction.framing == "chunked" else super().response_satisfied(transaction)


class CountsOneTooMany(ReferenceServer):
    """The length of a single block includes its end."""

    kills = {"length-of-single-block-right": "Content-Length: want 5, got 6"}

    def content_length_of_single_block(self, transaction: Any, block: bytes) -> int | None:
        length = super().content_length_of_single_block(transaction, block)
        return 6 if length == 5 and not isinstance(transaction.iterable, list) else length


class EndsOneOctetEarly(ReferenceServer):
    """The comparison with the Content-Length is one off."""

    kills = {"last-octet-of-content-length-sent": "content: want b'1234567', got b'123456'"}

    def response_satisfied(self, transaction: Any) -> bool:
        enough = transaction.content_length is not None and transaction.content_length - 1
        return super().response_satisfied(transaction) or 0 < transaction.produced == enough

    def check_enough(self, transaction: Any) -> None:
        transaction.persistent = False


class LosesOctetOfFullBuffer(ReferenceServer):
    """A buffer that is full to its last octet is one that has no room for it."""

    kills = {
        "length-of-buffer-sized-block-right": "Content-Length of a block of 8192 octets: want 8192, got 8191"
    }

    def content_length_of_single_block(self, transaction: Any, block: bytes) -> int | None:
        length = super().content_length_of_single_block(transaction, block)
        return 8191 if length == 8192 else length


class InfersFromFirstBlock(ReferenceServer):
    """The length of the first block is taken for that of the whole list."""

    kills = {"length-of-several-blocks-right": "Content-Length: want 8, got 5"}

    def length_of_iterable(self, transaction: Any) -> int | None:
        length = super().length_of_iterable(transaction)
        several = isinstance(transaction.iterable, list) and length == 3 and b"" in transaction.iterable
        return 1 if several else length


class InfersFromEmptyBlock(ReferenceServer):
    """An empty block that comes first is taken for the length of what has one."""

    kills = {"length-of-empty-first-block-right": "Content-Length: want 5, got 0"}

    def iterate(self, transaction: Any) -> None:
        if self.length_of_iterable(transaction) == 2 and not isinstance(transaction.iterable, (list, tuple)):
            first = self.next_block(iter(transaction.iterable))
            if first == b"" and transaction.status:
                transaction.headers.append(("Content-Length", "0"))
        super().iterate(transaction)


class InfersAfterWrite(ReferenceServer):
    """It looks at the length of the iterable, and not at what was written before."""

    kills = {
        "length-not-inferred-after-write": "Content-Length: want 8, got 5",
    }

    def length_of_response(self, transaction: Any, block: bytes) -> int | None:
        if transaction.write_called and block == b"12345" and not self.declares(transaction):
            return len(block)
        return super().length_of_response(transaction, block)

    def declares(self, transaction: Any) -> bool:
        """Return whether the application has said how much it is."""
        return self.declared_content_length(transaction) is not None


class CountsIn32Bits(ReferenceServer):
    """A length is a number of 32 bits."""

    kills = {"content-of-huge-length-not-cut": "content: want"}

    def truncate(self, transaction: Any, block: bytes) -> bytes:
        if transaction.content_length is not None and transaction.content_length >= 2**32:
            return block[: max(transaction.content_length % 2**32 - transaction.produced, 0)]
        return super().truncate(transaction, block)
