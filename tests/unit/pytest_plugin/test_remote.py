"""Workers of pytest-xdist on other hosts: here one that is reached over a socket, as they are."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.pytest_plugin.plugged import SINNER, Plugged
from tests.unit.running import eventually

pytest.importorskip("xdist")


@pytest.fixture
def remote(tmp_path: Path) -> Iterator[str]:
    """The address of a host that takes a worker: execnet's own server, in another folder."""
    import execnet

    script = Path(execnet.__file__).parent / "script" / "socketserver.py"
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, str(script), f":{port}"],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    eventually(lambda: _listens(port), "the other host listens")
    yield f"127.0.0.1:{port}"
    process.kill()
    process.wait()


def _listens(port: int) -> bool:
    """Look without connecting: the server takes its connections one after another."""
    import psutil

    return any(
        each.laddr.port == port and each.status == psutil.CONN_LISTEN
        for each in psutil.net_connections("tcp")
        if each.laddr
    )


def test_a_worker_on_another_host_finds_the_same(plugged: Plugged, remote: str) -> None:
    checks = ("--wsgi-server", SINNER, "-m", "wsgicheck_close or wsgicheck_call")
    alone = plugged.verdicts(*checks)
    shared = plugged.verdicts(*checks, "--dist", "load", "--tx", f"socket={remote}", "--tx", "popen")
    assert shared == alone
    assert set(alone.values()) >= {"pass", "fail"}
