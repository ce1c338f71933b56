"""A real nginx in front of a server: both are started, one address is served, and nothing is left."""

from __future__ import annotations

import shlex
import shutil

import psutil
import pytest

from tests.unit.running import Ground
from wsgicheck.servers.builtin import BEHIND_NGINX

REFERENCE = "{python} -m reference_server {app} --unix {behind}"
TOPICS = "iterable,close,invocation,queries,input-content"

with_nginx = pytest.mark.skipif(
    not shutil.which("nginx"), reason="nginx is not on PATH (Debian: nginx-light)"
)


def behind(protocol: str, command: str) -> str:
    return f"{{python}} {BEHIND_NGINX} {protocol} {{host}} {{port}} {{room}} {command}"


def of_this_run(ground: Ground) -> list[psutil.Process]:
    """Return the processes that have the room of the test's runs in their command line."""
    found = []
    for process in psutil.process_iter():
        try:
            if str(ground.temporary) in shlex.join(process.cmdline()):
                found.append(process)
        except psutil.Error:
            continue
    return found


@with_nginx
def test_the_reference_server_keeps_its_duties_behind_nginx(ground: Ground) -> None:
    ended = ground.run("--server", behind("http", REFERENCE), "--select", TOPICS, "-q")
    assert ended.exit_code == 0, ended.out + ended.err
    assert of_this_run(ground) == []
    assert list(ground.temporary.iterdir()) == []


@with_nginx
def test_a_server_that_ends_takes_its_front_along(ground: Ground) -> None:
    dies = "{python} -c 'raise SystemExit(5)' {app}"
    ended = ground.run("--server", behind("uwsgi", dies), "--select", TOPICS, "--timeout", "1")
    assert ended.exit_code == 3
    assert "status 5" in ended.err
    assert of_this_run(ground) == []
