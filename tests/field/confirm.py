"""Confirms fails of real servers without our probe and client: ``python -m tests.field.confirm SERVER``.

Each failing exchange is written down as `wsgicheck replay --write` does it: an application of the standard
library, and a client that is a plain socket. The server is started with these applications, then the
reference server is, and what differs between the two goes to ``docs/confirmations/SERVER.md``. A fail
whose octets and calls are the same on both is listed first, under *not shown*: it is to be looked into.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.bench import wait_for
from tests.field.test_field import SERVERS, missing
from wsgicheck.catalog import all_checks
from wsgicheck.engine.session import Order, check_server
from wsgicheck.errors import ServerTrouble
from wsgicheck.model.check import Check
from wsgicheck.model.result import Result, Verdict
from wsgicheck.reporters.reproduction import SETTLING, STRAYS, Reproduction, reproduction
from wsgicheck.servers.command import fill_in, resolve, split
from wsgicheck.servers.port import Port
from wsgicheck.servers.process import ServerProcess

PAGES = Path(__file__).parents[2] / "docs" / "confirmations"
CHOOSER = '''
import importlib, os

HERE = os.path.dirname(os.path.abspath(__file__))


def application(environ, start_response):
    """Hand the request over to the application that the file ``current`` names."""
    with open(os.path.join(HERE, "current")) as current:
        return importlib.import_module(current.read()).application(environ, start_response)
'''
ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": "/", "LANG": "C.UTF-8", **dict(STRAYS)}
"""Nothing else: some servers copy it into each environ, and the pages are published."""
PAUSE_SECONDS = 0.4
"""What a client takes for the end of an answer."""
SETTLING_SECONDS = 0.15
"""Between the client's end and a look at what the application wrote down."""
CLIENT_SECONDS = 30
SENT_OCTETS, RECEIVED_OCTETS, SEEN_LINES = 160, 420, 12


@dataclass(frozen=True)
class Transcript:
    """What came back over the wire, and what the application wrote down."""

    received: str
    seen: tuple[str, ...]

    @property
    def essence(self) -> tuple[str, tuple[str, ...]]:
        """What is left without what any two servers differ in: names, days, the order of field lines."""
        lines = sorted(
            line.lower().replace("http/1.0", "http/1.1")
            for line in self.received.splitlines()
            if not OWN_FIELD.match(line)
        )
        return "\n".join(lines), tuple(line for line in self.seen if not PASSING.search(line))


OWN_FIELD = re.compile(r"(?i)(server|date|via|x-powered-by|connection|keep-alive):")
LATER = "## Shown in a later run, of these checks alone\n"
PASSING = re.compile(
    r"^  (REMOTE_PORT|PATH|HOME|LANG|PYTHON\w*|SERVER_SOFTWARE|RAW_URI|REQUEST_URI|PWD|_)"
    r" =|^  (uwsgi|gunicorn|waitress|werkzeug)\.|0x[0-9a-f]"
)


@dataclass(frozen=True)
class Shown:
    """One exchange, the checks that failed for it, and both transcripts."""

    results: tuple[Result, ...]
    sent: bytes
    server: Transcript
    reference: Transcript

    @property
    def differs(self) -> bool:
        """Whether the server did anything else than the reference server."""
        return self.server.essence != self.reference.essence


def confirm(server: str, checks: tuple[Check, ...]) -> list[Shown]:
    """Return each failing exchange of a server, conducted again without the suite."""
    report = check_server(Order(server, checks), lambda event: None)
    port = Port("127.0.0.1")
    by_ticket: dict[str, list[Result]] = {}
    shown: dict[str, Reproduction] = {}
    for result in report.results:
        if result.verdict is not Verdict.FAIL:
            continue
        found = reproduction(result, report.server, port.number, seconds=PAUSE_SECONDS)
        if found is not None:
            ticket = result.evidence[0].ticket
            by_ticket.setdefault(ticket, []).append(result)
            shown.setdefault(ticket, found)
    try:
        theirs = conducted(server, shown, port)
        ours = conducted("reference", shown, port)
    finally:
        port.release()
    return [
        Shown(
            tuple(results),
            b" / ".join(octets for name, octets in shown[ticket].files if name.endswith(".octets")),
            theirs[ticket],
            ours[ticket],
        )
        for ticket, results in by_ticket.items()
    ]


def conducted(server: str, shown: dict[str, Reproduction], port: Port) -> dict[str, Transcript]:
    """Return what each exchange looks like on a server, one after the other."""
    transcripts = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "chooser.py").write_text(CHOOSER)
        (folder / "current").write_text("nothing")
        for package in ("sample_apps",):
            (folder / package).symlink_to(PAGES.parents[1] / package)
        for found in shown.values():
            for file, octets in found.files:
                (folder / file).write_bytes(octets)
        waiting = dict(shown)
        while waiting:
            with serving(server, folder, port) as process:
                for ticket, found in list(waiting.items()):
                    transcripts[ticket] = conduct(found, folder)
                    del waiting[ticket]
                    if process.ended.is_set():
                        break  # it is started again for the rest
    return transcripts


@contextmanager
def serving(server: str, folder: Path, port: Port) -> Iterator[ServerProcess]:
    """Run a server with the chooser."""
    values = {
        "app": "chooser:application",
        "module": "chooser",
        "callable": "application",
        "app_file": str(folder / "chooser.py"),
        "host": "127.0.0.1",
        "port": str(port.number),
        "socket": str(folder / "server.sock"),
        "room": str(folder),
        "python": sys.executable,
    }
    argv = fill_in(split(resolve(server)[1]), values)
    environment = {**ENVIRONMENT, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    process = ServerProcess(argv, environment, str(folder), str(folder / "no-room"))
    try:
        wait_for(("127.0.0.1", port.number))
        yield process
    finally:
        process.stop()


def conduct(found: Reproduction, folder: Path) -> Transcript:
    """Run the client's shell line as it is printed, but for the long pause behind it."""
    name = found.files[0][0].removesuffix(".py")
    (folder / "current").write_text(name)
    shell = found.shell.replace(SETTLING, f"sleep {SETTLING_SECONDS}")
    try:
        ended = subprocess.run(
            ["bash", "-c", f"touch {name}.seen; {shell}"],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=CLIENT_SECONDS,
            errors="backslashreplace",
        )
    except subprocess.TimeoutExpired:
        return Transcript(f"the client did not end within {CLIENT_SECONDS} s", ())
    log = folder / f"{name}.seen"
    seen = log.read_text(errors="backslashreplace").splitlines() if log.exists() else []
    received = ended.stdout
    if seen:
        received = received.removesuffix("\n".join(seen) + "\n")
    return Transcript(received.rstrip("\n") + "\n", tuple(seen))


# ---- the page ---------------------------------------------------------------------------------------------


def page(server: str, exchanges: list[Shown]) -> str:
    """Return the page of one server."""
    shown = [exchange for exchange in exchanges if exchange.differs]
    doubted = [exchange for exchange in exchanges if not exchange.differs]
    fails = sum(len(exchange.results) for exchange in exchanges)
    lines = [
        f"# {server}: its fails, seen without the suite",
        "",
        "Written by `python -m tests.field.confirm`: each exchange was repeated with a plain socket and an",
        "application of the standard library, on this server and on the reference server. Of what the",
        "application wrote down stands here what it did not write down on the reference server. `^M` is a",
        "carriage return, `[client]` begins what the client tells of itself.",
        "",
        f"{fails} fails in {len(exchanges)} exchanges; on the reference server {len(shown)} look otherwise.",
        "",
    ]
    if doubted:
        lines += ["## Not shown", "", "The same came back, and the application wrote the same.", ""]
        lines += [f"- {name(result)}" for exchange in doubted for result in exchange.results]
        lines += [""]
    return "\n".join([*lines, "## Shown", "", *sections(shown)])


def amended(before: str, exchanges: list[Shown]) -> str:
    """Return a page with what was shown in a later run of some checks, behind what it had of others."""
    page, _, later = before.partition(LATER)
    again = {result.check.id for exchange in exchanges for result in exchange.results}
    kept = [
        part for part in later.split("\n### ")[1:] if not again & set(part.partition("\n")[0].split(", "))
    ]
    lines = sections([exchange for exchange in exchanges if exchange.differs])
    shown = "".join(f"\n### {part.rstrip()}\n" for part in kept) + "\n" + "\n".join(lines)
    return f"{page.rstrip()}\n\n{LATER}{shown.rstrip()}\n" if kept or lines else before


def sections(shown: list[Shown]) -> list[str]:
    """Return the lines of the exchanges that show a difference."""
    lines = []
    for exchange in shown:
        lines += [f"### {', '.join(result.check.id for result in exchange.results)}", ""]
        lines += [f"    found      {cut(result.message, SENT_OCTETS)}" for result in exchange.results]
        lines += [f"    sent       {cut(repr(exchange.sent)[2:-1], SENT_OCTETS)}"]
        lines += [f"    received   {cut(one_line(exchange.server.received), RECEIVED_OCTETS)}"]
        lines += [f"    reference  {cut(one_line(exchange.reference.received), SENT_OCTETS)}"]
        lines += [f"    app        {cut(line, SENT_OCTETS)}" for line in news(exchange)]
        lines += [""]
    return lines


def name(result: Result) -> str:
    """Return the check's id with what was found."""
    return f"`{result.check.id}`: {cut(result.message, SENT_OCTETS)}"


def news(exchange: Shown) -> list[str]:
    """Return what the application wrote down here, and not on the reference server."""
    if not exchange.server.seen:
        return ["was not called"]
    before = set(exchange.reference.seen)
    lines = [line for line in exchange.server.seen if line not in before and not PASSING.search(line)]
    called = [line for line in exchange.server.seen if line.startswith("called")]
    if not exchange.reference.seen:
        lines = [line for line in lines if not line.startswith("called")]
        lines = [f"was called {len(called)} times; not at all on the reference server", *lines]
    return lines[:SEEN_LINES] or [f"the same, called {len(called)} times"]


def one_line(text: str) -> str:
    return text.rstrip("\n").replace("\n", "\\n") or "nothing"


def cut(text: str, length: int) -> str:
    text = (
        text.replace(sys.prefix, "/venv")
        .replace(sys.base_prefix, "/python")
        .replace(str(PAGES.parents[1]), "/project")
    )
    text = "".join(character if character.isprintable() else f"\\x{ord(character):02x}" for character in text)
    return text if len(text) <= length else f"{text[:length]} ... ({len(text)} in all)"


def write(server: str, ids: frozenset[str]) -> str:
    """Write one server's page, or the part of it about these checks; return what to tell of it."""
    checks = tuple(check for check in all_checks() if check.id in ids or not ids)
    try:
        exchanges = confirm(server, checks)
    except ServerTrouble as trouble:
        return f"{server}: {trouble.message}"
    PAGES.mkdir(exist_ok=True)
    file = PAGES / f"{server}.md"
    words = (
        amended(file.read_text(encoding="utf-8"), exchanges)
        if ids and file.exists()
        else page(server, exchanges)
    )
    file.write_text(words, encoding="utf-8")
    doubted = [result for each in exchanges if not each.differs for result in each.results]
    lines = [f"{server}: {len(exchanges)} exchanges, {len(doubted)} fails not shown"]
    return "\n    ".join([*lines, *(f"{result.check.id}: {result.message[:120]}" for result in doubted)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("servers", nargs="*", metavar="SERVER", help="default: all that are installed")
    parser.add_argument("--at-once", type=int, default=2, metavar="N", help="servers at a time")
    parser.add_argument(
        "--select", default="", metavar="ID,...", help="these checks alone: they are put behind the others"
    )
    options = parser.parse_args()
    ids = frozenset(filter(None, options.select.split(",")))
    unknown = ids - {check.id for check in all_checks()}
    if unknown:
        parser.error(f"there is no check {min(unknown)!r}")
    servers = options.servers or [profile.name for profile in SERVERS if not missing(profile)]
    with ThreadPoolExecutor(options.at_once) as pool:
        for told in pool.map(partial(write, ids=ids), servers):
            print(told, flush=True)


if __name__ == "__main__":
    main()
