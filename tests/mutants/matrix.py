"""Prints the kill matrix, and fails when it does not hold: ``python -m tests.mutants.matrix [--quick]``.

Each mutant is served and judged by all checks; it must die of exactly those that it declares, in the
declared words, and every check must be killed by some mutant. ``--quick`` judges each mutant by the
checks of its own topics alone: nearly as sharp, and several times as fast. ``--part 1/4`` takes every
fourth mutant, for several machines or several evenings.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from tests.mutants.gather import Mutant, gather
from tests.mutants.verdicts import complaints, is_lengthy, quick_complaints
from wsgicheck.catalog import all_checks

WORKERS = 8
"""More than the cores of a small machine: a mutant's run mostly waits."""
TRIES_ALONE = 3
"""A surprise beside other runs may be the machine's; what comes each time on a core of its own is none."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-k", default="", metavar="WORD", help="only mutants whose name or kills contain it")
    parser.add_argument("--quick", action="store_true", help="only the topics that a mutant hits")
    parser.add_argument(
        "--part", type=part, default=(1, 1), metavar="I/N", help="every N-th mutant, from the I-th"
    )
    options = parser.parse_args()
    first, step = options.part
    mutants = [mutant for mutant in gather() if options.k in " ".join((mutant.name, *mutant.kills))]
    mutants = sorted(mutants[first - 1 :: step], key=is_lengthy, reverse=True)  # lest the last ones run alone
    judge = quick_complaints if options.quick else complaints
    began, failed = time.monotonic(), 0
    doubted: list[Mutant] = []
    with ProcessPoolExecutor(WORKERS) as pool:
        for mutant, faults in zip(mutants, pool.map(judge, mutants), strict=True):
            tell(mutant, "ok   " if not faults else "again", faults)
            if faults:
                doubted.append(mutant)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for mutant, faults in zip(doubted, pool.map(partial(try_alone, judge), doubted), strict=True):
            tell(mutant, "ok   " if not faults else "FAIL ", faults)
            failed += bool(faults)
    killed = {id for mutant in gather() for id in mutant.kills}
    alive = [check.id for check in all_checks() if check.id not in killed]
    for id in alive:
        print(f"FAIL no mutant is killed by {id}")
    seconds = time.monotonic() - began
    print(f"{len(all_checks())} checks, {len(alive)} without a kill; {len(mutants)} mutants; {seconds:.0f} s")
    print(f"{len(mutants) - failed} passed, {failed + len(alive)} failed")
    return 1 if failed or alive else 0


def try_alone(judge: Callable[[Mutant], list[str]], mutant: Mutant) -> list[str]:
    """Judge a mutant again until it is as declared, or was tried often enough; return what was found last."""
    faults: list[str] = []
    for _ in range(TRIES_ALONE):
        if not (faults := judge(mutant)):
            break
    return faults


def part(word: str) -> tuple[int, int]:
    """Return the numbers of ``2/4``."""
    found = re.fullmatch("([1-9][0-9]*)/([1-9][0-9]*)", word)
    if not found or int(found[1]) > int(found[2]):
        raise argparse.ArgumentTypeError(f"{word!r} is no part such as 1/4")
    return int(found[1]), int(found[2])


def tell(mutant: Mutant, word: str, faults: Sequence[str]) -> None:
    """Print one mutant's line, and below it where it departs from its declaration."""
    print(f"{word} {short(mutant)} kills {', '.join(sorted(mutant.kills))}", flush=True)
    for fault in faults:
        print(f"        {fault}", flush=True)


def short(mutant: Mutant) -> str:
    return mutant.name.removeprefix("tests.mutants.")


if __name__ == "__main__":
    sys.exit(main())
