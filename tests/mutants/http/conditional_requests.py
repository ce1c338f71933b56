"""Mutants that act on preconditions and ranges by themselves, and wrongly."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class Acts(ReferenceServer):
    """The ground of the others: replaces the response of an application to a request that ``hits``."""

    field = b"range"
    method = "GET"
    value = b""
    status = "206 Partial Content"
    content = b"0123"
    added: tuple[tuple[str, str], ...] = (("Content-Range", "bytes 0-3/10"),)
    lost: tuple[str, ...] = ()

    def hits(self, transaction: Any) -> bool:
        values = self.field_values(transaction.request, self.field)
        named = bool(values) and values[0].startswith(self.value)
        conditional = self.field != b"if-range" and self.field_values(transaction.request, b"if-range")
        return named and not conditional and transaction.request.method == self.method

    def call_application(self, transaction: Any) -> Any:
        iterable = super().call_application(transaction)
        started = isinstance(iterable, list) and transaction.status is not None
        if not started or not self.hits(transaction):
            return iterable
        transaction.status = self.status
        kept = [header for header in transaction.headers if header[0] not in self.lost]
        transaction.headers = [*kept, *self.added]
        return [self.content] if self.content else []


class AnswersNoDateWith304(Acts):
    """An If-Modified-Since that cannot be read counts as long past."""

    kills = {
        "if-modified-since-invalid-ignored": "answer to an If-Modified-Since that is no date: want 200, got 304"
    }
    field, value = b"if-modified-since", b"the day"
    status, content, added = "304 Not Modified", b"", ()


class AnswersIfRangeWithARange(Acts):
    """If-Range alone is taken for a Range from the first octet."""

    kills = {"if-range-without-range-ignored": "answer to an If-Range without Range: want 200, got 206"}
    field, value = b"if-range", b""

    def hits(self, transaction: Any) -> bool:
        return super().hits(transaction) and not self.field_values(transaction.request, b"range")


class AnswersNothingWith304(Acts):
    """If-None-Match counts for whatever the application answers."""

    kills = {
        "preconditions-of-missing-resource-ignored": "answer to If-None-Match where there is nothing: want 404, got 304"
    }
    field, value = b"if-none-match", b"*"
    status, content, added = "304 Not Modified", b"", ()


class FailsPreconditionOfOptions(Acts):
    """If-None-Match counts for every method."""

    kills = {"preconditions-of-options-ignored": "answer to If-None-Match of OPTIONS: want 200, got 412"}
    field, value, method = b"if-none-match", b"*", "OPTIONS"
    status, content, added = "412 Precondition Failed", b"no", ()


class CutsThePost(Acts):
    """Range counts for POST."""

    kills = {"range-of-post-ignored": "answer to Range of POST: want 200, got 206"}
    method = "POST"


class CountsLines(Acts):
    """Every unit is taken for bytes."""

    kills = {"range-of-unknown-unit-ignored": "answer to a Range of lines: want 200, got 206"}
    value = b"lines"


class OverflowsTheRange(Acts):
    """A number with many digits is -1."""

    kills = {"range-of-many-digits-survived": "content for a huge Range: want"}
    value = b"bytes=0-9999"
    content = b"012345678"


class MultipliesRanges(Acts):
    """Each of the ranges is served."""

    kills = {"overlapping-ranges-not-multiplied": "octets for a thousand ranges of ten: want few, got 10000"}
    value = b"bytes=0-0,"
    content = b"0123456789" * 1000
    added = ()


class BelievesContentRange(Acts):
    """Content-Range is read as if it were Range."""

    kills = {"content-range-of-get-ignored": "answer to Content-Range of GET: want 200, got 206"}
    field, value = b"content-range", b""


class CutsSilently(Acts):
    """A 206 does not say which part it is."""

    kills = {"partial-response-names-its-range": "Content-Range of a 206: want bytes 0-3/10, got absent"}
    value = b"bytes=0-3"
    added = ()


class CutsInParts(Acts):
    """A single range is served as one of several parts."""

    kills = {"partial-response-in-one-part": "Content-Type of a 206: want no multipart, got"}
    value = b"bytes=0-3"
    lost = ("Content-Type",)
    added = (*Acts.added, ("Content-Type", "multipart/byteranges; boundary=b"))


class CutsAndForgetsTheTag(Acts):
    """A 206 has no ETag."""

    kills = {"partial-response-keeps-fields": "fields that the 206 lost: want none, got ['ETag']"}
    value = b"bytes=0-3"
    lost = ("ETag",)


class RefusesRangeSilently(Acts):
    """A 416 does not say what there is."""

    kills = {"unsatisfied-range-names-length": "Content-Range of a 416: want 'bytes */10', got absent"}
    value = b"bytes=100-"
    status, content, added = "416 Range Not Satisfiable", b"no", ()


class BelievesAnyIfRange(Acts):
    """The entity tag in If-Range is not compared."""

    kills = {
        "if-range-of-another-tag-serves-whole": "answer to a Range on the condition of another tag: want 200"
    }
    field, value = b"if-range", b""

    def hits(self, transaction: Any) -> bool:
        return super().hits(transaction) and bool(self.field_values(transaction.request, b"range"))


class ServesTwoRangesAsOne(Acts):
    """Two ranges are put together, under the type of the whole."""

    kills = {"partial-response-in-several-parts-says-so": "Content-Type of a 206 in parts: want"}
    value = b"bytes=0-1,6-7"
    content, added = b"0167", ()


class NamesARangeOfParts(Acts):
    """A response in parts has the Content-Range of the first in its head."""

    kills = {
        "partial-response-in-several-parts-names-no-range": "Content-Range of a 206 in parts: want absent, got"
    }
    value = b"bytes=0-1,6-7"
    lost = ("Content-Type",)
    content = b"\r\n--b\r\nContent-Range: bytes 0-1/10\r\n\r\n01\r\n--b\r\nContent-Range: bytes 6-7/10\r\n\r\n67\r\n--b--\r\n"
    added = (("Content-Range", "bytes 0-1/10"), ("Content-Type", "multipart/byteranges; boundary=b"))
