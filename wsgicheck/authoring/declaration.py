"""The declaration of a check."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..model.check import Check
from ..model.law import Requirement
from ..model.play import Play
from ..model.stimulus import Request, Stimulus


def check(
    id: str,
    *,
    requires: Requirement | tuple[Requirement, ...],
    send: Stimulus | None = None,
    play: Play | None = None,
    control: Stimulus | None = None,
    tempered: str | None = None,
    since: str = "0.1",
) -> Callable[[Callable[[Any], None]], Check]:
    """Declare a check; the decorated function becomes its judge and its docstring its rule.

    Raises ValueError where the function's name is not the id with underscores, or has no docstring:
    one name is the name everywhere.
    """

    def declare(judge: Callable[[Any], None]) -> Check:
        if judge.__name__ != id.replace("-", "_"):
            raise ValueError(f"check {id!r} is judged by {judge.__name__!r}: give both the same name")
        if not judge.__doc__:
            raise ValueError(f"check {id!r} has no docstring: it states the rule, then the harm")
        return Check(
            id=id,
            topic=judge.__module__.rpartition(".")[2].strip("_").replace("_", "-"),
            requires=requires if isinstance(requires, tuple) else (requires,),
            send=send if send is not None else Request(),
            play=play if play is not None else Play(),
            judge=judge,
            doc=judge.__doc__,
            control=control,
            tempered=tempered,
            since=since,
        )

    return declare
