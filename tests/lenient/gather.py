"""Finds the lenient twins: every subclass of the reference server below ``tests.lenient`` with a freedom."""

from __future__ import annotations

import importlib
import pkgutil
import shlex
from dataclasses import dataclass
from pathlib import Path

import tests.lenient as home
from reference_server import ReferenceServer
from tests.lenient.freedom import Freedom
from wsgicheck.model.law import Source

SERVE = Path(__file__).parents[1] / "mutants" / "serve.py"


@dataclass(frozen=True)
class Twin:
    """One correct server that takes a freedom which the reference server leaves.

    ``warns`` maps patterns of ids to the SHOULD that the twin departs from: where the law recommends, a
    warning is right, and an error is not. ``sources`` are those by which the twin is lawful, where the
    texts disagree. ``options`` go to the command line.
    """

    name: str
    freedom: Freedom
    warns: dict[str, str]
    sources: tuple[Source, ...]
    options: str
    together: bool = False
    """Whether it takes the freedoms of several twins at once."""

    @property
    def command(self) -> str:
        """The command line that serves it."""
        serve = f"{{python}} {shlex.quote(str(SERVE))} {self.name}"
        return f"{serve} {{app}} --host {{host}} --port {{port}} {self.options}".rstrip()


def gather() -> list[Twin]:
    """Return all twins, by module and name."""
    found = []
    for module_info in pkgutil.iter_modules(home.__path__, home.__name__ + "."):
        module = importlib.import_module(module_info.name)
        for name, value in vars(module).items():
            if (
                isinstance(value, type)
                and issubclass(value, ReferenceServer)
                and value.__module__ == module.__name__
                and "freedom" in vars(value)
            ):
                facts = vars(value)
                found.append(
                    Twin(
                        f"{module.__name__}:{name}",
                        facts["freedom"],
                        facts.get("warns", {}),
                        facts.get("sources", tuple(Source)),
                        facts.get("options", ""),
                        facts.get("together", False),
                    )
                )
    return found
