"""What the client does with one stimulus, seen from a peer that is no server at all."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from wsgicheck.engine.conduct import Conductor, Delivery
from wsgicheck.engine.room import Room
from wsgicheck.engine.target import Target
from wsgicheck.model.exchange import HttpExchange, Server
from wsgicheck.model.play import Play
from wsgicheck.model.stimulus import Octets, Receive, Segmented, Send, Stimulus

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


@pytest.fixture
def room(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    room = Room()
    yield room
    room.close()


class Peer:
    """Answers each connection as it is told, once its request has come to its end, and keeps what came."""

    def __init__(self, end: bytes, *answers: bytes) -> None:
        self.end, self.answers = end, answers
        self.pieces: list[list[bytes]] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self) -> None:
        for answer in self.answers:
            accepted, _ = self.listener.accept()
            with accepted:
                pieces: list[bytes] = []
                while not b"".join(pieces).endswith(self.end) and (piece := accepted.recv(65536)):
                    pieces.append(piece)
                accepted.sendall(answer)
                self.pieces.append(pieces)


@contextmanager
def conducted(room: Room, peer: Peer, send: Stimulus) -> Iterator[HttpExchange]:
    host, port = peer.listener.getsockname()
    target = Target((host, port), Server(host, port, f"{host}:{port}"))
    yield Conductor(room, target, 10).conduct(Delivery(send, Play()))
    peer.listener.close()


def test_the_same_octets_go_out_in_each_way_with_a_label_of_their_own(room: Room) -> None:
    peer = Peer(b"the end", ANSWER, ANSWER, ANSWER)
    send = Segmented(
        Octets(b"{ticket} {ticket}b ", ("GET",), (Receive(b"never", 0.01), Send(b"to the end"))),
        (b"", rb"(?<= )", rb"(?<=\b\w)(?=\w)"),
    )
    with conducted(room, peer, send) as exchange:
        tokens = [f"wct-{exchange.ticket}-{number}".encode() for number in (1, 2, 3)]
        assert [b"".join(pieces) for pieces in peer.pieces] == [
            token + b" " + token + b"b to the end" for token in tokens
        ]
        assert peer.pieces[0] == [tokens[0] + b" " + tokens[0] + b"b ", b"to the end"]
        assert peer.pieces[1] == [tokens[1] + b" ", tokens[1] + b"b ", b"to ", b"the ", b"end"]
        assert len(exchange.parts) == len(exchange.responses) == 3
        assert [len(part.responses) for part in exchange.parts] == [1, 1, 1]


@pytest.mark.parametrize(
    "answer", [b"", b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", ANSWER[:20]]
)
def test_what_is_not_served_in_one_piece_is_not_sent_in_others(room: Room, answer: bytes) -> None:
    peer = Peer(b"the end", answer)
    with conducted(room, peer, Segmented(Octets(b"the end"), (b"", b"(?<= )"))) as exchange:
        assert len(exchange.parts) == len(peer.pieces) == 1


class Dripping(Peer):
    """Sends an octet now and then, beyond half of the client's time, and one that ends them."""

    def serve(self) -> None:
        accepted, _ = self.listener.accept()
        with accepted, suppress(BrokenPipeError, ConnectionResetError):  # the client has waited long enough
            accepted.recv(65536)
            accepted.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
            end = time.monotonic() + SECONDS * 0.55
            while time.monotonic() < end:
                accepted.sendall(b".")
                time.sleep(0.05)
            accepted.sendall(b"\x01")


SECONDS = 6.0


@pytest.mark.parametrize(("limit", "came"), [(None, True), (SECONDS / 4, False)])
def test_octets_are_awaited_while_others_arrive_unless_the_wait_is_a_short_one(
    room: Room, limit: float | None, came: bool
) -> None:
    peer = Dripping(b"")
    host, port = peer.listener.getsockname()
    target = Target((host, port), Server(host, port, f"{host}:{port}"))
    send = Octets(b"GET / HTTP/1.1\r\n\r\n", then=(Receive(b"\x01", limit),))
    exchange = Conductor(room, target, SECONDS).conduct(Delivery(send, Play()))
    assert exchange.outcomes[0].done is came
    peer.listener.close()


@pytest.mark.parametrize(("longest", "whole"), [(0.0, False), (SECONDS, True)])
def test_a_shortened_timeout_is_one_of_silence(room: Room, longest: float, whole: bool) -> None:
    peer = Dripping(b"")
    host, port = peer.listener.getsockname()
    target = Target((host, port), Server(host, port, f"{host}:{port}"))
    conductor = Conductor(room, target, SECONDS).within(SECONDS / 6, longest=longest)
    exchange = conductor.conduct(Delivery(Octets(b"GET / HTTP/1.1\r\n\r\n"), Play()))
    assert exchange.response is not None and exchange.response.content.endswith(b"\x01") is whole
    assert exchange.wire.ended == ("eof" if whole else "timeout")
    peer.listener.close()
