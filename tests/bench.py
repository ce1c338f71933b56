"""Wall time of a full run beside a bare loop over the same octets: ``python -m tests.bench [SERVER ...]``.

Both are measured in one process, one after the other, on the same machine: the figure to look at is
the ratio. The bare loop starts the same server with an application that answers at once, opens a
connection an exchange, sends the octets that the run sent and reads what comes back, over as many copies
of the server and with as many connections at a time as the run had; it has no probe, no journal and no
judgement. What a run over a single copy takes stands beside it.

Below the table stand the ten slowest exchanges of each server with what they waited for, and how the time
of a run grows with the number of checks.
"""

from __future__ import annotations

import contextlib
import os
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from tests.slowest import slowest
from wsgicheck.catalog import all_checks
from wsgicheck.engine.copies import fitting_copies
from wsgicheck.engine.events import Event, ServerReady
from wsgicheck.engine.session import Order, check_server
from wsgicheck.model.check import Check
from wsgicheck.model.exchange import HttpExchange
from wsgicheck.model.result import Report
from wsgicheck.servers.command import fill_in, resolve, split
from wsgicheck.servers.port import Port
from wsgicheck.servers.process import ServerProcess
from wsgicheck.transports.connection import Connection
from wsgicheck.transports.response_reader import ResponseReader

SERVERS = ("reference", "gunicorn-gthread", "waitress", "wsgiref")
REPEATS = 3
APPLICATION = """
def application(environ, start_response):
    try:
        length = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    if length:
        environ["wsgi.input"].read(length)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "9")])
    return [b"wsgicheck"]
"""
WAIT_SECONDS = 0.5
"""How long the bare loop waits for an answer that may not come (malformed requests have none)."""


def full_run(server: str, checks: tuple[Check, ...], copies: int) -> tuple[float, Report, int]:
    """Return seconds, report and concurrency of one run over so many copies of a server."""
    concurrency = 1

    def listen(event: Event) -> None:
        nonlocal concurrency
        if isinstance(event, ServerReady):
            concurrency = event.concurrency

    began = time.monotonic()
    report = check_server(Order(server, checks, copies=copies), listen)
    return time.monotonic() - began, report, concurrency


def bare_loop(server: str, exchanges: list[HttpExchange], concurrency: int, copies: int) -> float:
    """Return the seconds that the same octets take with nothing around them, the servers' start included."""
    with contextlib.ExitStack() as started:
        folder = started.enter_context(tempfile.TemporaryDirectory())
        Path(folder, "bare_application.py").write_text(APPLICATION, encoding="ascii")
        began = time.monotonic()
        addresses = [started.enter_context(bare_server(server, folder)) for _ in range(copies)]
        replay(addresses, exchanges, concurrency)
        return time.monotonic() - began


@contextlib.contextmanager
def bare_server(server: str, folder: str) -> Iterator[tuple[str, int]]:
    """Start a server with the bare application, and yield its address."""
    port = Port("127.0.0.1")
    values = {
        "app": "bare_application:application",
        "module": "bare_application",
        "callable": "application",
        "app_file": str(Path(folder, "bare_application.py")),
        "host": "127.0.0.1",
        "port": str(port.number),
        "python": sys.executable,
    }
    argv = fill_in(split(resolve(server)[1]), values)
    process = ServerProcess(argv, {**os.environ, "PYTHONPATH": folder}, folder, folder, memory=0)
    try:
        yield "127.0.0.1", port.number
    finally:
        process.stop()
        port.release()


def wait_for(address: tuple[str, int]) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            socket.create_connection(address, 1).close()
            return
        except OSError:
            time.sleep(0.01)


def replay(addresses: list[tuple[str, int]], exchanges: list[HttpExchange], concurrency: int) -> None:
    waiting = deque(exchanges)

    def work(address: tuple[str, int]) -> None:
        wait_for(address)
        while waiting:
            try:
                exchange = waiting.popleft()
            except IndexError:
                return
            connection = Connection(address, time.monotonic() + WAIT_SECONDS)
            reader = ResponseReader(tuple("GET" for _ in exchange.responses) or ("GET",))
            connection.send(exchange.wire.octets_sent)
            while connection.ended == "open" and not reader.done:
                reader.feed(connection.receive())
            connection.close()

    threads = [
        threading.Thread(target=work, args=(address,)) for address in addresses for _ in range(concurrency)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def distinct(report: Report) -> list[HttpExchange]:
    """Return the exchanges of a run, each once."""
    return list(
        {exchange.ticket: exchange for result in report.results for exchange in result.evidence}.values()
    )


def compare(server: str) -> Report:
    """Print one line of the table; return the report of the last run."""
    fulls, bares, singles = [], [], []
    copies = fitting_copies(all_checks())
    for _ in range(REPEATS):
        seconds, report, concurrency = full_run(server, all_checks(), copies)
        exchanges = distinct(report)
        fulls.append(seconds)
        bares.append(bare_loop(server, exchanges, concurrency, copies))
        singles.append(full_run(server, all_checks(), 1)[0])
    full, bare = statistics.median(fulls), statistics.median(bares)
    print(
        f"{server:<20} {full:9.2f} {bare:10.2f} {full / bare:6.2f} {statistics.median(singles):9.2f}"
        f" {len(exchanges):10} {f'{copies} x {concurrency}':>10}",
        flush=True,
    )
    return report


def show_slowest(server: str, report: Report) -> None:
    print(f"\n{server}: the ten slowest exchanges, in seconds")
    for slow in slowest(report):
        print(f"  {slow.seconds:6.2f}  {slow.check}: {slow.why}")


def show_growth(server: str) -> None:
    """Print the time of a run with every fourth check, every second one, and all, beside a bare loop."""
    print(f"\n{server}: growth with the number of checks")
    for step in (4, 2, 1):
        checks = all_checks()[::step]
        copies = fitting_copies(checks)
        fulls, bares = [], []
        for _ in range(REPEATS):
            seconds, report, concurrency = full_run(server, checks, copies)
            fulls.append(seconds)
            bares.append(bare_loop(server, distinct(report), concurrency, copies))
        full, bare = statistics.median(fulls), statistics.median(bares)
        print(
            f"  {len(checks):6} checks {full:8.2f} s {1000 * full / len(checks):8.2f} ms a check"
            f"   bare loop {bare:6.2f} s   ratio {full / bare:5.2f}",
            flush=True,
        )


def main(names: list[str]) -> None:
    print(f"{len(all_checks())} checks; medians of {REPEATS}, in seconds; load {os.getloadavg()[0]:.1f}")
    print(
        f"{'server':<20} {'full run':>9} {'bare loop':>10} {'ratio':>6} {'one copy':>9}"
        f" {'exchanges':>10} {'at a time':>10}"
    )
    reports = {server: compare(server) for server in names or SERVERS}
    for server, report in reports.items():
        show_slowest(server, report)
    show_growth(next(iter(reports)))


if __name__ == "__main__":
    main(sys.argv[1:])
