"""Imports go only down: the table of the rooms, enforced over the syntax trees."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# What a room may import of ours; the standard library is always allowed unless FORBIDDEN says otherwise.
MAY_IMPORT = {
    "model": {"model"},
    "errors": set[str](),
    "spec": {"spec", "model"},
    "authoring": {"authoring", "model"},
    "checks": {"authoring", "spec"},
    "transports": {"transports", "model", "errors"},
    "extensions": set[str](),
    "servers": {"servers", "model", "errors", "extensions"},
    "reporters": {"reporters", "model"},
    "engine": {"engine", "model", "errors", "transports", "servers", ""},
    "catalog": {"checks", "model", "errors", "extensions", "servers"},
    "configuration": {"errors", "engine", "model"},
    "coverage": {"model", "spec"},
    "application": {"application", "model", "spec"},
    "fuzzing": {"engine", "errors", "fuzzing", "model", "spec", "transports"},
    "commands": {"application", "catalog", "commands", "configuration", "coverage", "engine", "errors"}
    | {"fuzzing", "model", "reporters", "servers", "spec", "transports", ""},
    "cli": {"commands", "configuration", "errors", "model", "reporters", "servers", ""},
    "testing": {"engine", "errors", "model", "reporters", "servers"},
    "pytest_plugin": {"pytest_session", "testing"},
    "pytest_session": {
        "catalog",
        "engine",
        "errors",
        "pytest_items",
        "pytest_shards",
        "pytest_scheduler",
        "reporters",
        "servers",
    },
    "pytest_items": {"engine", "errors", "model", "reporters"},
    "pytest_shards": {"model"},
    "pytest_scheduler": set[str](),
    "__init__": {"application", "model"},
    "__main__": {"cli"},
}
ISLANDS = ("reference_server", "sample_apps", "wsgicheck/probe")
FRAMEWORKS = {"bottle", "django", "flask"}
"""What the framework samples are written in."""
LIBRARIES = {
    "transports": {"requests", "urllib3"},
    "servers": {"trustme"},
    "reporters": {"rich"},
    "engine": {"psutil", "tomli", "tomli_w"},
    "commands": {"click"},
    "fuzzing": {"hypothesis"},
    "cli": {"click"},
    "pytest_plugin": {"pytest"},
    "pytest_session": {"pytest"},
    "pytest_items": {"pytest", "_pytest"},
    "pytest_scheduler": {"xdist"},
}
A_JUDGE_MAY_USE = {
    "__future__",
    "collections",
    "dataclasses",
    "email",
    "functools",
    "hashlib",
    "ipaddress",
    "itertools",
    "json",
    "re",
    "typing",
    "urllib",
}
WORLDLY = {
    "datetime",
    "os",
    "pathlib",
    "random",
    "shutil",
    "socket",
    "subprocess",
    "tempfile",
    "threading",
    "time",
}


def modules(folder: str) -> list[Path]:
    return sorted(path for path in (ROOT / folder).rglob("*.py") if "__pycache__" not in path.parts)


def imports(path: Path) -> Iterator[str]:
    """Yield the absolute names of everything that a module imports."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            name = ".".join((*base, *(node.module or "").split("."))).strip(".")
            for alias in node.names:
                yield f"{name}.{alias.name}"


def room(path: Path) -> str:
    parts = path.relative_to(ROOT / "wsgicheck").with_suffix("").parts
    return parts[0]


def of_ours(name: str) -> str | None:
    """Return the room of a name of ours, or None for anything else; the package itself is ''."""
    parts = name.split(".")
    if parts[0] != "wsgicheck":
        return None
    known = parts[1] if len(parts) > 1 else ""
    return (
        known
        if (ROOT / "wsgicheck" / known).is_dir() or (ROOT / "wsgicheck" / f"{known}.py").exists()
        else ""
    )


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


BUILDING = [path for path in modules("wsgicheck") if "probe" not in path.parts]


@pytest.mark.parametrize("path", BUILDING, ids=relative)
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    home = room(path)
    assert home in MAY_IMPORT, f"the table of rooms does not know {home}"
    for name in imports(path):
        theirs = of_ours(name)
        if theirs is not None:
            assert theirs in MAY_IMPORT[home], f"{home} must not import {name}"
        else:
            top = name.split(".")[0]
            allowed = top in sys.stdlib_module_names or top in LIBRARIES.get(home, set())
            assert allowed, f"{home} must not import the library {name}"


@pytest.mark.parametrize("island", ISLANDS)
def test_an_island_imports_nothing_of_ours(island: str) -> None:
    """A shared misreading would agree with itself, and the probe runs where we cannot be imported."""
    own = island.split("/")[-1]
    for path in modules(island):
        known = sys.stdlib_module_names | (FRAMEWORKS if path.parent.name == "frameworks" else set())
        for name in imports(path):
            top = name.split(".")[0]
            assert top == own or (top in known and top != "wsgicheck"), f"{path}: {name}"


@pytest.mark.parametrize("path", modules("wsgicheck/checks"), ids=relative)
def test_a_check_has_no_socket_no_clock_and_no_file(path: Path) -> None:
    for name in imports(path):
        if of_ours(name) is None:
            assert name.split(".")[0] in A_JUDGE_MAY_USE, f"a judge must not use {name}"
    names = {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}
    assert not {"open", "exec", "eval", "input", "print", "__import__"} & names


@pytest.mark.parametrize("path", modules("wsgicheck/reporters"), ids=relative)
def test_a_reporter_turns_a_report_into_text_and_nothing_else(path: Path) -> None:
    for name in imports(path):
        assert name.split(".")[0] not in WORLDLY, f"a reporter must not use {name}"
