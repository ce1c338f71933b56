"""``wsgi.errors`` as the observed application gets it."""

from __future__ import annotations

from collections.abc import Iterable

from ..spec import pep3333_applications as law
from .invocation import shown
from .stream import Stream


class Errors(Stream):
    """Judges what is written to the log."""

    name = "wsgi.errors"
    promise = "flush, write and writelines"

    def write(self, text: str) -> None:
        """Write text, any character of it."""
        if type(text) is not str:
            self._witness.record(
                law.NATIVE_STRINGS, f"the application wrote {shown(text)} to wsgi.errors; want a str"
            )
        elif "\r" in text:
            self._witness.record(
                law.ERRORS_LINES, f"a line written to wsgi.errors ends with a carriage return: {shown(text)}"
            )
        self._server.write(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write texts one after another."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Flush the server's stream."""
        self._server.flush()
