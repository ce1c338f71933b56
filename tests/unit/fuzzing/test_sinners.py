"""Each broken duty is found within a bounded number of examples, with a fixed seed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.unit.fuzzing.sinners import SINNERS
from wsgicheck.fuzzing.campaign import Fuzzer, Order

SERVE = Path(__file__).parents[2] / "mutants" / "serve.py"
EXAMPLES = 400
SEED = 1


@pytest.mark.parametrize("sinner", SINNERS, ids=lambda sinner: sinner.__name__)
def test_a_broken_duty_is_found(sinner: type) -> None:
    words = f"tests.unit.fuzzing.sinners:{sinner.__name__} {{app}} --host {{host}} --port {{port}}"
    command = f"{sys.executable} {SERVE} {words}"
    order = Order(sinner.__name__, command, SEED, None, EXAMPLES, timeout=2.0, findings=1, shrink_seconds=0.5)
    campaign = Fuzzer(order, lambda event: None).run()
    assert {found.breach.rule.id for found in campaign.discoveries} & sinner.finds, campaign
