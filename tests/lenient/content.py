"""Correct servers that do more with a response than to send it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any

from reference_server import ReferenceServer
from reference_server.state import Headers, Transaction
from tests.lenient.freedom import pep3333


class CompressesText(ReferenceServer):
    """Text goes out compressed to clients that take it, each block as soon as it is there."""

    freedom = pep3333(
        "Other HTTP Features", "a server may re-encode or transport-encode an application's response"
    )

    def send_head(self, transaction: Any, block: bytes) -> None:
        transaction.deflater = None
        if self.is_to_be_compressed(transaction):
            transaction.deflater = zlib.compressobj(wbits=31)
            transaction.headers = [
                (name, "W/" + value if name.lower() == "etag" and not value.startswith("W/") else value)
                for name, value in transaction.headers
                if name.lower() not in ("content-length", "accept-ranges")
            ]
            transaction.headers += [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]
        super().send_head(transaction, block)

    def is_to_be_compressed(self, transaction: Transaction) -> bool:
        accepts = b"gzip" in b",".join(self.field_values(transaction.request, b"accept-encoding")).lower()
        fields = {name.lower(): value for name, value in transaction.headers}
        text = fields.get("content-type", "").startswith("text/") and "content-encoding" not in fields
        plain = self.status_code(transaction) == 200 and "content-range" not in fields
        return (
            accepts
            and text
            and plain
            and "content-length" not in fields
            and self.may_have_content(transaction)
        )

    def content_length_of_single_block(self, transaction: Any, block: bytes) -> int | None:
        if transaction.deflater is not None:
            return None
        return super().content_length_of_single_block(transaction, block)

    def length_of_exhausted(self, transaction: Any) -> int | None:
        return None if transaction.deflater is not None else 0

    def encode_block(self, transaction: Any, block: bytes) -> bytes:
        if transaction.deflater is not None:
            block = transaction.deflater.compress(block) + transaction.deflater.flush(zlib.Z_SYNC_FLUSH)
        return super().encode_block(transaction, block)

    def last_chunk(self, transaction: Any) -> bytes:
        rest = b""
        if transaction.deflater is not None and self.may_have_content(transaction):
            rest = super().encode_block(transaction, transaction.deflater.flush())
        return rest + super().last_chunk(transaction)

    def can_send_file(self, transaction: Any, iterator: Iterator[bytes]) -> bool:
        deflater = getattr(transaction, "deflater", None)
        return deflater is None and super().can_send_file(transaction, iterator)


class CutsRanges(ReferenceServer):
    """A client that asks for a range of a response whose length is known gets that range."""

    freedom = pep3333(
        "Other HTTP Features",
        "A server may transmit byte ranges of the application's response if requested by the client",
    )

    def make_iterator(self, transaction: Transaction) -> Iterator[bytes]:
        iterator = super().make_iterator(transaction)
        first = next(iterator, None)
        if first is None:
            return iter(())
        bounds = self.bounds(transaction)
        rest = self.chained(first, iterator)
        if bounds is None:
            return rest
        start, end, length = bounds
        transaction.status = "206 Partial Content"
        transaction.headers = [
            header for header in transaction.headers if header[0].lower() != "content-length"
        ]
        transaction.headers += [
            ("Content-Range", f"bytes {start}-{end}/{length}"),
            ("Content-Length", str(end - start + 1)),
        ]
        return self.cut(rest, start, end)

    def chained(self, first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
        yield first
        for block in rest:  # noqa: UP028 ("yield from" would close what it goes through)
            yield block

    def bounds(self, transaction: Transaction) -> tuple[int, int, int] | None:
        wanted = self.field_values(transaction.request, b"range")
        match = re.fullmatch(rb"bytes=([0-9]{1,9})-([0-9]{1,9})", wanted[0]) if len(wanted) == 1 else None
        if not match or transaction.status is None or transaction.request.method != "GET":
            return None
        names = {name.lower() for name, _ in transaction.headers}
        conditional = self.field_values(transaction.request, b"if-range")
        length = self.declared_content_length(transaction)
        if transaction.write_called or self.status_code(transaction) != 200 or "content-range" in names:
            return None
        start, end = int(match[1]), int(match[2])
        if length is None or conditional or not start <= end < length:
            return None
        return start, end, length

    def cut(self, blocks: Iterator[bytes], start: int, end: int) -> Iterator[bytes]:
        at = 0
        for block in blocks:
            yield block[max(start - at, 0) : max(end + 1 - at, 0)]
            at += len(block)


class AnswersConditions(ReferenceServer):
    """A response whose ETag the client has is answered 304 by the server."""

    freedom = pep3333("Other HTTP Features", "it should be clear that a server may handle cache validation")

    def store_response(self, transaction: Transaction, status: str, headers: Headers) -> None:
        super().store_response(transaction, status, headers)
        tags = [value for name, value in headers if name.lower() == "etag"]
        known = b",".join(self.field_values(transaction.request, b"if-none-match")).decode("latin-1")
        safe = transaction.request.method in ("GET", "HEAD")
        if safe and status.startswith("200") and tags and tags[0] in known:
            transaction.status = "304 Not Modified"
            transaction.headers = [
                (name, value)
                for name, value in headers
                if name.lower() not in ("content-length", "content-type", "content-encoding")
            ]
