"""The servers that can be named: those of the suite, and those that other distributions bring along."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

from ..extensions import SERVERS, Fault, load
from .builtin import PROFILES
from .profile import Profile


def known_profiles() -> tuple[Profile, ...]:
    """Return every profile; a name of the suite's own cannot be taken by another."""
    return PROFILES + _extensions()[0]


def profile_faults() -> tuple[Fault, ...]:
    """Return the faults of extensions that were meant to bring profiles."""
    return _extensions()[1]


@functools.cache
def _extensions() -> tuple[tuple[Profile, ...], tuple[Fault, ...]]:
    extensions, unloaded = load(SERVERS)
    found: dict[str, Profile] = {}
    faults = list(unloaded)
    for extension in extensions:
        profiles = _profiles(extension.value)
        if not profiles:
            faults.append(extension.fault("is no wsgicheck.testing.Profile, nor several of them"))
        for profile in profiles:
            if profile.name in found or any(own.name == profile.name for own in PROFILES):
                faults.append(extension.fault(f"brings a profile {profile.name!r}, but there is one already"))
            else:
                found[profile.name] = profile
    return tuple(found.values()), tuple(faults)


def _profiles(value: Any) -> list[Profile]:
    values = list(value) if isinstance(value, Iterable) else [value]
    profiles = [item for item in values if isinstance(item, Profile)]
    return profiles if len(profiles) == len(values) else []
