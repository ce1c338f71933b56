"""Does several things at once."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def side_by_side(tasks: Sequence[Callable[[], None]]) -> None:
    """Do all of them at once, the first one in this thread; raise the first error of any, when all ended."""
    if not tasks:
        return
    errors: list[BaseException] = []

    def guarded(task: Callable[[], None]) -> None:
        try:
            task()
        except BaseException as error:
            errors.append(error)

    first, *others = tasks
    threads = [threading.Thread(target=guarded, args=(task,), daemon=True) for task in others]
    for thread in threads:
        thread.start()
    first()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def shared_out(items: Iterable[Item], do: Callable[[Item], None], workers: int) -> None:
    """Do the same with all items, ``workers`` of them at a time."""
    waiting = deque(items)

    def work() -> None:
        while True:
            try:
                item = waiting.popleft()
            except IndexError:
                return
            do(item)

    side_by_side([work] * workers)
