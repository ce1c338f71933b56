"""Ten runs give the same verdicts, also while both cores are busy: ``python -m tests.stability``."""

from __future__ import annotations

import multiprocessing
import os
import sys

from wsgicheck.catalog import all_checks
from wsgicheck.engine.session import Order, check_server

SERVERS = ("gunicorn-gthread", "waitress", "wsgiref")
RUNS = 10


def verdicts(server: str) -> dict[str, str]:
    report = check_server(Order(server, all_checks()), lambda event: None)
    return {result.check.id: result.verdict.value for result in report.results}


def burn() -> None:
    while True:
        pass


def differences(server: str, runs: int, busy: bool) -> dict[str, set[str]]:
    """Return the ids whose verdict was not the same in every run, with the verdicts seen."""
    burners = (
        [multiprocessing.Process(target=burn, daemon=True) for _ in range(os.cpu_count() or 2)]
        if busy
        else []
    )
    for burner in burners:
        burner.start()
    try:
        seen: dict[str, set[str]] = {}
        for _ in range(runs):
            for id, verdict in verdicts(server).items():
                seen.setdefault(id, set()).add(verdict)
    finally:
        for burner in burners:
            burner.kill()
            burner.join()
    return {id: found for id, found in seen.items() if len(found) > 1}


def main(arguments: list[str]) -> int:
    runs = int(arguments[0]) if arguments else RUNS
    failed = 0
    for busy in (False, True):
        for server in SERVERS:
            found = differences(server, runs, busy)
            failed += bool(found)
            state = "busy" if busy else "idle"
            print(
                f"{server:<20} {state}: {runs} runs, {len(found)} verdicts differ {found or ''}", flush=True
            )
    print(f"{2 * len(SERVERS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
