"""pytest finds what the command line finds, alone and with several workers."""

from __future__ import annotations

import pytest

from tests.unit.pytest_plugin.plugged import SINNER, Plugged, cases
from wsgicheck.catalog import all_checks, select
from wsgicheck.pytest_shards import shards
from wsgicheck.reporters import junit
from wsgicheck.testing import Verdict, run_checks

TOPICS = ("close", "call", "host")


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "two workers"])
def test_the_verdicts_are_those_of_the_command_line(plugged: Plugged, workers: tuple[str, ...]) -> None:
    marks = " or ".join(f"wsgicheck_{topic}" for topic in TOPICS)
    of_pytest = plugged.verdicts("--wsgi-server", SINNER, "-m", marks, *workers)
    assert of_pytest == plugged.verdicts_of_the_command_line("--server", SINNER, "--select", ",".join(TOPICS))
    assert len(of_pytest) > 20
    assert set(of_pytest.values()) >= {"pass", "fail"}


def test_the_junit_file_agrees_with_that_of_the_suite(plugged: Plugged) -> None:
    """Name and outcome of each case; what is inconclusive is an error there, and a skip here."""
    file = plugged.pytester.path / "junit.xml"
    plugged.run("--wsgi-server", "wsgiref", "-m", "wsgicheck_expect_continue", "--junitxml", str(file))
    report = run_checks("wsgiref", *select(["expect-continue"], []))
    (plugged.pytester.path / "ours.xml").write_text(junit.render(report), encoding="utf-8")
    ours = {name: outcomes for name, outcomes, _ in cases(plugged.pytester.path / "ours.xml")}
    for result in report.results:
        if result.verdict is Verdict.INCONCLUSIVE:
            ours[result.check.id] = ["skipped"]
    assert {name: outcomes for name, outcomes, _ in cases(file)} == ours
    assert ["skipped"] in ours.values()


def test_checks_that_share_an_exchange_are_never_parted() -> None:
    checks = all_checks()
    shard_of = shards(checks, 3)
    assert set(shard_of) == {check.id for check in checks}
    assert set(shard_of.values()) == {0, 1, 2}
    where: dict[object, int] = {}
    for check in checks:
        for stimulus in filter(None, (check.send, check.control)):
            assert where.setdefault((stimulus, check.play), shard_of[check.id]) == shard_of[check.id], (
                check.id
            )


def test_shards_are_of_about_the_same_size_and_the_same_everywhere() -> None:
    checks = all_checks()
    assert shards(checks, 3) == shards(tuple(checks), 3)
    assert set(shards(checks, 1).values()) == {0}
    sizes = [list(shards(checks, 2).values()).count(shard) for shard in (0, 1)]
    assert min(sizes) > len(checks) / 4, sizes
