"""Checks, servers and reporters of other distributions: used by name, and named when at fault.

Both distributions of this folder must be installed: ``tox -e third-party`` does that.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.unit.pytest_plugin.plugged import PLUGIN

pytestmark = [
    pytest.mark.third_party,
    pytest.mark.skipif(
        not (find_spec("wsgicheck_example") and find_spec("wsgicheck_broken")),
        reason="its two distributions are not installed: tox -e third-party",
    ),
]
ID = "server-introduces-itself"
FAULTS = {
    "not-there": "cannot be loaded (ModuleNotFoundError",
    "raises": "cannot be loaded (SystemExit: I am a script)",
    "no-check": "holds no check",
    "taken": "brings a check 'iterable-closed', but there is one already",
    "no-profile": "is no wsgicheck.testing.Profile",
    "json": "has a name that another reporter has already",
}


def run(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *words],
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "200"},
        cwd=cwd,
    )


def test_its_check_server_and_reporter_are_used_by_name() -> None:
    ended = run("wsgicheck", "--server", "example-polite", "--select", ID, "--report", "csv")
    assert (ended.returncode, ended.stdout) == (0, f"{ID},pass\n"), ended.stderr
    ended = run("wsgicheck", "--strict", "--server", "example-shy", "--select", ID, "--report", "csv")
    assert (ended.returncode, ended.stdout) == (1, f"{ID},fail\n"), ended.stderr


def test_its_server_and_check_are_listed_beside_ours() -> None:
    assert "example-shy" in run("wsgicheck", "servers").stdout
    assert ID in run("wsgicheck", "list").stdout
    assert "Every response names the server." in run("wsgicheck", "explain", ID).stdout


def test_its_check_is_an_item_of_pytest(tmp_path: Path) -> None:
    ended = run("pytest", *PLUGIN, "-q", "--wsgi-server", "example-shy", "-k", ID, cwd=tmp_path)
    assert ended.returncode == 1
    assert f"FAILED wsgicheck::example-shy::{ID} - field Server: want present, got absent" in ended.stdout


def test_what_is_at_fault_is_named_with_its_distribution_and_breaks_nothing() -> None:
    ended = run("wsgicheck", "--server", "reference", "--select", "iterable-closed")
    assert ended.returncode == 0, ended.stderr
    warnings = [line for line in ended.stderr.splitlines() if line.startswith("warning: ")]
    assert len(warnings) == len(FAULTS)
    for name, words in FAULTS.items():
        assert any(
            f"the distribution wsgicheck-broken 0.3 is at fault: its entry point '{name}'" in line
            and words in line
            for line in warnings
        ), name


def test_a_check_from_outside_is_proven_with_the_helper() -> None:
    from wsgicheck.catalog import find
    from wsgicheck.testing import prove

    prove(find(ID), sinner="example-shy", keeper="example-polite", words="want present, got absent")
    with pytest.raises(AssertionError, match="does not fail on the sinner"):
        prove(find(ID), sinner="example-polite", keeper="example-polite", words="want present")
