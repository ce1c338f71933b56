"""The server under test as a process tree: started, listened to, and ended as a whole."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
from pathlib import Path

from ..errors import ServerTrouble

OUTPUT_LIMIT = 4 * 1024 * 1024
"""Octets of the server's output that are kept: the newest."""
STOP_SECONDS = 6.0
FIRST_WORD_SECONDS = 60.0
"""How long a command may take to be executed: a file system may hang."""
MEMORY_LIMIT = 2 * 1024**3
"""Octets of memory that a process tree may hold before it is ended."""
KEEPER = Path(__file__).with_name("keeper.py")


class ServerProcess:
    """A server process tree behind a keeper.

    ``argv`` is run without a shell, in ``cwd``, with ``env``; ``room`` is a directory that the keeper
    removes should we die. Beyond ``memory`` octets (0: without a limit) the tree is ended. Raises
    ServerTrouble where the command cannot be started.
    """

    def __init__(
        self, argv: list[str], env: dict[str, str], cwd: str, room: str, memory: int = MEMORY_LIMIT
    ) -> None:
        self.argv = argv
        self.memory_limit = memory
        self.memory = 0
        """Octets of memory that the tree held when the keeper last looked."""
        self.looked_at = 0.0
        """When that was, in seconds of the monotonic clock: a busy machine hears of it late."""
        self.swollen = threading.Event()
        """Set when the tree has outgrown its memory, and is ended."""
        self._output = bytearray()
        self._lock = threading.Lock()
        self.exit_status: int | None = None
        self.exited = threading.Event()
        """Set when the process that was started has ended."""
        self.ended = threading.Event()
        """Set when nothing of its tree runs any more: later, where the server made a daemon of itself."""
        reader, writer = os.pipe()
        self._keeper = subprocess.Popen(
            [sys.executable, "-I", "-S", str(KEEPER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=(writer,),
            start_new_session=True,
        )
        os.close(writer)
        self._reading = threading.Thread(target=self._read_output, args=(reader,), daemon=True)
        self._reading.start()
        order = {"argv": argv, "env": env, "cwd": cwd, "output": writer, "room": room, "memory": memory}
        assert self._keeper.stdin is not None and self._keeper.stdout is not None
        with contextlib.suppress(OSError):  # a keeper that died says no word, which is noticed below
            self._keeper.stdin.write(json.dumps(order).encode() + b"\n")
            self._keeper.stdin.flush()
        in_time = bool(select.select([self._keeper.stdout], [], [], FIRST_WORD_SECONDS)[0])
        if not in_time:
            self._keeper.kill()
        word, _, rest = self._keeper.stdout.readline().decode(errors="replace").strip().partition(" ")
        if word != "started":
            self._keeper.communicate()
            rest = rest if in_time else f"it was not executed within {FIRST_WORD_SECONDS:g} s"
            raise ServerTrouble(
                f"the command {argv[0]!r} cannot be started: {rest or 'its keeper died'}",
                "is it installed, and on PATH? An absolute path works too",
            )
        self.pid = int(rest)
        self._watching = threading.Thread(target=self._watch, daemon=True)
        self._watching.start()

    @property
    def how_exited(self) -> str:
        """How the process that was started ended, in words."""
        status = self.exit_status
        if self.swollen.is_set():
            return f"its memory grew beyond {self.memory_limit / 1024**2:.0f} MiB, where we ended it"
        if status is None:
            return "its process ended"
        if status >= 0:
            return f"its process ended with status {status}"
        try:
            return f"its process was ended by {signal.Signals(-status).name}"
        except ValueError:
            return f"its process was ended by signal {-status}"

    @property
    def keeper_pid(self) -> int:
        """The root of the process tree."""
        return self._keeper.pid

    @property
    def output(self) -> str:
        """What the server has written so far: the newest ``OUTPUT_LIMIT`` octets."""
        with self._lock:
            return self._output.decode("utf-8", "backslashreplace")

    def stop(self) -> None:
        """End every process of the tree; returns when none is left."""
        assert self._keeper.stdin is not None and self._keeper.stdout is not None
        with contextlib.suppress(OSError, ValueError):
            self._keeper.stdin.write(b"done\n")
            self._keeper.stdin.close()
        try:
            self._keeper.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._keeper.kill()
            self._keeper.wait()
        self._watching.join(1.0)
        self._reading.join(1.0)
        if not self._watching.is_alive():  # else it reads there, and to close would wait for it
            self._keeper.stdout.close()

    def _watch(self) -> None:
        assert self._keeper.stdout is not None
        try:
            for line in self._keeper.stdout:
                self._hear(*line.decode(errors="replace").split())
        finally:
            self.exited.set()
            self.ended.set()

    def _hear(self, word: str, number: str = "", at: str = "") -> None:
        if word == "exited":
            self.exit_status = int(number)
            self.exited.set()
        elif word == "ended":
            self.ended.set()
        elif word == "holds":
            self.memory, self.looked_at = int(number), float(at)
        elif word == "swollen":
            self.swollen.set()

    def _read_output(self, reader: int) -> None:
        with open(reader, "rb", buffering=0) as stream:
            while block := stream.read(65536):
                with self._lock:
                    self._output += block
                    del self._output[:-OUTPUT_LIMIT]
