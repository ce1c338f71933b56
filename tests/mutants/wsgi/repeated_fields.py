"""Mutants that join field lines."""

from __future__ import annotations

from reference_server import ReferenceServer


class JoinsDifferentLines(ReferenceServer):
    """What was said once need not be said again."""

    kills = {"repeated-field-of-equal-lines-whole": "members of HTTP_X_SAME: want 'twice, twice', got twice"}

    def join_repeated_fields(self, name: str, values: list[bytes]) -> str:
        return super().join_repeated_fields(name, list(dict.fromkeys(values)))
