"""Ten failures of real servers, shown without wsgicheck: the printed lines are run as they were printed.

Each line of the table says what somebody who looks for the fault would look for; on the reference server,
with the same files, it is not there.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.field.test_field import missing
from wsgicheck.servers.builtin import PROFILES

pytestmark = pytest.mark.field
PROFILE = {profile.name: profile for profile in PROFILES}


@dataclass(frozen=True)
class Fault:
    """One failure, and how it looks: what came back, and what the application saw."""

    server: str
    id: str
    shows: Callable[[str, str], bool]


def body(received: str) -> str:
    return received.partition("^M\n^M\n")[2]


FAULTS = (
    Fault(
        "gunicorn-gthread",
        "host-missing-answered-400",
        lambda came, saw: " 200 OK" in came and "called" in saw,
    ),
    Fault(
        "gunicorn-gthread", "repeated-cookie-joined-by-semicolon", lambda came, saw: "'a=1; b=2,c=3'" in saw
    ),
    Fault("gunicorn-gthread", "exc-info-replaces-headers", lambda came, saw: "X-Old: old^M" in came),
    Fault("gunicorn-gthread", "head-error-without-content", lambda came, saw: "<html>" in body(came)),
    Fault(
        "gunicorn-gthread",
        "headers-held-across-empty-block",
        lambda came, saw: bool(
            re.search(r"HTTP/1\.1 200 (?s:.*)\[client\] lets the application go on", came)
        ),
    ),
    Fault(
        "gunicorn-gthread",
        "shortfall-not-filled",
        lambda came, saw: (
            "Content-Length: 20^M" in came and "wsgicheck\n[client] b'wsgicheck' has come\nHTTP/1.1 " in came
        ),
    ),
    Fault("wsgiref", "head-without-content", lambda came, saw: "wsgicheck" in body(came)),
    Fault("wsgiref", "excess-block-not-sent", lambda came, saw: "1234567" in body(came)),
    Fault("wsgiref", "length-with-plus-refused", lambda came, saw: "CONTENT_LENGTH = str '+5'" in saw),
    Fault("wsgiref", "response-204-without-content", lambda came, saw: "wsgicheck" in body(came)),
    Fault(
        "waitress", "host-repeated-answered-400", lambda came, saw: bool(re.search("HTTP_HOST = .*, ", saw))
    ),
    Fault("waitress", "status-without-space-raises", lambda came, saw: "HTTP/1.1 200OK^M" in came),
    Fault("waitress", "headers-in-tuple-raise", lambda came, saw: "X-A: a^M" in came and "close()" in saw),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.server}-{fault.id}")
def test_the_lines_as_printed_show_the_fault(fault: Fault, tmp_path: Path) -> None:
    reason = missing(PROFILE[fault.server])
    if reason:
        pytest.skip(reason)
    assert fault.shows(*as_printed(fault.id, fault.server, tmp_path / "fault"))
    assert not fault.shows(*as_printed(fault.id, "reference", tmp_path / "kept")), "it is the server's fault"


def as_printed(id: str, server: str, folder: Path) -> tuple[str, str]:
    """Run both lines as replay prints them; return what came back, and what the application saw."""
    port = _free_port()
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    words = [sys.executable, "-m", "wsgicheck", "replay", id, "--server", server, "-q"]
    told = subprocess.run(
        [*words, "--write", str(folder), "--port", str(port)], capture_output=True, text=True, env=environment
    )
    assert told.returncode == (0 if server == "reference" else 1), told.stdout + told.stderr
    serve, shell = (line.strip() for line in told.stdout.rstrip().splitlines()[-2:])
    with running(serve, port, environment):
        ended = subprocess.run(
            ["bash", "-c", shell], capture_output=True, text=True, env=environment, timeout=60
        )
    came, called, saw = ended.stdout.partition("\ncalled")
    return came, called + saw


@contextmanager
def running(serve: str, port: int, environment: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(
        ["bash", "-c", serve],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert time.monotonic() < deadline and process.poll() is None, serve
                time.sleep(0.05)
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        number: int = found.getsockname()[1]
    return number
