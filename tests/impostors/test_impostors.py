"""Servers that only pretend: none earns a pass, none can hold up a run, nothing of them stays behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

HERE = Path(__file__).parent
SECONDS = 60.0
"""The longest that a run over an impostor may take on a crowded machine; on a quiet one three are usual."""
MEMORY = 2 * 1024**3
"""Octets of address space that a run is given."""

PRETENDERS = (
    "mute", "closes", "canned_400", "canned_200", "echoes", "parrots", "endless_head", "endless_body",
    "endless_chunks", "endless_trailers", "endless_interim", "drips", "drips_fast", "garbage", "escapes",
    "floods_output", "leaves_orphans", "dies", "writes_garbage_in_room",
)  # fmt: skip
CALLERS = ("calls_and_cans", "calls_and_hangs", "calls_for_ever")


class Outcome:
    """How a run over an impostor ended."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        marker = str(folder / "marker")
        words = ["{python}", str(HERE / arguments[0]), *arguments[1:], "{host}", "{port}", "{app}", marker]
        report = folder / "report.json"
        (folder / "tmp").mkdir()
        began = time.monotonic()
        run = subprocess.run(
            [
                # Not by preexec_fn: what runs between fork and exec can find a lock held for ever.
                *("sh", "-c", 'ulimit -v "$0" && exec "$@"', str(MEMORY // 1024)),
                *(sys.executable, "-m", "wsgicheck", "--timeout", "0.4", "--server", " ".join(words)),
                *("--report", "terminal", "--report", f"json={report}"),
            ],
            capture_output=True,
            text=True,
            timeout=SECONDS * 2,
            env={**os.environ, "TMPDIR": str(folder / "tmp")},
        )
        self.seconds = time.monotonic() - began
        self.exit_code = run.returncode
        self.output = run.stdout + run.stderr
        self.report: dict[str, Any] | None = json.loads(report.read_text()) if report.exists() else None
        self.left_files = [path.name for path in (folder / "tmp").iterdir()]
        self.left_processes = [process.pid for process in psutil.process_iter() if marker in _words(process)]

    @property
    def passes(self) -> list[str]:
        """The checks that the impostor passed."""
        results = self.report["results"] if self.report else []
        return [result["id"] for result in results if result["verdict"] == "pass"]

    def is_orderly(self) -> None:
        """Assert what holds for every run, whatever it ran over."""
        assert self.exit_code in (1, 3), self.output
        assert self.left_files == []
        assert self.left_processes == []
        assert self.seconds < SECONDS
        assert "\x1b" not in self.output and "\x07" not in self.output
        assert "Traceback" not in self.output or "wsgicheck/engine" not in self.output, self.output


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


@pytest.mark.parametrize("name", PRETENDERS)
def test_a_server_that_never_calls_the_application_is_not_believed(name: str, tmp_path: Path) -> None:
    outcome = Outcome(tmp_path, f"{name}.py")
    outcome.is_orderly()
    assert outcome.exit_code == 3, outcome.output
    assert outcome.report is None


@pytest.mark.parametrize("name", PRETENDERS)
def test_a_server_that_turns_after_it_was_believed_earns_no_pass(name: str, tmp_path: Path) -> None:
    outcome = Outcome(tmp_path, "turncoat.py", name)
    outcome.is_orderly()
    assert outcome.passes == []


@pytest.mark.parametrize("name", CALLERS)
def test_a_server_that_calls_the_application_and_answers_by_itself_is_found_out(
    name: str, tmp_path: Path
) -> None:
    outcome = Outcome(tmp_path, f"{name}.py")
    outcome.is_orderly()
    if outcome.report:
        failed = [result["id"] for result in outcome.report["results"] if result["verdict"] == "fail"]
        assert failed or not outcome.report["complete"]
