"""One process of one thread, threads, prefork, greenlets: what shows in each shape, and what does not.

A check that nothing overlaps in says so (inapplicable, inconclusive) and does not pass for it; where there is
something to see, it is seen.
"""

from __future__ import annotations

import importlib.util
import shlex
from pathlib import Path

import pytest

from wsgicheck.catalog import all_checks, select
from wsgicheck.engine.session import Order, check_server
from wsgicheck.model.result import Report, Verdict

SERVE = shlex.quote(str(Path(__file__).parents[2] / "mutants" / "serve.py"))
SHAPES = {
    "one thread": ("", "--threads 1"),
    "threads": ("", "--threads 8"),
    "prefork": ("", "--processes 3 --threads 1"),
    "prefork of threads": ("", "--processes 2 --threads 2"),
    "greenlets": ("-m gevent.monkey ", "--threads 8"),
}
APART = (
    "environ-own-while-overlapping",
    "start-response-own-while-overlapping",
    "content-own-while-overlapping",
)
FLAGS = ("wsgi-multithread-true", "wsgi-multiprocess-true")
OVERLAPPING = {*SHAPES} - {"one thread"}

each_shape = pytest.mark.parametrize("shape", SHAPES)


def judged(shape: str, server: str = "reference_server:ReferenceServer", patterns: str = "") -> Report:
    """Run the checks over a server in one of the shapes."""
    if shape == "greenlets" and importlib.util.find_spec("gevent") is None:
        pytest.skip("gevent is not installed")
    prefix, options = SHAPES[shape]
    command = f"{{python}} {prefix}{SERVE} {server} {{app}} --host {{host}} --port {{port}} {options}"
    checks = select([patterns], ()) if patterns else all_checks()
    report = check_server(Order(command, checks, profile="edge"), lambda event: None)
    assert report.complete, report.trouble
    return report


TRIES = 4
"""Which process takes a connection is the kernel's choice: requests that do not meet show nothing."""


def verdicts(
    shape: str,
    patterns: str,
    wanted: dict[str, set[Verdict]],
    server: str = "reference_server:ReferenceServer",
) -> dict[str, Verdict]:
    """Return the verdicts on these ids: as they are wanted, or as they were in the last try."""
    found: dict[str, Verdict] = {}
    for _ in range(TRIES):
        report = judged(shape, server, patterns)
        found = {result.check.id: result.verdict for result in report.results if result.check.id in wanted}
        if all(found[id] in wanted[id] for id in wanted):
            break
    return found


@each_shape
def test_requests_are_kept_apart_wherever_they_overlap(shape: str) -> None:
    want = Verdict.PASS if shape in OVERLAPPING else Verdict.INAPPLICABLE
    found = verdicts(shape, "concurrency", {id: {want} for id in APART})
    assert found == dict.fromkeys(APART, want)


@each_shape
def test_a_flag_is_judged_where_what_it_tells_of_was_seen(shape: str) -> None:
    """Greenlets overlap without threads: what they say of themselves is reported, and no fail."""
    seen = {"threads": {FLAGS[0]}, "prefork": {FLAGS[1]}, "prefork of threads": {FLAGS[1]}}.get(shape, set())
    wanted = {id: {Verdict.PASS} if id in seen else {Verdict.INCONCLUSIVE} for id in FLAGS}
    if shape == "prefork of threads":
        wanted[FLAGS[0]] = {Verdict.PASS, Verdict.INCONCLUSIVE}  # whether two meet in one process is chance
    found = verdicts(shape, "wsgi-flags", wanted)
    assert [id for id in FLAGS if found[id] not in wanted[id]] == []


@pytest.mark.parametrize(
    ("sinner", "id", "shows", "hides"),
    [
        ("KeepsResponsesByThread", "start-response-own-while-overlapping", "greenlets", "threads"),
        ("KeepsOneEnviron", "environ-own-while-overlapping", "threads", "prefork"),
        ("KeepsOneEnviron", "environ-own-while-overlapping", "greenlets", "one thread"),
        ("ForgetsItsProcesses", "wsgi-multiprocess-true", "prefork", "threads"),
    ],
)
def test_a_fault_shows_in_the_shape_that_brings_it_out(sinner: str, id: str, shows: str, hides: str) -> None:
    server = f"tests.unit.reference_server.shape_sinners:{sinner}"
    assert verdicts(shows, id, {id: {Verdict.FAIL}}, server) == {id: Verdict.FAIL}
    assert verdicts(hides, id, {id: {*Verdict} - {Verdict.FAIL}}, server) != {id: Verdict.FAIL}


@pytest.mark.modes
@each_shape
def test_every_check_holds_in_the_shape(shape: str) -> None:
    """All of them, by the letter; few of over a thousand find nothing to look at."""
    report = judged(shape)
    wrong = [
        f"{result.check.id}: {result.message}"
        for result in report.results
        if result.verdict in (Verdict.FAIL, Verdict.ERROR)
    ]
    assert wrong == [] and report.count(Verdict.PASS) > len(all_checks()) - 50
