"""How checks are spread over workers: those that share an exchange stay together.

One exchange serves many checks, so items that were dealt out one by one would have every worker conduct
every exchange. A shard is what one worker takes as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from .model.check import Check
from .model.play import Play
from .model.stimulus import Stimulus

Exchange = tuple[Stimulus, Play]


def shards(checks: Iterable[Check], count: int) -> dict[str, int]:
    """Return the shard (from 0) of each check's id: at most ``count``, of about as many exchanges each.

    Depends on nothing but its arguments: every worker and the controller find the same.
    """
    clusters = _clusters(checks)
    loads = [0] * max(1, count)
    found: dict[str, int] = {}
    for ids, weight in sorted(clusters, key=lambda cluster: (-cluster[1], cluster[0][0])):
        lightest = loads.index(min(loads))
        loads[lightest] += weight
        found.update(dict.fromkeys(ids, lightest))
    return found


def _clusters(checks: Iterable[Check]) -> list[tuple[list[str], int]]:
    """Return (ids, exchanges) of checks that are bound together by the exchanges which they need."""
    cluster_of: dict[Exchange, int] = {}
    ids: dict[int, list[str]] = {}
    exchanges: dict[int, set[Exchange]] = defaultdict(set)
    for number, check in enumerate(checks):
        needed = {(check.send, check.play)}
        if check.control is not None:
            needed.add((check.control, check.play))
        ids[number] = [check.id]
        for bound in {cluster_of[one] for one in needed if one in cluster_of}:
            ids[number] += ids.pop(bound)
            needed |= exchanges.pop(bound)
        exchanges[number] = needed
        cluster_of.update(dict.fromkeys(needed, number))
    return [(sorted(ids[number]), len(exchanges[number])) for number in ids]
