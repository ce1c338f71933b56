"""Amounts of memory as people write them: 512M, 2G."""

from __future__ import annotations

import re

_UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3}
_SIZE = re.compile(r"([1-9][0-9]{0,14})\s*([KMG]?)(?:i?B)?", re.I | re.A)
LEAST = 64 * 1024**2


def octets_of(text: str) -> int:
    """Return the octets that a size stands for; 0 for ``none``.

    Raises ValueError, in words, for what is no size, or less than 64 MiB, which an interpreter may need.
    """
    if text == "none":
        return 0
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is no size: write 512M or 2G, or none")
    octets = int(match[1]) * _UNITS[match[2].upper()]
    if octets < LEAST:
        raise ValueError(f"{text!r} is less than 64M, which a server may need to start")
    return octets
