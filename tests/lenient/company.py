"""Several lenient twins in one server, wherever they change different methods: what CI runs at every change.

A company takes many freedoms at once, so that one run of the suite tries them all. Which of them it was,
``tox -e twins`` tells.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import tests.lenient as home
from reference_server import ReferenceServer
from wsgicheck.model.law import Source

ALONE = {
    "AnswersAsHttp10",
    "RefusesChunks",
    "CutsOffFailures",
    "RefusesForeignHosts",
    "WaitsOutExpectations",
    "LeavesEmptyVariablesOut",
    "GivesFewCgiVariables",
    "SendsByAnotherThread",
    "OverclaimsConcurrency",
    "ServesByProcesses",
    "ServesOneAtATime",
}
"""What would hide much of what the others do, or is lawful by one text alone."""


def is_alone(name: str) -> bool:
    """Return whether a twin keeps to itself."""
    return name in ALONE


def twins() -> list[type[Any]]:
    """Return the twins that can be in a company, in the order of modules and lines."""
    found = []
    for module_info in pkgutil.iter_modules(home.__path__, home.__name__ + "."):
        if module_info.name == __name__ or ".test_" in module_info.name:
            continue
        for value in vars(importlib.import_module(module_info.name)).values():
            own = isinstance(value, type) and value.__module__ == module_info.name
            if own and issubclass(value, ReferenceServer) and "freedom" in vars(value):
                found.append(value)
    return [twin for twin in found if not is_alone(twin.__name__)]


def changes(twin: type[Any]) -> set[str]:
    """Return the names that a twin defines anew."""
    return {name for name in vars(twin) if not name.startswith("__")} - {"freedom", "warns", "sources"}


def companies() -> list[list[type[Any]]]:
    """Put each twin into the first company in which nobody changes what it changes."""
    found: list[list[type[Any]]] = []
    for twin in twins():
        for company in found:
            if not any(changes(twin) & changes(other) for other in company):
                company.append(twin)
                break
        else:
            found.append([twin])
    return found


def make(number: int, company: list[type[Any]]) -> type[Any]:
    """Return one server that takes the freedoms of all."""
    warns = {pattern: why for twin in company for pattern, why in vars(twin).get("warns", {}).items()}
    names = ", ".join(twin.__name__ for twin in company)
    facts = {
        "__doc__": f"All at once: {names}.",
        "__module__": __name__,
        "freedom": company[0].freedom,
        "warns": warns,
        "sources": tuple(Source),
        "together": True,
    }
    return type(f"Company{number}", tuple(company), facts)


for _number, _company in enumerate(companies(), 1):
    globals()[f"Company{_number}"] = make(_number, _company)
