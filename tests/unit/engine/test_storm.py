"""A storm is raised against a peer of ours: who comes, who leaves how, and what is counted."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from wsgicheck.engine.census import steady_census, take_census
from wsgicheck.engine.conduct import Delivery
from wsgicheck.engine.storm import raise_storm
from wsgicheck.model.exchange import AppLog, HttpExchange, Response, Server
from wsgicheck.model.play import Play
from wsgicheck.model.stimulus import Beside, Leaving, Octets, Request, Storm
from wsgicheck.transports import crowd as module
from wsgicheck.transports.crowd import Crowd

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
SECONDS = 20.0

Ends = list[tuple[bytes, str]]


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        yield listener


def serve(
    listener: socket.socket, number: int, manner: Callable[[socket.socket], None]
) -> list[threading.Thread]:
    """Accept so many connections, each with a thread of its own."""

    def accept() -> None:
        for _ in range(number):
            try:
                accepted, _ = listener.accept()
            except OSError:
                return  # the test has ended, and the listener with it
            threads.append(threading.Thread(target=manner, args=(accepted,), daemon=True))
            threads[-1].start()

    threads = [threading.Thread(target=accept, daemon=True)]
    threads[0].start()
    return threads


def until_the_end(ends: Ends, answer_to: bytes = b"never") -> Callable[[socket.socket], None]:
    """Return a manner that notes what came and how it ended, and answers what ends in some octets."""

    def manner(accepted: socket.socket) -> None:
        octets, how = b"", "eof"
        with accepted:
            try:
                while piece := accepted.recv(65536):
                    octets += piece
                    if octets.endswith(answer_to):
                        accepted.sendall(ANSWER)
            except OSError:
                how = "reset"
        ends.append((octets, how))

    return manner


def come(listener: socket.socket, storm: Storm, manner: Callable[[socket.socket], None]) -> Crowd:
    threads = serve(listener, storm.times, manner)
    crowd = Crowd(storm, listener.getsockname(), SECONDS)
    crowd.come()
    deadline = time.monotonic() + SECONDS
    while len(threads) < storm.times + 1 and time.monotonic() < deadline:
        time.sleep(0.01)
    for thread in threads:
        thread.join(SECONDS)
    return crowd


@pytest.mark.parametrize(
    ("leaving", "end"), [(Leaving.RESET, "reset"), (Leaving.CLOSE, "eof"), (Leaving.HALF_CLOSE, "eof")]
)
def test_clients_leave_as_they_are_told(listener: socket.socket, leaving: Leaving, end: str) -> None:
    ends: Ends = []
    crowd = come(listener, Storm(b"half a h", leaving, times=5), until_the_end(ends))
    assert crowd.clients == len(ends) == 5
    assert {how for _, how in ends} == {end}
    assert leaving is Leaving.RESET or {octets for octets, _ in ends} == {b"half a h"}


def test_who_finishes_sending_listens_for_a_moment(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LISTEN_SECONDS", SECONDS)
    got: list[bool] = []

    def manner(accepted: socket.socket) -> None:
        with accepted:
            assert accepted.recv(100) == b"a" and accepted.recv(100) == b""
            time.sleep(0.05)
            accepted.sendall(ANSWER)
            got.append(True)

    come(listener, Storm(b"a", Leaving.HALF_CLOSE, times=3), manner)
    assert got == [True] * 3


def test_answers_and_their_absence_are_counted(listener: socket.socket) -> None:
    ends: Ends = []
    storm = Storm(b"first ", Leaving.ANSWERED, rest=b"rest", times=4)
    crowd = come(listener, storm, until_the_end(ends, b"first rest"))
    assert (crowd.answered, crowd.silent) == (4, 0)
    assert {octets for octets, _ in ends} == {b"first rest"}

    silent = Crowd(storm, listener.getsockname(), 0.2)
    threads = serve(listener, 4, until_the_end([], b"something else"))
    silent.come()
    assert (silent.answered, silent.silent) == (0, 4)
    for thread in threads:
        thread.join(SECONDS)


def test_who_reads_a_part_leaves_at_once(listener: socket.socket) -> None:
    ends: Ends = []
    crowd = come(listener, Storm(b"get", receive=5, times=6), until_the_end(ends, b"get"))
    assert crowd.clients == 6
    assert {how for _, how in ends} == {"reset"}


def test_clients_send_in_turn_what_there_is(listener: socket.socket) -> None:
    ends: Ends = []
    crowd = come(listener, Storm(b"a", Leaving.CLOSE, times=5, others=(b"b", b"c")), until_the_end(ends))
    assert crowd.clients == 5
    assert sorted(octets for octets, _ in ends) == [b"a", b"a", b"b", b"b", b"c"]


def test_headlong_clients_wait_for_nobody() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=20) as listener:
        crowd = Crowd(Storm(b"get", times=6, others=(b"x",), headlong=True), listener.getsockname(), SECONDS)
        crowd.come()
        assert crowd.clients == 6  # and nobody has accepted them yet
        listener.settimeout(SECONDS)
        accepted, _ = listener.accept()
        with accepted, pytest.raises(OSError):
            accepted.settimeout(SECONDS)
            accepted.getpeername()


def test_a_full_backlog_keeps_nobody_waiting() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=1) as listener:
        began = time.monotonic()
        crowd = Crowd(Storm(leaving=Leaving.CLOSE), listener.getsockname(), SECONDS)
        crowd.come()
        assert 0 < crowd.clients < 30
        assert time.monotonic() - began < 10


def test_nobody_comes_where_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        crowd = Crowd(Storm(), free.getsockname(), SECONDS)
        crowd.come()
    assert crowd.clients == 0


HOLDER = """
import os, sys, threading
stop = threading.Event()
for _ in range(int(sys.argv[1])):
    threading.Thread(target=stop.wait, daemon=True).start()
held = [os.dup(0) for _ in range(int(sys.argv[2]))]
print(flush=True)
sys.stdin.read()
"""


class Holder:
    """A process that holds threads and descriptors until it is told to end."""

    def __init__(self, threads: int, descriptors: int) -> None:
        words = [sys.executable, "-I", "-S", "-c", HOLDER, str(threads), str(descriptors)]
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.process.stdout is not None and self.process.stdout.readline() == b"\n"

    def end(self) -> None:
        self.process.communicate()


def test_a_census_counts_all_descendants() -> None:
    bare = Holder(0, 0)
    one = take_census(os.getpid())
    assert one is not None
    holding = Holder(3, 7)
    two = steady_census(os.getpid())
    assert two is not None
    alone = (one.threads // one.processes, one.descriptors // one.processes)
    assert two.processes == one.processes + 1
    assert two.threads == one.threads + alone[0] + 3
    assert two.descriptors >= one.descriptors + 7 + 3
    holding.end()
    assert take_census(os.getpid()) == one
    bare.end()


@pytest.mark.parametrize("root", [None, 2**22 + 1])
def test_what_cannot_be_counted_is_not(root: int | None) -> None:
    assert take_census(root) is None
    assert steady_census(root) is None


@pytest.mark.parametrize("leaks", [True, False])
def test_what_grows_with_the_clients_is_told_from_what_the_first_round_filled(
    listener: socket.socket, leaks: bool
) -> None:
    holders: list[Holder] = []
    rounds = 0

    def plain() -> HttpExchange:
        nonlocal rounds
        rounds += 1
        if rounds == 1 or (leaks and rounds <= 3):
            holders.append(Holder(0, 12))
        response = Response("HTTP/1.1", 200, "OK", ())
        server = Server("h", 1, "h:1")
        return HttpExchange(Request(), "/", "0" * 16, server, AppLog(), response)

    serve(listener, 12, until_the_end([]))
    storm = Storm(leaving=Leaving.CLOSE, times=4)
    exchange = raise_storm(storm, listener.getsockname(), os.getpid(), 0.1, plain)
    found = exchange.aftermath
    assert found is not None and found.before is not None and found.after is not None
    assert found.clients == 8
    grown = found.after.descriptors - found.before.descriptors
    assert grown >= 24 if leaks else grown == 0
    assert rounds > 3 if leaks else rounds == 3
    for holder in holders:
        holder.end()


def test_a_connection_beside_the_one_on_trial_is_nobody_elses_company() -> None:
    assert Delivery(Octets(b"", beside=Beside()), Play()).is_alone
    assert not Delivery(Octets(b""), Play()).is_alone
