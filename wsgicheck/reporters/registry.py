"""The formats that a report can be written in, by name; a module is loaded when its format is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from ..model.result import Report

Renderer = Callable[[Report], str]
FORMATS = {
    "terminal": "terminal",
    "json": "json_report",
    "junit": "junit",
    "sarif": "sarif",
    "github": "github",
    "markdown": "markdown",
    "tap": "tap",
    "badge": "badge",
}
"""Names of formats, as ``--report`` takes them, and the modules of this package that hold ``render``."""


def renderer(name: str) -> Renderer:
    """Return what turns a report into the text of a format. Raises KeyError for an unknown name."""
    module = importlib.import_module(f"{__package__}.{FORMATS[name]}")
    chosen: Renderer = module.render
    return chosen
