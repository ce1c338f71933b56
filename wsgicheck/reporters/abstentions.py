"""Where a check does not apply, read off its judge: what it may call ``inapplicable`` with."""

from __future__ import annotations

import ast
import functools
import inspect
import textwrap
from types import FunctionType

from ..model.check import Judge


@functools.cache
def abstentions(judge: Judge) -> tuple[str, ...]:
    """Return the reasons of a judge and of the functions that it calls; what varies in them reads "..."."""
    return tuple(dict.fromkeys(_reasons(judge, set())))


def _reasons(function: object, seen: set[object]) -> list[str]:
    if not isinstance(function, FunctionType) or function in seen:
        return []
    seen.add(function)
    found: list[str] = []
    for name, reason in _calls(function):
        found += [reason] if name == "inapplicable" else _reasons(function.__globals__.get(name), seen)
    return found


@functools.cache
def _calls(function: FunctionType) -> tuple[tuple[str, str], ...]:
    """Return the names of what a function calls, and of ``inapplicable`` the reason. Slow: read once."""
    source = textwrap.dedent(inspect.getsource(function))
    return tuple(
        (node.func.id, _text(node.args[0]) if node.func.id == "inapplicable" else "")
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id != "called_once"  # it asks whether a play's application can be imported
    )


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) for part in node.values)
    return "..."
