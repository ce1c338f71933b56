"""Several copies of one server share the exchanges: while one of them lets us wait, another is asked."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable

from ..errors import ServerTrouble
from ..model.check import Check
from ..model.result import Verdict
from .agenda import Agenda
from .conduct import Delivery
from .events import CopyMissing, Listener
from .judged import Judged, deliveries, is_known, judged
from .patience import Patience
from .records import Records, joined
from .run import Run
from .side_by_side import side_by_side
from .subject import Subject

WORTHWHILE = 200
"""Fewer exchanges than this are nearly over before another copy of the server has started."""
MOST = 4
"""How many copies are useful: our own part of the work is done by one process."""


def fitting_copies(checks: Iterable[Check]) -> int:
    """Return how many copies of a server suit these checks, and this machine."""
    cores = _cores()
    return min(cores + 1, MOST) if cores > 1 and len(deliveries(checks)) >= WORTHWHILE else 1


class Copies:
    """A run over one server, or over several copies of it.

    The first subject runs already. The others are started meanwhile, and take part once they are ready; one
    that does not start is done without. Who made the subjects stops them.
    """

    def __init__(self, checks: Iterable[Check], subjects: Iterable[Subject], listener: Listener) -> None:
        self._checks = tuple(checks)
        self._agenda = Agenda(deliveries(self._checks))
        subjects = tuple(subjects)
        # Of all copies, because one may by chance get most of what is left unanswered.
        patience = Patience(len(subjects))
        self._runs = [
            Run(
                subject, listener, patience, leads=number == 0, others=len(subjects) - 1 if number == 1 else 0
            )
            for number, subject in enumerate(subjects)
        ]
        self._running = self._runs[:1]
        self._joining = threading.Lock()
        self._is_late = False
        """Whether the work is done, or nearly: who has not joined by then is not needed."""
        self._tell = listener

    @property
    def running(self) -> int:
        """How many of them take part."""
        return len(self._running)

    def run(self) -> tuple[list[Judged], str | None]:
        """Return the findings in the order of the checks, and why the run is incomplete, if it is."""
        try:
            side_by_side([self._lead, *(self._join(other) for other in self._runs[1:])])
            records = joined(run.records for run in self._runs)
            found = {check.id: judged(check, records) for check in self._checks if is_known(check, records)}
            shares = [
                (run, joined([records]), share)
                for run, share in zip(self._running, _shared_out(found, len(self._running)), strict=True)
            ]
            side_by_side([_confirming(*share) for share in shares])
        finally:
            self._agenda.given_up.set()
            for run in self._runs:
                run.end()
        for _, _, settled in shares:
            found.update(settled)
        trouble = joined(known for _, known, _ in shares)
        return list(found.values()), trouble.trouble or trouble.unexplained

    def _lead(self) -> None:
        """Conduct with the first copy, and wait for none that is still being started when that is done."""
        self._runs[0].conduct(self._agenda)
        with self._joining:
            self._is_late = True
            late = [run for run in self._runs if run not in self._running]
        for run in late:
            run.subject.end()

    def _join(self, other: Run) -> Callable[[], None]:
        def join() -> None:
            try:
                other.subject.start()
                other.subject.take_as_proven(self._runs[0].subject)
            except ServerTrouble as trouble:
                if not self._is_late:
                    self._tell(CopyMissing(trouble.message))
                return
            with self._joining:
                if self._is_late:
                    return
                self._running.append(other)
            other.conduct(self._agenda)

        return join


def _shared_out(found: dict[str, Judged], number: int) -> list[dict[str, Judged]]:
    """Return the findings in so many shares that take about as long to be tried again.

    Those on one exchange stay together.
    """
    shares: list[dict[str, Judged]] = [{} for _ in range(number)]
    seconds = [0.0] * number
    by_delivery: dict[Delivery, list[Judged]] = {}
    for entry in found.values():
        by_delivery.setdefault(entry.delivery, []).append(entry)
    for entries in sorted(by_delivery.values(), key=_seconds_to_try, reverse=True):
        least = seconds.index(min(seconds))
        seconds[least] += _seconds_to_try(entries)
        shares[least].update((entry.check.id, entry) for entry in entries)
    return shares


def _seconds_to_try(entries: list[Judged]) -> float:
    """Return how long it took to find what is in doubt: to try it again may take as long."""
    if all(entry.finding.verdict is Verdict.PASS for entry in entries):
        return 0.0
    spans = [seen.wire.span for entry in entries for seen in entry.evidence]
    return max((over - began for began, over in spans), default=0.0)


def _confirming(run: Run, records: Records, found: dict[str, Judged]) -> Callable[[], None]:
    return lambda: run.confirm(records, found)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
