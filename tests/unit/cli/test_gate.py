"""The gate as a user meets it: a target, its baseline and its reports, over a real server."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from tests.unit.reporters.test_reports import validated
from tests.unit.running import Ended, Ground

SINNER = """\
import sys
from wsgiref.simple_server import make_server
from wsgicheck_probe import application
class Environ(dict): pass
kind = dict if "mended" in sys.argv else Environ
app = lambda environ, start: application(kind(environ), start)
make_server(sys.argv[1], int(sys.argv[2]), app).serve_forever()
"""


@pytest.fixture
def project(ground: Ground, tmp_path: Path) -> Path:
    """A project with a target whose server passes a subclass of dict as environ."""
    folder = tmp_path / "project"
    (folder / "below").mkdir(parents=True)
    (folder / "sinner.py").write_text(SINNER)
    (folder / "pyproject.toml").write_text(
        "[tool.wsgicheck]\n"
        'select = ["environ-is-dict"]\n'
        "\n[tool.wsgicheck.targets.site]\n"
        f'server = "{{python}} sinner.py {{host}} {{port}} {{app}} {ground.marker}"\n'
        'baseline = "known.toml"\n'
        'reports = ["terminal", "json=report.json", "junit=report.xml", "sarif=report.sarif"]\n'
    )
    return folder


def run(ground: Ground, project: Path, *arguments: str) -> Ended:
    return ground.run(*arguments, env={"PYTHONPATH": str(Path(__file__).parents[3])}, cwd=project / "below")


def test_a_baseline_is_made_then_kept_then_departed_from_in_each_direction(
    ground: Ground, project: Path
) -> None:
    known = project / "known.toml"
    missing = run(ground, project, "--target", "site")
    assert missing.exit_code == 2 and "--update-baseline" in missing.err

    made = run(ground, project, "--target", "site", "--update-baseline")
    assert made.exit_code == 0, made.err
    assert "known.toml: 1 known failures, 0 skips" in made.err
    assert "environ-is-dict" in known.read_text()

    kept = run(ground, project, "--target", "site")
    assert kept.exit_code == 0, kept.out
    assert "known failures (1)" in kept.out and "FAIL environ-is-dict" not in kept.out
    report = json.loads((project / "report.json").read_text())
    validated(report)
    assert report["results"][0]["expected"] == "not explained yet"
    assert report["server"]["name"] == "site"
    cases = ElementTree.parse(project / "report.xml").findall(".//testcase/skipped")
    assert [str(case.get("message"))[:14] for case in cases] == ["known failure:"]
    place = json.loads((project / "report.sarif").read_text())["runs"][0]["results"][0]["locations"][0]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "pyproject.toml"},
        "region": {"startLine": 4},
    }

    server = f"{{python}} {project}/sinner.py {{host}} {{port}} {{app}} {ground.marker} mended"
    stale = run(ground, project, "--target", "site", "--server", server)
    assert stale.exit_code == 1
    assert "environ-is-dict: no longer fails: take it out of the baseline" in stale.out

    known.write_text('[fails]\nenviron-is-dct = "misspelt"\n')
    departed = run(ground, project, "--target", "site")
    assert departed.exit_code == 1
    assert "departures from the baseline (2)" in departed.out
    assert "environ-is-dict: a new failure" in departed.out
    assert "environ-is-dct: is no check that this version has (renamed to environ-is-dict?)" in departed.out
    report = json.loads((project / "report.json").read_text())
    validated(report)
    assert [each["change"] for each in report["departures"]] == ["new", "unknown"]


def test_the_command_line_overrides_the_target(ground: Ground, project: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[fails]\nenviron-is-dict = "mine"\n')
    mine = ("--baseline", str(tmp_path / "mine.toml"), "--report", "tap")
    ended = run(ground, project, "--target", "site", *mine)
    assert ended.exit_code == 0, ended.err
    assert ended.out.startswith("TAP version 14\n1..1\nnot ok 1 - environ-is-dict # TODO known: mine\n")
    assert not (project / "report.json").exists()
    other = run(ground, project, "--target", "site", *mine, "--select", "environ-copied")
    assert other.exit_code == 2, "the pattern is the command line's"
    assert "no check matches 'environ-copied'" in other.err


def test_an_update_needs_a_file_that_can_be_written(ground: Ground, tmp_path: Path) -> None:
    ended = ground.run("--update-baseline", cwd=tmp_path, env={"PYTHONPATH": str(Path(__file__).parents[3])})
    assert ended.exit_code == 2
    assert "there is no baseline to update" in ended.err
    assert ground.run("--update-baseline", "--baseline", "/no/such/folder/known.toml").exit_code == 2


def test_an_unknown_format_names_the_nearest(ground: Ground) -> None:
    ended = ground.run("--report", "jnuit")
    assert ended.exit_code == 2
    assert "did you mean junit? choose one of: terminal, json, junit" in ended.err


def test_the_version_is_told_without_loading_a_check() -> None:
    code = (
        "import sys\nfrom wsgicheck.cli import cli\n"
        "try:\n    cli.main(['--version'])\nexcept SystemExit:\n    pass\n"
        "print([name for name in sys.modules if name.startswith(('wsgicheck.', 'rich', 'requests'))])"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == str(["wsgicheck.errors", "wsgicheck.cli"]), (
        "nothing of ours is loaded but the command line"
    )
