"""``wsgi.file_wrapper`` as the observed application gets it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..spec import pep3333_applications as law
from .invocation import shown
from .witness import Witness


class FileWrapper:
    """Judges what is wrapped, then hands it on."""

    def __init__(self, server: Callable[..., Any], witness: Witness) -> None:
        self._server = server
        self._witness = witness

    def __call__(self, *args: Any) -> Any:
        """Wrap a file-like object, with a block size perhaps; returns what the server returns."""
        if args and not callable(getattr(args[0], "read", None)):
            self._witness.record(
                law.FILE_LIKE, f"wsgi.file_wrapper was given {shown(args[0])}, which has no read()"
            )
        return self._server(*args)
