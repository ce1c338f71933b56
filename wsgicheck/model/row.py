"""A row of the ruler that the law as data is held against."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One duty or freedom, its level, from where it can be seen, and what judges it."""

    number: str
    level: str
    """An RFC 2119 word, or STATED for what the text says without one."""
    seen: str
    """``client``, ``probe``, ``both``, ``log`` or ``untestable``."""
    judges: tuple[str, ...] = ()
    """The ids of its checks."""
    reason: str = ""
    """Why there is no check."""

    @property
    def visible(self) -> bool:
        """Whether anything of it can be seen from outside of a server."""
        return self.seen != "untestable"

    @property
    def binding(self) -> bool:
        """Whether it is more than a tolerance."""
        return self.level != "MAY"
