"""Adds to mutants' declarations what else they die of: ``python -m tests.mutants.accept [-k WORD]``.

A new check may rightly kill mutants that were written for others. This runs the mutants, adds the ids
that are missing to ``kills``, and leaves the review to the diff. It never takes an id out: a mutant
that survives a check it declares is a finding.
"""

from __future__ import annotations

import argparse
import ast
import json
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.mutants.gather import Mutant, gather
from tests.mutants.matrix import WORKERS, short
from tests.mutants.verdicts import TIMEOUT, failures
from wsgicheck.catalog import all_checks
from wsgicheck.engine.session import Order, check_server
from wsgicheck.errors import Trouble

ROOT = Path(__file__).parents[2]


def found_on(mutant: Mutant) -> dict[str, str] | None:
    """Return what fails on a mutant, or None where the run was incomplete."""
    try:
        report = check_server(Order(mutant.command, all_checks(), timeout=TIMEOUT), lambda event: None)
    except Trouble:
        return None
    return failures(report) if report.complete else None


def rewrite(mutant: Mutant, kills: dict[str, str]) -> None:
    """Write a mutant's ``kills`` anew, in the module that declares it."""
    module, _, name = mutant.name.partition(":")
    path = ROOT / (module.replace(".", "/") + ".py")
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef) and node.name == name:
            for statement in node.body:
                if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "kills":
                    lines = text.splitlines(keepends=True)
                    pairs = (
                        f"        {quoted(id)}: {quoted(words)},\n" for id, words in sorted(kills.items())
                    )
                    items = "".join(pairs)
                    new = f"    kills = {{\n{items}    }}\n"
                    lines[statement.lineno - 1 : statement.end_lineno] = [new]
                    path.write_text("".join(lines), encoding="utf-8")
                    return


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-k", default="", metavar="WORD", help="only mutants that contain this")
    word = parser.parse_args().k
    mutants = [mutant for mutant in gather() if word in mutant.name]
    with ProcessPoolExecutor(WORKERS) as pool:
        for mutant, found in zip(mutants, pool.map(found_on, mutants), strict=True):
            if found is None:
                print(f"{short(mutant)}: incomplete", flush=True)
                continue
            more = {id: words.split(": want ")[0] for id, words in found.items() if id not in mutant.kills}
            survived = sorted(set(mutant.kills) - set(found))
            if survived:
                print(f"{short(mutant)} survives {', '.join(survived)}", flush=True)
            if more:
                print(f"{short(mutant)} also dies of {', '.join(more)}", flush=True)
                rewrite(mutant, {**mutant.kills, **more})


if __name__ == "__main__":
    main()
