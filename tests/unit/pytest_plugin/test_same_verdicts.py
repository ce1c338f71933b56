"""pytest finds what the command line finds, alone and with several workers."""

from __future__ import annotations

import pytest

from tests.unit.pytest_plugin.plugged import SINNER, Plugged
from wsgicheck.catalog import all_checks
from wsgicheck.pytest_shards import shards

TOPICS = ("close", "call", "host")


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "two workers"])
def test_the_verdicts_are_those_of_the_command_line(plugged: Plugged, workers: tuple[str, ...]) -> None:
    marks = " or ".join(f"wsgicheck_{topic}" for topic in TOPICS)
    of_pytest = plugged.verdicts("--wsgi-server", SINNER, "-m", marks, *workers)
    assert of_pytest == plugged.verdicts_of_the_command_line("--server", SINNER, "--select", ",".join(TOPICS))
    assert len(of_pytest) > 20
    assert set(of_pytest.values()) >= {"pass", "fail"}


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
