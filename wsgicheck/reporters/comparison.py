"""Two reports side by side: for a terminal, or in Markdown for a pull request."""

from __future__ import annotations

from collections import Counter

from ..model.step import Comparison, Step
from .markdown import code
from .timeline import visible


def terminal(comparison: Comparison) -> str:
    """Return the comparison as plain lines, one a step, regressions first."""
    lines = [f"{visible(comparison.old)} -> {visible(comparison.new)}"]
    lines += [f"note: {visible(remark)}" for remark in comparison.remarks]
    for step in comparison.steps:
        mark = "!" if step.regression else " "
        lines.append(f"{mark} {step.kind.value:<22} {visible(step.id)}  ({_verdicts(step)})")
        if step.words:
            lines.append(f"    {visible(' '.join(step.words.split()))}")
    return "\n".join([*lines, _figures(comparison)]) + "\n"


def markdown(comparison: Comparison) -> str:
    """Return the comparison as a heading, the figures and a table."""
    lines = [
        f"### wsgicheck: {code(comparison.old)} → {code(comparison.new)}",
        "",
        _figures(comparison) + ".",
        "",
    ]
    lines += [f"**Note:** {code(remark)}\n" for remark in comparison.remarks]
    if comparison.steps:
        lines += ["| | check | verdicts | words |", "|---|---|---|---|"]
    for step in comparison.steps:
        kind = f"**{step.kind.value}**" if step.regression else step.kind.value
        lines.append(f"| {kind} | {code(step.id)} | {code(_verdicts(step))} | {code(step.words)} |")
    return "\n".join(lines).rstrip() + "\n"


def _verdicts(step: Step) -> str:
    return f"{visible(step.before or 'not run')} → {visible(step.after or 'not run')}"


def _figures(comparison: Comparison) -> str:
    kinds = Counter(step.kind.value for step in comparison.steps)
    words = [f"{count} {kind}" for kind, count in kinds.items()]
    words.append(f"{comparison.unchanged} as before")
    return ", ".join(words) + f"; regressions: {len(comparison.regressions)}"
