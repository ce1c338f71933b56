"""Holds the ladder against what its page claims: ``python -m tests.ladder [--write]``.

Each rung that speaks WSGI is judged by all checks. What fails must be what
``reference_server/ladder/claims.json`` says, and no rung may fail what the one below it did not.
``--write`` takes what was found for the claim, in two runs of each rung, and writes what the page says of it;
the diff is then the finding.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import TypedDict

from tests.mutants.verdicts import failures
from wsgicheck.catalog import all_checks
from wsgicheck.engine.session import Order, check_server

LADDER = Path(__file__).parents[1] / "reference_server" / "ladder"
CLAIMS = LADDER / "claims.json"
PAGE = LADDER / "README.md"
RUNGS = ("rung_5_wsgi", "rung_6_threads", "rung_7_selectors", "rung_8_keep_alive", "reference_server")
TIMEOUT = 2.0
"""Seconds. Shorter than a user's: the lower rungs keep many a client waiting."""


class Claim(TypedDict):
    """``fails`` holds ids of checks that fail each time, ``varies`` those that depend on timing."""

    fails: list[str]
    varies: list[str]


def claims() -> dict[str, Claim]:
    """Return what is claimed of each rung that speaks WSGI."""
    claimed: dict[str, Claim] = json.loads(CLAIMS.read_text(encoding="ascii"))
    return claimed


def command(rung: str) -> str:
    """Return the command line that serves the probe by a rung."""
    module = rung if rung == "reference_server" else f"reference_server.ladder.{rung}"
    return f"{{python}} -m {module} {{app}} --host {{host}} --port {{port}}"


def found_on(rung: str, checks: tuple[str, ...] = ()) -> dict[str, str]:
    """Return what fails on a rung, with its words; ``checks`` names the ids to run, or all."""
    wanted = tuple(check for check in all_checks() if not checks or check.id in checks)
    report = check_server(Order(command(rung), wanted, timeout=TIMEOUT), lambda event: None)
    if not report.complete:
        raise SystemExit(f"{rung}: the run is incomplete: {report.trouble}")
    return failures(report)


def complaints(claimed: dict[str, Claim], found: dict[str, dict[str, str]]) -> list[str]:
    """Return in words where the rungs depart from the claim, or a rung fails what the one below did not."""
    faults = []
    below: str | None = None
    for rung in found:
        claim = claimed.get(rung, Claim(fails=[], varies=[]))
        new = sorted(set(found[rung]) - set(claim["fails"]) - set(claim["varies"]))
        gone = sorted(set(claim["fails"]) - set(found[rung]))
        faults += [f"{rung} fails {id}, which its claim does not say: {found[rung][id]}" for id in new]
        faults += [f"{rung} does not fail {id}, as its claim says" for id in gone]
        if below is not None:
            more = sorted(set(found[rung]) - set(found[below]) - set(claim["varies"]))
            faults += [f"{rung} fails {id}, which {below} does not" for id in more]
        below = rung
    return faults


def claim_of(*runs: set[str]) -> Claim:
    """Return the claim that these runs of one rung allow: what failed in some of them depends on timing."""
    always, ever = set.intersection(*runs), set.union(*runs)
    return Claim(fails=sorted(always), varies=sorted(ever - always))


def said(name: str, claimed: dict[str, Claim]) -> str:
    """Return what stands in the page's place of that name: the table, or a list of ids with their rules."""
    if name == "table":
        rows = [f"| `{rung}` | {len(claim['fails'])} |" for rung, claim in claimed.items()]
        return "\n".join(["| rung | failing checks |", "|---|---|", *rows])
    rung, _, what = name.partition(" ")
    ids = claimed[rung]["fails"]
    if what == "mends":
        ids = sorted(
            set(claimed[RUNGS[RUNGS.index(rung) - 1]]["fails"]) - set(ids) - set(claimed[rung]["varies"])
        )
    rules = {check.id: check.title for check in all_checks()}
    return "\n".join(f"- `{id}`: {rules[id]}" for id in ids) or "- nothing"


def written_into(page: str, claimed: dict[str, Claim]) -> str:
    """Return the page with every place filled in anew: ``<!-- NAME -->`` up to ``<!-- so far -->``."""

    def filled(place: re.Match[str]) -> str:
        return f"<!-- {place[1]} -->\n{said(place[1], claimed)}\n<!-- so far -->"

    return re.sub(r"<!-- ([a-z0-9_ ]+) -->\n.*?\n<!-- so far -->", filled, page, flags=re.S)


def main() -> int:
    """Judge every rung, print how many checks it fails, and what departs from the claim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the claim anew from what is found")
    write = parser.parse_args().write
    found, new = {}, {}
    for rung in RUNGS:
        found[rung] = found_on(rung)
        print(f"{rung:<20} fails {len(found[rung])} of {len(all_checks())}", flush=True)
        if write:
            new[rung] = claim_of(set(found[rung]), set(found_on(rung)))
    if write:
        CLAIMS.write_text(json.dumps(new, indent=1) + "\n", encoding="ascii")
        PAGE.write_text(written_into(PAGE.read_text(encoding="utf-8"), new), encoding="utf-8")
    faults = complaints(claims(), found)
    print("\n".join(faults) or "as claimed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
