"""The examination of an application: a few visits under the observer, and all that they show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from ..model.examination import Finding
from ..model.violation import Violation
from ..spec import pep3333_applications as law
from .gateway import Answer, Visit, pay
from .observer import observe


def examine(application: Callable[..., Any], visits: Sequence[Visit]) -> list[Finding]:
    """Pay each visit six times, in different manners, and return the findings, the gravest last.

    An application that keeps records will have six of each visit: plain, again, twice with
    ``wsgi.run_once`` true, with a sparse environ, and left after the first block.
    """
    found: dict[tuple[str, str], Finding] = {}

    def tell(violation: Violation, visit: Visit) -> None:
        found.setdefault((violation.law.id, violation.message), Finding(violation, visit.words))

    def answer_to(visit: Visit) -> Answer:
        return pay(visit, observe(application, collect=lambda violation: tell(violation, visit)))

    for visit in visits:
        _examine_one(visit, answer_to, tell)
    return sorted(found.values(), key=lambda finding: finding.violation.grave)


def _examine_one(
    visit: Visit, answer_to: Callable[[Visit], Answer], tell: Callable[[Violation, Visit], None]
) -> None:
    first = answer_to(visit)
    if first.error is not None:
        message = f"the application raised {first.error!r}"
        tell(Violation(law.ERRORS_TRAPPED, message), visit)
        return  # the further visits would only say so again
    again = answer_to(visit)
    if again.error is not None:
        message = f"the first invocation succeeded, the second raised {again.error!r}"
        tell(Violation(law.CALLED_AGAIN, message), visit)
        return
    once = replace(visit, run_once=True)
    if answer_to(once).error is None:
        error = answer_to(once).error
        if error is not None:
            message = f"once invoked with wsgi.run_once true, the application then raised {error!r}"
            tell(Violation(law.RUN_ONCE, message), once)
    sparse = replace(visit, sparse=True)
    error = answer_to(sparse).error
    if error is not None:
        message = f"the application raised {error!r} where variables that may be absent were absent"
        tell(Violation(law.VARIABLES, message), sparse)
    answer_to(replace(visit, leaves=True))
