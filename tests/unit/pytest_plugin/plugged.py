"""Runs pytest with the plugin in a folder of its own, as a user does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from importlib import metadata
from pathlib import Path

import pytest

import wsgicheck.pytest_session  # noqa: F401 (loaded once, not for every run)

ROOT = Path(__file__).parents[3]
INSTALLED = any(entry.name == "wsgicheck" for entry in metadata.entry_points(group="pytest11"))
QUIET = ("-p", "no:pytester", "-p", "no:hypothesispytest")
"""Plugins that these runs have no use for; hypothesis alone takes a second to import."""
PLUGIN = () if INSTALLED else ("-p", "wsgicheck.pytest_plugin")
"""An installed plugin is loaded by itself; in a checkout that was never installed it must be named."""

SECONDS = 120.0
"""The longest that pytest or the command line may take, on a busy machine."""

SINNER = (
    "{python} " + str(ROOT / "tests/mutants/serve.py") + " tests.mutants.wsgi.close:ClosesIterator"
    " {app} --host {host} --port {port}"
)  # fmt: skip
"""A server that breaks one duty: it closes what iter() returned, not what the application did."""


class Plugged:
    """A folder in which pytest is run with the plugin, in a process of its own."""

    def __init__(self, pytester: pytest.Pytester) -> None:
        self.pytester = pytester

    def run(self, *arguments: str) -> pytest.RunResult:
        """Run pytest in this process, where the checks are loaded already."""
        return self.pytester.runpytest_inprocess(*PLUGIN, *QUIET, *arguments)

    def run_apart(self, *arguments: str) -> pytest.RunResult:
        """Run pytest in a process of its own, as a user does."""
        return self.pytester.runpytest_subprocess(*PLUGIN, *QUIET, *arguments, timeout=SECONDS)

    def verdicts(self, *arguments: str) -> dict[str, str]:
        """Return what came of each check, as its JUnit properties say."""
        file = self.pytester.path / "junit.xml"
        (self.run_apart if {"-n", "--tx"} & set(arguments) else self.run)("--junitxml", str(file), *arguments)
        return {name: properties["wsgicheck_verdict"] for name, _, properties in cases(file)}

    def command_line(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "wsgicheck", *arguments],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            env={**os.environ, "COLUMNS": "200"},
        )

    def verdicts_of_the_command_line(self, *arguments: str) -> dict[str, str]:
        file = self.pytester.path / "report.json"
        self.command_line(*arguments, "--report", f"json={file}")
        document = json.loads(file.read_text(encoding="utf-8"))
        return {result["id"]: result["verdict"] for result in document["results"]}


def cases(file: Path) -> list[tuple[str, list[str], dict[str, str]]]:
    """Return (name, outcomes, properties) of each test case of a JUnit file."""
    found = []
    for case in ElementTree.parse(file).iter("testcase"):
        properties = {one.get("name", ""): one.get("value", "") for one in case.iter("property")}
        outcomes = [child.tag for child in case if child.tag in ("failure", "error", "skipped")]
        found.append((case.get("name", ""), outcomes, properties))
    return found
