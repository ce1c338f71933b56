"""How pytest-xdist deals out our items under ``--dist load``, its default: a shard at a time.

All other tests are dealt out one by one, as they are without us.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]


class ShardScheduling(LoadScopeScheduling):  # type: ignore[misc]
    """Sends every item of a shard to the same worker; ``group_of`` names the shard of a node id, if any."""

    def __init__(self, config: Any, log: Any, group_of: Callable[[str], str | None]) -> None:
        super().__init__(config, log)
        self._group_of = group_of

    def _split_scope(self, nodeid: str) -> str:
        return self._group_of(nodeid) or nodeid
