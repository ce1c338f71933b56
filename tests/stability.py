"""Several runs give the same verdicts, also while both cores are busy: ``python -m tests.stability``.

Half of the runs are done idle, half while a process on each core counts to nothing. ``--all`` takes every
server of the field that is installed; ids that its expectations list under ``varies`` are told and forgiven.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from tests.field.test_field import SERVERS as FIELD
from tests.field.test_field import expectations, missing
from wsgicheck.catalog import all_checks
from wsgicheck.engine.copies import fitting_copies
from wsgicheck.engine.session import Order, check_server

SERVERS = ("gunicorn-gthread", "waitress", "wsgiref")
RUNS = 10


def verdicts(server: str) -> dict[str, str]:
    """Return the verdict of each check in one run over a server."""
    order = Order(server, all_checks(), copies=fitting_copies(all_checks()))
    report = check_server(order, lambda event: None)
    return {result.check.id: result.verdict.value for result in report.results}


def burn() -> None:
    while True:
        pass


@contextlib.contextmanager
def busy_cores() -> Iterator[None]:
    """Keep every core busy with something else."""
    burners = [multiprocessing.Process(target=burn, daemon=True) for _ in range(os.cpu_count() or 2)]
    for burner in burners:
        burner.start()
    try:
        yield
    finally:
        for burner in burners:
            burner.kill()
            burner.join()


def seen_of(server: str, runs: int) -> dict[str, list[str]]:
    """Return the verdicts of each check over several runs: half of them idle, half with both cores busy."""
    seen: dict[str, list[str]] = {}
    for number in range(runs):
        with busy_cores() if number >= runs / 2 else contextlib.nullcontext():
            for id, verdict in verdicts(server).items():
                seen.setdefault(id, []).append(verdict)
    return seen


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("servers", nargs="*", metavar="SERVER", help=f"default: {' '.join(SERVERS)}")
    parser.add_argument("--all", action="store_true", help="every server of the field that is installed")
    parser.add_argument(
        "--runs", type=int, default=2 * RUNS, help="runs of each server (default: %(default)s)"
    )
    parser.add_argument(
        "--at-once", type=int, default=1, metavar="N", help="servers at a time: then no run is an idle one"
    )
    options = parser.parse_args(arguments)
    servers = [profile.name for profile in FIELD if not missing(profile)] if options.all else options.servers
    servers = servers or list(SERVERS)
    failed = 0
    with ProcessPoolExecutor(options.at_once) as pool:
        for server, seen in zip(servers, pool.map(partial(seen_of, runs=options.runs), servers), strict=True):
            failed += tell(server, seen, options.runs)
    print(f"{len(servers) - failed} passed, {failed} failed")
    return 1 if failed else 0


def tell(server: str, seen: dict[str, list[str]], runs: int) -> bool:
    """Print what differed between the runs over a server; return whether any of it is a surprise."""
    varies = expectations().get(server, {}).get("varies", [])
    unsteady = {id: found for id, found in seen.items() if len(set(found)) > 1}
    surprising = {id: found for id, found in unsteady.items() if id not in varies}
    print(
        f"{server:<20} {runs} runs: {len(surprising)} verdicts differ,"
        f" {len(unsteady) - len(surprising)} more are known to",
        flush=True,
    )
    for id, found in surprising.items():
        print(f"    {id}: {' '.join(found)}", flush=True)
    return bool(surprising)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
