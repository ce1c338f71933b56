"""Wall time of a full run beside a bare loop over the same octets: ``python -m tests.bench [SERVER ...]``.

Both are measured in one process, one after the other, on the same machine: the figure to look at is
the ratio. The bare loop starts the same server with an application that answers at once, opens a
connection an exchange, sends the octets that the run sent and reads what comes back, with as many
connections at a time as the run had; it has no probe, no journal and no judgement.

Below the table stand the ten slowest exchanges of each server with what they waited for, and how the time
of a run grows with the number of checks.
"""

from __future__ import annotations

import os
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections import deque
from pathlib import Path

from tests.slowest import slowest
from wsgicheck.catalog import all_checks
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


def full_run(server: str, checks: tuple[Check, ...]) -> tuple[float, Report, int]:
    """Return seconds, report and concurrency of one run."""
    concurrency = 1

    def listen(event: Event) -> None:
        nonlocal concurrency
        if isinstance(event, ServerReady):
            concurrency = event.concurrency

    began = time.monotonic()
    report = check_server(Order(server, checks), listen)
    return time.monotonic() - began, report, concurrency


def bare_loop(server: str, exchanges: list[HttpExchange], concurrency: int) -> float:
    """Return the seconds that the same octets take with nothing around them, the server's start included."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "bare_application.py").write_text(APPLICATION, encoding="ascii")
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
        began = time.monotonic()
        argv = fill_in(split(resolve(server)[1]), values)
        process = ServerProcess(argv, {**os.environ, "PYTHONPATH": folder}, folder, folder, memory=0)
        try:
            address = ("127.0.0.1", port.number)
            wait_for(address)
            replay(address, exchanges, concurrency)
        finally:
            process.stop()
            port.release()
        return time.monotonic() - began


def wait_for(address: tuple[str, int]) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            socket.create_connection(address, 1).close()
            return
        except OSError:
            time.sleep(0.01)


def replay(address: tuple[str, int], exchanges: list[HttpExchange], concurrency: int) -> None:
    waiting = deque(exchanges)

    def work() -> None:
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

    threads = [threading.Thread(target=work) for _ in range(concurrency)]
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
    fulls, bares = [], []
    for _ in range(REPEATS):
        seconds, report, concurrency = full_run(server, all_checks())
        exchanges = distinct(report)
        fulls.append(seconds)
        bares.append(bare_loop(server, exchanges, concurrency))
    full, bare = statistics.median(fulls), statistics.median(bares)
    print(
        f"{server:<20} {full:9.2f} {bare:10.2f} {full / bare:6.2f} {len(exchanges):10} {concurrency:10}",
        flush=True,
    )
    return report


def show_slowest(server: str, report: Report) -> None:
    print(f"\n{server}: the ten slowest exchanges, in seconds")
    for slow in slowest(report):
        print(f"  {slow.seconds:6.2f}  {slow.check}: {slow.why}")


def show_growth(server: str) -> None:
    """Print the time of a run with every fourth check, every second one, and all of them."""
    print(f"\n{server}: growth with the number of checks")
    for step in (4, 2, 1):
        checks = all_checks()[::step]
        seconds = statistics.median(full_run(server, checks)[0] for _ in range(REPEATS))
        print(f"  {len(checks):6} checks {seconds:8.2f} s {1000 * seconds / len(checks):8.2f} ms a check")


def main(names: list[str]) -> None:
    print(f"{len(all_checks())} checks; medians of {REPEATS}, in seconds; load {os.getloadavg()[0]:.1f}")
    print(
        f"{'server':<20} {'full run':>9} {'bare loop':>10} {'ratio':>6} {'exchanges':>10} {'at a time':>10}"
    )
    reports = {server: compare(server) for server in names or SERVERS}
    for server, report in reports.items():
        show_slowest(server, report)
    show_growth(next(iter(reports)))


if __name__ == "__main__":
    main(sys.argv[1:])
