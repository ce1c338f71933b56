"""Garbage collection while a run gathers what it sees."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

ALLOCATIONS = 20_000


@contextlib.contextmanager
def collecting_rarely() -> Iterator[None]:
    """Let the collector look less often: nearly all that a run makes is evidence, and stays.

    As Python has it, about a sixth of our part of the work goes into looking through it in vain.
    """
    before = gc.get_threshold()
    gc.set_threshold(ALLOCATIONS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
