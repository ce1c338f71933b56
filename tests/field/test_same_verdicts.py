"""pytest and the command line find the same on real servers, alone and with two workers, in JUnit too.

Every check takes part. What varies with luck inside a server (``varies`` in the expectations) is left out of
the comparison, and a difference counts when it is seen twice.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.field.test_field import expectations, missing
from tests.unit.pytest_plugin.plugged import PLUGIN, cases
from wsgicheck.servers.builtin import PROFILES

pytestmark = pytest.mark.field
PROFILE = {profile.name: profile for profile in PROFILES}


MANNERS = {"alone": (), "two workers": ("-n", "2")}


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("server", ["gunicorn-gthread", "waitress", "reference"])
def test_pytest_finds_what_the_command_line_finds(server: str, tmp_path: Path) -> None:
    reason = missing(PROFILE[server])
    if reason:
        pytest.skip(reason)
    whole = by_the_command_line(server, tmp_path)
    assert len(whole.verdicts) > 1000, "every check takes part"
    for manner, workers in MANNERS.items():
        of_pytest = by_pytest(server, tmp_path, *workers)
        assert set(of_pytest.verdicts) == set(whole.verdicts), manner
        differs = departures(server, of_pytest, whole)
        if not differs:
            continue
        of_pytest = by_pytest(server, tmp_path, *workers, "-k", " or ".join(sorted(differs)))
        again = by_the_command_line(server, tmp_path, *sorted(differs))
        seen_twice = differs & departures(server, of_pytest, again)
        assert not {id: (of_pytest.of(id), again.of(id)) for id in seen_twice}, manner


@dataclass(frozen=True)
class Found:
    """What came of a run: the verdict of each check, and the outcomes of its case in JUnit."""

    verdicts: dict[str, str]
    outcomes: dict[str, list[str]]

    def of(self, id: str) -> tuple[str | None, list[str] | None]:
        return self.verdicts.get(id), self.outcomes.get(id)


def departures(server: str, of_pytest: Found, of_the_suite: Found) -> set[str]:
    """Return the checks of which the two do not say the same, though they do not vary."""
    varies = set(expectations().get(server, {}).get("varies", ()))
    return {
        id
        for id, verdict in of_the_suite.verdicts.items()
        if id not in varies
        and of_pytest.of(id) != (verdict, expected_case(of_the_suite.outcomes[id], verdict))
    }


def expected_case(ours: list[str], verdict: str) -> list[str]:
    """What is inconclusive is an error in the suite's JUnit, and a skip in that of pytest."""
    return ["skipped"] if verdict == "inconclusive" else ours


def by_pytest(server: str, folder: Path, *arguments: str) -> Found:
    file = folder / "pytest.xml"
    file.unlink(missing_ok=True)
    words = [sys.executable, "-m", "pytest", *PLUGIN, "-q", "-p", "no:cacheprovider", "--wsgi-server", server]
    run(folder, *words, "--junitxml", str(file), *arguments)
    found = cases(file)
    verdicts = {name: facts["wsgicheck_verdict"] for name, _, facts in found}
    return Found(verdicts, {name: out for name, out, _ in found})


def by_the_command_line(server: str, folder: Path, *ids: str) -> Found:
    words = [sys.executable, "-m", "wsgicheck", "--server", server, "-q"]
    selected = ("--select", ",".join(ids)) if ids else ()
    run(folder, *words, *selected, "--report", "json=report.json", "--report", "junit=report.xml")
    document = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    outcomes = {name: out for name, out, _ in cases(folder / "report.xml")}
    return Found({result["id"]: result["verdict"] for result in document["results"]}, outcomes)


def run(folder: Path, *words: str) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    ended = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)
    assert ended.returncode in (0, 1), ended.stdout[-3000:] + ended.stderr[-3000:]
