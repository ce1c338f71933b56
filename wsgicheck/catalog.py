"""Gathers all checks and reporters: the suite's own, and those that other distributions bring along."""

from __future__ import annotations

import functools
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from types import ModuleType
from typing import Any

from . import checks as rooms
from .errors import UsageTrouble
from .extensions import CHECKS, REPORTERS, Fault, load
from .model.check import Check
from .model.result import Report
from .model.selection import Selection, matches
from .servers.known import profile_faults

Reporter = Callable[[Report], str]
"""Turns a report into the text of a format; it reads nothing else and writes nothing."""

REPORTERS_OF_OURS = ("terminal", "json", "junit", "github", "sarif", "markdown", "tap", "badge")
"""The names that no extension can take."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")


def all_checks() -> tuple[Check, ...]:
    """Return all checks: the suite's own in the order of modules and lines, then those of extensions.

    Raises ValueError where two of the suite's own share an id.
    """
    return own_checks() + _extension_checks()[0]


def faults() -> tuple[Fault, ...]:
    """Return what is wrong with extensions of any kind; those are left out, and nothing else is."""
    return (*_extension_checks()[1], *profile_faults(), *_extension_reporters()[1])


def reporters() -> dict[str, Reporter]:
    """Return the reporters of extensions by the name that ``--report`` takes."""
    return dict(_extension_reporters()[0])


@functools.cache
def _extension_checks() -> tuple[tuple[Check, ...], tuple[Fault, ...]]:
    extensions, unloaded = load(CHECKS)
    found = {check.id: check for check in own_checks()}
    own, wrong = set(found), list(unloaded)
    for extension in extensions:
        checks = _checks(extension.value)
        if not checks:
            wrong.append(extension.fault("holds no check, and must be a module or a list of checks"))
        for check in checks:
            if not _ID.fullmatch(check.id):
                wrong.append(extension.fault(f"brings {check.id!r}, which is no id: write it like-this"))
            elif check.id in found:
                wrong.append(extension.fault(f"brings a check {check.id!r}, but there is one already"))
            else:
                found[check.id] = check
    return tuple(check for id, check in found.items() if id not in own), tuple(wrong)


def _checks(value: Any) -> list[Check]:
    """Return the checks of a module (its own, not those that it imports), of a list, or the one."""
    if isinstance(value, ModuleType):
        return [
            held
            for held in vars(value).values()
            if isinstance(held, Check) and held.judge.__module__ == value.__name__
        ]
    values = list(value) if isinstance(value, Iterable) else [value]
    return values if all(isinstance(item, Check) for item in values) else []


@functools.cache
def _extension_reporters() -> tuple[dict[str, Reporter], tuple[Fault, ...]]:
    extensions, unloaded = load(REPORTERS)
    found: dict[str, Reporter] = {}
    wrong = list(unloaded)
    for extension in extensions:
        if not callable(extension.value):
            wrong.append(extension.fault("is no function from a report to its text"))
        elif extension.name in (*REPORTERS_OF_OURS, *found):
            wrong.append(extension.fault("has a name that another reporter has already"))
        else:
            found[extension.name] = extension.value
    return found, tuple(wrong)


@functools.cache
def own_checks() -> tuple[Check, ...]:
    """Return the suite's own checks. Raises ValueError where two share an id."""
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


def find(id: str, others: Iterable[str] = ()) -> Check:
    """Return the check with this id; raises UsageTrouble naming the nearest ones, of ``others`` too."""
    for check in all_checks():
        if check.id == id:
            return check
    raise UsageTrouble(f"there is no check {id!r}", _nearest(id, others))


def select(wanted: Iterable[str], ignored: Iterable[str]) -> tuple[Check, ...]:
    """Return the checks whose id or topic matches a wanted pattern (all without one) and no ignored one.

    A pattern is an id, a topic, or has wildcards as a file name has (``close-*``). Raises UsageTrouble
    for a pattern that matches nothing: a misspelt gate would check nothing.
    """
    selection = Selection.of(wanted, ignored)
    for pattern in selection.patterns:
        if not any(matches(check.id, check.topic, pattern) for check in all_checks()):
            raise UsageTrouble(f"no check matches {pattern!r}", _nearest(pattern))
    return tuple(
        check for check in all_checks() if check.withdrawn is None and selection.holds(check.id, check.topic)
    )


def _nearest(word: str, others: Iterable[str] = ()) -> str:
    names = {check.id for check in all_checks()} | {check.topic for check in all_checks()}
    near = get_close_matches(word, {*names, *others}, 3, 0.5)
    broken = "".join(f"; {fault}" for fault in _extension_checks()[1])
    return (
        ("did you mean " + ", ".join(near) + "? " if near else "") + "'wsgicheck list' shows all ids" + broken
    )
