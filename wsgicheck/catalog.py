"""Gathers all checks: every :class:`Check` that a module below ``wsgicheck.checks`` holds."""

from __future__ import annotations

import fnmatch
import functools
import importlib
import pkgutil
from collections.abc import Iterable
from difflib import get_close_matches

from . import checks as rooms
from .errors import UsageTrouble
from .model.check import Check


@functools.cache
def all_checks() -> tuple[Check, ...]:
    """Return all checks, in the order of their modules and of their lines.

    Raises ValueError where two checks share an id.
    """
    found: dict[str, Check] = {}
    for module_info in sorted(pkgutil.walk_packages(rooms.__path__, rooms.__name__ + "."), key=_room_order):
        module = importlib.import_module(module_info.name)
        for value in vars(module).values():
            if isinstance(value, Check) and value.judge.__module__ == module.__name__:
                if value.id in found:
                    raise ValueError(f"two checks are called {value.id!r}")
                found[value.id] = value
    return tuple(found.values())


def _room_order(module: pkgutil.ModuleInfo) -> tuple[int, str]:
    rooms_in_order = ("wsgi", "http", "site", "frameworks")
    room = module.name.split(".")[2]
    return (rooms_in_order.index(room) if room in rooms_in_order else len(rooms_in_order), module.name)


def find(id: str) -> Check:
    """Return the check with this id; raises UsageTrouble naming the nearest ones."""
    for check in all_checks():
        if check.id == id:
            return check
    raise UsageTrouble(f"there is no check {id!r}", _nearest(id))


def select(wanted: Iterable[str], ignored: Iterable[str]) -> tuple[Check, ...]:
    """Return the checks whose id or topic matches a wanted pattern (all without one) and no ignored one.

    A pattern is an id, a topic, or has wildcards as a file name has (``close-*``). Raises UsageTrouble
    for a pattern that matches nothing: a misspelt gate would check nothing.
    """
    wanted, ignored = _split(wanted), _split(ignored)
    for pattern in (*wanted, *ignored):
        if not any(_matches(check, pattern) for check in all_checks()):
            raise UsageTrouble(f"no check matches {pattern!r}", _nearest(pattern))
    return tuple(
        check
        for check in all_checks()
        if check.withdrawn is None
        and (not wanted or any(_matches(check, pattern) for pattern in wanted))
        and not any(_matches(check, pattern) for pattern in ignored)
    )


def _split(patterns: Iterable[str]) -> list[str]:
    return [part.strip() for pattern in patterns for part in pattern.split(",") if part.strip()]


def _matches(check: Check, pattern: str) -> bool:
    return fnmatch.fnmatchcase(check.id, pattern) or fnmatch.fnmatchcase(check.topic, pattern)


def _nearest(word: str) -> str:
    names = {check.id for check in all_checks()} | {check.topic for check in all_checks()}
    near = get_close_matches(word, names, 3, 0.5)
    return ("did you mean " + ", ".join(near) + "? " if near else "") + "'wsgicheck list' shows all ids"
