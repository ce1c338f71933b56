"""What ``wsgi.input`` and ``wsgi.errors`` have in common: a few methods, and nothing else."""

from __future__ import annotations

from typing import Any

from ..spec import pep3333_applications as law
from .provided import Provided
from .witness import Witness


class Stream(Provided):
    """A stream of the server, reduced to the methods that the PEP promises."""

    law = law.STREAM_ATTRIBUTES

    def __init__(self, server: Any, witness: Witness) -> None:
        self._server = server
        self._witness = witness

    def __getattr__(self, name: str) -> Any:
        # An AttributeError rather than a breach: a look with hasattr and a way out depends on nothing.
        # The observer makes a breach of it where it leaves the application.
        raise AttributeError(f"{self.name} has no {name!r}", name=name, obj=self)

    def __enter__(self) -> Any:
        self._other("used in a with statement, which also closes it")
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def close(self) -> None:
        """Tell that the application closes a stream of the server; it stays open."""
        self._witness.record(
            law.STREAMS_OPEN,
            f"the application closed {self.name}; a TextIOWrapper or BufferedReader around it does so when "
            "it is closed or collected: detach it first",
        )

    def _other(self, what: str) -> None:
        self._witness.record(
            law.STREAM_ATTRIBUTES, f"{self.name} was {what}; a server need only have {self.promise}"
        )
