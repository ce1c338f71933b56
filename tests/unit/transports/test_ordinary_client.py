"""The ordinary client against servers of a few raw octets, some of them hostile."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from wsgicheck.model.exchange import Response, WireLog
from wsgicheck.model.stimulus import Visit
from wsgicheck.transports import connection, ordinary_client
from wsgicheck.transports.connection import Address
from wsgicheck.transports.ordinary_client import OrdinaryClient, visit_server

TICKET = "0123456789abcdef"
HELLO = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
Serve = Callable[[socket.socket], None]


@contextmanager
def serving(serve: Serve, listener: socket.socket | None = None) -> Iterator[Address]:
    """Serve one connection in a thread; what the client does to it is no error."""
    listener = listener or socket.create_server(("127.0.0.1", 0))

    def run() -> None:
        with suppress(OSError):
            accepted, _ = listener.accept()
            with accepted:
                accepted.settimeout(5)
                with suppress(OSError):
                    serve(accepted)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(20)
        assert not thread.is_alive()


def read_head(accepted: socket.socket) -> bytes:
    octets = b""
    while b"\r\n\r\n" not in octets:
        block = accepted.recv(65536)
        if not block:
            break
        octets += block
    return octets


def answering(octets: bytes) -> Serve:
    def serve(accepted: socket.socket) -> None:
        read_head(accepted)
        accepted.sendall(octets)

    return serve


def repeating(first: bytes, octets: bytes, pause: float = 0.0) -> Serve:
    def serve(accepted: socket.socket) -> None:
        read_head(accepted)
        accepted.sendall(first)
        while True:
            accepted.sendall(octets)
            time.sleep(pause)

    return serve


def falling_silent(octets: bytes) -> Serve:
    def serve(accepted: socket.socket) -> None:
        read_head(accepted)
        accepted.sendall(octets)
        accepted.recv(1)

    return serve


def visit(serve: Serve, wanted: Visit | None = None, timeout: float = 5.0) -> tuple[WireLog, Response | None]:
    with serving(serve) as address:
        return visit_server(address, wanted or Visit(), TICKET, timeout)


def test_response_is_read_with_its_octets() -> None:
    wire, response = visit(answering(HELLO))
    assert response is not None
    assert (response.version, response.status, response.reason) == ("HTTP/1.1", 200, "OK")
    assert (response.content, response.framing, response.complete) == (b"hello", "content-length", True)
    assert wire.octets_received == HELLO
    head = wire.octets_sent.decode("ascii")
    assert head.startswith("GET / HTTP/1.1\r\nHost: 127.0.0.1:")
    assert f"X-Wsgicheck-Ticket: wct-{TICKET}\r\n" in head
    assert "Accept-Encoding: identity\r\n" in head


@pytest.mark.parametrize("interim", [b"100 Continue", b"102 Processing", b"103 Early Hints"])
def test_interim_responses_are_passed_over(interim: bytes) -> None:
    """Any number of them, expected or not (RFC 9110 15.2)."""
    first = b"HTTP/1.1 " + interim + b"\r\nLink: </style.css>\r\n\r\n"
    wire, response = visit(answering(first * 2 + HELLO))
    assert response is not None
    assert (response.status, response.content, response.values("link")) == (200, b"hello", ())
    assert wire.octets_received == first * 2 + HELLO


def test_interim_responses_without_end_are_limited() -> None:
    started = time.monotonic()
    _, response = visit(repeating(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"), timeout=1.0)
    assert response is None
    assert time.monotonic() - started < 30


@pytest.mark.parametrize(
    "target",
    ["/a/../b", "/%2e%2E/x", "//etc/passwd", "/a\\b", "/a%00b", "/?q=a|b&%41", "/a%2fb;c?x?y", "http://e/x"],
)
def test_target_is_sent_as_it_stands(target: str) -> None:
    wire, response = visit(answering(HELLO), Visit(target=target))
    assert response is not None
    assert wire.octets_sent.startswith(b"GET %b HTTP/1.1\r\n" % target.encode("ascii"))


def test_repeated_fields_stay_apart() -> None:
    octets = HELLO.replace(b"Content-Length", b"Set-Cookie: a=1\r\nset-cookie:  b=\xe9, 2 \r\nContent-Length")
    _, response = visit(answering(octets))
    assert response is not None
    assert response.values("Set-Cookie") == ("a=1", "b=\xe9, 2")


def test_redirect_is_not_followed() -> None:
    _, response = visit(answering(b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"))
    assert response is not None
    assert (response.status, response.values("location")) == (302, ("/x",))


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    _, response = visit(answering(HELLO))
    assert response is not None


def test_body_is_sent_by_its_length() -> None:
    wire, _ = visit(answering(HELLO), Visit("POST", "/", (("Content-Type", "a/b"),), b"abc"))
    assert b"Content-Length: 3\r\n" in wire.octets_sent
    assert wire.octets_sent.endswith(b"\r\n\r\nabc")


def test_body_is_sent_in_chunks() -> None:
    def serve(accepted: socket.socket) -> None:
        octets = read_head(accepted)
        while not octets.endswith(b"0\r\n\r\n") and (block := accepted.recv(65536)):
            octets += block
        accepted.sendall(HELLO)

    wire, response = visit(serve, Visit("POST", body=b"x" * 5000, chunked=True))
    assert response is not None
    assert b"Transfer-Encoding: chunked\r\n" in wire.octets_sent
    assert b"Content-Length" not in wire.octets_sent
    assert wire.octets_sent.endswith(b"388\r\n" + b"x" * 904 + b"\r\n0\r\n\r\n")


def test_answer_before_the_body_was_taken_is_read() -> None:
    _, response = visit(answering(HELLO), Visit("POST", body=b"x" * 100_000))
    assert response is None or response.status == 200  # a reset may destroy it, which is no error of ours


@pytest.mark.parametrize(
    ("octets", "framing", "complete"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello", "content-length", False),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "chunked", True),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "chunked", False),
        (b"HTTP/1.0 200 OK\r\n\r\nhello", "close", True),
    ],
)
def test_end_is_judged_by_the_framing(octets: bytes, framing: str, complete: bool) -> None:
    _, response = visit(answering(octets))
    assert response is not None
    assert (response.framing, response.complete) == (framing, complete)
    assert response.content == b"hello" if complete else b"hello".startswith(response.content)


def test_head_and_304_have_no_content() -> None:
    _, response = visit(answering(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"), Visit("HEAD"))
    assert response is not None
    assert (response.content, response.framing, response.complete) == (b"", "none", True)
    _, response = visit(answering(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n"))
    assert response is not None
    assert (response.status, response.framing, response.complete) == (304, "none", True)


@pytest.mark.parametrize("octets", [b"", b"no HTTP at all\r\n\r\n", b"HTTP/1.1 200 OK\r\nA: b"])
def test_no_readable_head_is_no_response(octets: bytes) -> None:
    wire, response = visit(answering(octets))
    assert response is None or not response.complete
    assert wire.ended in ("eof", "open")


HEAD = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    "serve",
    [
        repeating(b"", b"H", 0.02),
        repeating(HEAD, b"x", 0.02),
        repeating(HEAD + b"Content-Length: 99999\r\n\r\n", b"x", 0.02),
        repeating(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", 0.02),
        repeating(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.02),
        falling_silent(HELLO[:-1]),
    ],
    ids=["status line", "field line", "content", "chunks", "interim", "silence"],
)
def test_dripping_server_ends_at_the_deadline(serve: Serve) -> None:
    began = time.monotonic()
    wire, response = visit(serve, timeout=0.3)
    assert time.monotonic() - began < 2
    assert wire.ended == "timeout"
    assert response is None or not response.complete


@pytest.mark.parametrize(
    "serve",
    [
        repeating(HEAD, b"X-Endless: 1\r\n" * 50),
        repeating(HEAD + b"X: ", b"endless" * 1000),
        repeating(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
        repeating(HEAD + b"\r\n", b"x" * 65536),
        repeating(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1000\r\n" + b"x" * 4096 + b"\r\n"),
    ],
    ids=["fields", "field line", "interim", "content", "chunks"],
)
def test_flooding_server_is_left(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "RECEIVED_LIMIT", 2_000_000)
    wire, response = visit(serve)
    assert response is None or not response.complete
    assert len(wire.octets_received) < 3_000_000


def test_compressed_flood_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    import gzip

    monkeypatch.setattr(ordinary_client, "CONTENT_LIMIT", 1_000_000)
    bomb = gzip.compress(b"\x00" * 20_000_000)
    head = b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb)
    _, response = visit(answering(HEAD + head + bomb))
    assert response is not None
    assert not response.complete


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = listener.getsockname()
    wire, response = visit_server(address, Visit(), TICKET, 1.0)
    assert response is None
    assert wire.ended == "refused"


def test_unix_socket_is_visited(tmp_path: Path) -> None:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(tmp_path / "s"))
    listener.listen()
    with serving(answering(HELLO), listener) as address:
        wire, response = visit_server(address, Visit(), TICKET, 5.0)
    assert response is not None
    assert response.complete
    assert b"Host: localhost\r\n" in wire.octets_sent


def answering_each(*answers: bytes, closing: bool = False) -> Serve:
    """Answer one request after another, on one connection or on one for each."""
    left = list(answers)

    def serve(accepted: socket.socket) -> None:
        while left:
            received = b""
            while not received.endswith(b"\r\n\r\n"):
                octets = accepted.recv(4096)
                if not octets:
                    return
                received += octets
            accepted.sendall(left.pop(0))
            if closing:
                return

    return serve


@contextmanager
def serving_many(serve: Serve) -> Iterator[tuple[str, int]]:
    """Serve connections one after another, in one thread, until the listener is closed."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def work() -> None:
            with suppress(OSError):
                while True:
                    accepted, _ = listener.accept()
                    with accepted, suppress(OSError):
                        serve(accepted)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        yield listener.getsockname()
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(10)
        assert not thread.is_alive()


def browse(serve: Serve, *visits: Visit, follows: bool = False) -> OrdinaryClient:
    """Make visits of one session."""
    with serving_many(serve) as address:
        client = OrdinaryClient(address, 5.0, None, follows)
        client.visit_all(list(visits), [f"{TICKET}-{number}" for number in range(len(visits))])
    return client


@pytest.mark.parametrize("closing", [False, True])
def test_a_session_uses_its_connection_for_as_long_as_it_is_kept(closing: bool) -> None:
    client = browse(answering_each(HELLO, HELLO, HELLO, closing=closing), *[Visit()] * 3)
    assert [response.content for response in client.responses] == [b"hello"] * 3
    assert len(client.connections) == (3 if closing else 1)


def test_a_session_keeps_cookies_and_follows_redirects() -> None:
    away = b"HTTP/1.1 302 Found\r\nLocation: /there\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n"
    client = browse(answering_each(away, HELLO, HELLO), Visit(target="/a/../b"), Visit(), follows=True)
    assert [response.status for response in client.responses] == [302, 200, 200]
    (connection,) = client.connections
    lines = connection.octets_sent.decode("ascii").split("\r\n")
    assert [line for line in lines if line.startswith("GET")] == [
        "GET /a/../b HTTP/1.1",
        "GET /there HTTP/1.1",
        "GET / HTTP/1.1",
    ]
    assert [line for line in lines if line.startswith("Cookie")] == ["Cookie: a=b"] * 2


def test_a_visit_that_comes_to_nothing_is_a_gap_and_the_session_goes_on() -> None:
    client = browse(answering_each(HELLO, b"garbage\r\n\r\n", HELLO, closing=True), *[Visit()] * 3)
    assert [response.status for response in client.responses] == [200, 0, 200]


def test_what_is_left_behind_a_response_is_not_the_next_one() -> None:
    """As other clients do, it takes a connection on which something came unasked for a broken one."""
    client = browse(answering_each(HELLO + b"surplus", HELLO), Visit(), Visit())
    assert [response.content for response in client.responses] == [b"hello", b"hello"]
