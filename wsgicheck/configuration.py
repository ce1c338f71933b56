"""``[tool.wsgicheck]`` of a project: named targets and what is the same for all of them."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from .engine.policy import PROFILES
from .engine.toml import read_toml
from .errors import UsageTrouble
from .model import jobs
from .model.size import octets_of

FILE = "pyproject.toml"


@dataclass(frozen=True)
class Settings:
    """What a project asks for; None where it says nothing. ``ignore`` maps patterns to reasons."""

    server: str | None = None
    select: tuple[str, ...] = ()
    ignore: Mapping[str, str] | None = None
    profile: str | None = None
    strict: bool | None = None
    timeout: float | None = None
    memory_limit: int | None = None
    """In octets; 0 for none."""
    jobs: int | None = None
    """How many copies of the server share the exchanges; 0 for as many as suit the machine."""
    host: str | None = None
    tls: bool | None = None
    tls_ca: str | None = None
    baseline: str | None = None
    reports: tuple[str, ...] = ()
    file: str = ""
    """The file that says so, or "" where none does; relative paths in it start from its folder."""
    line: int = 1
    """Where the target stands in it, for reports that point at a line."""

    @property
    def folder(self) -> str:
        """The folder of the file, or "" (the current one)."""
        return str(Path(self.file).parent) if self.file else ""

    @property
    def location(self) -> tuple[str, int]:
        """The file and line as seen from the repository that holds it."""
        if not self.file:
            return FILE, 1
        path = Path(self.file)
        roots = [folder for folder in path.parents if (folder / ".git").exists()]
        return path.relative_to(roots[0] if roots else path.parent).as_posix(), self.line


KEYS: dict[str, str] = {
    "server": "a string",
    "select": "a list of strings",
    "ignore": "a list of strings, or a table of patterns and reasons",
    "profile": "one of " + ", ".join(PROFILES),
    "strict": "true or false",
    "timeout": "a number of seconds, 0.2 to 600",
    "memory-limit": "a size such as 512M or 4G, 64M at least, or none",
    "jobs": f"a number of copies, 1 to {jobs.MOST}, or 'auto'",
    "host": "127.0.0.1 or ::1",
    "tls": "true or false",
    "tls-ca": "the path of a file",
    "baseline": "the path of a file",
    "reports": "a list of FORMAT or FORMAT=FILE",
}


def find(start: Path) -> Path | None:
    """Return the nearest ``pyproject.toml`` at or above a folder that has a ``[tool.wsgicheck]`` table."""
    for folder in (start, *start.parents):
        path = folder / FILE
        if path.is_file() and "wsgicheck" in path.read_text(encoding="utf-8", errors="replace"):
            return path
    return None


def load(start: Path, target: str | None = None) -> Settings:
    """Return the settings for a target (or those of the whole table). Raises UsageTrouble naming the key."""
    path = find(start)
    if path is None:
        if target is not None:
            raise UsageTrouble(
                f"there is no target {target!r}: no [tool.wsgicheck] stands at or above {start}",
                f'add [tool.wsgicheck.targets.{target}] with server = "..." to {FILE}',
            )
        return Settings()
    table = read_toml(path, "").get("tool", {}).get("wsgicheck", {})
    if not isinstance(table, dict):
        raise UsageTrouble(f"{path}: tool.wsgicheck must be a table", f"it is {table!r}")
    targets = table.pop("targets", {})
    if not isinstance(targets, dict) or not all(isinstance(value, dict) for value in targets.values()):
        raise UsageTrouble(
            f"{path}: tool.wsgicheck.targets must hold tables", "[tool.wsgicheck.targets.NAME]"
        )
    settings = _settings(path, "tool.wsgicheck", table)
    chosen = None
    for name, value in targets.items():  # all of them, so that no misspelt key hides in the others
        own = _settings(path, f"tool.wsgicheck.targets.{name}", value)
        if name == target:
            chosen = replace(overlaid(settings, own), line=_line(path, name))
    if chosen is not None:
        return chosen
    if target is not None:
        near = get_close_matches(target, targets, 1)
        known = f"did you mean {near[0]}?" if near else f"known are: {', '.join(targets) or 'none'}"
        raise UsageTrouble(f"{path}: there is no target {target!r}", known)
    return replace(settings, file=str(path), line=_line(path, None))


def overlaid(base: Settings, over: Settings) -> Settings:
    """Return ``base`` with everything that ``over`` says in its place."""
    said = {
        field.name: value
        for field in fields(Settings)
        if field.name not in ("file", "line") and (value := getattr(over, field.name)) not in (None, ())
    }
    return replace(base, **said)


def _settings(path: Path, where: str, table: Mapping[str, Any]) -> Settings:
    values: dict[str, Any] = {"file": str(path)}
    for key, value in table.items():
        if key not in KEYS:
            near = get_close_matches(key, (*KEYS, "targets"), 1)
            raise UsageTrouble(
                f"{path}: unknown key {where}.{key}",
                f"did you mean {near[0]}?" if near else f"known are {', '.join(KEYS)} and targets",
            )
        values[key.replace("-", "_")] = _value(path, f"{where}.{key}", key, value)
    return Settings(**values)


def _value(path: Path, where: str, key: str, value: Any) -> Any:
    if key in ("select", "reports") and _strings(value):
        return tuple(value)
    if key == "ignore" and _strings(value):
        return dict.fromkeys(value, "")
    if key == "ignore" and isinstance(value, dict) and _strings(list(value.values())):
        return value
    if key in ("server", "baseline", "tls-ca") and isinstance(value, str) and value:
        return value
    if key == "profile" and value in PROFILES:
        return value
    if key == "memory-limit" and isinstance(value, str):
        with contextlib.suppress(ValueError):
            return octets_of(value)
    if key == "jobs" and (isinstance(value, str) or type(value) is int):
        with contextlib.suppress(ValueError):
            return jobs.jobs_of(str(value))
    if key == "host" and value in ("127.0.0.1", "::1"):
        return value
    if key in ("strict", "tls") and isinstance(value, bool):
        return value
    if (
        key == "timeout"
        and isinstance(value, (int, float))
        and not isinstance(value, bool)
        and 0.2 <= value <= 600
    ):
        return float(value)
    raise UsageTrouble(f"{path}: {where} must be {KEYS[key]}", f"it is {value!r}")


def _strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _line(path: Path, target: str | None) -> int:
    """Return the line (from 1) of the table's heading."""
    heading = "[tool.wsgicheck" + (f".targets.{target}" if target else "") + "]"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.replace('"', "").strip().startswith(heading):
            return number
    return 1
