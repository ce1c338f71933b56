"""Options of the tests."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-checks",
        default="",
        metavar="PATTERNS",
        help="in the kill matrix: run only these checks (ids, topics or wildcards), while they are written",
    )
