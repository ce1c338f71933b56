"""``wsgicheck fuzz`` as people run it: exit codes, what is printed, and the way back from a finding."""

from __future__ import annotations

import json
import re
import shlex
import sys
from pathlib import Path

from tests.unit.running import Ground

SERVE = Path(__file__).parents[2] / "mutants" / "serve.py"
WORDS = "{app} --host {host} --port {port}"
FORGETS_CLOSE = f"{sys.executable} {SERVE} tests.unit.fuzzing.sinners:ForgetsClose {WORDS}"


def test_a_finding_is_told_and_seen_again(ground: Ground) -> None:
    folder = ground.folder / "cases"
    report = ground.folder / "report.json"
    options = ("--seed", "1", "--examples", "40", "--findings", "1", "-q")
    ended = ground.run(
        "fuzz", "--server", FORGETS_CLOSE, *options, "--save", str(folder), "--report", f"json={report}"
    )
    assert ended.exit_code == 1, ended.err
    assert "FAIL close-called\n  calls of close(): want 1, got 0\n" in ended.out
    assert "the server or gateway must call that method upon completion" in ended.out
    assert "application 1: Play(" in ended.out
    assert "\x1b" not in ended.out

    (found,) = json.loads(report.read_text())["findings"]
    assert (found["rule"], found["law"]["source"]) == ("close-called", "PEP 3333")
    line = re.search(r"^ +wsgicheck (fuzz --server .*)$", ended.out, re.MULTILINE)
    assert line is not None
    words = shlex.split(line.group(1))
    assert words[2] == FORGETS_CLOSE

    again = ground.run(*words)
    assert again.exit_code == 1, again.err
    assert "FAIL close-called" in again.out
    elsewhere = ground.run("fuzz", "--server", "reference", "--replay", str(folder / "close-called.json"))
    assert elsewhere.exit_code == 0, elsewhere.out + elsewhere.err
    assert "nothing found" in elsewhere.out
    assert ground.is_clean()


def test_nothing_is_found_on_the_reference_server(ground: Ground) -> None:
    ended = ground.run("fuzz", "--seed", "5", "--examples", "60", "--report", "json")
    assert ended.exit_code == 0, ended.out + ended.err
    report = json.loads(ended.out)
    assert (report["findings"], report["examples"], report["seed"]) == ([], 60, 5)
    assert ground.is_clean()


def test_what_cannot_be_obeyed(ground: Ground) -> None:
    assert ground.run("fuzz", "--replay", "case:nonsense").exit_code == 2
    assert ground.run("fuzz", "--report", "junit").exit_code == 2
    assert ground.run("fuzz", "--time", "soon").exit_code == 2
    assert ground.run("fuzz", "--server", "{python} -c 'raise SystemExit(1)' {port} {app}").exit_code == 3
