"""A long day of abuse, bounded in count: ``python -m tests.soak [--requests N] [--seed N] [SERVER]``.

A server (the reference server unless another is named) gets 100 000 requests, or as many as asked for:
good ones over kept and new connections, malformed ones, and ones whose client goes away in the middle,
mixed by lot. After each tenth of them everybody pauses, and what the server holds is counted: descriptors,
threads and memory of its process tree. The first tenth's figures are the level that a long-lived server
comes to: whatever holds more at the end than then has a leak, and the run fails. So it does where a good
request is not answered as it must be.
"""

from __future__ import annotations

import argparse
import os
import random
import socket
import struct
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.bench import wait_for
from wsgicheck.servers.command import fill_in, resolve, split
from wsgicheck.servers.port import Port
from wsgicheck.servers.process import ServerProcess

HOST = "127.0.0.1"
REQUESTS = 100_000
STRETCHES = 10
CLIENTS = 8
QUIET_SECONDS = 20.0
"""How long after a stretch the last of its connections may take to end: longer than any lingering."""
ANSWER_SECONDS = 20.0
MEMORY_SHARE, MEMORY_OCTETS = 0.05, 2_000_000
"""By how much memory may differ from the level: heaps breathe, and a leak of 25 octets a request shows."""
LARGE = 3_000_000
APPLICATION = """
import io

def application(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/fails":
        raise ValueError("on purpose")
    if path == "/echo":
        content = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or -1))
    elif path == "/large":
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "3000000")])
        return (b"x" * 10000 for _ in range(300))
    elif path == "/halfway":
        start_response("200 OK", [("Content-Type", "text/plain")])
        return halfway()
    elif path == "/file":
        start_response("200 OK", [("Content-Type", "text/plain")])
        return environ["wsgi.file_wrapper"](open(__file__, "rb"))
    else:
        content = b"hello"
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(content)))])
    return [content]

def halfway():
    yield b"half"
    raise ValueError("on purpose")
"""

GET = b"GET / HTTP/1.1\r\nHost: h\r\n\r\n"
LAST = b"GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
HEAD = b" HTTP/1.1\r\nHost: h\r\n"
MALFORMED = (
    b"nonsense\r\n\r\n",
    b"GET\x00/ HTTP/1.1\r\nHost: h\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/9.9\r\nHost: h\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: h\r\nbad name: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: h\r\n folded\r\n\r\n",
    b"GET /" + b"a" * 20_000 + HEAD + b"\r\n",
    b"GET /" + HEAD + b"X: " + b"a" * 100_000 + b"\r\n\r\n",
    b"GET /" + HEAD + b"X: y\r\n" * 500 + b"\r\n",
    b"POST /echo" + HEAD + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST /echo" + HEAD + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
    b"POST /echo" + HEAD + b"Content-Length: -1\r\n\r\n",
    b"POST /echo" + HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
    b"POST /echo" + HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
    b"POST /echo" + HEAD + b"Transfer-Encoding: chunked\r\n\r\n1;" + b"x" * 9000 + b"\r\na\r\n0\r\n\r\n",
    b"POST /echo" + HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 40 + b"\r\n",
    b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03" + b"\x00" * 100,
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    bytes(range(256)) * 4,
)
CUT_OFF = (
    b"",
    b"GET / HT",
    b"GET / HTTP/1.1\r\nHost: h\r\nX: ",
    b"POST /echo" + HEAD + b"Content-Length: 100000\r\n\r\nhalf",
    b"POST /echo" + HEAD + b"Transfer-Encoding: chunked\r\n\r\n400\r\nhalf",
    b"POST /" + HEAD + b"Content-Length: 100000\r\n\r\n",
    b"GET /large" + HEAD + b"\r\n",
    b"GET /halfway" + HEAD + b"\r\n",
    b"GET /file" + HEAD + b"\r\n",
    GET * 50,
)


class WrongAnswer(Exception):
    """A good request was not answered as it must be."""


@dataclass(frozen=True)
class Held:
    """What a process tree holds."""

    descriptors: int
    threads: int
    memory: int
    processes: int


class Client:
    """One of those who do it all, by lot."""

    def __init__(self, port: int, seed: int, counts: Counter[str]) -> None:
        self.port = port
        self.lot = random.Random(seed)
        self.counts = counts
        self.kinds: tuple[tuple[str, Callable[[], int], int], ...] = (
            ("good", self.kept, 4),
            ("good", self.pipelined, 1),
            ("good", self.uploaded, 3),
            ("good", self.failing, 1),
            ("bad", self.malformed, 6),
            ("aborted", self.cut_off, 6),
            ("aborted", self.impatient, 1),
        )

    def act(self) -> int:
        """Do one thing; return how many requests that was."""
        names, acts, weights = zip(*self.kinds, strict=True)
        number = self.lot.choices(range(len(acts)), weights)[0]
        requests = acts[number]()
        self.counts[names[number]] += requests
        return int(requests)

    def open(self) -> socket.socket:
        opened = socket.create_connection((HOST, self.port), ANSWER_SECONDS)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened

    def ask(self, octets: bytes, ending: bytes, times: int = 1) -> None:
        """Send requests and expect so many endings before the connection's."""
        with self.open() as opened:
            opened.sendall(octets)
            received = bytearray()
            while received.count(ending) < times:
                block = opened.recv(65536)
                if not block:
                    raise WrongAnswer(f"{bytes(received[-300:])!r} in answer to {octets[:100]!r}")
                received += block

    def kept(self) -> int:
        """A few requests one after another on one connection."""
        times = self.lot.randrange(1, 6)
        with self.open() as opened:
            for _ in range(times):
                opened.sendall(GET)
                received = b""
                while not received.endswith(b"\r\n\r\nhello"):
                    block = opened.recv(65536)
                    if not block:
                        raise WrongAnswer(f"{received[-300:]!r} on a kept connection")
                    received += block
        return times

    def pipelined(self) -> int:
        times = self.lot.randrange(2, 12)
        self.ask(GET * (times - 1) + LAST, b"\r\n\r\nhello", times)
        return times

    def uploaded(self) -> int:
        content = self.lot.randbytes(self.lot.choice((0, 10, 5_000, 150_000)))
        if self.lot.random() < 0.5:
            octets = b"Content-Length: %d\r\n\r\n" % len(content) + content
        else:
            octets = b"Transfer-Encoding: chunked\r\n\r\n"
            if content:
                octets += b"%x\r\n" % len(content) + content + b"\r\n"
            octets += b"0\r\nX-Trailer: dropped\r\n\r\n"
        self.ask(b"POST /echo" + HEAD + octets, b"\r\n\r\n" + content)
        return 1

    def failing(self) -> int:
        self.ask(b"GET /fails" + HEAD + b"\r\n", b"HTTP/1.1 500 ")
        return 1

    def malformed(self) -> int:
        """Whatever the answer is, it comes to an end, and it is no success."""
        octets = self.lot.choice(MALFORMED)
        with self.open() as opened:
            try:
                opened.sendall(octets)
                opened.shutdown(socket.SHUT_WR)
                received = b""
                while block := opened.recv(65536):
                    received += block
            except ConnectionError:
                return 1
        if received.startswith((b"HTTP/1.1 2", b"HTTP/1.0 2")):
            raise WrongAnswer(f"{received[:100]!r} in answer to {octets[:100]!r}")
        return 1

    def cut_off(self) -> int:
        """A reset, a close or a lingering half-close in the middle of something."""
        with self.open() as opened:
            try:
                opened.sendall(self.lot.choice(CUT_OFF))
                manner = self.lot.randrange(3)
                if manner == 0:
                    opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                elif manner == 1:
                    opened.shutdown(socket.SHUT_WR)
                    opened.recv(self.lot.choice((1, 5000)))
            except ConnectionError:
                pass
        return 1

    def impatient(self) -> int:
        """Leave amid a large answer, when some of it has come."""
        with self.open() as opened:
            opened.sendall(b"GET /large" + HEAD + b"\r\n")
            opened.recv(self.lot.randrange(1, 100_000))
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return 1


def held_by(pid: int) -> Held:
    """Count what a process and its living descendants hold."""
    root = psutil.Process(pid)
    tree = (root, *root.children(recursive=True))
    return Held(
        sum(process.num_fds() for process in tree),
        sum(process.num_threads() for process in tree),
        sum(process.memory_info().rss for process in tree),
        len(tree),
    )


def quiet(pid: int, calm: Held) -> Held:
    """Wait until the last connections are over, and count then."""
    deadline = time.monotonic() + QUIET_SECONDS
    while True:
        held = held_by(pid)
        at_ease = held.descriptors <= calm.descriptors and held.threads <= calm.threads
        if at_ease or time.monotonic() > deadline:
            return held
        time.sleep(0.1)


def stretch(clients: list[Client], requests: int) -> list[str]:
    """Let all clients do their share; return what went wrong."""
    faults: list[str] = []

    def work(client: Client) -> None:
        done = 0
        try:
            while done < requests // len(clients) and not faults:
                done += client.act()
        except (WrongAnswer, OSError) as error:
            faults.append(f"{type(error).__name__}: {error}")

    threads = [threading.Thread(target=work, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def soak(server: str, requests: int, seed: int) -> list[str]:
    """Soak a server; print the figures and return what is wrong with them."""
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "soaked.py").write_text(APPLICATION, encoding="ascii")
        port = Port(HOST)
        values = {"app": "soaked:application", "module": "soaked", "callable": "application"}
        values |= {"host": HOST, "port": str(port.number), "python": sys.executable}
        path = os.pathsep.join([folder, str(Path(__file__).parents[1])])
        argv = fill_in(split(resolve(server)[1]), values)
        process = ServerProcess(argv, {**os.environ, "PYTHONPATH": path}, folder, folder)
        try:
            wait_for((HOST, port.number))
            return measured(process, port.number, requests, seed, counts)
        finally:
            process.stop()
            port.release()


def measured(process: ServerProcess, port: int, requests: int, seed: int, counts: Counter[str]) -> list[str]:
    """Print what is held after each stretch."""
    clients = [Client(port, seed * 1000 + number, counts) for number in range(CLIENTS)]
    faults = stretch(clients, CLIENTS)  # a first request imports and caches this and that
    if faults:
        return faults
    time.sleep(1)
    calm = held_by(process.pid)
    levels: list[Held] = []
    began = time.monotonic()
    print("  requests  seconds  descriptors  threads  memory (kB)  processes")
    print(row(0, 0.0, calm), flush=True)
    for _ in range(STRETCHES):
        faults = stretch(clients, requests // STRETCHES)
        levels.append(quiet(process.pid, calm))
        print(row(sum(counts.values()), time.monotonic() - began, levels[-1]), flush=True)
        if faults:
            return faults
    print(", ".join(f"{number} {kind}" for kind, number in sorted(counts.items())))
    return growth(levels[0], levels[-1])


def row(requests: int, seconds: float, held: Held) -> str:
    """Return the figures as a line."""
    return (
        f"{requests:>10}  {seconds:>7.0f}  {held.descriptors:>11}  {held.threads:>7}"
        f"  {held.memory // 1024:>11}  {held.processes:>9}"
    )


def growth(level: Held, end: Held) -> list[str]:
    """Return in words what grew beyond the level."""
    allowed = level.memory * (1 + MEMORY_SHARE) + MEMORY_OCTETS
    faults = []
    if end.descriptors > level.descriptors:
        faults.append(f"descriptors grew from {level.descriptors} to {end.descriptors}")
    if end.threads > level.threads:
        faults.append(f"threads grew from {level.threads} to {end.threads}")
    if end.memory > allowed:
        faults.append(f"memory grew from {level.memory // 1024} to {end.memory // 1024} kB")
    if end.processes != level.processes:
        faults.append(f"processes: {level.processes}, then {end.processes}")
    return faults


def main(words: list[str]) -> int:
    """Soak, and say what grew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server", nargs="?", default="reference", help="a profile or a command")
    parser.add_argument("--requests", type=int, default=REQUESTS)
    parser.add_argument("--seed", type=int, default=1, help="what the lots are drawn by")
    options = parser.parse_args(words)
    print(f"{options.server}: {options.requests} requests, seed {options.seed}, {CLIENTS} clients")
    faults = soak(options.server, options.requests, options.seed)
    print("\n".join(faults) or "nothing grew")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
