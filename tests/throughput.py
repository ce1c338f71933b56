"""Requests per second of the reference server beside other servers: ``python -m tests.throughput``.

A hello-world application over kept connections, loaded by wrk. The servers take turns, round after round,
so that whatever else the machine does falls on all of them; the figure to look at is the ratio of medians.
Processor time for a request is counted besides, because it is what a busy machine changes least: it is
that of the server's process tree, not of wrk.

wsgiref has one thread and closes every connection, for it speaks HTTP/1.0; werkzeug has a thread for each
connection; the others have ``THREADS``.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

import psutil

from tests.bench import wait_for
from wsgicheck.servers.command import fill_in, split
from wsgicheck.servers.port import Port
from wsgicheck.servers.process import ServerProcess

HOST = "127.0.0.1"
THREADS = 8
CONNECTIONS = 16
ROUNDS = 5
SECONDS = 3
WARM_UP_SECONDS = 1
PAGE = Path(__file__).parents[1] / "docs" / "benchmark.md"
APPLICATION = """
def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "13")])
    return [b"Hello, world!"]
"""
SERVERS = {
    "reference": f"{{python}} -m reference_server {{app}} --port {{port}} --threads {THREADS}",
    "wsgiref": "{python} -c 'from wsgiref.simple_server import *; from {module} import app;"
    ' make_server("{host}", {port}, app, handler_class=type("Quiet", (WSGIRequestHandler,),'
    ' {"log_message": lambda *_: None})).serve_forever()\'',
    "werkzeug": "{python} -c 'import logging; from werkzeug.serving import *; from {module} import app;"
    ' logging.getLogger("werkzeug").disabled = True; WSGIRequestHandler.protocol_version = "HTTP/1.1";'
    ' run_simple("{host}", {port}, app, threaded=True)\'',
    "gunicorn": f"{{python}} -m gunicorn --no-control-socket -k gthread --threads {THREADS}"
    " --bind {host}:{port} {app}",
    "waitress": f"{{python}} -m waitress --threads={THREADS} --listen={{host}}:{{port}} {{app}}",
    "cheroot": f"{{python}} -m cheroot --threads {THREADS} --bind {{host}}:{{port}} {{app}}",
}


@dataclass
class Measured:
    """What one server did: a figure for each round."""

    per_second: list[float] = field(default_factory=list)
    microseconds: list[float] = field(default_factory=list)
    """Processor time for a request."""
    errors: int = 0
    """Answers other than 2xx or 3xx, and connections that broke."""


def measure(name: str, measured: Measured) -> None:
    """One round of one server: start it, warm it up, load it, end it."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "hello.py").write_text(APPLICATION, encoding="ascii")
        port = Port(HOST)
        values = {"app": "hello:app", "module": "hello", "host": HOST, "port": str(port.number)}
        argv = fill_in(split(SERVERS[name]), {**values, "python": sys.executable})
        path = os.pathsep.join([folder, str(Path(__file__).parents[1])])
        process = ServerProcess(argv, {**os.environ, "PYTHONPATH": path}, folder, folder)
        try:
            wait_for((HOST, port.number))
            load(port.number, WARM_UP_SECONDS)
            before = processor_seconds(process.pid)
            requests, per_second, errors = load(port.number, SECONDS)
            spent = processor_seconds(process.pid) - before
        finally:
            process.stop()
            port.release()
    if not requests:
        raise SystemExit(f"{name} answered nothing; its output was:\n{process.output}")
    measured.per_second.append(per_second)
    measured.microseconds.append(spent / requests * 1e6)
    measured.errors += errors


def processor_seconds(pid: int) -> float:
    """User and system time of a process and its living descendants."""
    root = psutil.Process(pid)
    times = [process.cpu_times() for process in (root, *root.children(recursive=True))]
    return float(sum(time.user + time.system for time in times))


def load(port: int, seconds: int) -> tuple[int, float, int]:
    """Run wrk; return the requests answered, how many a second, and how many failed."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", f"http://{HOST}:{port}/"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    requests = re.search(r"(\d+) requests in ", text)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    assert requests and rate, text
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    broken = re.search(r"connect (\d+), read (\d+), write (\d+), timeout (\d+)", text)
    errors = int(failed[1]) if failed else 0
    errors += sum(int(number) for number in broken.groups()) if broken else 0
    return int(requests[1]), float(rate[1]), errors


def version(name: str) -> str:
    """Of the distribution, or of what comes with Python."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return {"reference": "this tree"}.get(name, f"Python {platform.python_version()}")


def page(results: dict[str, Measured]) -> Iterator[str]:
    """The lines of docs/benchmark.md."""
    wrk = subprocess.run(["wrk", "-v"], capture_output=True, text=True).stdout.split("\n")[0].split(" [")[0]
    cores, loads = os.cpu_count(), os.getloadavg()
    own = results["reference"]
    yield "# How fast the reference server is"
    yield ""
    yield f"Measured by `tox -e throughput`: {wrk}, one thread, {CONNECTIONS} connections, a hello-world"
    yield f"application; {THREADS} threads a server; {len(own.per_second)} rounds of {SECONDS} s in which the"
    yield "servers take turns, medians of the rounds. Access logs are off everywhere."
    yield ""
    yield f"Machine: {platform.platform()}, {cores} processors shared by wrk and the server, Python"
    yield f"{platform.python_version()}; load average {loads[0]:.1f} (1 min), {loads[2]:.1f} (15 min)."
    yield ""
    yield (
        "| server | version | requests/s | lowest to highest | reference is"
        " | µs of processor a request | errors |"
    )
    yield "|---|---|--:|--:|--:|--:|--:|"
    for name, measured in sorted(results.items(), key=lambda item: -statistics.median(item[1].per_second)):
        rate = statistics.median(measured.per_second)
        spread = f"{min(measured.per_second):.0f} to {max(measured.per_second):.0f}"
        ratio = f"{statistics.median(own.per_second) / rate:.2f} times"
        spent = statistics.median(measured.microseconds)
        words = [name, version(name), f"{rate:.0f}", spread, ratio, f"{spent:.0f}", str(measured.errors)]
        yield f"| {' | '.join(words)} |"


def main(words: list[str]) -> None:
    """Measure; with ``--write``, put the result into docs/benchmark.md, above what was written by hand."""
    if shutil.which("wrk") is None:
        print("skipped: wrk is not installed (Debian and Homebrew call the package 'wrk')")
        return
    results = {name: Measured() for name in SERVERS}
    for number in range(1, ROUNDS + 1):
        for name, measured in results.items():
            measure(name, measured)
            print(f"round {number}: {name:<10} {measured.per_second[-1]:7.0f}/s", flush=True)
    text = "\n".join(page(results)) + "\n"
    print(text)
    if "--write" in words:
        old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        _, mark, by_hand = old.partition("\n## ")
        PAGE.write_text(text + mark + by_hand, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
