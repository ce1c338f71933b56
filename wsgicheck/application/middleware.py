"""The examination of middleware: an application of ours behind it, a gateway of ours in front."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..model.examination import Finding
from ..model.law import Requirement
from ..model.violation import Side, Violation
from ..spec import pep3333_middleware as law
from ..spec.pep3333 import CLOSE
from .examination import examine
from .gateway import PlainLog, Visit, environ_of
from .invocation import shown
from .observer import observe
from .underling import BLOCKS, STATUS, STATUS_AGAIN, Seen, Underling

Application = Callable[..., Any]
Factory = Callable[[Application], Application]


@dataclass
class Passage:
    """What came out in front of the middleware, one block at a time."""

    status: Any = None
    headers: Any = None
    written: list[Any] = field(default_factory=list)
    blocks: list[Any] = field(default_factory=list)
    pulled_before: int = 0
    """What had been taken from the application by the time that the middleware returned."""
    ahead: tuple[int, int] | None = None
    """The first moment (values yielded, blocks taken) at which more was taken than yielded."""
    error: BaseException | None = None

    @property
    def essence(self) -> tuple[Any, bool]:
        """What must be the same however the application does it: middleware may put a date into its body."""
        return self.status, bool(self.body)

    @property
    def body(self) -> bytes:
        """All octets, written and yielded."""
        return b"".join(block for block in (*self.written, *self.blocks) if isinstance(block, bytes))


def examine_middleware(factory: Factory, visits: Sequence[Visit]) -> list[Finding]:
    """Return what the middleware breaks: as an application, as a server, and as one in between.

    ``factory`` takes an application and returns one. Each visit is paid some fifteen times, with applications
    behind the middleware that do each of the things that an application may do. Advice comes first.
    """
    found: dict[tuple[str, str], Finding] = {}

    def tell(violation: Violation, words: str) -> None:
        found.setdefault((violation.law.id, violation.message), Finding(violation, words))

    for visit in visits:
        examination = _Examination(factory, visit, tell)
        if examination.run():
            for finding in _as_application(factory, visit):
                tell(finding.violation, finding.visit)
    return sorted(found.values(), key=lambda finding: finding.violation.grave)


def _as_application(factory: Factory, visit: Visit) -> list[Finding]:
    """Examine it as what the server sees: the application behind it is beyond reproach."""
    findings: list[Finding] = []
    for manner in ("plain", "states"):
        findings += examine(factory(Underling(manner)), [visit])
    return findings


class _Examination:
    """One visit, and what it shows of the duties of middleware."""

    def __init__(self, factory: Factory, visit: Visit, tell: Callable[[Violation, str], None]) -> None:
        self._factory = factory
        self._visit = visit
        self._tell = tell

    def run(self) -> bool:
        """Examine all; return whether it can take the place of an application at all."""
        plain, seen = self._pass("plain")
        if plain.error is not None:
            return not self._judge_kind(plain.error)
        if not seen.called:
            return True  # it answers by itself: there is nothing behind it to be treated well or badly
        self._judge_boundaries(plain, seen)
        self._judge_closing(seen, "to its end")
        _, left = self._pass("plain", leaves=True)
        self._judge_closing(left, "and left after the first block")
        self._judge_late(plain)
        self._judge_repeated(plain)
        self._judge_written()
        self._judge_wrapped(plain)
        return True

    def _judge_kind(self, error: BaseException) -> bool:
        """Return whether an error is for the kind of the application: a function fares better."""
        underling = Underling("plain")
        passage = _conduct(
            self._factory, lambda environ, start: underling(environ, start), self._visit, underling.seen
        )
        if passage.error is None:
            self._broken(
                law.APPLICATION_KIND,
                f"with an object that is no function as its application it raised {error!r}",
            )
        return passage.error is None

    def _judge_boundaries(self, passage: Passage, seen: Seen) -> None:
        if passage.pulled_before:
            self._broken(
                law.RETURNS_AT_ONCE,
                f"it took {passage.pulled_before} of {len(BLOCKS)} blocks before it returned",
            )
        if passage.ahead is not None:
            yielded, taken = passage.ahead
            self._broken(
                law.BLOCK_FOR_BLOCK,
                f"it took {taken} blocks from the application while it yielded {yielded} values; "
                'yield b"" where there is nothing to say yet',
            )
        if passage.written:
            self._broken(
                law.YIELDED_NOT_WRITTEN,
                f"it sent {shown(passage.written[0])} by write(), and the application yields all of it",
            )

    def _judge_closing(self, seen: Seen, how: str) -> None:
        if seen.returned and seen.closed != seen.returned:
            self._broken(
                law.CLOSED,
                f"the application's iterable was closed {seen.closed} times: it was iterated {how}",
            )

    def _judge_late(self, plain: Passage) -> None:
        late, seen = self._pass("late")
        if seen.called and (late.error is not None or late.essence != plain.essence):
            self._broken(
                law.STARTED_LATE,
                "an application that calls start_response in its first iteration does not come through: "
                + (
                    f"it raised {late.error!r}"
                    if late.error is not None
                    else f"{late.status!r}, {late.body!r}"
                ),
            )

    def _judge_repeated(self, plain: Passage) -> None:
        repeated, seen = self._pass("repeats")
        if not seen.called:
            return
        kept = ("X-Underling", "repeats") in (repeated.headers or ())
        stale = plain.status == STATUS and repeated.status != STATUS_AGAIN
        if repeated.error is not None or kept or stale:
            self._broken(
                law.START_REPEATED,
                "the application called start_response again, with exc_info, and what came of it is "
                + (f"{repeated.error!r}" if repeated.error is not None else f"{repeated.status!r}"),
            )
        elif seen.held is not None and seen.held() is not None and sys.implementation.name == "cpython":
            self._broken(
                law.EXC_INFO_RELEASED,
                "the error that the application trapped is still held when its response is over, "
                "with all that its frames hold",
            )

    def _judge_written(self) -> None:
        written, seen = self._pass("writes")
        if not seen.called:
            return
        if written.error is not None:
            message = f"what its start_response returned cannot be written to: {written.error!r}"
            self._broken(law.WRITE_PROVIDED, message)

    def _judge_wrapped(self, plain: Passage) -> None:
        wrapped, seen = self._pass("wraps")
        if seen.called and (wrapped.error is not None or wrapped.essence != plain.essence):
            self._broken(
                law.FILE_WRAPPER_OVERRIDDEN,
                "the same content as a wrapped file comes through as "
                + (f"{wrapped.error!r}" if wrapped.error is not None else shown(wrapped.body)),
            )

    def _pass(self, manner: str, leaves: bool = False) -> tuple[Passage, Seen]:
        """Have one request go through; the application judges its environ and how it is called."""
        underling = Underling(manner)

        def hear(violation: Violation) -> None:
            if violation.side is Side.SERVER and violation.law is not CLOSE:  # which is judged by itself
                self._broken(
                    law.CONFORMS, f"towards its application: {violation.law.id}: {violation.message}"
                )

        passage = _conduct(
            self._factory,
            observe(underling, collect=hear),
            replace(self._visit, leaves=leaves),
            underling.seen,
        )
        return passage, underling.seen

    def _broken(self, requirement: Requirement, message: str) -> None:
        self._tell(Violation(requirement, message), self._visit.words)


def _conduct(factory: Factory, inner: Application, visit: Visit, seen: Seen) -> Passage:
    passage = Passage()

    def start_response(status: Any, headers: Any, exc_info: Any = None) -> Callable[[Any], None]:
        passage.status, passage.headers = status, headers
        return passage.written.append

    try:
        returned = factory(inner)(environ_of(visit, PlainLog()), start_response)
        passage.pulled_before = seen.pulled
        _iterate(returned, visit, passage, seen)
    except (KeyboardInterrupt, GeneratorExit):
        raise
    except BaseException as error:
        passage.error = error
    return passage


def _iterate(returned: Any, visit: Visit, passage: Passage, seen: Seen) -> None:
    try:
        iterator = iter(returned)
        while True:
            before = seen.pulled
            try:
                block = next(iterator)
            except StopIteration:
                break
            finally:
                if seen.pulled > before + 1 and passage.ahead is None:
                    passage.ahead = (len(passage.blocks) + 1, seen.pulled)
            passage.blocks.append(block)
            if visit.leaves:
                break
    finally:
        if hasattr(returned, "close"):
            returned.close()
