"""The application under the observer inside a server.

It is named in the environment, and findings go to a file. This module is what the server imports, and nobody
else.
"""

from __future__ import annotations

import functools
import importlib
import json
import os
from typing import Any

from ..model.violation import Violation
from .observer import observe
from .underling import Underling

APPLICATION = "WSGICHECK_APPLICATION"
MIDDLEWARE = "WSGICHECK_MIDDLEWARE"
FINDINGS = "WSGICHECK_FINDINGS"


def _named(name: str) -> Any:
    module, _, attribute = name.partition(":")
    return functools.reduce(getattr, attribute.split("."), importlib.import_module(module))


def _write(violation: Violation) -> None:
    """Append one line; one write each, so that threads and processes do not mix theirs."""
    line = json.dumps([violation.law.id, violation.message, violation.side.value]) + "\n"
    descriptor = os.open(os.environ[FINDINGS], os.O_WRONLY | os.O_APPEND)
    try:
        os.write(descriptor, line.encode("ascii"))
    finally:
        os.close(descriptor)


def _application() -> Any:
    named = _named(os.environ[APPLICATION])
    return observe(named(Underling("plain")) if os.environ.get(MIDDLEWARE) else named, collect=_write)


if APPLICATION in os.environ:
    application = _application()
