"""Runs the real command line, and looks after what it may leave behind."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

FRAGILE = Path(__file__).with_name("fragile.py")
SECONDS = 40.0
"""The longest wait for anything, on a busy machine."""


@dataclass
class Ended:
    """How a run of the command line ended."""

    exit_code: int
    out: str
    err: str


class Ground:
    """A folder of one test: its temporary directory, and a marker in the command line of its servers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.marker = str(folder / "marker")
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        self.environment = {
            key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")
        }
        self.environment |= {"TMPDIR": str(self.temporary), "COLUMNS": "200"}

    def fragile(self, *manners: str) -> str:
        """Return the command of the fragile server; its log is ``log`` in the folder."""
        words = ["{python}", str(FRAGILE), "{host}", "{port}", "{app}", self.marker, *manners]
        return " ".join(words)

    def words(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "wsgicheck", *arguments]

    def run(self, *arguments: str, env: dict[str, str] | None = None, cwd: Path | None = None) -> Ended:
        """Run wsgicheck to its end."""
        run = subprocess.run(
            self.words(*arguments),
            capture_output=True,
            timeout=SECONDS,
            env={**self.environment, **(env or {})},
            cwd=cwd or os.getcwd(),
        )
        return Ended(run.returncode, run.stdout.decode(), run.stderr.decode())

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start wsgicheck."""
        return subprocess.Popen(
            self.words(*arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self.environment,
        )

    def processes(self) -> list[int]:
        """Return the servers of this test that still run, wherever they stand in the process tree."""
        return [
            process.pid
            for process in psutil.process_iter()
            if self.marker in words_of(process) and "wsgicheck" not in words_of(process)
        ]

    def rooms(self) -> list[str]:
        return [path.name for path in self.temporary.iterdir()]

    def is_clean(self) -> bool:
        return not self.processes() and not self.rooms()


def words_of(process: psutil.Process) -> list[str]:
    try:
        return [] if process.status() == psutil.STATUS_ZOMBIE else process.cmdline()
    except psutil.Error:
        return []


def eventually(condition: Callable[[], object], what: str, seconds: float = SECONDS) -> None:
    """Wait for a condition; fail in words at the deadline."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"it never came about that {what}"
        time.sleep(0.01)
