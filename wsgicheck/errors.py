"""Troubles of the harness: each says what was wrong, and what to do next."""

from __future__ import annotations


class Trouble(Exception):
    """Something that keeps a run from starting or finishing. ``exit_code`` follows the design's table."""

    exit_code = 4

    def __init__(self, message: str, hint: str = "", output: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.output = output


class UsageTrouble(Trouble):
    """The command line or the configuration cannot be obeyed."""

    exit_code = 2


class ServerTrouble(Trouble):
    """The server did not start, is not ours, or was lost."""

    exit_code = 3
