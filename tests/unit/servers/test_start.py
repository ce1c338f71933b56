"""A server is started as the user would, and every way in which that goes wrong is told."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest

from tests.unit.running import Ground
from wsgicheck.servers.port import Port, _is_free, _lock

QUICK = ("--select", "environ-is-dict", "--timeout", "0.5")


def test_environment_and_working_directory_are_kept(ground: Ground, tmp_path: Path) -> None:
    environment = {"PYTHONPATH": "/some/where", "OF_THE_USER": "caf\u00e9", "PYTHONSAFEPATH": ""}
    folder = tmp_path / "a folder"
    folder.mkdir()
    environment["PYTHONPATH"] = os.pathsep.join([os.getcwd(), "/some/where"])
    ended = ground.run("--server", ground.fragile("tells"), *QUICK, env=environment, cwd=folder)
    assert ended.exit_code == 0, ended.err
    told = json.loads(Path(ground.marker + ".told").read_text())
    assert told["cwd"] == str(folder)
    assert told["environ"]["OF_THE_USER"] == "caf\u00e9"
    first, *rest = told["environ"]["PYTHONPATH"].split(os.pathsep)
    assert Path(first).name.startswith("wsgicheck-")
    assert rest == [os.getcwd(), "/some/where"]


def test_a_taken_port_is_left_for_another(ground: Ground) -> None:
    ended = ground.run("--server", ground.fragile("port-taken-once"), *QUICK)
    assert ended.exit_code == 0, ended.err


def test_a_flood_of_output_neither_blocks_the_server_nor_fills_memory(ground: Ground) -> None:
    ended = ground.run("--server", ground.fragile("floods"), *QUICK)
    assert ended.exit_code == 0, ended.err


def test_two_runs_never_share_a_port() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert not _is_free("127.0.0.1", taken.getsockname()[1])
    ports = [Port("127.0.0.1") for _ in range(20)]
    assert len({port.number for port in ports}) == 20
    for port in ports:
        assert _lock(port.number) is None, "a port that is held cannot be taken"
        port.release()
        lock = _lock(port.number)
        assert lock is not None
        lock.close()


@pytest.mark.parametrize(
    ("server", "exit_code", "message", "hint"),
    [
        ("no-such-command {port} {app}", 3, "'no-such-command' cannot be started: No such file", "PATH"),
        ("/etc/passwd {port} {app}", 3, "cannot be started: Permission denied", "installed"),
        ("serve -b {host}:80 {app}", 2, "{port} is missing", "-b {host}:{port}"),
        ("serve -b {host}:{port} myapp:app", 2, "{app} is missing", "module:callable"),
        ("serve '{port} {app}", 2, "cannot be split into words", "quotes"),
        ("", 2, "the server's command is empty", "profile"),
        ("gunicron", 2, "neither a profile nor a command", "gunicorn"),
        ("FRAGILE raises", 3, "exited at once: its process ended with status 1", "by hand"),
        ("FRAGILE sleeps", 3, "never answered on 127.0.0.1:", "no request came through"),
        ("FRAGILE dumb", 3, "never answered on 127.0.0.1:", "no request came through"),
        ("FRAGILE stranger", 3, "it did not call the application of this run", "{app}"),
        ("FRAGILE elsewhere", 3, "the server listens on 127.0.0.1:", "{host} and {port}"),
    ],
)
def test_a_server_that_cannot_be_checked_is_told_with_a_hint(
    ground: Ground, server: str, exit_code: int, message: str, hint: str
) -> None:
    if server.startswith("FRAGILE"):
        server = ground.fragile(server.split()[1])
    ended = ground.run("--server", server, *QUICK)
    assert ended.exit_code == exit_code, ended.err
    error, tip = ended.err.splitlines()[:2]
    assert error.startswith("error: ") and message in error
    assert tip.startswith("hint: ") and hint in tip
    assert "Traceback" not in ended.err.split("the server's last words")[0]
    assert ended.out == ""


def test_the_traceback_of_a_server_that_exits_is_shown(ground: Ground) -> None:
    ended = ground.run("--server", ground.fragile("raises"), *QUICK)
    assert "the server's last words:" in ended.err
    assert "  | RuntimeError: the configuration is wrong" in ended.err


def test_an_application_that_cannot_be_imported_is_told(ground: Ground) -> None:
    """The room hides from an isolated interpreter, which is the commonest mistake with embedded ones."""
    words = ground.fragile().replace("{python}", "{python} -I")
    ended = ground.run("--server", words, *QUICK)
    assert ended.exit_code == 3
    assert "ModuleNotFoundError: No module named 'wsgicheck_probe'" in ended.err
