"""Reads TOML files with errors that name the file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from ..errors import UsageTrouble

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def read_toml(path: Path, hint: str) -> dict[str, Any]:
    """Return the table of a TOML file. Raises UsageTrouble, with ``hint`` where there is no such file."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageTrouble(f"there is no file {path}", hint) from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageTrouble(f"{path} cannot be read: {error}", "check its permissions and encoding") from None
    except tomllib.TOMLDecodeError as error:
        raise UsageTrouble(f"{path} is not valid TOML: {error}", "mend the line it names") from None
