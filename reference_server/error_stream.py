"""``wsgi.errors``: PEP 3333, Input and Error Streams."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .base import Base
from .input_stream import InputReading
from .state import Transaction


class ErrorStream:
    """A text stream that takes any ``str`` and never raises for one."""

    __slots__ = ("_server",)

    def __init__(self, server: Base) -> None:
        self._server = server

    def write(self, text: str, /) -> int:
        """Record *text*; only a ``str`` is text."""
        if not isinstance(text, str):
            raise TypeError(f"wsgi.errors takes str, not {type(text).__name__}")
        self._server.write_error(text)
        return len(text)

    def writelines(self, lines: Iterable[str], /) -> None:
        """Record all *lines*, adding nothing between them."""
        self.write("".join(lines))

    def flush(self) -> None:
        """Do nothing: "the ``flush()`` method may be a no-op" where writes are forwarded at once."""


class ErrorWriting(InputReading):
    """The error stream of the application is that of the server."""

    def make_errors(self, transaction: Transaction) -> Any:
        """PEP 3333, ``environ`` Variables: often "``wsgi.errors`` will be the server's main error log".

        Characters that the log cannot represent are escaped, see ``write_error``.
        """
        return ErrorStream(self)
