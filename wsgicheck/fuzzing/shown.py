"""How octets are shown in what fuzzing finds."""

from __future__ import annotations

MOST = 60


def shown(octets: bytes) -> str:
    """Return the first octets, and how many more there are."""
    return repr(octets[:MOST]) + (f" and {len(octets) - MOST} more" if len(octets) > MOST else "")
