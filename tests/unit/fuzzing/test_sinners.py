"""Each broken duty is found within a bounded number of examples, with a fixed seed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tests.unit.fuzzing.sinners import SINNERS
from wsgicheck.fuzzing.campaign import Fuzzer, Order

SERVE = Path(__file__).parents[2] / "mutants" / "serve.py"
EXAMPLES = 250
SEEDS = (2, 1, 3)
"""The first nearly always does; what a seed generates may differ with the release of hypothesis."""


@pytest.mark.parametrize("sinner", SINNERS, ids=lambda sinner: sinner.__name__)
def test_a_broken_duty_is_found(sinner: Any) -> None:
    words = f"tests.unit.fuzzing.sinners:{sinner.__name__} {{app}} --host {{host}} --port {{port}}"
    command = f"{sys.executable} {SERVE} {words}"
    found: set[str] = set()
    for seed in SEEDS:
        order = Order(
            sinner.__name__, command, seed, None, EXAMPLES, timeout=2.0, findings=1, shrink_seconds=0.5
        )
        campaign = Fuzzer(order, lambda event: None).run()
        found |= {discovery.breach.rule.id for discovery in campaign.discoveries}
        if found:
            break
    assert found & sinner.finds, found
