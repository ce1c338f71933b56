"""Mutants of several requests on one connection."""

from __future__ import annotations

import socket
import threading
import time
from typing import Any

from reference_server import ReferenceServer
from reference_server.state import Connection


class FallsSilent(ReferenceServer):
    """The second request of a connection is taken and forgotten, if the first had a body."""

    kills = {
        "expect-case-insensitive": "answer to 100-CONTINUE: want 100, got no response",
        "pipelined-requests-behind-bodies-served": "answers on a kept connection: want 3, got 1",
        "request-begun-behind-content-found": "answer to the third request: want 200, got none",
        "request-behind-content-of-kept-http-1-0-found": "answer to the request behind the content: want 200",
        "request-behind-large-content-found": "answer to the request behind the content: want 200",
        "response-unmarked-by-previous-ones": "status of response 14 of the connection",
        "second-request-answered": "responses on a kept connection: want 2, got 1",
        "session-goes-on-after-refused-upload": "status of the page after a refusal",
        "session-pages-in-order": "response 7 of a session",
        "sessions-at-once-kept-apart": "response 4 of a session",
        "content-of-buffer-sizes-whole": "answer to content of 65536 octets",
    }

    def serve_request(self, connection: Any) -> bool:
        persists = super().serve_request(connection)
        if persists and getattr(connection, "had_body", False):
            while self.receive(connection, self.forever()):
                pass
        return persists

    def forever(self) -> float:
        return float(2**30)

    def run_in_turn(self, transaction: Any) -> None:
        transaction.connection.had_body = transaction.request.framing == "length"
        super().run_in_turn(transaction)


class KeepsFields(ReferenceServer):
    """The fields of the first response stay with the connection."""

    kills = {
        "headers-replaceable-after-empty-block": "X-First: want absent, got 1",
        "second-response-is-its-own": "X-First in the second response: want absent, got present",
    }

    def store_response(self, transaction: Any, status: str, headers: Any) -> None:
        kept = getattr(transaction.connection, "kept", [])
        super().store_response(transaction, status, headers + kept)
        transaction.connection.kept = [header for header in headers if header[0] == "X-First"]


class RemembersHeadSent(ReferenceServer):
    """That a head was sent for write() is remembered for the whole connection."""

    kills = {
        "second-response-after-written-one": "status of the second response: want 200, got",
    }

    def run_in_turn(self, transaction: Any) -> None:
        transaction.head_sent = getattr(transaction.connection, "head_sent", False)
        if transaction.head_sent:
            transaction.framing, transaction.persistent = "chunked", True
        super().run_in_turn(transaction)
        transaction.connection.head_sent = transaction.write_called


class KeepsEnviron(ReferenceServer):
    """What the second request does not overwrite stays in its environ."""

    kills = {
        "header-variables-gone-on-kept-connection": "HTTP_X_ONCE of the connection's first request:",
        "second-environ-is-its-own": "environ['HTTP_X_ONCE'] of the second request: want absent, got",
    }

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        kept = getattr(transaction.connection, "kept", {})
        transaction.connection.kept = {
            key: value for key, value in environ.items() if key in ("HTTP_COOKIE", "HTTP_X_ONCE")
        }
        return {**kept, **environ}


class SwapsPipelined(ReferenceServer):
    """The response to the first of several waiting requests waits for that to the second."""

    kills = {
        "head-keeps-connection-aligned": "octets behind the response to HEAD: want HTTP/1., got",
        "announced-close-is-last": "calls for a request behind Connection: close: want 0, got 1",
        "first-pipelined-response-is-of-first-request": "want b'answer one', got b'answer two'",
        "pipelined-responses-in-order": "order of the responses: want [1, 2, 3], got [2, 1, 3]",
        "pipelined-responses-in-order-when-slow": "order of the responses: want [1, 2], got [2, 1]",
        "pipelined-responses-not-lost": "answers to pipelined requests: want [1, 2, 3], got [2, 1, 3]",
        "refusal-not-before-earlier-response": "the first response",
    }

    def send(self, connection: Any, octets: bytes) -> None:
        held = getattr(connection, "held", b"")
        if (
            not held
            and connection.buffer.startswith(b"GET ")
            and len(connection.buffer) < 1000
            and not getattr(connection, "swapped", False)
        ):
            connection.held = octets
            return
        connection.held = b""
        connection.swapped = connection.swapped if hasattr(connection, "swapped") else bool(held)
        super().send(connection, octets + held)


class LosesFirst(ReferenceServer):
    """The response to the first of three waiting requests is lost."""

    kills = {
        "first-pipelined-response-is-of-first-request": "want b'answer one', got b'answer two'",
        "pipelined-responses-not-lost": "answers to pipelined requests: want [1, 2], got [2, 3]",
    }

    def send(self, connection: Any, octets: bytes) -> None:
        if connection.buffer.count(b"GET / HTTP/1.1") == 2 and not getattr(connection, "lost_one", False):
            connection.lost_one = True
            return
        super().send(connection, octets)


class KeepsTheLastRequest(ReferenceServer):
    """A segment is parsed whole before anything is run, and each of three requests takes the place of the one before."""

    kills = {
        "first-pipelined-response-is-of-first-request": "content of the first response: want b'answer one', got",
        "pipelined-responses-not-lost": "answers to pipelined requests: want [1], got [3]",
    }

    def request_has_begun(self, connection: Any) -> bool:
        buffer = connection.buffer
        if buffer.count(b"GET / HTTP/1.1") == 3 and buffer.startswith(b"GET / "):
            del buffer[: buffer.rindex(b"GET / HTTP/1.1")]
        return super().request_has_begun(connection)


class RunsTwice(ReferenceServer):
    """The first of three waiting requests is run again."""

    kills = {
        "pipelined-requests-answered-once": "calls for request 1: want at most 1, got 2",
    }

    def run_in_turn(self, transaction: Any) -> None:
        super().run_in_turn(transaction)
        if transaction.connection.buffer.count(b"GET / HTTP/1.1") == 2 and transaction.framing == "length":
            self.application(dict(transaction.environ), lambda *arguments: None)


class ReadsTooFar(ReferenceServer):
    """The body of a request behind another one has one octet more than its length."""

    kills = {
        "content-left-unread-not-in-next-request": "content of request 2: want second, got",
        "pipelined-bodies-kept-apart": "body of request 2: want 'world!', got 'world!G'",
    }

    def make_body(self, request: Any) -> Any:
        body = super().make_body(request)
        body.remaining += request.content_length == 6
        return body


class MisalignsMixed(ReferenceServer):
    """A response with 304 is followed by an empty line too many if others wait."""

    kills = {
        "pipelined-responses-well-framed": "beginning of response 4: want a status line, got b'0'",
    }

    def finish_response(self, transaction: Any) -> None:
        super().finish_response(transaction)
        if self.status_code(transaction) == 304 and transaction.connection.buffer.startswith(b"POST"):
            self.send(transaction.connection, b"0\r\n\r\n")


class RunsAhead(ReferenceServer):
    """The request behind one whose application waits is begun at once."""

    kills = {"pipelined-posts-one-after-the-other": "call for the second POST: want behind the first, got"}

    def serve_request(self, connection: Any) -> bool:
        following = b"POST / " in bytes(connection.buffer[1:]) and connection.buffer.startswith(b"POST / ")
        if following and b"Content-Length: 0" in connection.buffer:
            self.begin_second(connection)
        return super().serve_request(connection)

    def begin_second(self, connection: Any) -> None:
        """Call the application for the second request, into the void, in a thread of its own."""
        octets = bytes(connection.buffer)
        at = octets.index(b"POST / ", 1)
        ahead = Connection(
            socket.socketpair()[0], connection.local, connection.remote, bytearray(octets[at:])
        )
        del connection.buffer[at:]
        ahead.ended = True
        threading.Thread(target=super().serve_request, args=(ahead,), daemon=True).start()
        time.sleep(0.05)
