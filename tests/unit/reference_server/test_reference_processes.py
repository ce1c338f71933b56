"""The reference server as processes: prefork, signals, and how everything ends."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

import reference_server
from tests.unit.reference_server.reference_clients import exchange_over
from tests.unit.running import eventually

ROOT = Path(reference_server.__file__).parent.parent
APPLICATION = """
import os, signal, threading, time

def app(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/die":
        os._exit(3)
    if path == "/slow":
        print("slow", file=environ["wsgi.errors"])
        time.sleep(0.5)
    if path == "/signal":
        time.sleep(0.2)  # by then the main thread waits again
        signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("%d %s" % (os.getpid(), environ["wsgi.multiprocess"])).encode()]
"""


class Running:
    """A reference server's command line, running."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        assert process.stderr is not None
        self.stderr = process.stderr
        self.greeting = self.stderr.readline()
        self.port = int(self.greeting.partition(" (")[0].rpartition(":")[2])

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def get(self, path: str = "/") -> str:
        """Return the content of an answer, or what there is of it."""
        octets = f"GET {path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".encode()
        return exchange_over(self.connect(), octets).partition(b"\r\n\r\n")[2].decode()

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children()


@contextlib.contextmanager
def running(folder: Path, *options: str) -> Iterator[Running]:
    """Start the command line; whatever is left of it at the end is killed."""
    (folder / "its_app.py").write_text(APPLICATION)
    command = [sys.executable, "-m", "reference_server", "its_app:app", "--port", "0", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        children = []
        try:
            server = Running(process)
            children = server.children()
            yield server
        finally:
            with contextlib.suppress(psutil.Error):
                children += psutil.Process(process.pid).children()
            process.kill()
            for child in children:
                with contextlib.suppress(psutil.Error):
                    child.kill()


def test_children_serve_and_say_so(tmp_path):
    """wsgi.multiprocess is true, and it is a child that answers."""
    with running(tmp_path, "--processes", "2", "--threads", "1") as server:
        assert "(processes: 2, threads: 1)" in server.greeting
        eventually(lambda: len(server.children()) == 2, "two children run")
        pid, multiprocess = server.get().split()
        assert multiprocess == "True"
        assert int(pid) in [child.pid for child in server.children()]


def test_dead_child_is_replaced(tmp_path):
    """The application that ends its process ends one of them, and for a moment only."""
    with running(tmp_path, "--processes", "2") as server:
        eventually(lambda: len(server.children()) == 2, "two children run")
        before = {child.pid for child in server.children()}
        assert server.get("/die") == ""
        assert "ended (status 3); another takes its place" in server.stderr.readline()
        eventually(
            lambda: len({child.pid for child in server.children()} - before) == 1, "another child runs"
        )
        assert server.get().endswith("True")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
@pytest.mark.parametrize(
    "options", [["--threads", "1"], ["--threads", "8"], ["--processes", "2"]], ids="".join
)
def test_signal_lets_a_request_finish_and_refuses_new_ones(tmp_path, options, number):
    """The answer under way comes whole; nobody else is let in; nothing is left behind."""
    with running(tmp_path, *options) as server:
        client = server.connect()
        client.sendall(b"GET /slow HTTP/1.1\r\nHost: h\r\n\r\n")
        assert server.stderr.readline() == "slow\n"
        children = server.children()
        server.process.send_signal(number)
        with contextlib.suppress(ConnectionRefusedError, ConnectionResetError):
            eventually(lambda: refused(server), "new connections are refused")
        answer = exchange_over(client, b"")
        assert answer.startswith(b"HTTP/1.1 200 ")
        assert b"\r\nConnection: close\r\n" in answer
        assert server.process.wait(10) == 0
        assert not any(child.is_running() for child in children)
        assert server.stderr.read() == ""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
@pytest.mark.parametrize("options", [["--threads", "8"], ["--processes", "2"]], ids="".join)
def test_signal_to_the_whole_group_lets_a_request_finish(tmp_path, options, number):
    """So does a terminal signal Ctrl-C, and so do service managers: parent and children hear it at once."""
    with running(tmp_path, *options) as server:
        client = server.connect()
        client.sendall(b"GET /slow HTTP/1.1\r\nHost: h\r\n\r\n")
        assert server.stderr.readline() == "slow\n"
        os.killpg(server.process.pid, number)
        assert exchange_over(client, b"").startswith(b"HTTP/1.1 200 ")
        assert server.process.wait(10) == 0


def test_signal_that_interrupts_no_waiting_is_heeded(tmp_path):
    """It is another thread's, which is how one goes that comes just before the waiting begins."""
    with running(tmp_path) as server:
        assert server.get("/signal").endswith("False")
        assert server.process.wait(10) == 0
        assert server.stderr.read() == ""


def refused(server: Running) -> bool:
    """Whether a new connection is no longer taken."""
    try:
        server.connect().close()
    except OSError:
        return True
    return False


def test_request_that_outlasts_the_stop_is_cut_off(tmp_path):
    """The deadline holds: the client sees an end without an answer, and the exit code is still 0."""
    with running(tmp_path, "--stop-timeout", "0.1") as server:
        client = server.connect()
        client.sendall(b"GET /slow HTTP/1.1\r\nHost: h\r\n\r\n")
        server.stderr.readline()
        server.process.send_signal(signal.SIGTERM)
        assert exchange_over(client, b"") == b""
        assert server.process.wait(10) == 0


def test_children_end_with_a_killed_parent(tmp_path):
    """Nobody serves on without the one who could stop it."""
    with running(tmp_path, "--processes", "2") as server:
        eventually(lambda: len(server.children()) == 2, "two children run")
        children = server.children()
        server.process.kill()
        eventually(lambda: not any(alive(child) for child in children), "the children end too")


def alive(process: psutil.Process) -> bool:
    """Zombies are dead, whoever may reap them."""
    with contextlib.suppress(psutil.Error):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False
