"""How fast the reference server is, beside other servers: ``python -m tests.throughput [--write]``.

Three questions, each answered in one interleaved run: the servers take turns, round after round, so that
whatever else the machine does falls on all of them. The figure to look at is the ratio of medians.

- Requests per second of a hello-world application over kept connections, loaded by wrk. Processor time for a
  request is counted besides, because it is what a busy machine changes least: it is that of the server's
  process tree, not of wrk.
- Octets per second of 100 MB down, from a generator and by ``wsgi.file_wrapper``, and of 100 MB up.
- Requests per second beside 1 to 1000 connections that are kept and ask for nothing.

wsgiref has one thread and closes every connection, for it speaks HTTP/1.0: it is held against the reference
server with one thread. werkzeug has a thread for each connection; the others have ``THREADS``. ``--write``
puts the tables into docs/benchmark.md.
"""

from __future__ import annotations

import contextlib
import os
import platform
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
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
LARGE = 100_000_000
BLOCK = 65_536
IDLE = (1, 10, 100, 1000)
LIMIT = 1200
"""Connections that a server is told to take, where it has to be told."""
TIMEOUT = 120.0
PAGE = Path(__file__).parents[1] / "docs" / "benchmark.md"
BEGINNING, END = "<!-- written by tests.throughput -->\n", "<!-- to here -->\n"
APPLICATION = f"""
import os

FILE = os.path.join(os.path.dirname(__file__), "large")

def app(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/":
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "13")])
        return [b"Hello, world!"]
    if path == "/up":
        left, read = int(environ["CONTENT_LENGTH"]), environ["wsgi.input"].read
        while left:
            left -= len(read(min(left, {BLOCK}))) or left
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "4")])
        return [b"done"]
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "{LARGE}")])
    if path == "/file" and "wsgi.file_wrapper" in environ:
        return environ["wsgi.file_wrapper"](open(FILE, "rb"), {BLOCK})
    return blocks(open(FILE, "rb"))

def blocks(file):
    with file:
        while block := file.read({BLOCK}):
            yield block
"""
ONE_THREAD = "reference, 1 thread"
REFERENCE = "{python} -m reference_server {app} --port {port} --max-connections %d --threads %d"
SERVERS = {
    "reference": REFERENCE % (LIMIT, THREADS),
    ONE_THREAD: REFERENCE % (LIMIT, 1),
    "wsgiref": "{python} -c 'from wsgiref.simple_server import *; from {module} import app;"
    ' make_server("{host}", {port}, app, handler_class=type("Quiet", (WSGIRequestHandler,),'
    ' {"log_message": lambda *_: None})).serve_forever()\'',
    "werkzeug": "{python} -c 'import logging; from werkzeug.serving import *; from {module} import app;"
    ' logging.getLogger("werkzeug").disabled = True; WSGIRequestHandler.protocol_version = "HTTP/1.1";'
    ' run_simple("{host}", {port}, app, threaded=True)\'',
    "gunicorn": f"{{python}} -m gunicorn --no-control-socket -k gthread --threads {THREADS}"
    f" --worker-connections {LIMIT} --keep-alive 60 --bind {{host}}:{{port}} {{app}}",
    "waitress": f"{{python}} -m waitress --threads={THREADS} --connection-limit={LIMIT}"
    f" --max-request-body-size={2 * LARGE} --listen={{host}}:{{port}} {{app}}",
    "cheroot": f"{{python}} -m cheroot --threads {THREADS} --timeout 60 --bind {{host}}:{{port}} {{app}}",
}
KEEPING = ("reference", "gunicorn", "waitress", "cheroot")
"""Servers that are meant to keep many connections: werkzeug has a thread for each, wsgiref keeps none."""
EQUALS = {"wsgiref": ONE_THREAD}
"""Servers whose threads are not ``THREADS``, and the reference server with as many."""
TRANSFERS = {"down": "/down", "down by file_wrapper": "/file", "up": "/up"}


@dataclass
class Measured:
    """What one server did: a figure for each round."""

    per_second: list[float] = field(default_factory=list)
    microseconds: list[float] = field(default_factory=list)
    """Processor time for a request."""
    errors: int = 0
    """Answers other than 2xx or 3xx, and connections that broke."""
    transfers: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in TRANSFERS})
    """Megabytes a second."""
    beside: dict[int, list[float]] = field(default_factory=lambda: {number: [] for number in IDLE})
    """Requests a second beside so many idle connections."""
    kept: dict[int, int] = field(default_factory=dict)
    """How many of them the server had kept at the end, at least."""


@contextlib.contextmanager
def running(name: str) -> Iterator[tuple[int, int]]:
    """Start a server; give its port and process id."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "hello.py").write_text(APPLICATION, encoding="ascii")
        with open(Path(folder, "large"), "wb") as large:
            large.truncate(LARGE)
        port = Port(HOST)
        values = {"app": "hello:app", "module": "hello", "host": HOST, "port": str(port.number)}
        argv = fill_in(split(SERVERS[name]), {**values, "python": sys.executable})
        path = os.pathsep.join([folder, str(Path(__file__).parents[1])])
        process = ServerProcess(argv, {**os.environ, "PYTHONPATH": path}, folder, folder, memory=0)
        try:
            wait_for((HOST, port.number))
            yield port.number, process.pid
        except (OSError, subprocess.CalledProcessError) as error:
            raise SystemExit(f"{name}: {error}; its output was:\n{process.output}") from error
        finally:
            process.stop()
            port.release()


def measure_requests(name: str, measured: Measured) -> None:
    """One round of one server: start it, warm it up, load it, end it."""
    with running(name) as (port, pid):
        load(port, WARM_UP_SECONDS)
        before = processor_seconds(pid)
        requests, per_second, errors = load(port, SECONDS)
        spent = processor_seconds(pid) - before
    if not requests:
        raise SystemExit(f"{name} answered nothing")
    measured.per_second.append(per_second)
    measured.microseconds.append(spent / requests * 1e6)
    measured.errors += errors


def measure_transfers(name: str, measured: Measured) -> None:
    """One round of large bodies, both ways."""
    with running(name) as (port, _):
        for kind, target in TRANSFERS.items():
            began = time.monotonic()
            transfer(port, target)
            measured.transfers[kind].append(LARGE / 1e6 / (time.monotonic() - began))


def transfer(port: int, target: str) -> None:
    """Send or take a large body; the client does as little as can be."""
    with socket.create_connection((HOST, port), TIMEOUT) as client:
        upload = target == "/up"
        head = f"{'POST' if upload else 'GET'} {target} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
        client.sendall((head + (f"Content-Length: {LARGE}\r\n\r\n" if upload else "\r\n")).encode("ascii"))
        if upload:
            block = bytes(1_000_000)
            for _ in range(LARGE // len(block)):
                client.sendall(block)
        received, beginning, buffer = 0, b"", bytearray(1_000_000)
        while count := client.recv_into(buffer):
            received += count
            beginning += bytes(buffer[: min(count, max(0, 1000 - len(beginning)))])
    head_octets = beginning.find(b"\r\n\r\n") + 4
    expected = 4 if upload else LARGE
    if not re.match(rb"HTTP/1\.[01] 200 ", beginning) or received - head_octets != expected:
        raise OSError(f"{received} octets came for {target}: {beginning[:300]!r}")


def measure_beside(name: str, measured: Measured) -> None:
    """One round beside idle connections, few and many."""
    for number in IDLE:
        with running(name) as (port, _), contextlib.ExitStack() as stack:
            idle = [stack.enter_context(kept_connection(port)) for _ in range(number)]
            measured.beside[number].append(load(port, SECONDS)[1])
            kept = sum(still_open(client) for client in idle)
            measured.kept[number] = min(kept, measured.kept.get(number, number))


def kept_connection(port: int) -> socket.socket:
    """A connection that has had one request answered, and is kept."""
    client = socket.create_connection((HOST, port), TIMEOUT)
    client.sendall(b"GET / HTTP/1.1\r\nHost: h\r\n\r\n")
    received = b""
    while not received.endswith(b"Hello, world!"):
        block = client.recv(4096)
        if not block:
            raise OSError(f"closed after {received!r}")
        received += block
    return client


def still_open(client: socket.socket) -> bool:
    """Whether nothing has come on an idle connection, not even its end."""
    client.setblocking(False)
    try:
        client.recv(1)
    except BlockingIOError:
        return True
    except OSError:
        pass
    return False


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
        ours = name in ("reference", ONE_THREAD)
        return "this tree" if ours else f"Python {platform.python_version()}"


def tables(results: dict[str, Measured]) -> Iterator[str]:
    """The lines of docs/benchmark.md that are measured."""
    wrk = subprocess.run(["wrk", "-v"], capture_output=True, text=True).stdout.split("\n")[0].split(" [")[0]
    cores, loads = os.cpu_count(), os.getloadavg()
    rounds = len(results["reference"].per_second)
    yield f"Measured by `tox -e throughput -- --write`: {wrk}, one thread; {THREADS} threads a server;"
    yield f"the servers take turns in {rounds} rounds, and what stands here are medians of the rounds."
    yield "Access logs are off everywhere."
    yield ""
    yield f"Machine: {platform.platform()}, {cores} processors shared by client and server, Python"
    yield f"{platform.python_version()}; load average at the end {loads[0]:.1f} (1 min), {loads[2]:.1f}"
    yield "(15 min): what the machine did besides falls on all servers, and on their spread."
    yield ""
    yield from requests_table(results)
    yield from transfers_table(results)
    yield from beside_table(results)


def requests_table(results: dict[str, Measured]) -> Iterator[str]:
    """Requests a second, and whether the aim is met."""
    yield f"## Requests: hello world, {CONNECTIONS} kept connections, {SECONDS} s a round"
    yield ""
    yield (
        "| server | version | requests/s | lowest to highest | reference is"
        " | µs of processor a request | errors |"
    )
    yield "|---|---|--:|--:|--:|--:|--:|"
    rates = {name: statistics.median(measured.per_second) for name, measured in results.items()}
    ratios = {name: rates[EQUALS.get(name, "reference")] / rate for name, rate in rates.items()}
    for name in sorted(rates, key=lambda name: -rates[name]):
        measured = results[name]
        spread = f"{min(measured.per_second):.0f} to {max(measured.per_second):.0f}"
        spent = statistics.median(measured.microseconds)
        words = [name, version(name), f"{rates[name]:.0f}", spread, f"{ratios[name]:.2f} times"]
        yield f"| {' | '.join([*words, f'{spent:.0f}', str(measured.errors)])} |"
    yield ""
    yield "wsgiref has one thread: the reference server with one is what stands beside it."
    yield ""
    rival = min((name for name in rates if not name.startswith("reference")), key=lambda name: ratios[name])
    said = "met" if ratios[rival] > 1 else "missed"
    yield (
        "The aim, to be ahead of each of these pure-Python servers at equal threads, is"
        f" {said}: {ratios[rival]:.2f} times {rival}."
    )
    yield ""


def transfers_table(results: dict[str, Measured]) -> Iterator[str]:
    """Megabytes a second."""
    yield f"## Large bodies: {LARGE // 1_000_000} MB"
    yield ""
    yield "In MB/s; in brackets how many times as fast the reference server is."
    yield ""
    yield f"| server | {' | '.join(TRANSFERS)} |"
    yield "|---|" + "--:|" * len(TRANSFERS)
    for name, measured in results.items():
        cells = []
        for kind in TRANSFERS:
            rate = statistics.median(measured.transfers[kind])
            own = statistics.median(results["reference"].transfers[kind])
            cells.append(f"{rate:.0f} ({own / rate:.2f})")
        yield f"| {name} | {' | '.join(cells)} |"
    yield ""


def beside_table(results: dict[str, Measured]) -> Iterator[str]:
    """Requests a second beside idle connections."""
    yield "## Requests beside idle connections"
    yield ""
    yield f"Requests a second on {CONNECTIONS} busy connections; in brackets how many of the idle ones were"
    yield "kept to the end, at least."
    yield ""
    yield f"| server | {' | '.join(str(number) for number in IDLE)} | {IDLE[-1]} beside {IDLE[0]} |"
    yield "|---|" + "--:|" * (len(IDLE) + 1)
    for name in KEEPING:
        measured = results[name]
        medians = [statistics.median(measured.beside[number]) for number in IDLE]
        cells = [f"{rate:.0f} ({measured.kept[number]})" for rate, number in zip(medians, IDLE, strict=True)]
        yield f"| {name} | {' | '.join(cells)} | {medians[-1] / medians[0]:.2f} times |"


def written_into(page: str, text: str) -> str:
    """Return the page with this text between its marks; what stands around them is kept."""
    before, beginning, rest = page.partition(BEGINNING)
    _, end, behind = rest.partition(END)
    if not beginning or not end:
        raise SystemExit(f"{PAGE} has no place for the tables: {BEGINNING.strip()} {END.strip()}")
    return before + BEGINNING + text + END + behind


def main(words: list[str]) -> None:
    """Measure, print, and with ``--write`` put the tables into their page."""
    if shutil.which("wrk") is None:
        print("skipped: wrk is not installed (Debian and Homebrew call the package 'wrk')")
        return
    results = {name: Measured() for name in SERVERS}
    for number in range(1, ROUNDS + 1):
        for name, measured in results.items():
            measure_requests(name, measured)
            measure_transfers(name, measured)
            moved = ", ".join(f"{kind} {rates[-1]:.0f} MB/s" for kind, rates in measured.transfers.items())
            print(f"round {number}: {name:<10} {measured.per_second[-1]:7.0f}/s; {moved}", flush=True)
        for name in KEEPING:
            measure_beside(name, results[name])
            rates = ", ".join(f"{idle}: {found[-1]:.0f}/s" for idle, found in results[name].beside.items())
            print(f"round {number}: {name:<10} beside idle connections {rates}", flush=True)
    text = "\n".join(tables(results)) + "\n"
    print(text)
    if "--write" in words:
        PAGE.write_text(written_into(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
