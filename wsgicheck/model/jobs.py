"""The number of copies of a server that are asked for: a number, or auto."""

from __future__ import annotations

AUTO = 0
MOST = 16


def jobs_of(text: str) -> int:
    """Return the number that a text such as 3 names, or AUTO for auto. Raises ValueError for all else."""
    if text == "auto":
        return AUTO
    if text.isascii() and text.isdigit() and 1 <= int(text) <= MOST:
        return int(text)
    raise ValueError(f"{text!r} is not a number of copies: 1 to {MOST}, or auto")
