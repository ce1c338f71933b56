"""``wsgicheck app`` as a user meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from wsgicheck.reporters.explanation import render_duty
from wsgicheck.spec import pep3333_applications, pep3333_middleware

SITE = (
    "/",
    "/plain/",
    "/pictures/circle.svg",
    "/stream/",
    "/download/",
    "/cookies/",
    "/closing/",
    "/none",
    "*",
)


def run(*args: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    root = str(Path(__file__).parents[3])
    command = [sys.executable, "-m", "wsgicheck", "app", *args]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, cwd=cwd or root, env={"PYTHONPATH": root}
    )


def test_the_sample_site_is_clean() -> None:
    ended = run("sample_apps.site:application", "--strict", *(f"--path={path}" for path in SITE))
    assert ended.stdout == ", ".join(f"GET {path}" for path in SITE) + ": 0 fail, 0 warn\n"
    assert ended.returncode == 0, ended.stderr


def test_the_sample_site_is_clean_with_content() -> None:
    ended = run("sample_apps.site:application", "--strict", "--path", "/echo/", "--body", "abc")
    assert (ended.stdout, ended.returncode) == ("POST /echo/: 0 fail, 0 warn\n", 0)


def test_advice_is_a_warning_unless_it_is_strict() -> None:
    assert run("sample_apps.writing:application").returncode == 0
    ended = run("sample_apps.writing:application", "--strict")
    assert ended.returncode == 1
    assert ended.stdout.startswith("WARN application-write-avoided\n  the application uses write()")


def test_a_broken_application_ends_with_1_and_the_clause(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "class Holder:\n"
        "    @staticmethod\n"
        "    def app(environ, start_response):\n"
        "        start_response('200 OK', [('X-A', 'b\\x1b[2J')])\n"
        "        return ['x']\n"
    )
    ended = run("mine:Holder.app", cwd=tmp_path)
    assert ended.returncode == 1, ended.stderr
    assert "FAIL application-body-bytes\n  the application yielded a str, 'x'" in ended.stdout
    assert "FAIL application-header-value-without-controls" in ended.stdout
    assert "the value must be of type bytes under Python 3" in " ".join(ended.stdout.split())
    assert "\x1b" not in ended.stdout
    assert ended.stdout.endswith("GET /: 2 fail, 0 warn\n")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["nonsense"], "names no application"),
        (["no_such_module_here:app"], "cannot be imported"),
        (["sample_apps.site:nothing"], "has no 'nothing'"),
        (["sample_apps.site:application", "--body", "@/no/such/file"], "cannot be read"),
    ],
)
def test_what_cannot_be_obeyed_ends_with_2_and_a_hint(args: list[str], words: str) -> None:
    ended = run(*args)
    assert ended.returncode == 2
    assert words in ended.stderr
    assert "hint: " in ended.stderr


JOINS = """
class Joins:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        return [b"".join(self.app(environ, start_response))]


class Passes(Joins):
    def __call__(self, environ, start_response):
        return self.app(environ, start_response)


def by_port(environ, start_response):
    headers = [("Content-Type", "text/plain")]
    if environ["SERVER_PORT"] != "80":
        headers.append(("Connection", "close"))
    start_response("200 OK", headers)
    return [b"x"]
"""


def test_middleware_is_checked_from_both_sides(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(JOINS)
    ended = run("--middleware", "mine:Joins", cwd=tmp_path)
    assert ended.returncode == 1, ended.stderr
    for words in ("FAIL middleware-returns-at-once", "FAIL middleware-iterable-closed", "3 of 3 blocks"):
        assert words in ended.stdout
    ended = run("--middleware", "mine:Passes", cwd=tmp_path)
    assert (ended.stdout, ended.returncode) == ("GET /: 0 fail, 0 warn\n", 0), ended.stderr


def test_what_shows_over_a_server_alone_is_found_there(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(JOINS)
    over = run("mine:by_port", cwd=tmp_path)
    assert over.returncode == 1
    assert "FAIL application-no-persistence-headers" in over.stdout
    assert "seen at GET / (over reference)" in over.stdout
    assert run("mine:by_port", "--in-process", cwd=tmp_path).returncode == 0
    assert "(over wsgiref)" in run("mine:by_port", "--server", "wsgiref", cwd=tmp_path).stdout
    assert run("mine:by_port", "--server", "gunicron", cwd=tmp_path).returncode == 2


BROKEN = """

def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return ["x"]
"""


def test_reports_go_where_they_are_wanted_and_leave_the_exit_code(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(BROKEN)
    ended = run(
        "mine:app", "--report", "terminal", "--report", "json=a.json", "--report=junit=a.xml", cwd=tmp_path
    )
    assert ended.returncode == 1, ended.stderr
    assert ended.stdout.startswith("FAIL application-body-bytes\n")
    document = json.loads((tmp_path / "a.json").read_text())
    (finding,) = document["findings"]
    assert (finding["id"], finding["severity"]) == ("application-body-bytes", "error")
    assert (document["server"], document["violated"]) == ("reference", True)
    assert document["location"] == {"file": "mine.py", "line": 3}
    assert (
        '<testcase classname="wsgicheck.pep3333.application" name="application-body-bytes"'
        in (tmp_path / "a.xml").read_text()
    )


def test_a_report_of_a_clean_application_is_alone_on_standard_output() -> None:
    ended = run("sample_apps.site:application", "--in-process", "--report", "json")
    document = json.loads(ended.stdout)
    assert (ended.returncode, document["findings"], document["server"]) == (0, [], None)
    assert document["visits"] == ["GET /"]


def test_a_format_that_does_not_exist_is_told_before_a_visit_is_paid(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("raise SystemExit('imported')")
    for report, words in (
        ("junti", "did you mean junit? choose one of: terminal, json, junit, sarif, github, markdown, tap"),
        ("badge", "choose one of: terminal, json"),
        ("json=none/a.json", "its folder does not exist"),
    ):
        ended = run("mine:app", "--report", report, cwd=tmp_path)
        assert ended.returncode == 2
        assert words in ended.stderr


def wsgicheck(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "wsgicheck", *args],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(__file__).parents[3],
    )


def test_every_id_that_is_reported_is_explained() -> None:
    for duty in (*pep3333_applications.ALL, *pep3333_middleware.ALL):
        page = render_duty(duty)
        assert page.startswith(f"{duty.id}   ({duty.level.value}, ")
        assert "".join(duty.quote.split()) in "".join(page.split()), "a line may end behind a hyphen"
        assert ("--middleware" in page) is duty.id.startswith("middleware-")
    told = wsgicheck("explain", "application-body-bytes")
    assert (told.returncode, told.stdout.split()[0]) == (0, "application-body-bytes")
    assert wsgicheck("explain", "middleware-iterable-closed").returncode == 0
    misspelt = wsgicheck("explain", "application-body-byte")
    assert misspelt.returncode == 2
    assert "did you mean application-body-bytes" in misspelt.stderr
