"""The environ of a call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..model.exchange import Exchange, Observation
from ..model.result import Finding, Verdict
from .calls import called_once, calls_of
from .judgement import Judged, inapplicable, inconclusive


@dataclass(frozen=True)
class Environ:
    """The environ of one call: exact types and values. Objects that are no plain values read as ''."""

    types: Mapping[str, str]
    values: Mapping[str, str]
    key_types: Mapping[str, str]

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def __getitem__(self, key: str) -> str:
        """Return the text of a value; a check that fails for its absence says so by itself."""
        if key not in self.values:
            raise Judged(Finding(Verdict.FAIL, f"environ[{key!r}] is missing", want="present", got="absent"))
        return self.values[key]

    def get(self, key: str, default: str = "") -> str:
        """Return the text of a value, or the default."""
        return self.values.get(key, default)

    def lacks(self, key: str) -> bool:
        """Return whether a variable has no value: it is absent, empty or None."""
        return self.values.get(key, "") == "" or self.types[key] == "NoneType"

    def type(self, key: str) -> str:
        """Return the exact type of a value, such as ``str`` or ``package.module.Class``."""
        self[key]
        return self.types[key]


def environ_of(exchange: Exchange) -> Environ:
    """Return the environ of the first call of the application."""
    return environ_of_call(called_once(exchange))


def environ_of_call(call: Observation) -> Environ:
    """Return the environ of one call, where an exchange has several."""
    items = call.facts["environ"]
    return Environ(
        types={key: kind for _, key, kind, _ in items},
        values={key: value for _, key, _, value in items},
        key_types={key: key_kind for key_kind, key, _, _ in items},
    )


def environ_of_second(exchange: Exchange) -> Environ:
    """Return the environ of the second request of a connection; inapplicable where it was not kept for it."""
    calls = calls_of(exchange, "2")
    if not calls:
        inapplicable("one request was served on this connection")
    return environ_of_call(calls[0])


def environ_with_headers(exchange: Exchange) -> Environ:
    """Return the environ; inconclusive where no custom header arrives: one check fails for that."""
    environ = environ_of(exchange)
    if not any(key.upper().startswith("HTTP_X_") for key in environ.values):
        inconclusive("no custom header arrived: header-has-variable fails for it")
    return environ
