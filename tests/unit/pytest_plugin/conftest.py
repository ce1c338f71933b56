"""Fixtures of the plugin's tests."""

from __future__ import annotations

import pytest

from tests.unit.pytest_plugin.plugged import ROOT, Plugged


@pytest.fixture
def plugged(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Plugged:
    """A folder in which pytest is run with the plugin; the environment is that of an ordinary user."""
    for name in (
        "PYTEST_ADDOPTS",
        "PYTEST_XDIST_WORKER",
        "PYTEST_XDIST_WORKER_COUNT",
        "PYTEST_XDIST_TESTRUNUID",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return Plugged(pytester)
