"""What the application returned, as the server gets it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from ..model.violation import Side
from ..spec import pep3333
from ..spec import pep3333_applications as law
from .escaping import judge_escape
from .faults import Fault
from .invocation import Invocation, shown


def judge_returned(returned: Any, invocation: Invocation) -> None:
    """Judge the kind of object that was returned, before anything is asked of it."""
    witness = invocation.witness
    if isinstance(returned, (str, bytes, bytearray, memoryview)):
        witness.record(
            law.BYTES,
            f"the application returned {shown(returned)}, whose items are no bytestrings; return a list with "
            "one bytestring in it",
        )
    elif isinstance(returned, io.IOBase):
        witness.record(
            law.RAW_FILE,
            f"the application returned an open file, {shown(returned)}: it is sent line by line; use "
            "wsgi.file_wrapper where there is one, or read blocks",
        )


class Iterable:
    """Hands the application's blocks on, one for one, and judges them.

    It has a length where the returned object has one, for a server may send Content-Length by it.
    """

    def __init__(self, returned: Any, invocation: Invocation) -> None:
        self._closed = True  # until all is in place, there is nothing to miss
        self._returned = returned
        self._invocation = invocation
        self._ended = False
        self._blocks = 0
        self._length = _length_of(returned)
        try:
            self._iterator: Iterator[Any] = iter(returned)
        except TypeError as error:
            invocation.witness.record(
                law.ITERABLE,
                f"the application returned {shown(returned)}, which is not iterable",
                cause=error,
            )
            self._iterator = iter(())
            self._ended = True
        self._closed = False

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        invocation, witness = self._invocation, self._invocation.witness
        if self._closed:
            witness.record(pep3333.CLOSE, "the server asked for a block after it called close()", Side.SERVER)
        try:
            block = self._next()
        except Fault as fault:
            self._ended = True
            witness.hand_over(fault)
        self._blocks += 1
        invocation.send(block, "yielded")
        witness.insist()
        return block

    def _next(self) -> Any:
        self._invocation.iterating = True
        try:
            return next(self._iterator)
        except StopIteration:
            self._invocation.iterating = False
            if not self._ended:
                self._ended = True
                self._judge_end()
            self._invocation.witness.insist()
            raise
        except Fault:
            raise
        except BaseException as error:
            self._ended = True
            judge_escape(error, self._invocation.given, self._invocation.witness)
            raise
        finally:
            self._invocation.iterating = False

    def _judge_end(self) -> None:
        if self._length is not None and self._length != self._blocks:
            self._invocation.witness.record(
                law.LENGTH, f"len() of the iterable is {self._length}, but it yielded {self._blocks} blocks"
            )
        self._invocation.end()

    def close(self) -> None:
        """Close what the application returned; raises what that raises."""
        self._closed = True
        close = getattr(self._returned, "close", None)
        try:
            if close is not None:
                close()
        except Exception as error:
            if not self._ended:
                self._invocation.witness.record(
                    law.CLOSED_EARLY,
                    f"close() raised {error!r} when the server closed the iterable before its end",
                    cause=error,
                )
            raise
        self._invocation.witness.insist()

    def __del__(self) -> None:
        if not getattr(self, "_closed", True):
            self._closed = True
            self._invocation.witness.record(
                pep3333.CLOSE,
                "the server let go of the iterable without calling its close()",
                Side.SERVER,
            )


class SizedIterable(Iterable):
    """An iterable whose original tells its length."""

    def __len__(self) -> int:
        return len(self._returned)


def _length_of(returned: Any) -> int | None:
    """Return ``len()`` of an object, None where it has none that works."""
    try:
        return len(returned)
    except Exception:
        return None


def observed(returned: Any, invocation: Invocation) -> Iterable:
    """Return the iterable that the server gets for what the application returned."""
    judge_returned(returned, invocation)
    kind = Iterable if _length_of(returned) is None else SizedIterable
    return kind(returned, invocation)
