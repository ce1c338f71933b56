"""What is known of one invocation of the application while it goes on."""

from __future__ import annotations

from ..spec import pep3333_applications as law
from .witness import Witness

BODILESS = (204, 304)


class Invocation:
    """The state that ``start_response``, ``write`` and the iterable share."""

    def __init__(self, witness: Witness, method: object, given: frozenset[str]) -> None:
        self.witness = witness
        self.method = method
        self.given = given
        """The keys of the environ as the application got it."""
        self.started = False
        self.iterating = False
        self.code = 0
        self.content_length: int | None = None
        self.octets = 0
        self.refused: BaseException | None = None
        """What ``start_response`` raised when it was called with ``exc_info``."""

    def send(self, block: object, how: str) -> None:
        """Account for a block of the body that was yielded or written."""
        if type(block) is not bytes:
            self.witness.record(
                law.BYTES, f"the application {how} {shown(block)}; only bytes can be sent, so encode it first"
            )
            return
        if block and not self.started:
            self.witness.record(
                law.STARTED, f"the application {how} {shown(block)} before it called start_response"
            )
        if self.refused is not None:
            self.trapped(f"and {how} {shown(block)}")
        self.octets += len(block)
        limit = self._limit()
        if block and limit is not None and self.octets > limit:
            self.witness.record(
                law.CONTENT_LENGTH,
                f"Content-Length says {limit}, but the application has produced {self.octets} bytes so far",
            )

    def end(self) -> None:
        """Judge the whole, when the iterable is exhausted."""
        if not self.started:
            self.witness.record(
                law.STARTED, "the iterable has ended and start_response was never called: there is no status"
            )
        if self.refused is not None:
            self.trapped("and ended its response as if nothing had happened")
        limit = self._limit()
        if limit is not None and self.octets < limit:
            self.witness.record(
                law.CONTENT_LENGTH,
                f"Content-Length says {limit}, but the application produced only {self.octets} bytes",
            )

    def trapped(self, what: str) -> None:
        """Tell that the exception of ``start_response`` did not come through."""
        self.witness.record(
            law.ERRORS_PROPAGATE,
            f"the application trapped {self.refused!r}, which start_response raised because the headers "
            f"were already sent, {what}",
            cause=self.refused,
        )

    def _limit(self) -> int | None:
        """Return the stated length where the body is really sent."""
        return None if self.method == "HEAD" or self.code in BODILESS else self.content_length


def shown(value: object) -> str:
    """Return a value as a failure shows it: its type, and as much of it as fits."""
    try:
        text = repr(value)
    except Exception:  # the application's own __repr__ must not hide what we have to say
        text = "(its repr fails)"
    name = type(value).__name__
    text = text if len(text) <= 80 else text[:77] + "..."
    return "None" if value is None else f"{'an' if name[0] in 'aeiou' else 'a'} {name}, {text}"
