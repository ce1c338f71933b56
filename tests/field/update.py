"""Writes ``expectations.toml`` from fresh runs: ``python -m tests.field.update [SERVER ...]``."""

from __future__ import annotations

import sys

from tests.field.test_field import EXPECTATIONS, SERVERS, expectations, missing
from wsgicheck.catalog import all_checks
from wsgicheck.engine.session import Order, check_server
from wsgicheck.errors import Trouble
from wsgicheck.model.result import Verdict
from wsgicheck.servers.profile import Profile

HEAD = """\
# Which checks fail on which server, at the versions that tests/field/requirements pins.
# `varies` lists those whose verdict depends on luck inside the server; `unsteady` says why a run over
# the server may end incomplete.
# Written by `python -m tests.field.update`; a new line is to be confirmed in docs/confirmations.md.
"""


def failing(profile: Profile) -> list[str] | None:
    if missing(profile):
        return None
    try:
        report = check_server(Order(profile.name, all_checks()), lambda event: None)
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


def main(names: list[str]) -> None:
    wanted = [profile for profile in SERVERS if not names or profile.name in names]
    for profile in wanted:
        found = failing(profile)
        if found is not None:
            known = expectations()
            known[profile.name] = {**known.get(profile.name, {}), "fails": found}
            write(known)


def write(known: dict[str, dict[str, list[str]]]) -> None:
    lines = [HEAD]
    for profile in SERVERS:
        if profile.name in known:
            lines.append(f"\n[{profile.name}]")
            for key, ids in known[profile.name].items():
                lines.append(f"{key} = [" + "".join(f'\n    "{id}",' for id in ids) + ("\n]" if ids else "]"))
    EXPECTATIONS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
