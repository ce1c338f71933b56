"""The command line as a user meets it: words, streams, exit codes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.running import SECONDS, Ground
from wsgicheck import __version__

ONE = ("--select", "environ-is-dict")


def test_a_clean_run_ends_with_0_and_says_so(ground: Ground) -> None:
    ended = ground.run(*ONE)
    assert ended.exit_code == 0
    assert "1 checks in" in ended.out
    assert "ready after" in ended.err, "progress goes to standard error"


def test_violations_end_with_1(ground: Ground, tmp_path: Path) -> None:
    (tmp_path / "sinner.py").write_text(
        "import sys\n"
        "from wsgiref.simple_server import make_server\n"
        "from wsgicheck_probe import application\n"
        "class Environ(dict): pass\n"
        "app = lambda environ, start: application(Environ(environ), start)\n"
        "make_server(sys.argv[1], int(sys.argv[2]), app).serve_forever()\n"
    )
    server = f"{{python}} {tmp_path}/sinner.py {{host}} {{port}} {{app}} {ground.marker}"
    ended = ground.run("--server", server, *ONE)
    assert ended.exit_code == 1, ended.out + ended.err
    assert "FAIL environ-is-dict" in ended.out
    assert ground.run("--server", server, *ONE, "-q").out.startswith("FAIL environ-is-dict")


def test_an_unknown_check_is_usage_and_the_nearest_is_named(ground: Ground) -> None:
    ended = ground.run("--select", "environ-is-dic")
    assert ended.exit_code == 2
    assert "error: no check matches 'environ-is-dic'" in ended.err
    assert "did you mean environ-is-dict" in ended.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--report", "pdf"),
        ("--report", "json=/no/such/folder/report.json"),
        ("--report", "json=/tmp"),
        ("--timeout", "0"),
        ("--timeout", "soon"),
        ("--memory-limit", "63M"),
        ("--memory-limit", "2T"),
        ("--profile", "none"),
        ("--select", "call", "--ignore", "call"),
        ("--tls", "--server", "waitress"),
        ("--tls", "--server", "served -b {host}:{port} {app}"),
        ("--tls-ca", "/no/such/ca.pem"),
        ("--tls-ca", "/dev/null"),
        ("--no-such-option",),
        ("no-such-command",),
        ("explain", "no-such-check"),
        ("explain",),
    ],
    ids=" ".join,
)
def test_what_cannot_be_obeyed_ends_with_2_before_a_server_is_started(
    ground: Ground, arguments: tuple[str, ...]
) -> None:
    ended = ground.run(*arguments)
    assert ended.exit_code == 2, ended.err
    assert ended.err and not ended.out
    assert "Traceback" not in ended.err


def test_a_server_that_does_not_start_ends_with_3(ground: Ground) -> None:
    ended = ground.run("--server", "no-such-command {port} {app}")
    assert ended.exit_code == 3


def test_a_report_goes_to_a_file_and_to_the_terminal(ground: Ground, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    ended = ground.run(*ONE, "--report", f"json={file}", "--report", "terminal")
    assert json.loads(file.read_text())["summary"]["pass"] == 1
    assert "1 checks in" in ended.out
    assert json.loads(ground.run(*ONE, "--report", "json").out)["complete"] is True


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"NO_COLOR": "", "FORCE_COLOR": "1"}, True),
    ],
)
def test_colours_follow_the_conventions(ground: Ground, environment: dict[str, str], coloured: bool) -> None:
    arguments = ONE if coloured else ("servers",)
    assert ("\x1b[" in ground.run(*arguments, env=environment).out) is coloured


def test_the_room_is_kept_where_asked_for_and_named(ground: Ground) -> None:
    for server in ("reference", "no-such-command {port} {app}"):
        ended = ground.run("--keep-room", "--server", server, *ONE)
        named = re.search(r"the room will be kept: (\S+)", ended.err)
        assert named is not None, ended.err
        room = Path(named.group(1))
        assert {"journal", "plays", "gates", "wsgicheck_probe.py"} <= {path.name for path in room.iterdir()}
        subprocess.run(["rm", "-r", str(room)], check=True)


def test_quiet_and_verbose_say_less_and_more(ground: Ground) -> None:
    quiet, plain = ground.run(*ONE, "-q"), ground.run(*ONE)
    assert quiet.err == ""
    assert len(quiet.out) < len(plain.out)


def test_a_reader_that_leaves_gets_no_traceback() -> None:
    run = subprocess.run(
        f"{sys.executable} -m wsgicheck list | head -1",
        shell=True,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert run.stdout.count("\n") == 1
    assert run.stderr == ""


def test_a_terminal_that_knows_few_characters_is_no_reason_to_fail(ground: Ground) -> None:
    ended = ground.run(
        "--server", "\u6771 {port} {app}", env={"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    )
    assert ended.exit_code == 3, ended.err
    assert "\\u6771" in ended.err


def test_help_version_and_overviews_are_at_hand(ground: Ground) -> None:
    assert ground.run("--version").out == f"wsgicheck {__version__}\n"
    words = ground.run("--help").out
    assert "Exit codes:" in words and "{port}" in words
    assert "environ-is-dict" in ground.run("list", "--select", "call").out
    assert "gunicorn" in ground.run("servers").out
    assert "PEP 3333" in ground.run("explain", "environ-is-dict").out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("explian", "environ-is-dict"), "did you mean explain?"),
        (("wsgiref",), "a server stands behind --server: --server wsgiref"),
        (("--select", "call", "list"), "--select stands before the command 'list', and has no effect there"),
        (("--server", "gunicron"), "did you mean gunicorn?"),
        (("--report", "json=/proc/none"), "the report '/proc/none' cannot be written"),
    ],
)
def test_what_was_meant_is_named(ground: Ground, words: tuple[str, ...], told: str) -> None:
    ended = ground.run(*words)
    assert (ended.exit_code, ended.out) == (2, "")
    assert told in ended.err and "Traceback" not in ended.err


@pytest.mark.parametrize(
    ("redirection", "exit_code", "told"),
    [
        (">&-", 0, "ready after"),
        ("2>&-", 0, ""),
        (">&- 2>&-", 0, ""),
        (">/dev/full", 4, "standard output cannot be written: No space left on device"),
    ],
)
def test_streams_that_cannot_be_written_are_no_riddle(
    ground: Ground, redirection: str, exit_code: int, told: str
) -> None:
    ended = subprocess.run(
        f"{sys.executable} -m wsgicheck --select environ-is-dict {redirection}",
        shell=True,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        env=ground.environment,
    )
    assert ended.returncode == exit_code, ended.stderr
    assert told in ended.stderr and "Traceback" not in ended.stderr


def test_a_dash_stands_for_standard_output(ground: Ground) -> None:
    assert json.loads(ground.run(*ONE, "--report", "json=-").out)["complete"] is True


def test_a_run_in_which_nothing_passed_says_why_it_ends_with_3(ground: Ground) -> None:
    advice = ("--server", "wsgiref", "--select", "excess-block-not-sent", "-q")
    ended = ground.run(*advice)
    assert ended.exit_code == 3
    assert ended.err == (
        "nothing conclusive was tested: no check passed, and what failed (1) is advice;"
        " --strict lets it count\n"
    )
    assert ground.run(*advice, "--strict").exit_code == 1


def test_a_run_without_a_terminal_report_is_told_in_one_line(ground: Ground, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    words = ("--server", ground.fragile(), "--select", "environ-is-dict,head-without-content")
    ended = ground.run(*words, "--report", f"json={file}")
    assert (ended.exit_code, ended.out) == (1, "")
    assert ended.err.splitlines()[-1].endswith(": 1 pass, 1 fail"), ended.err
    shown = ground.run(*words, "--report", "terminal", "--report", f"json={file}")
    assert ": 1 pass, 1 fail" not in shown.err
    quiet = ground.run(*words, "-q", "--report", f"json={file}")
    assert (quiet.exit_code, quiet.out, quiet.err) == (1, "", "")
