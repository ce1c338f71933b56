"""Mutants of the content of a request."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer
from reference_server.errors import BadRequest, ClientGone
from reference_server.state import Connection, Request, RequestBody, Transaction


class WaitsForFirstOctet(ReferenceServer):
    """Waits for first octet."""

    kills = {
        "post-of-length-zero-served": "a POST with Content-Length: 0: want a call of the application, got nothing",
    }

    def make_body(self, request: Request) -> RequestBody:
        if super().field_values(request, b"content-length") == [b"0"]:
            raise BadRequest("no content")
        return super().make_body(request)


class WantsLengthOfPost(ReferenceServer):
    """Wants length of post."""

    kills = {
        "post-without-length-has-no-content": "a POST without content: want a call of the application, got 400",
    }

    def determine_body_framing(self, request: Request) -> None:
        super().determine_body_framing(request)
        if request.method == "POST" and request.framing == "none":
            raise BadRequest("a POST without a length")


class TakesCrOutOfContent(ReferenceServer):
    """Takes cr out of content."""

    kills = {
        "input-of-megabytes-read-at-once": "octets of read(): want those that were sent, got others",
        "body-echoed-unchanged": "the octets of the echo from octet 0: want b'\\r\\n0\\r\\n\\r\\n\\x00\\x01\\x02\\x03\\x04\\x05\\x06\\x07\\x08\\t\\n\\x0b\\x0c\\r\\x0e\\x0f\\x10' (272 octets), got b'\\n\\n0\\n\\n\\n\\n\\x00\\x01\\x02\\x03\\x04\\x05\\x06\\x07\\x08\\t\\n\\x0b\\x0c\\n\\x0e\\x0f\\x10' (272 octets)",
        "bottle-upload-arrives-whole": "status of an upload",
        "content-octets-unchanged": "the content from octet 13: want b'\\r\\x0e\\x0f\\x10\\x11\\x12\\x13\\x14\\x15\\x16\\x17\\x18\\x19\\x1a\\x1b\\x1c\\x1d\\x1e\\x1f !\"#$' (256 octets), got b'\\n\\x0e\\x0f\\x10\\x11\\x12\\x13\\x14\\x15\\x16\\x17\\x18\\x19\\x1a\\x1b\\x1c\\x1d\\x1e\\x1f !\"#$' (256 octets)",
        "content-of-100000-octets-whole": "the content from octet 13",
        "content-read-by-framing-of-each-request": "content of request 2: want '5\\r\\nhello\\r\\n0\\r\\n\\r\\n'",
        "django-upload-arrives-whole": "status of an upload",
        "flask-upload-arrives-whole": "the receipt of an upload from octet 12",
        "input-iteration-splits-at-lf-only": "line 1 of __iter__(): want b'a\\rb\\x0bc\\x85d\\x00e\\x0cf\\x1cg\\r\\n', got b'a\\n'",
        "input-line-across-segments-whole": "first line: want b'first\\r\\n', got b'first\\n'",
        "input-octets-exact": "body from octet 13: want b'\\r\\x0e\\x0f\\x10\\x11\\x12\\x13\\x14\\x15\\x16\\x17\\x18\\x19\\x1a\\x1b\\x1c\\x1d\\x1e\\x1f !\"#$' (4096 octets), got b'\\n\\x0e\\x0f\\x10\\x11\\x12\\x13\\x14\\x15\\x16\\x17\\x18\\x19\\x1a\\x1b\\x1c\\x1d\\x1e\\x1f !\"#$' (4096 octets)",
        "input-readline-splits-at-lf-only": "first line: want b'a\\rb\\x0bc\\x85d\\x00e\\x0cf\\x1cg\\r\\n', got b'a\\n'",
        "input-readlines-splits-at-lf-only": "line 1 of readlines(): want b'a\\rb\\x0bc\\x85d\\x00e\\x0cf\\x1cg\\r\\n', got b'a\\n'",
        "underscore-transfer-encoding-ignored": "body that the application read: want '0\\r\\n\\r\\n', got '0\\n\\n\\n\\n'",
        "upload-arrives-whole": "the octets of the receipt of an upload from octet 12",
        "content-of-buffer-sizes-whole": "content of 8192 octets",
    }

    def read_delimited(self, transaction: Transaction, limit: int) -> bytes:
        return super().read_delimited(transaction, limit).replace(b"\x0d", b"\x0a")


class HandsOverOneBuffer(ReferenceServer):
    """Hands over one buffer."""

    kills = {
        "input-iteration-behind-readline-whole": "body from octet",
        "input-iteration-of-buffer-sized-lines-whole": "lengths of lines",
        "input-long-line-with-size-whole": "long line from octet",
        "input-of-megabytes-read-at-once": "octets of read()",
        "content-of-100000-octets-whole": "the content from octet 65430",
        "input-large-body-in-one-read": "octets of the body",
        "input-large-body-whole": "octets of the body",
        "input-long-line-whole": "long line from octet 65410",
        "input-read-of-100000-octets-whole": "octets of read(100000), before the end",
        "input-readlines-of-130000-octets-all": "line 66 of readlines()",
        "request-behind-large-content-found": "answer to the request behind the content: want 200",
        "upload-arrives-whole": "the octets of the receipt of an upload from octet 12",
    }

    def read_delimited(self, transaction: Transaction, limit: int) -> bytes:
        octets = super().read_delimited(transaction, limit)
        if transaction.request.content_length > 65_536 and transaction.body.remaining:
            transaction.body.finished = True
        return octets


class HandsOverOnePacket(ReferenceServer):
    """Hands over one packet."""

    kills = {
        "content-in-pieces-joined": "the content from octet 3: want b'loworld' (10 octets), got b'' (3 octets)",
    }

    def read_delimited(self, transaction: Transaction, limit: int) -> bytes:
        octets = super().read_delimited(transaction, limit)
        if octets == b"hel":
            transaction.body.finished = True
        return octets


class IgnoresContentOfGet(ReferenceServer):
    """Ignores content of get."""

    kills = {
        "content-of-get-read": "the content from octet 0: want b'hello' (5 octets), got b'' (0 octets)",
    }

    def make_body(self, request: Request) -> RequestBody:
        body = super().make_body(request)
        if request.method == "GET" and request.content_length == 5:
            body.finished = True
        return body


class ReadsOneOctetTooMany(ReferenceServer):
    """Reads one octet too many."""

    kills = {
        "blanks-before-content-length-answered-in-time": "clients that got neither an answer nor an end",
        "content-ends-before-next-request": "the content from octet 5: want b'' (5 octets), got b'G' (6 octets)",
        "empty-line-between-requests-ignored": "answer to the request behind an empty line: want 200, got 400",
        "pipelined-bodies-kept-apart": "body of request 1: want hello, got helloP",
        "request-behind-content-found": "the method of the request behind the content: want GET, got ET",
        "request-behind-content-of-kept-http-1-0-found": "the method of the request behind the content: want GET",
        "second-environ-is-its-own": "second method: want GET, got ET",
        "target-of-each-request": "REQUEST_METHOD of the second request",
    }

    def make_body(self, request: Request) -> RequestBody:
        body = super().make_body(request)
        body.remaining += request.content_length == 5 and request.method == "POST"
        return body


class LeavesLastOctet(ReferenceServer):
    """Leaves last octet."""

    kills = {
        "empty-line-between-requests-ignored": "answer to the request behind an empty line: want 200, got 400",
        "request-behind-content-found": "the method of the request behind the content: want GET, got oGET",
        "request-behind-content-of-kept-http-1-0-found": "the method of the request behind the content: want GET",
        "second-environ-is-its-own": "second method: want GET, got oGET",
    }

    def drain_or_close(self, transaction: Transaction) -> bool:
        kept = super().drain_or_close(transaction)
        if transaction.request.content_length == 5:
            transaction.connection.buffer[:0] = b"o"
        return kept


class ReadsToTheEndWithoutLength(ReferenceServer):
    """Reads to the end without length."""

    kills = {
        "request-behind-input-without-length-found": "answer to the request behind it: want 200, got 400",
        "request-behind-post-without-length-found": "the content of the first request: want empty",
    }

    def determine_body_framing(self, request: Request) -> None:
        super().determine_body_framing(request)
        persists = b"close" not in self.list_members(request, b"connection")
        if request.method == "POST" and request.framing == "none" and persists:
            request.framing, request.content_length = "length", 10


class ReadsKeyOfOldWebSocket(ReferenceServer):
    """Takes eight octets behind the head for the third key of an old WebSocket handshake."""

    kills = {
        "request-behind-websocket-key-found": "the content of the first request: want empty, got 'GET /?wc",
    }

    def determine_body_framing(self, request: Request) -> None:
        super().determine_body_framing(request)
        if request.framing == "none" and self.field_values(request, b"sec-websocket-key1"):
            request.framing, request.content_length = "length", 8


class FindsLengthByTheEndOfItsName(ReferenceServer):
    """Takes every field whose name ends like Content-Length for one."""

    kills = {
        "request-behind-fields-like-content-length-found": "the content of the first request: want empty",
    }

    def determine_body_framing(self, request: Request) -> None:
        super().determine_body_framing(request)
        lengths = [value for name, value in request.fields if name.lower().endswith(b"content-length")]
        if request.framing == "none" and lengths:
            request.framing, request.content_length = "length", int(lengths[0])


class TakesHalfForWhole(ReferenceServer):
    """Takes half for whole."""

    kills = {
        "chunked-content-cut-by-one-octet-incomplete": "reading content that is not complete: want an error",
        "chunked-content-cut-in-chunk-incomplete": "reading content that is not complete: want an error, got \"'hello', its end\"",
        "chunked-content-cut-off-incomplete-by-line": "iterating over content that is not complete",
        "later-content-cut-off-not-complete": "octets read of content cut off",
        "content-cut-off-not-complete": "octets read of content cut off: want fewer than CONTENT_LENGTH, got 5",
    }

    def make_environ(self, transaction: Transaction) -> Any:
        environ = super().make_environ(transaction)
        if environ.get("CONTENT_LENGTH") == "10" and len(transaction.connection.buffer) == 5:
            environ["CONTENT_LENGTH"] = "5"
        return environ

    def take(self, connection: Connection, body: RequestBody, limit: int) -> bytes:
        try:
            return super().take(connection, body, limit)
        except ClientGone:
            body.finished = True
            return b""


class TakesLaterHalfForWhole(ReferenceServer):
    """It minds the end of the connection in its first request."""

    kills = {
        "later-content-cut-off-not-complete": "octets read of content cut off: want fewer than CONTENT_LENGTH"
    }

    def make_environ(self, transaction: Transaction) -> Any:
        environ = super().make_environ(transaction)
        connection: Any = transaction.connection
        connection.requests = getattr(connection, "requests", 0) + 1
        if connection.requests > 1 and environ.get("CONTENT_LENGTH") == "10" and len(connection.buffer) == 5:
            environ["CONTENT_LENGTH"] = "5"
        return environ

    def take(self, connection: Any, body: RequestBody, limit: int) -> bytes:
        try:
            return super().take(connection, body, limit)
        except ClientGone:
            if connection.requests < 2:
                raise
            body.finished = True
            return b""
