"""Fixtures of the unit tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.running import Ground, eventually


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    """A ground that must be clean in the end: no process and no file of the run is left."""
    ground = Ground(tmp_path)
    yield ground
    eventually(ground.is_clean, f"nothing is left: {ground.processes()} {ground.rooms()}", 15)
