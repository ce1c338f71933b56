"""The whole process tree ends, however the run ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.unit.running import SECONDS, Ground, eventually
from wsgicheck.servers.process import ServerProcess

QUICK = ("--select", "environ-is-dict,application-called-once", "--timeout", "2")


@pytest.mark.parametrize("manner", ["stubborn", "leaves-daemon", "thread-alone"])
def test_a_server_that_would_stay_is_ended(ground: Ground, manner: str) -> None:
    ended = ground.run("--server", ground.fragile(manner), *QUICK)
    assert ended.exit_code == 0, ended.err + ended.out
    assert ground.is_clean()


@pytest.mark.parametrize("manner", ["daemon", "late-daemon"])
def test_a_server_that_makes_a_daemon_of_itself_is_checked_and_ended(ground: Ground, manner: str) -> None:
    ended = ground.run("--server", ground.fragile(manner, "slow"), "--select", "cgi-variables,paths")
    assert "restarts" not in ended.out, ended.out
    assert "INCOMPLETE" not in ended.out, ended.out
    assert ended.exit_code in (0, 1)
    assert ground.is_clean()


@pytest.fixture(autouse=True)
def signals_reach_the_run() -> Iterator[None]:
    """Let a run be interrupted even where the tests run in the background, under nohup: it inherits that."""
    heard = {signal.SIGINT: signal.default_int_handler, signal.SIGHUP: signal.SIG_DFL}
    before = {signum: signal.signal(signum, handler) for signum, handler in heard.items()}
    yield
    for signum, handler in before.items():
        signal.signal(signum, handler)


def started(ground: Ground, *manners: str) -> subprocess.Popen[bytes]:
    """Return a run that is in the midst of its exchanges."""
    run = ground.start("--server", ground.fragile("slow", *manners))
    wait_until_ready(run)
    return run


def wait_until_ready(run: subprocess.Popen[bytes]) -> None:
    """Read what a run says up to the word that its server is ready."""
    assert run.stdout is not None
    said = []
    deadline = threading.Timer(SECONDS, run.kill)
    deadline.start()
    try:
        for line in run.stdout:
            if line.startswith(b"ready after"):
                return
            said.append(line.decode())
    finally:
        deadline.cancel()
    raise AssertionError("the server never became ready:\n" + "".join(said))


def the_end(run: subprocess.Popen[bytes]) -> str:
    out, _ = run.communicate(timeout=15)
    return out.decode()


@pytest.mark.parametrize("manners", [(), ("stubborn", "leaves-daemon"), ("daemon",)], ids=" ".join)
def test_a_run_that_is_killed_leaves_neither_server_nor_room(
    ground: Ground, manners: tuple[str, ...]
) -> None:
    run = started(ground, *manners)
    assert ground.processes() and ground.rooms()
    run.kill()
    the_end(run)
    eventually(ground.is_clean, "the keeper has ended the tree and removed the room", 15)


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda s: s.name)
def test_a_signal_ends_the_run_in_order(ground: Ground, signum: signal.Signals) -> None:
    run = started(ground)
    run.send_signal(signum)
    words = the_end(run)
    assert run.returncode == 130, words
    assert "interrupted; the server was ended" in words
    assert "Traceback" not in words and "Exception" not in words, words
    assert ground.is_clean()


def test_an_impatient_user_interrupts_twice_and_leaves_nothing(ground: Ground) -> None:
    run = started(ground, "stubborn")
    for _ in range(3):
        run.send_signal(signal.SIGINT)
    words = the_end(run)
    assert run.returncode == 130, words
    assert "Traceback" not in words, words
    assert ground.is_clean()


def test_an_interrupt_while_the_server_starts_leaves_nothing(ground: Ground) -> None:
    run = ground.start("--server", ground.fragile("sleeps"))
    eventually(ground.processes, "the server runs")
    run.send_signal(signal.SIGINT)
    words = the_end(run)
    assert run.returncode == 130, words
    assert ground.is_clean()


def test_an_ignored_hangup_stays_ignored(ground: Ground) -> None:
    """A run under nohup goes on when its terminal closes."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        run = started(ground)
    finally:
        signal.signal(signal.SIGHUP, before)
    run.send_signal(signal.SIGHUP)
    run.send_signal(signal.SIGINT)
    assert "interrupted" in the_end(run)
    assert run.returncode == 130


def test_a_killed_worker_of_a_prefork_server_is_no_verdict(ground: Ground) -> None:
    run = ground.start("--server", ground.fragile("slow", "prefork"), "--select", "paths,cgi-variables")
    workers = Path(ground.marker + ".workers")
    wait_until_ready(run)
    os.kill(int(workers.read_text().split()[0]), signal.SIGKILL)
    words = the_end(run)
    assert len(workers.read_text().split()) == 3, "the master has replaced it"
    assert "restarts" not in words and "INCOMPLETE" not in words, words
    assert run.returncode in (0, 1), words


def test_the_process_of_a_server_that_is_killed_is_started_again(ground: Ground) -> None:
    """Nobody can tell which exchange is to blame, so the run says that it is incomplete."""
    run = ground.start("--server", ground.fragile("slow"), "--select", "paths")
    wait_until_ready(run)
    os.kill(int(Path(ground.marker + ".pid").read_text()), signal.SIGKILL)
    words = the_end(run)
    assert "SIGKILL" in words
    assert "INCOMPLETE: the server was lost in mid-run" in words, words
    assert run.returncode in (1, 3)


def test_a_run_never_ends_a_process_that_is_not_its_own(ground: Ground) -> None:
    bystander = subprocess.Popen(["sleep", "60"], start_new_session=True)
    try:
        assert ground.run("--server", ground.fragile(), *QUICK).exit_code == 0
        assert psutil.pid_exists(bystander.pid) and bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


HOPPER = """
import os, sys, time
held = open(sys.argv[2], "w")
for _ in range({lines} - 1):
    if not os.fork():
        break
for _ in range({hops}):
    if os.fork():
        os._exit(0)
    {each}
print("settled", flush=True)
time.sleep(600)
"""


class Hopper:
    """A server that is a new orphan ``hops`` times over, in several ``lines``: a walk can miss it."""

    def __init__(self, hops: int, room: Path, each: str = "pass", lines: int = 1) -> None:
        held = room / "held"
        os.mkfifo(held)
        self._held = os.open(held, os.O_RDONLY | os.O_NONBLOCK)
        words = HOPPER.format(hops=hops, each=each, lines=lines)
        argv = [sys.executable, "-S", "-c", words, str(room), str(held)]
        self.server = ServerProcess(argv, dict(os.environ), str(room), str(room))

    @property
    def lives(self) -> bool:
        """Whether any process of it holds the other end: the kernel knows, whichever process it is by now."""
        try:
            return os.read(self._held, 1) != b""
        except BlockingIOError:
            return True

    def close(self) -> None:
        self.server.stop()
        os.close(self._held)


def test_an_orphan_on_the_move_has_not_ended(tmp_path: Path) -> None:
    hopper = Hopper(300, tmp_path)
    server = hopper.server
    try:
        eventually(lambda: "settled" in server.output or server.ended.is_set(), "the orphan has settled")
        assert hopper.lives
        assert not server.ended.is_set()
    finally:
        hopper.close()


@pytest.mark.parametrize("each", ["pass", "os.setsid()"], ids=["one-session", "sessions-of-its-own"])
def test_an_orphan_that_never_rests_is_ended(tmp_path: Path, each: str) -> None:
    hopper = Hopper(10**9, tmp_path, each, lines=8)
    server = hopper.server
    try:
        assert server.exited.wait(SECONDS)
        assert hopper.lives
        assert not server.ended.is_set()
        server.stop()
        assert server.ended.is_set()
        assert not hopper.lives
    finally:
        hopper.close()


def test_a_pipe_that_somebody_else_holds_open_holds_nothing_up(tmp_path: Path) -> None:
    """A fork of ours without exec has all of them; the word that all is done reaches the keeper."""
    argv = [sys.executable, "-S", "-c", "import time; time.sleep(600)"]
    server = ServerProcess(argv, dict(os.environ), str(tmp_path), str(tmp_path))
    assert server._keeper.stdin is not None
    held = os.dup(server._keeper.stdin.fileno())
    try:
        server.stop()
        assert server._keeper.returncode == 0
        assert server.ended.is_set()
    finally:
        os.close(held)


FORKS = """
import os, time
hoard = b"x" * 32 * 1024 * 1024
for _ in range({forks}):
    if not os.fork():
        {grows}
        time.sleep(600)
print("settled", flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize(
    ("grows", "swells"), [("pass", False), ("hoard = b'y' * 32 * 1024 * 1024", True)], ids=["shared", "own"]
)
def test_what_forks_share_is_counted_once(tmp_path: Path, grows: str, swells: bool) -> None:
    argv = [sys.executable, "-S", "-c", FORKS.format(forks=10, grows=grows), str(tmp_path)]
    server = ServerProcess(argv, dict(os.environ), str(tmp_path), str(tmp_path), memory=160 * 1024**2)
    try:
        eventually(lambda: "settled" in server.output or server.ended.is_set(), "the forks are made")
        settled = time.monotonic()
        eventually(lambda: server.looked_at > settled + 0.3 or server.ended.is_set(), "the keeper has looked")
        assert server.swollen.is_set() is swells, server.memory
        assert swells or 32 * 1024**2 < server.memory < 160 * 1024**2
    finally:
        server.stop()
