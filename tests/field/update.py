"""Writes ``expectations.toml`` from fresh runs: ``python -m tests.field.update [--runs N] [SERVER ...]``.

What fails in every run is expected; what fails in some of them alone goes to ``varies``. ``--select`` runs
some checks alone, such as new ones, and leaves what is known of the others.
"""

from __future__ import annotations

import argparse

from tests.field.test_field import EXPECTATIONS, SERVERS, expectations, missing
from wsgicheck.catalog import select
from wsgicheck.engine.session import Order, check_server
from wsgicheck.errors import Trouble
from wsgicheck.model.check import Check
from wsgicheck.model.result import Verdict
from wsgicheck.servers.profile import Profile

HEAD = """\
# Which checks fail on which server, at the versions that tests/field/requirements pins.
# `varies` lists those whose verdict depends on luck inside the server; `unsteady` says why a run over
# the server may end incomplete.
# Written by `python -m tests.field.update`; a new line is to be confirmed in docs/confirmations.md.
"""


def failing(profile: Profile, checks: tuple[Check, ...]) -> list[str] | None:
    if missing(profile):
        return None
    try:
        report = check_server(Order(profile.name, checks), lambda event: None)
    except Trouble as trouble:
        print(f"{profile.name}: {trouble.message}")
        return None
    print(
        f"{profile.name}: {report.duration:.1f} s, complete {report.complete} {report.trouble or ''}",
        flush=True,
    )
    for result in report.results:
        if result.verdict in (Verdict.INCONCLUSIVE, Verdict.ERROR):
            print(f"    {result.verdict.value} {result.check.id}: {result.message[:150]}")
    return sorted(result.check.id for result in report.results if result.verdict is Verdict.FAIL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("servers", nargs="*", metavar="SERVER", help="default: all that are installed")
    parser.add_argument("--runs", type=int, default=1, help="runs of each server (default: %(default)s)")
    parser.add_argument(
        "--select", default="", metavar="PATTERN,...", help="these checks alone: ids, topics or wildcards"
    )
    options = parser.parse_args()
    checks = select([options.select], ())
    judged = {check.id for check in checks}
    for profile in SERVERS:
        if options.servers and profile.name not in options.servers:
            continue
        tried = (failing(profile, checks) for _ in range(options.runs))
        runs = [set(found) for found in tried if found is not None]
        if runs:
            known = expectations()
            known[profile.name] = merged(known.get(profile.name, {}), runs, judged)
            write(known)


def merged(before: dict[str, list[str]], runs: list[set[str]], judged: set[str]) -> dict[str, list[str]]:
    """Return a server's table: what is known to vary stays so, and is joined by what varied now."""
    others = set(before.get("fails", ())) - judged
    varied = set.union(*runs) - set.intersection(*runs)
    varies = sorted(varied | set(before.get("varies", ())))
    table = {key: value for key, value in before.items() if key not in ("varies", "fails")}
    if varies:
        table["varies"] = varies
        print("    varies: " + ", ".join(varies), flush=True)
    return {**table, "fails": sorted((others | set.intersection(*runs)) - set(varies))}


def write(known: dict[str, dict[str, list[str]]]) -> None:
    lines = [HEAD]
    for profile in SERVERS:
        if profile.name in known:
            lines.append(f"\n[{profile.name}]")
            for key, ids in known[profile.name].items():
                lines.append(f"{key} = [" + "".join(f'\n    "{id}",' for id in ids) + ("\n]" if ids else "]"))
    EXPECTATIONS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
