"""The checks by topic: what holds for each check is tested a topic at a time.

There are so many checks that a test for each would take longer to collect than to run.
"""

from __future__ import annotations

import pytest

from wsgicheck.catalog import all_checks
from wsgicheck.model.check import Check

BY_TOPIC: dict[str, list[Check]] = {}
"""``http/host`` and the like: the room of a topic and its own name."""
for _check in all_checks():
    BY_TOPIC.setdefault("/".join(_check.judge.__module__.split(".")[-2:]), []).append(_check)

each_topic = pytest.mark.parametrize("checks", BY_TOPIC.values(), ids=BY_TOPIC)
