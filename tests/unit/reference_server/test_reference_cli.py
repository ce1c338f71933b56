"""The command line of the reference server."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import reference_server
from reference_server import cli

ROOT = Path(reference_server.__file__).parent.parent

APPLICATION = """
from wsgiref.validate import validator

def plain(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["deploy.key"].encode()]

app = validator(plain)
"""


def test_serves_and_stops_gracefully(tmp_path):
    """A validated application is found in the current directory, served, and stopped by SIGTERM."""
    (tmp_path / "its_app.py").write_text(APPLICATION)
    command = [sys.executable, "-m", "reference_server", "its_app:app", "--port", "0"]
    command += ["--environ", "deploy.key=v"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with (
        subprocess.Popen(
            command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True
        ) as process,
        contextlib.ExitStack() as at_the_end,
    ):
        at_the_end.callback(process.kill)
        assert process.stderr is not None
        port = int(process.stderr.readline().rpartition(" (")[0].rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            received = b""
            while not received.endswith(b"\r\n\r\n1\r\nv\r\n0\r\n\r\n"):
                octets = client.recv(65536)
                assert octets, received
                received += octets
            process.send_signal(signal.SIGTERM)
            assert client.recv(1) == b""
        assert process.wait(10) == 0
        assert process.stderr.read() == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["no_such_module:app"], "no module 'no_such_module'"),
        (["os:path.nix"], "has no 'path.nix'"),
        (["os:name"], "not callable"),
        ([":app"], "MODULE:NAME"),
        (["os:getcwd", "--threads", "0"], "--threads"),
        (["os:getcwd", "--port", "70000"], "--port"),
        (["os:getcwd", "--environ", "nothing"], "NAME=VALUE"),
        (["os:getcwd", "--host", "256.256.256.256"], "cannot listen"),
    ],
    ids=repr,
)
def test_mistakes_are_explained(capsys, arguments, message):
    """A mistake in the command line is told in one line, with exit code 2."""
    assert cli.main(arguments) == 2
    error = capsys.readouterr().err
    assert message in error and error.count("\n") == 1
