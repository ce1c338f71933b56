"""``wsgicheck app`` as a user meets it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

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
