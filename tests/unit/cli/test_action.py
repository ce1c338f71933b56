"""The script of the composite action, run as a runner of GitHub runs it, over a real server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.unit.running import Ground

ROOT = Path(__file__).parents[3]
ACTION = (ROOT / "action.yml").read_text(encoding="utf-8")
INPUTS = ("SERVER", "TARGET", "BASELINE", "ARGS")


def script() -> str:
    """Return the last ``run: |`` block."""
    return textwrap.dedent(ACTION.partition("      run: |\n")[2])


def act(folder: Path, ground: Ground, **inputs: str) -> subprocess.CompletedProcess[str]:
    folder.mkdir()
    python = folder / "bin" / "python"
    python.parent.mkdir()
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    environment = {**ground.environment, "PYTHONPATH": str(ROOT), **dict.fromkeys(INPUTS, ""), **inputs}
    environment |= {
        "PATH": f"{python.parent}:{os.environ['PATH']}",
        "REPORTS": "reports",
        "GITHUB_OUTPUT": str(folder / "output"),
        "GITHUB_STEP_SUMMARY": str(folder / "summary"),
    }
    words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script()]
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, timeout=60)


def test_a_clean_run_leaves_every_report_a_summary_and_its_exit_code(ground: Ground, tmp_path: Path) -> None:
    folder = tmp_path / "clean"
    ended = act(folder, ground, SERVER="reference", ARGS="--select 'environ-is-*' --strict")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    names = {path.name for path in (folder / "reports").iterdir()}
    assert names == {"report.json", "report.xml", "report.sarif", "report.md", "report.txt", "annotation.txt"}
    assert (folder / "output").read_text() == "exit-code=0\n"
    assert (folder / "summary").read_text().startswith("### wsgicheck: `reference`")
    lines = ended.stdout.splitlines()
    assert lines[0].startswith("::stop-commands::wsgicheck-")
    token = lines[0].removeprefix("::stop-commands::")
    assert lines[-2] == f"::{token}::", "commands are obeyed again behind the report"
    assert lines[-1].startswith("::notice title=wsgicheck reference::")


def test_what_fails_fails_the_step(ground: Ground, tmp_path: Path) -> None:
    ended = act(tmp_path / "usage", ground, ARGS="--no-such-option")
    assert ended.returncode == 2
    assert (tmp_path / "usage" / "output").read_text() == "exit-code=2\n"
    broken = act(tmp_path / "broken", ground, ARGS="--select 'environ")
    assert broken.returncode not in (0, None), "words that cannot be split are not left out"


@pytest.mark.parametrize("step", re.findall(r"run: .*(?:\n {8}.*)*", ACTION))
def test_no_input_becomes_text_of_a_script(step: str) -> None:
    assert "${{" not in step
