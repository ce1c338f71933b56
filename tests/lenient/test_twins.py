"""Every lenient twin passes every check: nothing lawful is ever called a fail.

The other half of the kill matrix: a mutant shows that a check can fail, a twin that it does not fail too
easily. ``tox -e twins`` runs them all, ``tox -e twins-quick`` in company where they can be.
"""

from __future__ import annotations

import fnmatch

import pytest

from tests.lenient.company import is_alone
from tests.lenient.gather import Twin, gather
from wsgicheck.catalog import all_checks
from wsgicheck.engine.session import Order, check_server
from wsgicheck.model.law import Level
from wsgicheck.model.result import Report, Verdict

TWINS = gather()
FEWEST = 0.8
"""The share of checks that find what they look at, even where a twin refuses or withholds much."""


def name_of(twin: Twin) -> str:
    """Return the name of a twin, for ``-k``: quick are those in company, and those that keep alone."""
    name = twin.name.partition(":")[2]
    return name if twin.together else f"alone-{name}" if is_alone(name) else f"single-{name}"


def judged(twin: Twin) -> Report:
    checks = tuple(check for check in all_checks() if check.source in twin.sources)
    return check_server(Order(twin.command, checks), lambda event: None)


def complaints(twin: Twin, report: Report) -> list[str]:
    """Return in words what was held against the twin, and which declared warning is none."""
    found, used = [], set()
    for result in report.results:
        if result.verdict not in (Verdict.FAIL, Verdict.ERROR):
            continue
        check, words = result.check, f"{result.message}: want {result.want}, got {result.got}"
        granted = [pattern for pattern in twin.warns if fnmatch.fnmatchcase(check.id, pattern)]
        if not granted or result.verdict is Verdict.ERROR:
            found.append(f"{check.id} ({check.law.level.value}): {words}")
        elif check.law.level not in (Level.SHOULD, Level.SHOULD_NOT, Level.MAY):
            found.append(f"{check.id} is no mere recommendation: {words}")
        used.update(granted)
    if twin.together:  # one may withhold what another would be warned for
        return found
    return found + [f"no warning of {pattern}" for pattern in twin.warns if pattern not in used]


@pytest.mark.twins
@pytest.mark.parametrize("twin", TWINS, ids=name_of)
def test_a_twin_is_found_faultless(twin: Twin) -> None:
    report = judged(twin)
    assert report.complete, report.trouble
    faults = complaints(twin, report)
    if faults:  # one surprise may be the machine's: what is surprising twice is a finding
        again = complaints(twin, judged(twin))
        faults = [fault for fault in faults if fault.split(" ")[0] in {line.split(" ")[0] for line in again}]
    assert faults == []
    assert report.count(Verdict.PASS) > FEWEST * len(report.results) or twin.together
