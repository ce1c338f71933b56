"""pytest and the command line find the same on real servers, alone and with two workers, in JUnit too.

Every check takes part. What varies with luck inside a server (``varies`` in the expectations) is left out of
the comparison, and a difference counts when it is seen twice.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.field.test_field import expectations, missing
from tests.unit.pytest_plugin.plugged import PLUGIN, cases
from wsgicheck.servers.builtin import PROFILES

pytestmark = pytest.mark.field
PROFILE = {profile.name: profile for profile in PROFILES}
Verdicts = dict[str, str]


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "two-workers"])
@pytest.mark.parametrize("server", ["gunicorn-gthread", "waitress", "reference"])
def test_pytest_finds_what_the_command_line_finds(
    server: str, workers: tuple[str, ...], tmp_path: Path
) -> None:
    reason = missing(PROFILE[server])
    if reason:
        pytest.skip(reason)
    varies = set(expectations().get(server, {}).get("varies", ()))
    differs: set[str] = set()
    for attempt in ("first", "second"):
        folder = tmp_path / attempt
        folder.mkdir()
        selected = ("-k", " or ".join(sorted(differs))) if differs else ()
        of_pytest, their_cases = by_pytest(server, folder, *workers, *selected)
        of_the_suite, our_cases = by_the_command_line(server, folder, *sorted(differs))
        assert differs or len(of_pytest) > 1000, "every check takes part"
        if not differs:
            assert set(of_pytest) == set(of_the_suite)
        differs = {
            id
            for id in (differs or of_the_suite)
            if id not in varies
            and (
                of_pytest.get(id) != of_the_suite[id]
                or their_cases[id] != expected_case(our_cases[id], of_the_suite[id])
            )
        }
        if not differs:
            return
    told = {id: (of_pytest.get(id), of_the_suite[id], their_cases[id], our_cases[id]) for id in differs}
    assert not told


def expected_case(ours: list[str], verdict: str) -> list[str]:
    """What is inconclusive is an error in the suite's JUnit, and a skip in that of pytest."""
    return ["skipped"] if verdict == "inconclusive" else ours


def by_pytest(server: str, folder: Path, *arguments: str) -> tuple[Verdicts, dict[str, list[str]]]:
    file = folder / "pytest.xml"
    words = [sys.executable, "-m", "pytest", *PLUGIN, "-q", "-p", "no:cacheprovider", "--wsgi-server", server]
    run(folder, *words, "--junitxml", str(file), *arguments)
    found = cases(file)
    return {name: facts["wsgicheck_verdict"] for name, _, facts in found}, {
        name: out for name, out, _ in found
    }


def by_the_command_line(server: str, folder: Path, *ids: str) -> tuple[Verdicts, dict[str, list[str]]]:
    words = [sys.executable, "-m", "wsgicheck", "--server", server, "-q"]
    selected = ("--select", ",".join(ids)) if ids else ()
    run(folder, *words, *selected, "--report", "json=report.json", "--report", "junit=report.xml")
    document = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    outcomes = {name: out for name, out, _ in cases(folder / "report.xml")}
    return {result["id"]: result["verdict"] for result in document["results"]}, outcomes


def run(folder: Path, *words: str) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    ended = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)
    assert ended.returncode in (0, 1), ended.stdout[-3000:] + ended.stderr[-3000:]
