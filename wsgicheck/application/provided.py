"""What the server provides, reduced to what the PEP promises of it."""

from __future__ import annotations

from ..model.law import Requirement


class Provided:
    """An object that the application gets from the server; it has nothing beyond the promise.

    ``name`` is what the PEP calls it, ``promise`` what it has in words, and ``law`` the duty that an
    application breaks which needs more.
    """

    name: str
    promise: str
    law: Requirement
