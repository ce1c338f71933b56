"""Everybody who has wsgicheck installed pays for the plugin at every start of pytest: next to nothing."""

from __future__ import annotations

import os
import subprocess
import sys

LIMIT_SECONDS = 0.010
MEASURE = """
import time, pytest, argparse, importlib
began = time.process_time()
import wsgicheck.pytest_plugin as plugin
from _pytest.config.argparsing import Parser
plugin.pytest_addoption(Parser(_ispytest=True))

class Config:
    def addinivalue_line(self, name, line): pass
    def getoption(self, name): return []
    getini = getoption

plugin.pytest_configure(Config())
print(time.process_time() - began)
"""


def test_the_plugin_costs_less_than_ten_milliseconds_of_a_start() -> None:
    """Of the processor's time, which a busy machine does not stretch; the best of three."""
    costs = []
    for _ in range(3):
        ended = subprocess.run(
            [sys.executable, "-c", MEASURE], capture_output=True, text=True, env=os.environ
        )
        assert ended.returncode == 0, ended.stderr
        costs.append(float(ended.stdout))
    assert min(costs) < LIMIT_SECONDS, costs
