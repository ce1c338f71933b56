"""``[tool.wsgicheck]``: what is said in it, what overrides what, and errors that name the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.running import Ground
from wsgicheck.configuration import Settings, load, overlaid
from wsgicheck.errors import UsageTrouble
from wsgicheck.model.jobs import AUTO

WHOLE = """\
[project]
name = "site"

[tool.wsgicheck]
profile = "wsgi"
tls-ca = "ca.pem"
timeout = 3
memory-limit = "1G"
jobs = 3
ignore = ["date"]
baseline = "known.toml"

[tool.wsgicheck.targets.production]
server = "gunicorn -c conf.py {app} -b {host}:{port}"
ignore = { "tls-*" = "the front end ends TLS" }
strict = true
reports = ["terminal", "junit=report.xml"]

[tool.wsgicheck.targets."the other"]
server = "waitress"
select = ["close-*"]
"""


def project(folder: Path, text: str) -> Path:
    path = folder / "pyproject.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_target_stands_over_the_table_and_knows_its_line(tmp_path: Path) -> None:
    path = project(tmp_path, WHOLE)
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert load(below, "production") == Settings(
        server="gunicorn -c conf.py {app} -b {host}:{port}",
        ignore={"tls-*": "the front end ends TLS"},
        profile="wsgi",
        strict=True,
        timeout=3.0,
        memory_limit=1024**3,
        jobs=3,
        baseline="known.toml",
        reports=("terminal", "junit=report.xml"),
        file=str(path),
        tls_ca="ca.pem",
        line=13,
    )
    assert load(tmp_path, "the other").line == 19
    assert load(tmp_path, "the other").ignore == {"date": ""}
    assert load(tmp_path).server is None and load(tmp_path).line == 4


def test_a_location_is_told_from_the_repository_that_holds_the_file(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "site").mkdir()
    project(tmp_path / "site", WHOLE)
    settings = load(tmp_path / "site", "production")
    assert settings.location == ("site/pyproject.toml", 13)
    assert settings.folder == str(tmp_path / "site")
    assert Settings().location == ("pyproject.toml", 1) and Settings().folder == ""


def test_what_is_said_later_overrides_even_with_no() -> None:
    base = Settings(server="a", strict=True, select=("x",), timeout=3.0, file="f", line=9)
    assert overlaid(base, Settings(strict=False, timeout=1.0)) == Settings(
        server="a", strict=False, select=("x",), timeout=1.0, file="f", line=9
    )


def test_without_a_table_nothing_is_said(tmp_path: Path) -> None:
    project(tmp_path, '[project]\nname = "site"\n')
    assert load(tmp_path) == Settings()
    with pytest.raises(UsageTrouble, match="there is no target 'production'"):
        load(tmp_path, "production")


@pytest.mark.parametrize(
    ("text", "words", "hint"),
    [
        ("serve = 'x'", "unknown key tool.wsgicheck.serve", "did you mean server?"),
        ("target = {}", "unknown key tool.wsgicheck.target", "did you mean targets?"),
        ("qqq = 1", "unknown key tool.wsgicheck.qqq", "known are server, select"),
        ("server = 3", "tool.wsgicheck.server must be a string", "it is 3"),
        ("select = 'close-*'", "tool.wsgicheck.select must be a list of strings", "'close-*'"),
        ("select = [1]", "tool.wsgicheck.select must be a list of strings", "[1]"),
        ("ignore = { date = 3 }", "tool.wsgicheck.ignore must be a list of strings, or a table", "3"),
        ("profile = 'strict'", "tool.wsgicheck.profile must be one of wsgi, standard, edge", "'strict'"),
        ("strict = 'yes'", "tool.wsgicheck.strict must be true or false", "'yes'"),
        ("timeout = true", "tool.wsgicheck.timeout must be a number of seconds", "True"),
        ("timeout = 0", "tool.wsgicheck.timeout must be a number of seconds", "0"),
        ("memory-limit = '2T'", "tool.wsgicheck.memory-limit must be a size such as 512M", "'2T'"),
        ("memory-limit = 2", "tool.wsgicheck.memory-limit must be a size such as 512M", "2"),
        ("jobs = 0", "tool.wsgicheck.jobs must be a number of copies, 1 to 16, or 'auto'", "0"),
        ("jobs = true", "tool.wsgicheck.jobs must be a number of copies, 1 to 16, or 'auto'", "True"),
        ("jobs = 'all'", "tool.wsgicheck.jobs must be a number of copies, 1 to 16, or 'auto'", "'all'"),
        ("tls = 'yes'", "tool.wsgicheck.tls must be true or false", "'yes'"),
        ("tls-ca = 1", "tool.wsgicheck.tls-ca must be the path of a file", "1"),
        ("tls_ca = 'ca.pem'", "unknown key tool.wsgicheck.tls_ca", "did you mean tls-ca?"),
        ("baseline = []", "tool.wsgicheck.baseline must be the path of a file", "[]"),
        ("reports = 'json'", "tool.wsgicheck.reports must be a list of FORMAT", "'json'"),
        ("targets = 3", "tool.wsgicheck.targets must hold tables", "[tool.wsgicheck.targets.NAME]"),
        ("[tool.wsgicheck.targets]\nx = 3", "tool.wsgicheck.targets must hold tables", ""),
        ("[tool.wsgicheck.targets.x]\nservr = ''", "unknown key tool.wsgicheck.targets.x.servr", "server?"),
        ("[tool.wsgicheck.targets.x]\nserver = ''", "tool.wsgicheck.targets.x.server must be a", "it is ''"),
        ("[tool.wsgicheck.targets.prodction]", "there is no target 'production'", "did you mean prodction?"),
        ("[tool.wsgicheck.targets.xyz]", "there is no target 'production'", "known are: xyz"),
        ("x = [", "is not valid TOML", ""),
    ],
)
def test_what_cannot_be_obeyed_names_the_key_and_the_nearest_right_one(
    tmp_path: Path, text: str, words: str, hint: str
) -> None:
    path = project(tmp_path, "[tool.wsgicheck]\n" + text + "\n")
    with pytest.raises(UsageTrouble) as caught:
        load(tmp_path, "production")
    assert str(path) in caught.value.message and words in caught.value.message
    assert hint in caught.value.hint


def test_a_table_that_is_none_is_said_to_be_so(tmp_path: Path) -> None:
    project(tmp_path, "[tool]\nwsgicheck = 3\n")
    with pytest.raises(UsageTrouble, match=r"tool\.wsgicheck must be a table"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('select = ["nope-nope"]', "select of [tool.wsgicheck]: no check matches 'nope-nope'"),
        ('reports = ["jnuit=x"]', "reports of [tool.wsgicheck]: there is no report format 'jnuit'"),
        ('server = "gunicron"', "server of [tool.wsgicheck]: 'gunicron' is neither a profile nor a command"),
        ('baseline = "none.toml"', "baseline of [tool.wsgicheck]: there is no file"),
        ("timeout = 9999", "tool.wsgicheck.timeout must be a number of seconds, 0.2 to 600"),
    ],
)
def test_what_stands_in_the_file_is_blamed_on_the_file(
    ground: Ground, tmp_path: Path, line: str, told: str
) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "pyproject.toml").write_text(f"[tool.wsgicheck]\n{line}\n")
    ended = ground.run(cwd=folder, env={"PYTHONPATH": str(Path(__file__).parents[2])})
    assert (ended.exit_code, ended.out) == (2, ""), ended.err
    assert f"{folder / 'pyproject.toml'}: {told}" in ended.err
    assert "hint: " in ended.err


def test_a_target_may_leave_the_number_of_copies_to_the_machine(tmp_path: Path) -> None:
    project(tmp_path, '[tool.wsgicheck]\njobs = 3\n\n[tool.wsgicheck.targets.one]\njobs = "auto"\n')
    assert load(tmp_path).jobs == 3
    assert load(tmp_path, "one").jobs == AUTO
