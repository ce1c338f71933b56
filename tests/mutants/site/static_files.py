"""Mutants of a folder of files."""

from __future__ import annotations

import re
from typing import Any

from reference_server import ReferenceServer


def type_of(transaction: Any) -> str:
    """Return the media type that the application gave."""
    return next((value for name, value in transaction.headers if name == "Content-Type"), "")


class EndsTextOfPicture(ReferenceServer):
    """Ctrl-Z is the end of a file, and must not occur in one."""

    kills = {
        "bottle-picture-arrives-whole": "SHA-256 of 472 octets",
        "django-picture-arrives-whole": "SHA-256 of 472 octets",
        "flask-picture-arrives-whole": "SHA-256 of 472 octets",
        "picture-arrives-whole": "the octets of a file from octet 6",
        "picture-changed-since-served": "the octets of a file from octet 6",
    }

    def queue_block(self, transaction: Any, block: bytes) -> None:
        if type_of(transaction) == "image/png":
            block = block.replace(b"\x1a", b"\n")
        super().queue_block(transaction, block)


class ChunksPictures(ReferenceServer):
    """A picture goes out in chunks, although its length is known."""

    kills = {"picture-length-kept": "Content-Length: want 472, got none"}

    def declared_content_length(self, transaction: Any) -> int | None:
        picture = type_of(transaction).startswith("image/") and transaction.request.method == "GET"
        return None if picture else super().declared_content_length(transaction)

    def keep_header(self, transaction: Any, name: str, value: str) -> bool:
        picture = type_of(transaction).startswith("image/")
        return not (picture and name == "Content-Length") and super().keep_header(transaction, name, value)


class KeepsQueryInFileName(ReferenceServer):
    """The query of a picture belongs to its name."""

    kills = {"picture-in-folder-below-served": "status of a file: want 200, got 404"}

    def path_info(self, transaction: Any) -> str:
        path, query = super().path_info(transaction), self.query_string(transaction)
        return f"{path}?{query}" if query and path.endswith(".gif") else path


class DecodesCapitalsAlone(ReferenceServer):
    """Hexadecimal digits are capitals, as the specification recommends."""

    kills = {
        "picture-named-beyond-ascii-served": "status of a file: want 200, got 404",
        "path-info-hex-in-any-case": "PATH_INFO: want",
    }

    def percent_decode(self, octets: bytes) -> bytes:
        return re.sub(rb"%([0-9A-F]{2})", lambda match: bytes([int(match[1], 16)]), octets)


class SpoilsLineEnds(ReferenceServer):
    """Texts have the line ends of the server's own system, filled up to the length."""

    kills = {"text-line-ends-kept": "the octets of a text from octet 10"}

    def queue_block(self, transaction: Any, block: bytes) -> None:
        if transaction.request.path.endswith(b".txt"):
            block = block.replace(b"\r\n", b" \n")
        super().queue_block(transaction, block)


class HasNoContentForEmptyFile(ReferenceServer):
    """An answer of length 0 is called 204."""

    kills = {"empty-file-served-empty": "status of a file: want 200, got 204"}

    def send_head(self, transaction: Any, block: bytes) -> None:
        empty = self.declared_content_length(transaction) == 0 and transaction.request.path.endswith(b".txt")
        if empty:
            transaction.status = "204 No Content"
        super().send_head(transaction, block)


class DropsTagToHead(ReferenceServer):
    """The answer to HEAD lacks the ETag."""

    kills = {
        "picture-head-like-get": "ETag to HEAD: want 1, got 0",
        "head-fields-as-given": "ETag for HEAD: want",
        "head-fields-as-for-get": "fields differ: only for GET ['etag'], only for HEAD []",
    }

    def keep_header(self, transaction: Any, name: str, value: str) -> bool:
        head = transaction.request.method == "HEAD" and name == "ETag"
        return not head and super().keep_header(transaction, name, value)


class CountsNoBlocksOfPicture(ReferenceServer):
    """The length of a picture to HEAD is that of the blocks, of which there are none."""

    kills = {
        "bottle-picture-length-to-head": "Content-Length to HEAD",
        "django-picture-length-to-head": "Content-Length to HEAD",
        "flask-picture-length-to-head": "Content-Length to HEAD",
        "picture-length-to-head": "Content-Length to HEAD: want 472, got 0",
    }

    def final_headers(self, transaction: Any) -> list[tuple[str, str]]:
        headers = super().final_headers(transaction)
        if transaction.request.method == "HEAD" and type_of(transaction).startswith("image/"):
            return [(name, "0" if name == "Content-Length" else value) for name, value in headers]
        return headers


class GuessesTypeByName(ReferenceServer):
    """What is called .png is a picture, even where there is none."""

    kills = {"missing-picture-answered-404": "Content-Type: want 'text/html; charset=utf-8', got image/png"}

    def final_headers(self, transaction: Any) -> list[tuple[str, str]]:
        headers = super().final_headers(transaction)
        if transaction.request.path.endswith(b".png"):
            return [(name, "image/png" if name == "Content-Type" else value) for name, value in headers]
        return headers


class DropsTagOf304(ReferenceServer):
    """A 304 says nothing but its status."""

    kills = {
        "response-304-fields-kept": "ETag in a 304: want",
        "response-304-location-and-expiry-kept": "ETag in a 304: want 'W/\"mark\"'",
        "unchanged-picture-answered-304": "ETag of a 304: want 1, got 0",
    }

    def keep_header(self, transaction: Any, name: str, value: str) -> bool:
        tag = self.status_code(transaction) == 304 and name == "ETag"
        return not tag and super().keep_header(transaction, name, value)


class CountsNoBlocksOf304(ReferenceServer):
    """A 304 that came of a condition announces the length of its blocks, of which there are none."""

    kills = {"unchanged-picture-length": "Content-Length of a 304: want 'none, or 472', got 0"}

    def framing_header(self, transaction: Any) -> list[tuple[str, str]]:
        if self.status_code(transaction) == 304 and "HTTP_IF_NONE_MATCH" in transaction.environ:
            return [("Content-Length", "0")]
        return super().framing_header(transaction)


class DropsContentRange(ReferenceServer):
    """A 206 does not say which part it is."""

    kills = {"picture-range-served": "Content-Range: want bytes 1-4/472, got ''"}

    def keep_header(self, transaction: Any, name: str, value: str) -> bool:
        part = self.status_code(transaction) == 206 and name == "Content-Range"
        return not part and super().keep_header(transaction, name, value)


class CallsRangeBad(ReferenceServer):
    """Of the client's errors, one is enough."""

    kills = {"range-beyond-end-answered-416": "status of a range beyond the end: want 416, got 400"}

    def store_response(self, transaction: Any, status: str, headers: list[tuple[str, str]]) -> None:
        super().store_response(transaction, "400 Bad Request" if status[:3] == "416" else status, headers)


class CutsDateAtComma(ReferenceServer):
    """A date is taken for a list, of which the first member counts."""

    kills = {"picture-known-by-date-answered-304": "status of a picture known by date: want 304, got 200"}

    def header_variables(self, transaction: Any) -> dict[str, str]:
        variables = super().header_variables(transaction)
        if "HTTP_IF_MODIFIED_SINCE" in variables:
            variables["HTTP_IF_MODIFIED_SINCE"] = variables["HTTP_IF_MODIFIED_SINCE"].partition(",")[0]
        return variables


class KnowsDatesItself(ReferenceServer):
    """The server believes that what the client has must be current."""

    kills = {"picture-changed-since-served": "status of a file: want 200, got 304"}

    def store_response(self, transaction: Any, status: str, headers: list[tuple[str, str]]) -> None:
        known = "HTTP_IF_MODIFIED_SINCE" in transaction.environ and status.startswith("200")
        super().store_response(transaction, "304 Not Modified" if known else status, headers)


class CompletesRange(ReferenceServer):
    """A range without a beginning gets one."""

    kills = {"picture-end-served-by-range": "the end of a picture from octet 0"}

    def header_variables(self, transaction: Any) -> dict[str, str]:
        variables = super().header_variables(transaction)
        if variables.get("HTTP_RANGE", "").startswith("bytes=-"):
            variables["HTTP_RANGE"] = variables["HTTP_RANGE"].replace("=", "=0", 1)
        return variables
