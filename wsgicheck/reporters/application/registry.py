"""The formats of an examination, by name; a module is loaded when its format is asked for.

There is no badge: it shows a share of checks that pass, and a duty that was not seen broken is no pass.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable

from ...model.examination import Examination

FORMATS = {
    "terminal": "terminal",
    "json": "json_document",
    "junit": "junit",
    "sarif": "sarif",
    "github": "github",
    "markdown": "markdown",
    "tap": "tap",
}
"""Names of formats, as ``--report`` takes them, and the modules of this package that hold ``render``."""


def renderer(name: str) -> Callable[[Examination], str]:
    """Return what turns an examination into the text of a format. Raises KeyError for an unknown name."""
    chosen: Callable[[Examination], str] = importlib.import_module(f"{__package__}.{FORMATS[name]}").render
    return chosen
