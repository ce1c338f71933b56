"""The collector looks less often during a run, and as often as before behind it."""

from __future__ import annotations

import gc

import pytest

from wsgicheck.engine.garbage import collecting_rarely


def test_the_collector_is_as_it_was_behind_a_run_even_one_that_failed() -> None:
    before = gc.get_threshold()
    with pytest.raises(RuntimeError), collecting_rarely():
        assert gc.get_threshold()[0] > before[0]
        assert gc.isenabled()
        raise RuntimeError
    assert gc.get_threshold() == before
