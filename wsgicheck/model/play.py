"""A play: the small program that the probe performs inside the server under test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Union

Value = Union[str, bytes, int, float, bool, None, tuple["Value", ...], "Step", "Repeated"]
"""What a play may contain; a tuple stands for a list unless a step says otherwise."""

Headers = tuple[tuple[str, str], ...]

Shape = Literal[
    "iterator",  # __iter__ returns itself, has close()
    "iterable",  # __iter__ returns another object, which has a close() of its own
    "falsy",  # the same, and false
    "equal_to_all",  # the same, and equal to whatever it is compared with
    "len_raises",  # the same, and has a __len__ that raises
    "getitem",  # the legacy protocol: __getitem__ until IndexError, has close()
    "sized",  # an iterable with __len__ and close()
    "sized_once",  # the same, but it can be gone through only once
    "list",
    "list_with_close",  # a list of a class that has close()
    "list_by_iteration",  # the same; iter() alone gives the blocks, and its items are others
    "tuple",
    "generator",
    "closeless",  # an iterator without close()
    "file_wrapper",  # environ["wsgi.file_wrapper"](file) where the server has one
    "wrapped",  # what the step ``wrap`` made of a file
    "upper_cased",  # the same behind a middleware that changes the octets
    "nothing",  # None, which is no iterable at all
    "bytes",  # one bytes object, which is an iterable of integers
    "bait",  # an iterator that looks like a file with other content
    "broken",  # an iterable whose iter() raises, has close()
]

RETURNED_WHOLE: tuple[Shape, ...] = ("list", "tuple", "nothing", "bytes", "file_wrapper")
"""Shapes that nothing is seen of once they have been returned."""

NO_EXCEPTIONS = ("BaseException", "GeneratorExit", "KeyboardInterrupt", "SystemExit")
"""The builtin errors outside the class Exception."""

PLAIN_TEXT: Headers = (("Content-Type", "text/plain; charset=utf-8"),)


@dataclass(frozen=True)
class Step:
    """One thing that the probe does: ``op`` names it, ``args`` are its arguments in order."""

    op: str
    args: tuple[Value, ...] = ()


@dataclass(frozen=True, repr=False)
class Repeated:
    """Octets several times in a row: one large bytestring, which travels to the probe as a small one.

    Its ``repr`` is the expression that makes the bytestring.
    """

    octets: bytes
    times: int

    def __repr__(self) -> str:
        return f"{self.octets!r} * {self.times}"


@dataclass(frozen=True)
class Play:
    """What the application does with one request.

    In the call: ``before``, then ``start_response(status, headers)`` where ``starts``, then ``after``.
    What it returns: ``chunks`` (octets to yield, or steps to perform between them) in the given ``shape``.
    In ``close()``: ``closing``. A play with an ``application`` hands the request over to that
    callable (``module:name``) instead, untouched.
    """

    status: str = "200 OK"
    headers: Headers = PLAIN_TEXT
    before: tuple[Step, ...] = ()
    starts: bool = True
    after: tuple[Step, ...] = ()
    chunks: tuple[bytes | str | Step | Repeated | None, ...] = (b"wsgicheck",)
    shape: Shape = "iterator"
    closing: tuple[Step, ...] = ()
    application: str | None = None
    later: tuple[Play, ...] = ()
    """What is played for the second and later requests of one exchange (labels ``2``, ``3``, ...);
    without it every request gets this play."""

    def of_label(self, label: str) -> Play:
        """Return the play of one of several requests, by the label behind its ticket."""
        number = int(label) if label.isdigit() else 1
        return self.later[min(number - 2, len(self.later) - 1)] if number > 1 and self.later else self

    @property
    def ends_with(self) -> frozenset[str]:
        """The kinds of observation behind which nothing more comes from one call of this play.

        A call that raises ends with that, and a generator with whatever ends its body.
        """
        if self.application is not None or self.shape in RETURNED_WHOLE:
            return frozenset({"returned"})
        if self.shape in ("wrapped", "upper_cased"):
            return frozenset({"returned" if self._closing_goes_unseen else "file-closed"})
        if self.shape == "generator":
            return frozenset({"exhausted", "generator-closed", "raised"})
        return frozenset({"exhausted" if self.shape == "closeless" else "closed"})

    @property
    def may_end_worker(self) -> bool:
        """Whether it raises an error outside the class Exception: a worker may end by that."""
        steps = (*self.before, *self.after, *self.chunks, *self.closing)
        return any(
            isinstance(step, Step) and step.op == "raise_as" and step.args[0] in NO_EXCEPTIONS
            for step in steps
        ) or any(play.may_end_worker for play in self.later)

    @property
    def _closing_goes_unseen(self) -> bool:
        return any(step.op == "file" and step.args[0] in ("only-read", "plain") for step in self.before)
