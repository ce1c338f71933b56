"""Writes the table of joints into the reference server's README: ``python -m tests.joints``."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

from reference_server import ReferenceServer

README = Path(inspect.getfile(ReferenceServer)).with_name("README.md")
HEADING = "## The joints\n"


def rows() -> Iterator[str]:
    """Yield the table: every method of every layer, from the ground up."""
    yield "| method | duty |"
    yield "|---|---|"
    for layer in reversed(ReferenceServer.__mro__):
        methods = [value for name, value in vars(layer).items() if is_joint(name, value)]
        if methods:
            yield f"| **`{Path(inspect.getfile(layer)).name}`** | |"
        for method in methods:
            names = list(inspect.signature(method).parameters.values())[1:]
            words = [f"{name.name}=" if name.kind is name.KEYWORD_ONLY else name.name for name in names]
            duty = (inspect.getdoc(method) or "").split("\n")[0]
            yield f"| `{method.__name__}({', '.join(words)})` | {duty} |"


def is_joint(name: str, value: object) -> bool:
    return inspect.isfunction(value) and not name.startswith("_")


def split() -> tuple[str, str, str]:
    """Return the README before the table, the table, and what is behind it."""
    before, heading, rest = README.read_text(encoding="utf-8").partition(HEADING)
    table, behind, after = rest.partition("\n## ")
    return before + heading, table.strip("\n"), behind + after


if __name__ == "__main__":
    before, _, after = split()
    README.write_text(before + "\n" + "\n".join(rows()) + "\n" + after, encoding="utf-8")
