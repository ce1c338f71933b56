"""A connection ends by its deadline and by its limits, whatever the other side does."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from tests.unit.transports.peers import Serving, drain, serving
from wsgicheck.transports import connection as module
from wsgicheck.transports.connection import Connection
from wsgicheck.transports.peer_queue import PeerQueue

Peer = Serving[socket.socket]


@pytest.fixture
def peer() -> Iterator[Peer]:
    """Return what serves one connection in a given manner, and says where."""
    with serving(lambda accepted: accepted) as serve:
        yield serve


def test_an_orderly_end_a_reset_and_a_refusal_are_told_apart(peer: Peer) -> None:
    closed = Connection(peer(lambda accepted: accepted.sendall(b"x")), time.monotonic() + 10)
    drain(closed)
    log = closed.close()
    assert (log.ended, log.octets_received) == ("eof", b"x")

    def reset(accepted: socket.socket) -> None:
        accepted.recv(1)
        accepted.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    broken = Connection(peer(reset), time.monotonic() + 10)
    assert broken.send(b"x")
    drain(broken)
    assert broken.close().ended == "reset"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        refused = Connection(free.getsockname(), time.monotonic() + 10)
        assert refused.receive() == b"" and not refused.send(b"x")
    assert refused.close().ended == "refused"


def test_a_peer_that_never_pauses_is_ended_by_the_deadline(peer: Peer) -> None:
    def chatter(accepted: socket.socket) -> None:
        while True:
            accepted.sendall(b"a")
            time.sleep(0.0002)

    began = time.monotonic()
    connection = Connection(peer(chatter), began + 0.3)
    drain(connection)
    assert connection.close().ended == "timeout"
    assert time.monotonic() - began < 10


def test_a_peer_that_never_reads_is_ended_by_the_deadline(peer: Peer) -> None:
    left = threading.Event()
    connection = Connection(peer(lambda accepted: bool(left.wait(20)) and None), time.monotonic() + 0.3)
    assert not connection.send(b"a" * 50_000_000)
    drain(connection)
    assert connection.close().ended == "timeout"
    left.set()


@pytest.mark.parametrize("limit", ["RECEIVED_LIMIT", "SEGMENTS_LIMIT"])
def test_a_flood_is_cut_off(peer: Peer, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(module, limit, 100)
    monkeypatch.setattr(module, "RECEIVE_OCTETS", 1)

    def flood(accepted: socket.socket) -> None:
        while True:
            accepted.sendall(b"a" * 1000)

    connection = Connection(peer(flood), time.monotonic() + 10)
    drain(connection)
    log = connection.close()
    assert log.ended == "limit"
    assert len(log.octets_received) == 101


def in_pieces(received: list[bytes]) -> Callable[[socket.socket], None]:
    """Return a manner that notes what each call of recv() returns, of a peer that is slow to call it."""

    def manner(accepted: socket.socket) -> None:
        while piece := accepted.recv(65536):
            received.append(piece)
            time.sleep(0.005)

    return manner


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what the peer has taken")
def test_segments_arrive_apart(peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TAKEN_SECONDS", "APART_SECONDS"):
        monkeypatch.setattr(module, name, 20)
    received: list[bytes] = []
    connection = Connection(peer(in_pieces(received)), time.monotonic() + 20)
    octets = [bytes([octet]) for octet in b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"]
    assert connection.send_apart(octets)
    connection.finish_sending()
    drain(connection)
    assert b"".join(received) == b"".join(octets)
    # A reader that Linux interrupts within recv() still takes what arrives then: a few may be joined.
    assert len(received) > 0.8 * len(octets)
    assert [segment.octets for segment in connection.close().sent] == octets


def test_segments_go_out_to_a_peer_that_does_not_read(peer: Peer) -> None:
    left = threading.Event()
    connection = Connection(peer(lambda accepted: bool(left.wait(20)) and None), time.monotonic() + 20)
    began = time.monotonic()
    assert connection.send_apart([b"a"] * 100)
    assert time.monotonic() - began < 5
    left.set()
    connection.close()


def test_the_queue_of_a_peer_is_known_or_said_to_be_unknown(peer: Peer) -> None:
    read, left = threading.Event(), threading.Event()

    def manner(accepted: socket.socket) -> None:
        read.wait(20)
        accepted.recv(100)
        left.wait(20)

    with socket.create_connection(peer(manner)) as ours:
        ours.sendall(b"octets")
        with PeerQueue(ours) as queue:
            assert queue.length() == (6 if sys.platform == "linux" else None)
            read.set()
            deadline = time.monotonic() + 20
            while queue.length() and time.monotonic() < deadline:
                time.sleep(0.001)
            assert not queue.length()
        left.set()
    for unknown in (None, *socket.socketpair()):
        with PeerQueue(unknown) as queue:
            assert queue.length() is None
        if unknown is not None:
            unknown.close()


def test_a_small_window_and_a_source_of_ones_own(peer: Peer) -> None:
    sources: list[str] = []
    address = peer(lambda accepted: sources.append(accepted.getpeername()[0]))
    connection = Connection(address, time.monotonic() + 20, source="127.0.0.2", window=4096)
    assert connection._socket.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF) <= 16384
    drain(connection)
    connection.close()
    assert sources == ["127.0.0.2"]


def test_a_full_backlog_is_knocked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Room is made when the client knocks for the second time."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=1)
    address = ("127.0.0.1", listener.getsockname()[1])
    waiting = []
    with contextlib.suppress(TimeoutError):
        for _ in range(10):
            waiting.append(socket.create_connection(address, timeout=0.1))
    assert len(waiting) < 10, "or the backlog is not full"
    knocks, knock = [], module._knock

    def knock_and_count(*arguments: object) -> socket.socket:
        knocks.append(arguments)
        if len(knocks) == 2:
            listener.settimeout(20)
            for _ in waiting:
                listener.accept()[0].close()
        return knock(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "_knock", knock_and_count)
    connection = Connection(address, time.monotonic() + 20)
    assert len(knocks) >= 2 and connection.ended == "open"
    connection.close()
    for opened in (*waiting, listener):
        opened.close()


def test_a_backlog_that_stays_full_is_left_at_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener, contextlib.ExitStack() as waiting:
        address = ("127.0.0.1", listener.getsockname()[1])
        with contextlib.suppress(TimeoutError):
            for _ in range(10):
                waiting.enter_context(socket.create_connection(address, timeout=0.1))
        connection = Connection(address, time.monotonic() + 0.5)
        assert connection.ended == "refused"
